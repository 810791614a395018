//! A sheet as read: one arena of text, and cells that point into it.

/// A rectangle of cells. Ragged rows are padded with blanks; nothing of the file is dropped.
#[derive(Debug, Default)]
pub struct Table {
    text: String,
    cells: Vec<RawCell>,
    /// For each row, its first cell in `cells`, and where the row stands in the file.
    rows: Vec<RawRow>,
    columns: u32,
}

#[derive(Clone, Copy, Debug)]
struct RawCell {
    start: u32,
    len: u32,
    kind: CellKind,
}

#[derive(Clone, Copy, Debug)]
struct RawRow {
    first: u32,
    len: u32,
    line: u32,
}

/// What the file says a cell is. A text file says [`CellKind::Text`] of everything that is not blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    Blank,
    Text,
    /// Printed with a dot and without separators, all digits that the file holds.
    Number,
    /// A real date cell, printed as `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`; a time alone as `HH:MM:SS`.
    Date,
    /// Printed as `true` or `false`.
    Bool,
    /// `#N/A`, `#REF!`, …
    Error,
    /// A formula whose result the file does not hold; the text is the formula.
    FormulaWithoutValue,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    pub kind: CellKind,
    pub text: &'a str,
}

impl Cell<'_> {
    pub const BLANK: Self = Cell {
        kind: CellKind::Blank,
        text: "",
    };

    /// Nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.kind == CellKind::Blank || self.text.trim().is_empty()
    }
}

impl Table {
    pub fn rows(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// The cells of the widest row.
    pub fn columns(&self) -> u32 {
        self.columns
    }

    /// Where a row stands in the file, counted from 1 as spreadsheets do: blank rows count, line breaks inside quotes do
    /// not.
    pub fn line(&self, row: u32) -> u32 {
        self.rows.get(row as usize).map_or(0, |raw| raw.line)
    }

    pub fn cell(&self, row: u32, column: u32) -> Cell<'_> {
        let Some(raw) = self.rows.get(row as usize) else {
            return Cell::BLANK;
        };
        if column >= raw.len {
            return Cell::BLANK;
        }
        let Some(cell) = self.cells.get((raw.first + column) as usize) else {
            return Cell::BLANK;
        };
        let start = cell.start as usize;
        Cell {
            kind: cell.kind,
            text: self
                .text
                .get(start..start + cell.len as usize)
                .unwrap_or_default(),
        }
    }

    pub fn is_blank_row(&self, row: u32) -> bool {
        (0..self.columns).all(|column| self.cell(row, column).is_blank())
    }
}

/// Fills a [`Table`] row by row.
#[derive(Debug, Default)]
pub struct TableBuilder {
    table: Table,
    open: Option<RawRow>,
}

impl TableBuilder {
    pub fn new() -> Self {
        Self::default()
    }

    /// Bytes of text so far.
    pub fn text_len(&self) -> usize {
        self.table.text.len()
    }

    /// Ends the row before, if any, and begins one at `line`.
    pub fn begin_row(&mut self, line: u32) {
        self.end_row();
        let first = u32::try_from(self.table.cells.len()).unwrap_or(u32::MAX);
        self.open = Some(RawRow {
            first,
            len: 0,
            line,
        });
    }

    pub fn push(&mut self, kind: CellKind, text: &str) {
        let start = u32::try_from(self.table.text.len()).unwrap_or(u32::MAX);
        let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.table.text.push_str(text);
        self.table.cells.push(RawCell { start, len, kind });
        if let Some(row) = &mut self.open {
            row.len += 1;
        }
    }

    fn end_row(&mut self) {
        if let Some(row) = self.open.take() {
            self.table.columns = self.table.columns.max(row.len);
            self.table.rows.push(row);
        }
    }

    pub fn finish(mut self) -> Table {
        self.end_row();
        self.table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
