//! How cells and rows are stored.

use super::CellKind;

/// Eight bytes a cell: sheets have millions of them. The kind lives in the upper bits of the length.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawCell {
    pub(super) start: u32,
    kind_and_len: u32,
}

const LEN_BITS: u32 = 29;
const MAX_LEN: u32 = (1 << LEN_BITS) - 1;

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
        self.kind_and_len >> LEN_BITS == CellKind::Blank as u32
    }

    pub(super) const fn kind(self) -> CellKind {
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

/// A row of cells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RawRow {
    /// The first cell in `cells`, and how many there are.
    pub(super) first: u32,
    pub(super) len: u32,
    /// Behind the last cell that is not blank.
    pub(super) filled: u32,
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
    fn what_cannot_be_addressed_is_refused() {
        assert_eq!(Span::new(usize::MAX, 1), None);
        assert_eq!(Span::new(0, 1 << 29), None);
        assert_eq!(Span::new(3, 4), Some(Span { start: 3, len: 4 }));
    }
}
