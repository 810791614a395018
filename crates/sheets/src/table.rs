//! A sheet as read: one arena of text, and cells that point into it.

/// What a spreadsheet program can hold in one cell, in characters.
pub const MAX_CELL_CHARS: usize = 32_767;

/// A rectangle of cells. Ragged rows are padded with blanks; nothing of the file is dropped.
#[derive(Debug, Default)]
pub struct Table {
    text: String,
    cells: Vec<RawCell>,
    rows: Vec<RawRow>,
    columns: u32,
}

/// Eight bytes a cell: sheets have millions of them. The kind lives in the upper bits of the length.
#[derive(Clone, Copy, Debug)]
struct RawCell {
    start: u32,
    kind_and_len: u32,
}

const LEN_BITS: u32 = 29;
const MAX_LEN: u32 = (1 << LEN_BITS) - 1;

impl RawCell {
    const fn new(kind: CellKind, span: Span) -> Self {
        Self {
            start: span.start,
            kind_and_len: ((kind as u32) << LEN_BITS) | span.len,
        }
    }

    const fn kind(self) -> CellKind {
        match self.kind_and_len >> LEN_BITS {
            1 => CellKind::Text,
            2 => CellKind::Number,
            3 => CellKind::Date,
            4 => CellKind::Bool,
            5 => CellKind::Error,
            6 => CellKind::FormulaWithoutValue,
            _ => CellKind::Blank,
        }
    }
}

/// The first cell of a row in `cells`, how many it has, and where it stands in the file.
#[derive(Clone, Copy, Debug, Default)]
struct RawRow {
    first: u32,
    len: u32,
    line: u32,
}

/// A piece of the arena.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    start: u32,
    len: u32,
}

impl Span {
    /// `None` beyond what a cell can address: 4 GB of text in all, 512 MB in one cell.
    pub fn new(start: usize, len: usize) -> Option<Self> {
        let end = u32::try_from(start.checked_add(len)?).ok()?;
        let len = u32::try_from(len).ok().filter(|len| *len <= MAX_LEN)?;
        Some(Self {
            start: end - len,
            len,
        })
    }

    pub const fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// What the file says a cell is. A text file says [`CellKind::Text`] of everything that is not blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    Blank = 0,
    Text = 1,
    /// Printed with a dot and without separators, all digits that the file holds.
    Number = 2,
    /// A real date cell, printed as `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`; a time alone as `HH:MM:SS`.
    Date = 3,
    /// Printed as `true` or `false`.
    Bool = 4,
    /// `#N/A`, `#REF!`, …
    Error = 5,
    /// A formula whose result the file does not hold; the text is the formula.
    FormulaWithoutValue = 6,
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
        match self.text.as_bytes().first() {
            None => true,
            Some(first) if first.is_ascii_graphic() => self.kind == CellKind::Blank,
            Some(_) => self.kind == CellKind::Blank || self.text.trim().is_empty(),
        }
    }

    /// More text than a spreadsheet program can hold in a cell: often two files run together by a lost quote.
    pub fn is_too_long(&self) -> bool {
        self.text.len() > MAX_CELL_CHARS && self.text.chars().nth(MAX_CELL_CHARS).is_some()
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

    /// The row that stands at a line of the file.
    pub fn row_at(&self, line: u32) -> Option<u32> {
        let row = self.rows.binary_search_by_key(&line, |raw| raw.line).ok()?;
        u32::try_from(row).ok()
    }

    /// The line whose row holds the byte `offset` of the arena, or else the last one before it.
    pub(crate) fn line_of(&self, offset: usize) -> u32 {
        let begins_before =
            |cell: &RawCell| cell.kind() != CellKind::Blank && cell.start as usize <= offset;
        let holds = |row: &&RawRow| self.raw_cells(**row).iter().any(begins_before);
        self.rows.iter().rfind(holds).map_or(0, |row| row.line)
    }

    pub fn cell(&self, row: u32, column: u32) -> Cell<'_> {
        let Some(raw) = self.rows.get(row as usize) else {
            return Cell::BLANK;
        };
        if column >= raw.len {
            return Cell::BLANK;
        }
        self.cells
            .get((raw.first + column) as usize)
            .map_or(Cell::BLANK, |cell| self.show(*cell))
    }

    /// The cells that the file has for a row: not padded.
    pub fn cells(&self, row: u32) -> impl ExactSizeIterator<Item = Cell<'_>> {
        let raw = self.rows.get(row as usize).copied().unwrap_or_default();
        self.raw_cells(raw).iter().map(|cell| self.show(*cell))
    }

    fn raw_cells(&self, row: RawRow) -> &[RawCell] {
        self.cells
            .get(row.first as usize..(row.first + row.len) as usize)
            .unwrap_or_default()
    }

    pub fn is_blank_row(&self, row: u32) -> bool {
        self.filled(row).all(|is_filled| !is_filled)
    }

    /// For each cell that the file has for a row, whether it is not blank.
    pub fn filled(&self, row: u32) -> impl ExactSizeIterator<Item = bool> {
        let raw = self.rows.get(row as usize).copied().unwrap_or_default();
        let text = self.text.as_bytes();
        self.raw_cells(raw).iter().map(move |cell| {
            let is_plain = || {
                text.get(cell.start as usize)
                    .is_some_and(u8::is_ascii_graphic)
            };
            cell.kind() != CellKind::Blank && (is_plain() || !self.show(*cell).is_blank())
        })
    }

    fn show(&self, cell: RawCell) -> Cell<'_> {
        let start = cell.start as usize;
        let len = (cell.kind_and_len & MAX_LEN) as usize;
        Cell {
            kind: cell.kind(),
            text: self.text.get(start..start + len).unwrap_or_default(),
        }
    }
}

