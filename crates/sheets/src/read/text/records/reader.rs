//! One record after the other, cell by cell.

mod keep;

use super::LineEnds;
use crate::{
    detected::Delimiter,
    error::{MAX_COLUMNS, MAX_ROWS, ReadError},
    read::text::scan::Marks,
    table::TableBuilder,
};

/// A quoted cell longer than this is taken for a quote that was never closed.
const MAX_QUOTED: usize = 1 << 20;
/// Bytes that are followed in vain for the end of quoted cells of one record, before no quote is believed in it any more.
const MAX_IN_VAIN: usize = 4 * MAX_QUOTED;
/// A record wider than this is refused before it is read to its end.
const MAX_RECORD: u32 = 1 << 17;

/// Reads records one after the other.
pub(super) struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    delimiter: u8,
    /// Whether a cell that begins with a byte is text as it stands, or empty.
    ordinary: [bool; 256],
    marks: Marks<'a>,
    pub(super) builder: TableBuilder,
    pub(super) position: Position,
    line: u32,
    /// A quoted cell of the record that was read last spans lines.
    pub(super) spans_lines: bool,
    /// Bytes of the record that were followed in vain for the end of a quoted cell.
    in_vain: usize,
    /// How many cells records usually have; 0 if a record of any width is believed.
    usual: u32,
}

/// How far reading has come, and what it has met.
#[derive(Clone, Copy, Default)]
pub(super) struct Position {
    at: usize,
    pub(super) line_ends: LineEnds,
    /// How many, and the line of the first.
    pub(super) unclosed_quotes: Option<(u32, u32)>,
    /// Until here no quote that spans lines is believed, because one was followed in vain.
    no_spanning_before: usize,
}

