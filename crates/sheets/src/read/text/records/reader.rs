//! One record after the other, cell by cell.

use super::LineEnds;
use crate::{
    detected::Delimiter,
    error::{MAX_COLUMNS, MAX_ROWS, ReadError},
    guard,
    read::text::scan::Marks,
    table::{CellKind, Span, TableBuilder, is_white},
};

/// A quoted cell longer than this is taken for a quote that was never closed.
const MAX_QUOTED: usize = 1 << 20;
/// A record wider than this is refused before it is read to its end.
const MAX_RECORD: u32 = 1 << 17;
/// Bytes that tell how many cells a text has.
const SAMPLE: usize = 1 << 16;

/// Reads records one after the other.
pub(super) struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    delimiter: u8,
    marks: Marks<'a>,
    pub(super) builder: TableBuilder,
    pub(super) position: Position,
    line: u32,
    /// A quoted cell of the record that was read last spans lines.
    pub(super) spans_lines: bool,
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
            marks: Marks::new(bytes, delimiter, from),
            builder: TableBuilder::over(text.len()),
            position: Position {
                at: from,
                ..Position::default()
            },
            line: 0,
            spans_lines: false,
            usual,
        }
    }

    /// Makes room for the cells of the whole text, going by its beginning.
    pub(super) fn expect_cells(&mut self) {
        let mut marks = self.marks;
        let end = self.bytes.len().min(self.position.at + SAMPLE);
        let sampled = std::iter::from_fn(|| marks.next())
            .take_while(|at| *at < end)
            .count();
        let rest = self.bytes.len() - self.position.at;
        let expected = sampled.saturating_mul(rest / SAMPLE + 1);
        self.builder.expect_cells(expected + expected / 16);
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
        loop {
            let start = self.position.at;
            let end = match self.quote_at(start) {
                Some(open) => {
                    self.position.at = open;
                    let quoted = self.quoted(open > start);
                    self.position.at = start;
                    quoted.unwrap_or_else(|| self.plain(true))
                }
                None => self.plain(false),
            };
            match end {
                End::Delimiter(at) => {
                    self.position.at = at + 1;
                    if self.builder.row_len() > MAX_RECORD {
                        return Err(ReadError::TooManyColumns {
                            columns: self.builder.row_len(),
                        });
                    }
                }
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

    /// The quote that begins a cell at `start`, blanks aside: some programs write `"a", "b"`.
    #[inline]
    fn quote_at(&self, mut start: usize) -> Option<usize> {
        loop {
            match self.bytes.get(start)? {
                b'"' => return Some(start),
                b' ' => start += 1,
                _ => return None,
            }
        }
    }

    /// Unquoted cells, up to one that begins with a quote or to the end of the record. With `is_literal` the first byte that
    /// is no blank is a quote that opens nothing.
    fn plain(&mut self, is_literal: bool) -> End {
        let mut start = self.position.at;
        if is_literal {
            self.marks.seek(start + 1);
        }
        let mut marks = self.marks;
        let end = loop {
            let at = marks.next().unwrap_or(self.bytes.len());
            let byte = self.bytes.get(at);
            if byte == Some(&b'"') {
                continue;
            }
            self.push(start, at);
            match byte {
                None => break End::Text,
                Some(b'\n' | b'\r') => break End::Line(at),
                Some(_) => {}
            }
            start = at + 1;
            if self.quote_at(start).is_some() || self.builder.row_len() > MAX_RECORD {
                break End::Delimiter(at);
            }
        };
        self.marks = marks;
        end
    }

    #[expect(
        clippy::inline_always,
        reason = "called for every cell, where the call alone is a sixth of the time that reading takes"
    )]
    #[inline(always)]
    fn push(&mut self, from: usize, until: usize) {
        let kind = match self.bytes.get(from) {
            _ if from == until => CellKind::Blank,
            // What nearly all cells begin with. An apostrophe may be a guard.
            Some(b'!'..=b'&' | b'('..=b'~') => CellKind::Text,
            _ => return self.push_unusual(from, until),
        };
        self.push_as(kind, from, until);
    }

    #[inline]
    fn push_as(&mut self, kind: CellKind, from: usize, until: usize) {
        self.builder
            .push_span(kind, Span::new(from, until - from).unwrap_or_default());
    }

    #[cold]
    fn push_unusual(&mut self, mut from: usize, until: usize) {
        from += self.guard_len(from, until);
        let is_blank = is_white(self.text.get(from..until).unwrap_or_default());
        let kind = if is_blank {
            CellKind::Blank
        } else {
            CellKind::Text
        };
        self.push_as(kind, from, until);
    }

    /// Bytes at the beginning of a cell that only keep a spreadsheet from running it. Doubled quotes change nothing of that.
    fn guard_len(&self, from: usize, until: usize) -> usize {
        let cell = self.text.get(from..until).unwrap_or_default();
        usize::from(guard::is_guarded(cell))
    }

    /// A quoted cell; `None` when its quote is never closed and so means nothing. With `is_padded` blanks stand before it, and
    /// may before the quotes of other cells.
    fn quoted(&mut self, is_padded: bool) -> Option<End> {
        let open = self.position.at;
        // The mark of the opening quote itself.
        self.marks.next();
        let mut escapes = false;
        let mut spans_lines = false;
        loop {
            let Some(at) = self.marks.next() else {
                self.position.no_spanning_before = self.bytes.len();
                break;
            };
            let byte = self.bytes[at];
            if byte == b'\n' || byte == b'\r' {
                spans_lines = true;
                if open < self.position.no_spanning_before {
                    break;
                }
                if at - open > MAX_QUOTED {
                    self.position.no_spanning_before = at;
                    break;
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
                    break;
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
        }
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

    fn push_quoted(&mut self, mut from: usize, until: usize, escapes: bool) {
        if escapes {
            from += self.guard_len(from, until);
            let text = self.text.get(from..until).unwrap_or_default();
            self.builder.push_with(CellKind::Text, |out| {
                // Of each pair of quotes one.
                let mut rest = text;
                while let Some(quote) = memchr::memchr(b'"', rest.as_bytes()) {
                    let (until, after) = rest.split_at(quote + 1);
                    out.push_str(until);
                    rest = after.strip_prefix('"').unwrap_or(after);
                }
                out.push_str(rest);
            });
        } else {
            self.push(from, until);
        }
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
