//! Merged cells among the data.

use super::count;
use crate::{detected::Repair, read::Merge, table::Table};

impl Merge {
    /// One value for several rows, such as a name beside two phones.
    const fn is_downwards(&self) -> bool {
        self.first_column == self.last_column && self.first_line < self.last_line
    }
}

/// Gives the rows that a cell spans its value: alone they would name nobody.
pub(super) fn fill_down(merges: &[Merge], data: &[u32], table: &mut Table) -> Option<Repair> {
    let from = |line: u32, table: &Table| data.partition_point(|row| table.line(*row) < line);
    let mut downwards: Vec<&Merge> = merges.iter().filter(|merge| merge.is_downwards()).collect();
    downwards.sort_by_key(|merge| (merge.first_column, merge.first_line));
    let mut filled: Vec<u32> = Vec::new();
    let mut before: Option<&Merge> = None;
    for merge in downwards {
        // Merges never overlap; in a file that says so, the first one counts.
        let overlaps = before.is_some_and(|before| {
            before.first_column == merge.first_column && before.last_line >= merge.first_line
        });
        if overlaps {
            continue;
        }
        before = Some(merge);
        let (first, end) = (
            from(merge.first_line, table),
            from(merge.last_line.saturating_add(1), table),
        );
        let Some((top, covered)) = data.get(first..end).and_then(<[u32]>::split_first) else {
            continue;
        };
        if table.line(*top) == merge.first_line
            && covered
                .iter()
                .filter(|row| table.repeat(*top, **row, merge.first_column))
                .count()
                > 0
        {
            filled.push(merge.first_line);
        }
    }
    let first_line = filled.iter().min().copied()?;
    Some(Repair::FilledDown {
        count: count(filled.len()),
        first_line,
    })
}

/// The merges that are taken apart and no more.
pub(super) fn left_apart(merges: &[Merge], first_line: u32, last_line: u32) -> Option<Repair> {
    let apart = merges.iter().filter(|merge| {
        merge.last_line >= first_line && merge.first_line <= last_line && !merge.is_downwards()
    });
    let lines: Vec<u32> = apart.map(|merge| merge.first_line).collect();
    let first_line = lines.iter().min().copied()?;
    Some(Repair::MergedCells {
        count: count(lines.len()),
        first_line,
    })
}