/// What ends a cell.
enum End {
    Delimiter(usize),
    Line(usize),
    Text,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        text: &'a str,
        from: usize,
        delimiter: Option<Delimiter>,
        usual: u32,
    ) -> Self {
        let bytes = text.as_bytes();
        // With one column only, a line feed stands in for the delimiter: it is a mark anyway.
        let delimiter = delimiter.map_or(b'\n', Delimiter::byte);
        Self {
            text,
            bytes,
            delimiter,
            ordinary: keep::ordinary_before(delimiter),
            marks: Marks::new(bytes, delimiter, from),
            builder: TableBuilder::over(text.len()),
            position: Position {
                at: from,
                ..Position::default()
            },
            line: 0,
            spans_lines: false,
            in_vain: 0,
            usual,
        }
    }

    /// Reads one record; `false` at the end of the text.
    pub(super) fn record(&mut self) -> Result<bool, ReadError> {
        if self.position.at >= self.bytes.len() {
            return Ok(false);
        }
        self.line += 1;
        self.builder.begin_row(self.line);
        let start = self.position;
        self.cells()?;
        let is_odd = |reader: &Self| reader.usual > 1 && reader.builder.row_len() != reader.usual;
        if self.spans_lines && is_odd(self) {
            // A quote that was never closed, until another one came by chance? Then by lines the record is as wide as all.
            let end = self.position.at;
            self.rewind(start);
            self.position.no_spanning_before = end.max(start.no_spanning_before);
            self.cells()?;
            if is_odd(self) {
                self.rewind(start);
                self.cells()?;
            }
        }
        self.close_record()?;
        Ok(true)
    }

    fn rewind(&mut self, start: Position) {
        self.position = start;
        self.marks.seek(start.at);
        self.builder.truncate_row(0);
    }

    /// Reads the cells of a record to its end.
    fn cells(&mut self) -> Result<(), ReadError> {
        self.spans_lines = false;
        self.in_vain = 0;
        let mut start = self.position.at;
        let mut with_quote = None;
        loop {
            start = self.unquoted(start);
            if self.builder.row_len() > MAX_RECORD {
                return Err(ReadError::TooManyColumns {
                    columns: self.builder.row_len(),
                });
            }
            let end = match self.marks.stop() {
                Some(at) if self.bytes.get(at) == Some(&b'"') => {
                    // Only its first quote can open a cell.
                    let is_first = with_quote.replace(start) != Some(start);
                    let may_open = is_first && self.in_vain < MAX_IN_VAIN;
                    if !may_open || !self.is_padding(start, at) {
                        continue;
                    }
                    let Some(end) = self.quoted(at, at > start) else {
                        self.marks.seek(at + 1);
                        continue;
                    };
                    end
                }
                Some(at) => {
                    self.push(start, at);
                    End::Line(at)
                }
                None => {
                    self.push(start, self.bytes.len());
                    End::Text
                }
            };
            match end {
                End::Delimiter(at) => start = at + 1,
                End::Line(at) => {
                    self.line_end(at);
                    return Ok(());
                }
                End::Text => {
                    self.position.at = self.bytes.len();
                    return Ok(());
                }
            }
        }
    }

    /// Nothing but blanks, if anything: some programs write `"a", "b"`.
    fn is_padding(&self, from: usize, until: usize) -> bool {
        let before = self.bytes.get(from..until).unwrap_or_default();
        before.iter().all(|byte| *byte == b' ')
    }

    /// The cell whose quote is at `open`; `None` when that is never closed and so means nothing. With `is_padded` blanks stand
    /// before it, and may before the quotes of other cells.
    fn quoted(&mut self, open: usize, is_padded: bool) -> Option<End> {
        let mut escapes = false;
        let mut spans_lines = false;
        let followed = loop {
            let Some(at) = self.marks.next() else {
                self.position.no_spanning_before = self.bytes.len();
                break self.bytes.len();
            };
            let byte = self.bytes[at];
            if byte == b'\n' || byte == b'\r' {
                spans_lines = true;
                if open < self.position.no_spanning_before {
                    break at;
                }
                if at - open > MAX_QUOTED {
                    self.position.no_spanning_before = at;
                    break at;
                }
            }
            if byte != b'"' {
                continue;
            }
            if self.bytes.get(at + 1) == Some(&b'"') {
                escapes = true;
                self.marks.next();
                continue;
            }
            let Some(end) = self.end_after(at + 1) else {
                if self.opens_a_cell(at, is_padded) {
                    break at;
                }
                continue;
            };
            self.spans_lines |= spans_lines;
            self.push_quoted(open + 1, at, escapes);
            if !matches!(end, End::Text) {
                // The mark that ends the cell.
                self.marks.next();
            }
            return Some(end);
        };
        self.in_vain += followed - open;
        let (count, first_line) = self.position.unclosed_quotes.unwrap_or((0, self.line));
        self.position.unclosed_quotes = Some((count + 1, first_line));
        None
    }

    /// What follows a quote that closes a cell, blanks aside.
    fn end_after(&self, mut at: usize) -> Option<End> {
        loop {
            match self.bytes.get(at) {
                None => return Some(End::Text),
                Some(b'\n' | b'\r') => return Some(End::Line(at)),
                Some(byte) if *byte == self.delimiter => return Some(End::Delimiter(at)),
                Some(b' ') => at += 1,
                Some(_) => return None,
            }
        }
    }

    /// Whether the quote at `at` stands where cells begin.
    fn opens_a_cell(&self, at: usize, is_padded: bool) -> bool {
        let before = self.bytes.get(..at).unwrap_or_default();
        let is_blank = |byte: &&u8| is_padded && **byte == b' ';
        before
            .iter()
            .rev()
            .find(|byte| !is_blank(byte))
            .is_some_and(|byte| matches!(byte, b'\n' | b'\r') || *byte == self.delimiter)
    }

    #[inline]
    fn line_end(&mut self, at: usize) {
        self.position.at = at + 1;
        if self.bytes[at] == b'\n' {
            self.position.line_ends.lf += 1;
        } else if self.bytes.get(at + 1) == Some(&b'\n') {
            self.position.line_ends.crlf += 1;
            self.marks.next();
            self.position.at = at + 2;
        } else {
            self.position.line_ends.cr += 1;
        }
    }

    fn close_record(&mut self) -> Result<(), ReadError> {
        let len = self.builder.row_len();
        if len > MAX_COLUMNS {
            let filled = self.builder.filled_len();
            if filled > MAX_COLUMNS {
                return Err(ReadError::TooManyColumns { columns: filled });
            }
            self.builder.truncate_row(MAX_COLUMNS);
        } else if len == 1 && self.builder.filled_len() == 0 {
            self.builder.truncate_row(0);
        }
        if self.line > MAX_ROWS && self.builder.filled_len() > 0 {
            return Err(ReadError::TooManyRows);
        }
        Ok(())
    }
}