/// Fills a [`Table`] row by row.
#[derive(Debug, Default)]
pub struct TableBuilder {
    table: Table,
    /// Bytes of text that will come before the builder's own.
    base: usize,
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

    /// For a table most of whose text stands already in one string of `base` bytes, handed over in
    /// [`Self::finish_over`]: spans below `base` point into that.
    pub fn over(base: usize) -> Self {
        Self {
            base,
            ..Self::new()
        }
    }

    /// Bytes of text so far.
    pub fn text_len(&self) -> usize {
        self.base + self.table.text.len()
    }

    /// Some text or cell could not be addressed and was dropped: the table must not be used.
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// Cells of the row that is being filled.
    pub fn row_len(&self) -> u32 {
        self.row.len
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
        self.row = RawRow {
            first,
            len: 0,
            line,
        };
        self.is_row_open = true;
    }

    pub fn push(&mut self, kind: CellKind, text: &str) {
        let span = self.keep(text);
        self.push_span(kind, span);
    }

    /// Keeps a text for cells to come.
    pub fn keep(&mut self, text: &str) -> Span {
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

    pub fn append(&mut self, text: &str) {
        self.table.text.push_str(text);
    }

    /// Lets `write` append to the arena in place.
    pub fn append_with<T>(&mut self, write: impl FnOnce(&mut String) -> T) -> T {
        write(&mut self.table.text)
    }

    pub fn push_span(&mut self, kind: CellKind, span: Span) {
        self.table.cells.push(RawCell::new(kind, span));
        self.row.len += 1;
    }

    /// Sets a cell wherever it stands in the open row, padding with blanks. Answers whether cells came in order.
    pub fn set(&mut self, column: u32, kind: CellKind, span: Span) -> bool {
        while self.row.len < column {
            self.push_span(CellKind::Blank, Span::default());
        }
        if column == self.row.len {
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
        self.row.len = self.row.len.min(len);
        self.table
            .cells
            .truncate((self.row.first + self.row.len) as usize);
    }

    /// One past the last cell of the open row that is not blank by kind.
    pub fn filled_len(&self) -> u32 {
        let cells = self
            .table
            .cells
            .get(self.row.first as usize..)
            .unwrap_or_default();
        let filled = cells
            .iter()
            .rposition(|cell| cell.kind() != CellKind::Blank)
            .map_or(0, |last| last + 1);
        u32::try_from(filled).unwrap_or(u32::MAX)
    }

    pub fn end_row(&mut self) {
        if std::mem::take(&mut self.is_row_open) {
            self.is_full |= self.table.cells.len() > u32::MAX as usize;
            self.table.columns = self.table.columns.max(self.row.len);
            self.table.rows.push(self.row);
        }
    }

    pub fn finish(mut self) -> Table {
        self.end_row();
        if !self.is_sorted {
            self.table.rows.sort_by_key(|row| row.line);
        }
        self.table
    }

    pub fn finish_over(mut self, mut text: String) -> Table {
        text.push_str(&self.table.text);
        self.table.text = text;
        self.finish()
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

    #[test]
    fn every_kind_survives_packing() {
        for kind in [
            CellKind::Blank,
            CellKind::Text,
            CellKind::Number,
            CellKind::Date,
            CellKind::Bool,
            CellKind::Error,
            CellKind::FormulaWithoutValue,
        ] {
            assert_eq!(
                RawCell::new(
                    kind,
                    Span {
                        start: 9,
                        len: MAX_LEN
                    }
                )
                .kind(),
                kind
            );
        }
    }

    #[test]
    fn what_cannot_be_addressed_is_refused() {
        assert_eq!(Span::new(usize::MAX, 1), None);
        assert_eq!(Span::new(0, 1 << 29), None);
        assert_eq!(Span::new(3, 4), Some(Span { start: 3, len: 4 }));
    }
}
