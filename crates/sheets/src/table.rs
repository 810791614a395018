//! A sheet as read: text, most of it where it stands in the file, and cells that point into it.

mod builder;
mod raw;

use crate::read::FileText;
pub use builder::TableBuilder;
pub(crate) use builder::in_whole;
pub use raw::Span;
use raw::{RawCell, RawRow, filled_len};

/// What a spreadsheet program can hold in one cell, in characters.
pub const MAX_CELL_CHARS: usize = 32_767;

/// A rectangle of cells. Ragged rows are padded with blanks; nothing of the file is dropped.
#[derive(Debug, Default)]
pub struct Table {
    /// What cells below `base` point into.
    file: Option<FileText>,
    base: usize,
    /// What stands nowhere in the file as it is: cells from `base` on point into it.
    text: String,
    cells: Vec<RawCell>,
    rows: Vec<RawRow>,
    columns: u32,
}

/// What the file says a cell is. A text file says [`CellKind::Text`] of everything that is not blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    Text = 0,
    /// Printed with a dot and without separators, all digits that the file holds.
    Number = 1,
    /// A real date cell, printed as `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`; a time alone as `HH:MM:SS`.
    Date = 2,
    /// Printed as `true` or `false`.
    Bool = 3,
    /// `#N/A`, `#REF!`, …
    Error = 4,
    /// A formula whose result the file does not hold; the text is the formula.
    FormulaWithoutValue = 5,
    /// Nothing but white space, which the text still holds.
    Blank = 7,
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
        self.kind == CellKind::Blank
    }

    /// More text than a spreadsheet program can hold in a cell: often two files run together by a lost quote.
    pub fn is_too_long(&self) -> bool {
        self.text.len() > MAX_CELL_CHARS && self.text.chars().nth(MAX_CELL_CHARS).is_some()
    }
}

/// Whether a cell of that text is blank.
pub(crate) fn is_white(text: &str) -> bool {
    match text.as_bytes().first() {
        None => true,
        Some(first) if first.is_ascii_graphic() => false,
        Some(_) => text.trim().is_empty(),
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

    /// The line whose row holds the byte `offset` of the text, or else the last one before it.
    pub(crate) fn line_of(&self, offset: usize) -> u32 {
        let begins_before =
            |cell: &RawCell| cell.kind() != CellKind::Blank && cell.start as usize <= offset;
        let holds = |row: &&RawRow| row.cells_of(&self.cells).iter().any(begins_before);
        self.rows.iter().rfind(holds).map_or(0, |row| row.line)
    }

    pub fn cell(&self, row: u32, column: u32) -> Cell<'_> {
        self.raw_cell(row, column)
            .map_or(Cell::BLANK, |cell| self.show(cell))
    }

    fn raw_cell(&self, row: u32, column: u32) -> Option<RawCell> {
        let raw = self.rows.get(row as usize).filter(|raw| column < raw.len)?;
        self.cells.get((raw.first + column) as usize).copied()
    }

    /// The cells that the file has for a row: not padded.
    pub fn cells(&self, row: u32) -> impl ExactSizeIterator<Item = Cell<'_>> {
        self.raw_cells(row).iter().map(|cell| self.show(*cell))
    }

    fn raw_cells(&self, row: u32) -> &[RawCell] {
        let row = self.rows.get(row as usize).copied().unwrap_or_default();
        row.cells_of(&self.cells)
    }

    pub fn is_blank_row(&self, row: u32) -> bool {
        self.text_len(row, 0) == 0 && self.filled_len(row) == 0
    }

    pub fn is_blank(&self, row: u32, column: u32) -> bool {
        self.raw_cell(row, column).is_none_or(RawCell::is_blank)
    }

    /// How many cells of a row are not blank.
    pub fn filled(&self, row: u32) -> usize {
        let cells = self.raw_cells(row).iter();
        cells.filter(|cell| !cell.is_blank()).count()
    }

    /// How many cells a row has up to the last that is not blank.
    pub fn filled_len(&self, row: u32) -> u32 {
        filled_len(self.raw_cells(row))
    }

    /// How many bytes of text a cell has; 0 if it is blank.
    pub fn text_len(&self, row: u32, column: u32) -> usize {
        if column == 0 {
            return self
                .rows
                .get(row as usize)
                .map_or(0, |raw| raw.first_len as usize);
        }
        let cell = self.raw_cell(row, column).filter(|cell| !cell.is_blank());
        cell.map_or(0, RawCell::len)
    }

    /// How many cells the file has for a row.
    pub fn row_len(&self, row: u32) -> u32 {
        self.rows.get(row as usize).map_or(0, |raw| raw.len)
    }

    /// Puts the value of a cell into a blank one of another row, and answers whether there was one.
    pub(crate) fn repeat(&mut self, from: u32, to: u32, column: u32) -> bool {
        let at = |row: &RawRow| (column < row.len).then(|| (row.first + column) as usize);
        let value = self.rows.get(from as usize).and_then(at);
        let Some(value) = value.and_then(|at| self.cells.get(at).copied()) else {
            return false;
        };
        let Some(row) = self.rows.get_mut(to as usize) else {
            return false;
        };
        if value.kind() == CellKind::Blank {
            return false;
        }
        if column >= row.len {
            let cells = row.first as usize..(row.first + row.len) as usize;
            let Ok(first) = u32::try_from(self.cells.len()) else {
                return false;
            };
            self.cells.extend_from_within(cells);
            self.cells
                .extend((row.len..=column).map(|_| RawCell::new(CellKind::Blank, Span::default())));
            (row.first, row.len) = (first, column + 1);
        }
        match self.cells.get_mut((row.first + column) as usize) {
            Some(cell) if cell.kind() == CellKind::Blank => {
                *cell = value;
                row.remember_first(&self.cells);
                true
            }
            _ => false,
        }
    }

    fn show(&self, cell: RawCell) -> Cell<'_> {
        let (start, len) = (cell.start as usize, cell.len());
        let (text, start) = match start.checked_sub(self.base) {
            Some(own) => (self.text.as_str(), own),
            None => (self.file.as_ref().map_or("", FileText::as_str), start),
        };
        Cell {
            kind: cell.kind(),
            text: text.get(start..start + len).unwrap_or_default(),
        }
    }
}
