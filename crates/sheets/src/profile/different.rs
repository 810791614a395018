//! Whether the cells of a column tell rows apart.

use super::percent;
use crate::{
    read::Opened,
    understand::{bare, words},
};
use domain::fold::fold;
use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
};

/// How many of the filled cells say something different, in percent; 100 of none.
pub(crate) fn different(sheet: &Opened, column: u32) -> u8 {
    let hasher = RandomState::new();
    let mut seen: HashSet<u64> = HashSet::new();
    let mut filled = 0;
    for row in &sheet.data {
        let text = bare(sheet.table.cell(*row, column).text);
        if !text.is_empty() && !words::is_placeholder(text) {
            filled += 1;
            seen.insert(hasher.hash_one(fold(text)));
        }
    }
    if filled == 0 {
        return 100;
    }
    percent(u32::try_from(seen.len()).unwrap_or(u32::MAX), filled)
}
