//! Makes tables.

use super::{
    CellKind, Table, is_white,
    raw::{RawCell, RawRow, Span, filled_len},
};
use crate::{error::MAX_ROWS, read::FileText};

/// Fills a [`Table`] row by row.
#[derive(Debug, Default)]
pub struct TableBuilder {
    table: Table,
    row: RawRow,
    is_row_open: bool,
    is_sorted: bool,
    is_full: bool,
}

impl TableBuilder {
    pub fn new() -> Self {
        Self {
            is_sorted: true,
            ..Self::default()
        }
    }

    /// For a table most of whose text stands already in a text of `base` bytes, handed over in [`Self::finish_over`]: spans
    /// below `base` point into that.
    pub(crate) fn over(base: usize) -> Self {
        let mut builder = Self::new();
        builder.table.base = base;
        builder
    }

    /// Makes room for a table of which `sample` is the first `done` of `whole` bytes. Where there is no room for so much at
    /// once, the table grows as it goes.
    pub(crate) fn expect_like(&mut self, sample: &Self, done: u64, whole: u64) {
        let (few, table) = (&sample.table, &mut self.table);
        let expected = |count| in_whole(count, done, whole);
        // The text first: where it is the last thing in memory it grows without moving.
        table.text.try_reserve_exact(expected(few.text.len())).ok();
        // However many blank lines it begins with, it is read no further than that.
        let rows = expected(few.rows.len()).min(MAX_ROWS as usize);
        table.rows.try_reserve_exact(rows).ok();
        table
            .cells
            .try_reserve_exact(expected(few.cells.len()))
            .ok();
    }

    /// Bytes of text so far.
    pub fn text_len(&self) -> usize {
        self.table.base + self.table.text.len()
    }

    /// Some text or cell could not be addressed and was dropped: the table must not be used.
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// Cells of the row that is being filled.
    pub fn row_len(&self) -> u32 {
        let len = self.table.cells.len() - self.row.first as usize;
        u32::try_from(len).unwrap_or(u32::MAX)
    }

    /// Whether lines came in growing order.
    pub fn is_sorted(&self) -> bool {
        self.is_sorted
    }

    /// Ends the row before, if any, and begins one at `line`.
    pub fn begin_row(&mut self, line: u32) {
        self.end_row();
        let first = u32::try_from(self.table.cells.len()).unwrap_or(u32::MAX);
        self.is_sorted &= self.table.rows.last().is_none_or(|last| last.line < line);
        self.row = RawRow::new(first, line);
        self.is_row_open = true;
    }

    pub fn push(&mut self, kind: CellKind, text: &str) {
        self.push_with(kind, |out| out.push_str(text));
    }

    /// A cell of what `write` appends to the arena.
    pub fn push_with(&mut self, kind: CellKind, write: impl FnOnce(&mut String)) {
        let (start, own) = (self.text_len(), self.table.text.len());
        write(&mut self.table.text);
        let is_blank = is_white(self.table.text.get(own..).unwrap_or_default());
        let span = self.span_from(start);
        self.push_span(if is_blank { CellKind::Blank } else { kind }, span);
    }

    /// Keeps a text for cells to come; empty if it is white space only.
    pub fn keep(&mut self, text: &str) -> Span {
        if is_white(text) {
            return Span::default();
        }
        let start = self.text_len();
        self.table.text.push_str(text);
        self.span_from(start)
    }

    /// The text from `start` on. Together with [`Self::append`] it keeps a text that arrives in pieces.
    pub fn span_from(&mut self, start: usize) -> Span {
        Span::new(start, self.text_len().saturating_sub(start)).unwrap_or_else(|| {
            self.is_full = true;
            Span::default()
        })
    }

    /// As [`Self::span_from`], but empty if the text is white space only.
    pub fn filled_span_from(&mut self, start: usize) -> Span {
        let text = self
            .table
            .text
            .get(start.saturating_sub(self.table.base)..)
            .unwrap_or_default();
        if is_white(text) {
            Span::default()
        } else {
            self.span_from(start)
        }
    }

    pub fn append(&mut self, text: &str) {
        self.table.text.push_str(text);
    }

    /// Lets `write` append to the arena in place.
    pub fn append_with<T>(&mut self, write: impl FnOnce(&mut String) -> T) -> T {
        write(&mut self.table.text)
    }

    pub fn push_span(&mut self, kind: CellKind, span: Span) {
        self.table.cells.push(RawCell::new(kind, span));
    }

    pub fn extend(&mut self, cells: impl Iterator<Item = (CellKind, Span)>) {
        let cells = cells.map(|(kind, span)| RawCell::new(kind, span));
        self.table.cells.extend(cells);
    }

    /// Sets a cell wherever it stands in the open row, padding with blanks. Answers whether cells came in order.
    pub fn set(&mut self, column: u32, kind: CellKind, span: Span) -> bool {
        while self.row_len() < column {
            self.push_span(CellKind::Blank, Span::default());
        }
        if column == self.row_len() {
            self.push_span(kind, span);
            return true;
        }
        if let Some(cell) = self.table.cells.get_mut((self.row.first + column) as usize) {
            *cell = RawCell::new(kind, span);
        }
        false
    }

