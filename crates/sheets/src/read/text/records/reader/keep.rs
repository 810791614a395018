//! Keeps cells: most of them are text as they stand, and told by their first byte.

use super::{MAX_RECORD, Reader};
use crate::{
    guard,
    table::{CellKind, Span, is_white},
};

/// Bytes that begin no cell of white space and no guarded one, a delimiter too: before that one the cell is empty.
pub(super) const fn ordinary_before(delimiter: u8) -> [bool; 256] {
    let mut ordinary = [false; 256];
    let mut byte = 0x21;
    while byte < 0xE0 {
        // An apostrophe may be a guard. Of what begins in two bytes only U+0085 and U+00A0 are white.
        ordinary[byte] = byte != 0x27 && (byte < 0x7F || byte > 0xC2);
        byte += 1;
    }
    ordinary[delimiter as usize] = true;
    ordinary
}

impl Reader<'_> {
    /// Takes the cells, the first of which begins at `start`, that end with a delimiter before the next quote or line end.
    /// Answers where the cell behind them begins.
    pub(super) fn unquoted(&mut self, mut start: usize) -> usize {
        let mut marks = self.marks;
        loop {
            let delimiters = marks.delimiters();
            let mut are_ordinary = true;
            let cells = delimiters.cells(start).map(|(from, until)| {
                are_ordinary &= self
                    .bytes
                    .get(from)
                    .is_some_and(|byte| self.ordinary[usize::from(*byte)]);
                (CellKind::Text, Span::piece(from, until))
            });
            self.builder.extend(cells);
            if !are_ordinary {
                // Then each of them is looked at.
                self.builder
                    .truncate_row(self.builder.row_len() - delimiters.count());
                for (from, until) in delimiters.cells(start) {
                    self.push(from, until);
                }
            }
            start = delimiters.end().unwrap_or(start);
            let is_too_wide = self.builder.row_len() > MAX_RECORD;
            if is_too_wide || marks.is_stop_in_block() || !marks.next_block() {
                self.marks = marks;
                return start;
            }
        }
    }

    pub(super) fn push(&mut self, from: usize, until: usize) {
        let is_ordinary = |byte: &u8| {
            // Within quotes a delimiter is a character.
            self.ordinary[usize::from(*byte)] && *byte != self.delimiter
        };
        if from == until || self.bytes.get(from).is_some_and(is_ordinary) {
            self.push_as(CellKind::Text, from, until);
        } else {
            self.push_unusual(from, until);
        }
    }

    #[inline]
    fn push_as(&mut self, kind: CellKind, from: usize, until: usize) {
        self.builder.push_span(kind, Span::piece(from, until));
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

    /// What stands between quotes; `escapes` if some of it is doubled quotes.
    pub(super) fn push_quoted(&mut self, mut from: usize, until: usize, escapes: bool) {
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
}
