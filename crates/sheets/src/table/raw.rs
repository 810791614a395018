//! How cells and rows are stored.

use super::CellKind;

/// Eight bytes a cell: sheets have millions of them. The kind lives in the upper bits of the length; a text without length is
/// blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawCell {
    pub(super) start: u32,
    kind_and_len: u32,
}

const LEN_BITS: u32 = 29;
const MAX_LEN: u32 = (1 << LEN_BITS) - 1;
/// The greatest of kinds, so that one comparison finds it and the text without length.
const BLANK: u32 = (CellKind::Blank as u32) << LEN_BITS;

impl RawCell {
    pub(super) const fn new(kind: CellKind, span: Span) -> Self {
        Self {
            start: span.start,
            kind_and_len: ((kind as u32) << LEN_BITS) | span.len,
        }
    }

    pub(super) const fn len(self) -> usize {
        (self.kind_and_len & MAX_LEN) as usize
    }

    pub(super) const fn is_blank(self) -> bool {
        self.kind_and_len.wrapping_sub(1) >= BLANK - 1
    }

    pub(super) const fn kind(self) -> CellKind {
        match self.kind_and_len >> LEN_BITS {
            _ if self.is_blank() => CellKind::Blank,
            1 => CellKind::Number,
            2 => CellKind::Date,
            3 => CellKind::Bool,
            4 => CellKind::Error,
            5 => CellKind::FormulaWithoutValue,
            _ => CellKind::Text,
        }
    }
}

/// A row of cells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RawRow {
    /// The first cell in `cells`, and how many there are.
    pub(super) first: u32,
    pub(super) len: u32,
    /// Bytes of the first cell, 0 if it is blank: most questions to all rows are answered by it, without the cells, which are
    /// all over the memory.
    pub(super) first_len: u32,
    /// Where it stands in the file.
    pub(super) line: u32,
}

impl RawRow {
    pub(super) fn new(first: u32, line: u32) -> Self {
        Self {
            first,
            line,
            ..Self::default()
        }
    }

    /// To be called once its cells are set.
    pub(super) fn remember_first(&mut self, cells: &[RawCell]) {
        let first = self.cells_of(cells).first();
        self.first_len = first
            .filter(|cell| !cell.is_blank())
            .map_or(0, |cell| cell.kind_and_len & MAX_LEN);
    }

    pub(super) fn cells_of(self, cells: &[RawCell]) -> &[RawCell] {
        let first = self.first as usize;
        cells
            .get(first..first + self.len as usize)
            .unwrap_or_default()
    }
}

/// How many cells there are up to the last that is not blank.
pub(super) fn filled_len(cells: &[RawCell]) -> u32 {
    let filled = cells
        .iter()
        .rposition(|cell| !cell.is_blank())
        .map_or(0, |last| last + 1);
    u32::try_from(filled).unwrap_or(u32::MAX)
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

    /// A piece of a text that [`Self::new`] can address as a whole: no cell of it needs a check of its own.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the text is shorter, and what is cut off is no kind"
    )]
    #[inline]
    pub(crate) const fn piece(from: usize, until: usize) -> Self {
        Self {
            start: from as u32,
            len: until.wrapping_sub(from) as u32 & MAX_LEN,
        }
    }

    pub const fn is_empty(self) -> bool {
        self.len == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_text_without_length_is_blank() {
        let cell = |kind, len| RawCell::new(kind, Span { start: 9, len });
        assert_eq!(cell(CellKind::Text, 0).kind(), CellKind::Blank);
        assert!(cell(CellKind::Text, 0).is_blank() && cell(CellKind::Blank, 0).is_blank());
        assert!(!cell(CellKind::Text, 1).is_blank() && !cell(CellKind::Number, 0).is_blank());
    }

    #[test]
    fn what_cannot_be_addressed_is_refused() {
        assert_eq!(Span::new(usize::MAX, 1), None);
        assert_eq!(Span::new(0, 1 << 29), None);
        assert_eq!(Span::new(3, 4), Some(Span { start: 3, len: 4 }));
    }
}