    /// Drops the cells of the open row from `len` on.
    pub fn truncate_row(&mut self, len: u32) {
        self.table
            .cells
            .truncate(self.row.first as usize + len as usize);
    }

    /// Behind the last cell of the open row that is not blank.
    pub fn filled_len(&self) -> u32 {
        let cells = self
            .table
            .cells
            .get(self.row.first as usize..)
            .unwrap_or_default();
        filled_len(cells)
    }

    pub fn end_row(&mut self) {
        if std::mem::take(&mut self.is_row_open) {
            self.is_full |= self.table.cells.len() > u32::MAX as usize;
            self.row.len = self.row_len();
            self.table.columns = self.table.columns.max(self.row.len);
            self.row.remember_first(&self.table.cells);
            self.table.rows.push(self.row);
        }
    }

    pub fn finish(mut self) -> Table {
        self.end_row();
        if !self.is_sorted {
            self.table.rows.sort_by_key(|row| row.line);
            self.join_rows_of_one_line();
        }
        self.table
    }

    /// A line whose cells came in several goes is one row; of two cells in one place the later stays.
    fn join_rows_of_one_line(&mut self) {
        let Table {
            cells,
            rows,
            columns,
            ..
        } = &mut self.table;
        let mut joined: Vec<RawRow> = Vec::with_capacity(rows.len());
        for row in rows.iter() {
            let Some(above) = joined.last_mut().filter(|above| above.line == row.line) else {
                joined.push(*row);
                continue;
            };
            let cell = |cells: &[RawCell], row: RawRow, column: u32| {
                (column < row.len)
                    .then(|| cells.get((row.first + column) as usize).copied())
                    .flatten()
                    .filter(|cell| cell.kind() != CellKind::Blank)
            };
            let len = above.len.max(row.len);
            let Some(first) = u32::try_from(cells.len())
                .ok()
                .filter(|first| first.checked_add(len).is_some())
            else {
                joined.push(*row);
                continue;
            };
            for column in 0..len {
                let both = cell(cells, *row, column).or_else(|| cell(cells, *above, column));
                cells.push(both.unwrap_or(RawCell::new(CellKind::Blank, Span::default())));
            }
            (above.first, above.len) = (first, len);
            above.remember_first(cells);
            *columns = (*columns).max(len);
        }
        *rows = joined;
    }

    pub(crate) fn finish_over(mut self, file: FileText) -> Table {
        self.table.file = Some(file);
        self.finish()
    }
}

/// What as many as `count` in the first `done` of `whole` bytes come to in all of them, and a little more.
pub(crate) fn in_whole(count: usize, done: u64, whole: u64) -> usize {
    let expected = u128::from(whole) * count as u128 / u128::from(done.max(1));
    usize::try_from(expected + expected / 32).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Cell;

    #[test]
    fn ragged_rows_are_padded_with_blanks() {
        let mut builder = TableBuilder::new();
        builder.begin_row(1);
        builder.push(CellKind::Text, "a");
        builder.begin_row(3);
        builder.push(CellKind::Blank, "");
        builder.push(CellKind::Number, "12");
        let table = builder.finish();
        assert_eq!((table.rows(), table.columns(), table.line(1)), (2, 2, 3));
        assert_eq!(table.cell(0, 1), Cell::BLANK);
        assert_eq!(
            table.cell(1, 1),
            Cell {
                kind: CellKind::Number,
                text: "12"
            }
        );
    }

    #[test]
    fn cells_of_one_line_that_come_in_several_goes_are_one_row() {
        let mut builder = TableBuilder::new();
        for (line, column, text) in [(2, 0, "A1"), (3, 0, "A2"), (2, 2, "Roy"), (3, 1, "Lévis")] {
            builder.begin_row(line);
            let span = builder.keep(text);
            builder.set(column, CellKind::Text, span);
        }
        let table = builder.finish();
        let row = |row| [0, 1, 2].map(|column| table.cell(row, column).text);
        assert_eq!((table.rows(), table.columns()), (2, 3));
        assert_eq!((row(0), row(1)), (["A1", "", "Roy"], ["A2", "Lévis", ""]));
    }

    #[test]
    fn rows_and_cells_out_of_order_end_up_in_order() {
        let mut builder = TableBuilder::new();
        builder.begin_row(7);
        let (late, early) = (builder.keep("late"), builder.keep("early"));
        assert!(builder.set(2, CellKind::Text, late));
        assert!(!builder.set(0, CellKind::Text, early));
        builder.begin_row(2);
        builder.push(CellKind::Text, "above");
        let table = builder.finish();
        assert_eq!((table.line(0), table.line(1)), (2, 7));
        assert_eq!(
            (
                table.cell(0, 0).text,
                table.cell(1, 0).text,
                table.cell(1, 2).text
            ),
            ("above", "early", "late")
        );
        assert_eq!((table.row_at(7), table.row_at(3)), (Some(1), None));
    }
}
