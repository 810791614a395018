//! CSV by RFC 4180: commas, CRLF, quotes where needed; in UTF-8 with a byte order mark, or Excel takes it for something
//! older.

use super::{
    Cell, Head,
    print::{push_date, push_number},
};
use crate::guard;

/// Writes a list as CSV.
///
/// Dates are `YYYY-MM-DD`, numbers have a dot. A text that a spreadsheet program would run as a formula has an apostrophe in
/// front, which our own import takes off again.
#[derive(Debug)]
pub struct Csv {
    bytes: Vec<u8>,
    columns: usize,
}

impl Csv {
    pub fn new(head: &Head) -> Self {
        let mut csv = Self {
            bytes: "\u{FEFF}".into(),
            columns: head.columns.len(),
        };
        let titles = head.columns.iter().map(|column| Cell::Text(&column.header));
        csv.record(titles);
        csv
    }

    /// Writes one cell for each column.
    pub fn row(&mut self, cells: &[Cell<'_>]) {
        let blanks = std::iter::repeat(Cell::Blank);
        self.record(cells.iter().copied().chain(blanks).take(self.columns));
    }

    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }

    fn record<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>) {
        let start = self.bytes.len();
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                self.bytes.push(b',');
            }
            match cell {
                Cell::Blank => {}
                Cell::Text(text) => self.text(text),
                Cell::Number(number) => push_number(&mut self.bytes, number),
                Cell::Date(date) => push_date(&mut self.bytes, date),
            }
        }
        // A line without anything would be no record to most programs, and rows below would move up.
        if self.bytes.len() == start {
            self.bytes.extend_from_slice(b"\"\"");
        }
        self.bytes.extend_from_slice(b"\r\n");
    }

    fn text(&mut self, text: &str) {
        let guard: &[u8] = if guard::needs_guard(text) { b"'" } else { b"" };
        if !needs_quotes(text.as_bytes()) {
            self.bytes.extend_from_slice(guard);
            self.bytes.extend_from_slice(text.as_bytes());
            return;
        }
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(guard);
        for (at, piece) in text.split('"').enumerate() {
            if at > 0 {
                self.bytes.extend_from_slice(b"\"\"");
            }
            self.bytes.extend_from_slice(piece.as_bytes());
        }
        self.bytes.push(b'"');
    }
}

/// Blanks at the ends are data too, and some programs trim what is not in quotes.
fn needs_quotes(text: &[u8]) -> bool {
    let is_blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    // Without stopping early, so that compilers make vector instructions of the comparisons.
    let marks = text.iter().fold(0, |marks, byte| {
        marks | u8::from(matches!(byte, b',' | b'"' | b'\n' | b'\r'))
    });
    marks > 0 || is_blank(text.first()) || is_blank(text.last())
}

#[cfg(test)]
mod tests;
