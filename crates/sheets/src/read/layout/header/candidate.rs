//! Rows that could hold the titles.

use crate::{
    headers,
    read::layout::content::{Look, look},
    table::{Cell, Table},
};

/// Filled rows among which the header is looked for.
const SEARCHED: usize = 60;
/// How alike a title must be to one that is known.
const ALIKE: f64 = 0.9;

pub(super) struct Candidate {
    pub(super) row: u32,
    pub(super) filled: usize,
    words: usize,
    pub(super) data: usize,
    /// `Dealer:` beside its value.
    labels: usize,
    begins_with_label: bool,
}

impl Candidate {
    /// The first filled rows, without the “label: value” pairs that stand above tables.
    pub(super) fn among(filled: &[u32], table: &Table) -> Vec<Self> {
        let all = || {
            filled
                .iter()
                .take(SEARCHED)
                .map(|row| Self::new(*row, table))
        };
        let without_pairs: Vec<Self> = all().filter(|candidate| !candidate.is_pairs()).collect();
        if without_pairs.is_empty() {
            all().collect()
        } else {
            without_pairs
        }
    }

    fn new(row: u32, table: &Table) -> Self {
        let mut candidate = Self {
            row,
            filled: 0,
            words: 0,
            data: 0,
            labels: 0,
            begins_with_label: false,
        };
        for cell in table.cells(row) {
            match look(cell) {
                Look::Blank => continue,
                Look::Words => candidate.words += 1,
                Look::Data => candidate.data += 1,
                Look::Unclear => {}
            }
            if is_label(cell) {
                candidate.begins_with_label |= candidate.filled == 0;
                candidate.labels += 1;
            }
            candidate.filled += 1;
        }
        candidate
    }

    fn is_pairs(&self) -> bool {
        self.begins_with_label && self.labels < self.filled && self.labels * 2 >= self.filled
    }

    pub(super) fn could_be_titles(&self) -> bool {
        self.data == 0 && self.words * 2 >= self.filled
    }

    /// Whether two titles at least are those of something that customers have.
    pub(super) fn has_known_titles(&self, table: &Table) -> bool {
        let is_known = |cell: &Cell<'_>| {
            look(*cell) == Look::Words
                && headers::meanings(cell.text)
                    .first()
                    .is_some_and(|likeness| likeness.score >= ALIKE)
        };
        self.could_be_titles() && table.cells(self.row).filter(is_known).nth(1).is_some()
    }
}

fn is_label(cell: Cell<'_>) -> bool {
    cell.text.trim_end().ends_with(':')
}
