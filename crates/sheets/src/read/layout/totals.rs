//! Rows of totals and remarks below the data.

use super::{content::is_amount, footers};
use crate::table::Table;
use domain::fold::fold;

/// A total stands this near the end: under it there may be remarks.
const SEARCHED: usize = 6;

/// How a row of totals begins, in the languages of our shops and their neighbours, folded.
const LABELS: &[&str] = &[
    "total",
    "totals",
    "totaux",
    "totale",
    "totales",
    "grand total",
    "subtotal",
    "sub total",
    "sous total",
    "sum",
    "sums",
    "somme",
    "sommes",
    "suma",
    "summe",
    "gesamt",
    "average",
    "moyenne",
    "count",
    "nombre",
];

/// The rows that are data, and the lines of the totals and remarks under them.
pub(super) fn split<'a>(rows: &'a [u32], table: &Table) -> (&'a [u32], Vec<u32>) {
    let usual = usual_width(rows, table);
    let above = footers::cut(rows, usual, table);
    let mut end = above.len();
    let lowest = above.len().saturating_sub(SEARCHED);
    for at in (lowest..above.len()).rev() {
        let is_remark = |row: &u32| table.filled(*row) == 1 && usual > 1;
        if is_total(rows[at], usual, table) && rows[at + 1..end].iter().all(is_remark) {
            end = at;
        }
    }
    (
        &rows[..end],
        rows[end..].iter().map(|row| table.line(*row)).collect(),
    )
}

fn usual_width(rows: &[u32], table: &Table) -> usize {
    let mut widths: Vec<usize> = rows
        .iter()
        .take(200)
        .map(|row| table.filled(*row))
        .collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or_default()
}

/// A label and numbers, and otherwise nothing: fewer cells than a row of data has.
fn is_total(row: u32, usual: usize, table: &Table) -> bool {
    let mut cells = table.cells(row).filter(|cell| !cell.is_blank());
    let Some(label) = cells.next() else {
        return false;
    };
    let rest: Vec<_> = cells.collect();
    let is_sparse = rest.len() + 1 < usual || usual <= 2;
    is_sparse
        && !rest.is_empty()
        && rest
            .iter()
            .all(|cell| is_amount(*cell) || is_label(cell.text))
        && is_label(label.text)
}

pub(super) fn is_label(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let phrase = words.join(" ");
    let begins = |label: &str| {
        phrase
            .strip_prefix(label)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    words.len() <= 4 && LABELS.iter().any(|label| begins(label))
}
