//! CSV by RFC 4180: commas, CRLF, quotes where needed; in UTF-8 with a byte order mark, or Excel takes it for something
//! older.

use super::{Cell, Head, short};
use crate::guard;

/// Writes a list as CSV.
///
/// Dates are `YYYY-MM-DD`, numbers have a dot. A text that a spreadsheet program would run as a formula has an apostrophe in
/// front, which our own import takes off again.
#[derive(Debug)]
pub struct Csv {
    full: Vec<Vec<u8>>,
    chunk: Vec<u8>,
    columns: usize,
}

/// A chunk is never copied to make it larger.
const CHUNK: usize = 256 * 1024;

impl Csv {
    pub fn new(head: &Head) -> Self {
        let mut csv = Self {
            full: Vec::new(),
            chunk: "\u{FEFF}".into(),
            columns: head.columns.len(),
        };
        csv.row(head.columns.iter().map(|column| Cell::Text(&column.header)));
        csv
    }

    /// Writes one cell for each column.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        if self.chunk.len() >= CHUNK {
            let chunk = std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK + CHUNK / 8));
            self.full.push(chunk);
        }
        let out = &mut self.chunk;
        let start = out.len();
        let mut cells = cells.into_iter();
        for at in 0..self.columns {
            if at > 0 {
                out.push(b',');
            }
            match cells.next() {
                None | Some(Cell::Blank) => {}
                Some(Cell::Text(text) | Cell::Number(text) | Cell::Date(text)) => {
                    push_text(out, text);
                }
            }
        }
        // A line without anything would be no record to most programs, and rows below would move up.
        if out.len() == start {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(b"\r\n");
    }

    /// The file, in pieces.
    pub fn finish(mut self) -> Vec<Vec<u8>> {
        self.full.push(self.chunk);
        self.full
    }
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    let start = out.len();
    if guard::needs_guard(text) {
        out.push(b'\'');
    }
    let (bytes, mut marks) = (text.as_bytes(), 0);
    // Most texts need no quotes: what does is looked for while they are copied.
    short::push_looking(out, bytes, |eight| marks |= marks_of(eight));
    if marks != 0 || is_blank(bytes.first()) || is_blank(bytes.last()) {
        let plain = out.split_off(start);
        push_quoted(out, &plain);
    }
}

/// Blanks at the ends are data too, and some programs trim what is not in quotes.
const fn is_blank(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b' ' | b'\t'))
}

fn push_quoted(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    for (at, piece) in text.split(|byte| *byte == b'"').enumerate() {
        if at > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(piece);
    }
    out.push(b'"');
}

/// Not zero if one of eight bytes is a comma, a quote or the end of a line (a byte is zero where `v - 1` borrows its high
/// bit and `v` does not have it: Warren, Hacker's Delight, 6-1).
const fn marks_of(bytes: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    const fn zeros(bytes: u64) -> u64 {
        bytes.wrapping_sub(ONES) & !bytes & HIGH
    }
    const fn equal(bytes: u64, to: u8) -> u64 {
        zeros(bytes ^ u64::from_le_bytes([to; 8]))
    }
    equal(bytes, b',') | equal(bytes, b'"') | equal(bytes, b'\n') | equal(bytes, b'\r')
}

#[cfg(test)]
mod tests;
