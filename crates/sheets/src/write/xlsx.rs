//! XLSX: rows become XML, and XML an archive, as they come.

mod escape;
mod name;
mod parts;
mod sheet;
mod styles;
mod value;
mod widths;
mod zip;

use super::{Cell, Head};
use parts::Written;
use sheet::Column;
use widths::Widths;
use zip::Zip;

/// Lines of a sheet, titles too (Excel's limit).
const MAX_LINES: u32 = 1_048_576;
/// A sheet that is larger before it is packed goes on in another one: at 4 GB an archive would need 64-bit fields, which not
/// every program reads.
const MAX_SHEET: u64 = 1 << 31;
/// Rows whose cells are measured before the first of them is written: widths stand before rows in the file.
const MEASURED: u32 = 1_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    #[error("the workbook is larger than 4 GB")]
    TooLarge,
    #[error("a part of the workbook could not be packed")]
    Deflate,
}

/// A workbook that was written.
#[derive(Debug)]
pub struct Workbook {
    pub bytes: Vec<u8>,
    /// More than one if the rows were too many for a sheet.
    pub sheets: usize,
    /// Cells that hold only the beginning of their text, in order.
    pub too_long: Vec<TooLong>,
}

/// A text of more than 32,767 UTF-16 code units, of which a cell holds so many. Long notes full of emoji can be so long, and
/// large collections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// Counted from 0, without titles, over all sheets.
    pub row: u32,
    /// Counted from 0.
    pub column: usize,
}

/// Writes a list as a workbook: titles that stay in sight, filters, dates and numbers as such, texts as texts.
///
/// Dates before 1900-03-01 and numbers of more than 15 digits are texts, for no spreadsheet program keeps them otherwise.
#[derive(Debug)]
pub struct Xlsx {
    head: Head,
    columns: Vec<Column>,
    zip: Zip,
    widths: Widths,
    /// The XML of the rows that are measured; nothing of the sheet is in the archive yet.
    waiting: Option<Vec<u8>>,
    sheets: Vec<Written>,
    /// Lines of the open sheet.
    lines: u32,
    max_lines: u32,
    rows: u32,
    too_long: Vec<TooLong>,
}

impl Xlsx {
    pub fn new(head: Head) -> Self {
        Self::with_lines(head, MAX_LINES)
    }

    /// With sheets of at most so many lines.
    fn with_lines(head: Head, max_lines: u32) -> Self {
        let columns = Column::of(&head.columns);
        let mut waiting = Vec::new();
        sheet::title_row(&mut waiting, &columns, &head.columns);
        Self {
            widths: Widths::of_titles(&head.columns),
            columns,
            head,
            zip: Zip::new(),
            waiting: Some(waiting),
            sheets: Vec::new(),
            lines: 1,
            max_lines,
            rows: 0,
            too_long: Vec::new(),
        }
    }

    /// Writes one cell for each column.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> Result<(), WriteError> {
        if self.lines >= self.max_lines || self.zip.part_len() > MAX_SHEET {
            self.next_sheet()?;
        }
        self.lines += 1;
        let (out, mut widths) = match &mut self.waiting {
            Some(waiting) => (waiting, Some(&mut self.widths)),
            None => (&mut self.zip.text, None),
        };
        let (row, too_long) = (self.rows, &mut self.too_long);
        let cells = self.columns.iter().zip(cells).enumerate();
        let cells = cells.inspect(|(column, (_, cell))| {
            if let Some(widths) = &mut widths {
                widths.measure(*column, *cell);
            }
        });
        sheet::row(out, self.lines, cells, |column| {
            too_long.push(TooLong { row, column });
        });
        self.rows += 1;
        if self.waiting.is_some() && self.rows >= MEASURED {
            self.begin_sheet();
        }
        self.zip.settle()
    }

    pub fn finish(mut self) -> Result<Workbook, WriteError> {
        self.end_sheet()?;
        self.zip.begin("xl/styles.xml", 0);
        self.zip.text.extend_from_slice(styles::XML.as_bytes());
        self.zip.end()?;
        for (name, text) in parts::around(&self.head, &self.sheets) {
            self.zip.begin(name, 0);
            self.zip.text.extend_from_slice(text.as_bytes());
            self.zip.end()?;
        }
        Ok(Workbook {
            bytes: self.zip.finish()?,
            sheets: self.sheets.len(),
            too_long: self.too_long,
        })
    }

    /// Begins a sheet with what waits for it.
    fn begin_sheet(&mut self) {
        let is_first = self.sheets.is_empty();
        self.zip.begin(parts::SHEET, self.sheets.len() + 1);
        sheet::begin(&mut self.zip.text, &self.columns, &self.widths, is_first);
        if let Some(waiting) = self.waiting.take() {
            self.zip.text.extend_from_slice(&waiting);
        }
    }

    fn end_sheet(&mut self) -> Result<(), WriteError> {
        if self.waiting.is_some() {
            self.begin_sheet();
        }
        let last = self.columns.len().checked_sub(1).map(sheet::letters);
        let range = last.as_ref().map(|last| format!("A1:{last}{}", self.lines));
        sheet::end(&mut self.zip.text, range.as_deref());
        self.sheets.push(Written {
            range: last.map(|last| format!("$A$1:${last}${}", self.lines)),
        });
        self.zip.end()
    }

    fn next_sheet(&mut self) -> Result<(), WriteError> {
        self.end_sheet()?;
        self.begin_sheet();
        sheet::title_row(&mut self.zip.text, &self.columns, &self.head.columns);
        self.lines = 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
