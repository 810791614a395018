//! Whether the cells of a column tell rows apart.

use super::percent;
use crate::{
    read::Opened,
    understand::{bare, words},
};
use domain::fold::fold;
use std::hash::{BuildHasher, RandomState};

/// How many of the filled cells say something different, in percent; 100 of none.
pub(crate) fn different(sheet: &Opened, column: u32) -> u8 {
    let hasher = RandomState::new();
    let mut seen: Vec<u64> = Vec::new();
    for row in &sheet.data {
        let text = bare(sheet.table.cell(*row, column).text);
        if !text.is_empty() && !words::is_placeholder(text) {
            seen.push(hasher.hash_one(fold(text)));
        }
    }
    if seen.is_empty() {
        return 100;
    }
    let count = |seen: &[u64]| u32::try_from(seen.len()).unwrap_or(u32::MAX);
    let filled = count(&seen);
    seen.sort_unstable();
    seen.dedup();
    percent(count(&seen), filled)
}
