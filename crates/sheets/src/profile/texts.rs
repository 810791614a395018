//! What a column of texts is made of.

use super::{
    dates::quote,
    shape::{AT, BAR, COMMA, LINE_BREAK, SEMICOLON, SLASH, SPACE, Shape},
};
use crate::{
    mapping::{Evidence, Separator},
    read::Opened,
    understand::{bare, name, pieces},
};
use std::{borrow::Cow, collections::HashSet};

const SEPARATORS: [(Separator, u16); 5] = [
    (Separator::Semicolon, SEMICOLON),
    (Separator::Bar, BAR),
    (Separator::LineBreak, LINE_BREAK),
    (Separator::Comma, COMMA),
    (Separator::Slash, SLASH),
];

#[derive(Clone, Debug, Default)]
pub(crate) struct TextTally {
    /// Cells of two words and more without a digit, as names are.
    pub names: u32,
    /// `Roy, Amélie`.
    pub last_first: u32,
    /// For each of [`SEPARATORS`], the cells that hold it.
    holding: [u32; 5],
}

impl TextTally {
    pub(super) fn add(&mut self, text: &str, shape: &Shape) {
        let spaced = shape.holds(COMMA | SPACE);
        if shape.digits == 0 && !shape.holds(AT) && spaced && text.len() <= 80 {
            self.names += 1;
            let by_comma = name::by_comma(text);
            self.last_first += u32::from(
                by_comma.is_some_and(|(last, first)| !last.is_empty() && !first.is_empty()),
            );
        }
        for ((_, mark), holding) in SEPARATORS.iter().zip(&mut self.holding) {
            *holding += u32::from(shape.holds(*mark));
        }
    }
}

/// The separator of a collection: texts that come back in other cells, more of them in some cells than in others. With
/// `expected`, because the title says so, one cell with a separator is enough.
pub(crate) fn collection(
    sheet: &Opened,
    column: u32,
    tally: &TextTally,
    filled: u32,
    expected: bool,
) -> Option<(Separator, Evidence)> {
    let mut candidates: Vec<(Separator, u32)> = SEPARATORS
        .into_iter()
        .map(|(separator, _)| separator)
        .zip(tally.holding)
        .filter(|(_, cells)| *cells > 0)
        .collect();
    candidates.sort_by_key(|(_, cells)| std::cmp::Reverse(*cells));
    candidates
        .into_iter()
        .filter(|(_, cells)| expected || *cells >= 2 && cells * 20 >= filled)
        .find_map(|(separator, _)| {
            is_collection(sheet, column, separator, expected).map(|evidence| (separator, evidence))
        })
}

fn is_collection(
    sheet: &Opened,
    column: u32,
    separator: Separator,
    expected: bool,
) -> Option<Evidence> {
    let mut different: HashSet<Cow<'_, str>> = HashSet::new();
    let mut counts: HashSet<usize> = HashSet::new();
    let (mut all, mut first) = (0_usize, None);
    for (row, table_row) in (0..).zip(&sheet.data) {
        let text = bare(sheet.table.cell(*table_row, column).text);
        if text.is_empty() {
            continue;
        }
        let mut count = 0;
        for piece in pieces(text, separator) {
            if !expected && (piece.len() > 40 || piece.split(' ').count() > 4) {
                return None;
            }
            different.insert(piece);
            count += 1;
            if !expected && different.len() > 2_000 && different.len() > all {
                return None;
            }
        }
        if count > 1 && first.is_none() {
            first = Some(row);
        }
        all += count;
        counts.insert(count);
    }
    let (line, text) = quote(sheet, first?, column);
    let repeats = all >= 8 && different.len() * 2 <= all && counts.len() > 1;
    (expected || repeats).then_some(Evidence::Separated {
        separator,
        line,
        text,
    })
}
