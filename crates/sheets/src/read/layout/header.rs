//! The row of column titles.

mod candidate;

use super::names::{distinct, letters};
use crate::{
    detected::{ColumnFound, Title},
    read::Merge,
    table::Table,
};
use candidate::Candidate;
use std::collections::HashMap;

/// Rows as wide as the table that may still stand above known titles.
const MOST_ABOVE: usize = 4;

#[derive(Debug)]
pub(super) struct Header {
    pub(super) first_line: u32,
    pub(super) last_line: u32,
    /// The file has no titles: its first row is data.
    pub(super) is_missing: bool,
    /// The title above each column, joined over the header's rows.
    titles: Vec<String>,
    /// A wider title above it, that tells apart titles which are the same.
    groups: Vec<String>,
}

impl Header {
    /// The first row that is filled over the table's width and looks like titles.
    pub(super) fn find(filled: &[u32], table: &Table, merges: &[Merge]) -> Self {
        let rows = Candidate::among(filled, table);
        let mut widths: Vec<usize> = rows.iter().map(|candidate| candidate.filled).collect();
        widths.sort_unstable();
        // Rows of titles and remarks are narrower: the upper quarter shows the table.
        let usual = widths.get(widths.len() * 3 / 4).copied().unwrap_or(1);
        let is_wide = |candidate: &&Candidate| candidate.filled * 5 >= usual * 3;
        let is_data = |row: &&Candidate| is_wide(row) && row.data > 0;
        let known = rows
            .iter()
            .filter(is_wide)
            .find(|candidate| candidate.has_known_titles(table));
        if let Some(known) = known {
            // Titles that are not known stand above data that may say anything, “Home” and “Cell” too.
            let above = || {
                let above = rows.iter().take_while(|row| row.row < known.row);
                above.filter(is_wide)
            };
            let is_rival = |row: &Candidate| row.could_be_titles() && row.filled >= known.filled;
            if above().count() <= MOST_ABOVE && !above().any(is_rival) {
                return Self::at(table.line(known.row), table, merges);
            }
        }
        let before_data = rows
            .iter()
            .position(|row| is_data(&row))
            .unwrap_or(rows.len());
        let mut titles = rows[..before_data]
            .iter()
            .filter(is_wide)
            .filter(|candidate| candidate.could_be_titles());
        let Some(mut best) = titles.next() else {
            let first = rows.iter().find(is_wide).or(rows.first());
            let line = first.map_or(1, |candidate| table.line(candidate.row));
            let is_data = first.is_some_and(|candidate| candidate.data > 0);
            return if is_data {
                Self::above(line)
            } else {
                Self::at(line, table, merges)
            };
        };
        // A block of "label: value" pairs above the table ends with a blank row.
        for later in titles {
            let follows_blank = table.line(later.row) > table.line(best.row) + 1
                && later.row.checked_sub(1).is_none_or(|above| {
                    table.is_blank_row(above) || table.line(above) + 1 < table.line(later.row)
                });
            if follows_blank && later.filled > best.filled {
                best = later;
            }
        }
        Self::at(table.line(best.row), table, merges)
    }

    /// The titles in a given line; 0 for none.
    pub(super) fn at(line: u32, table: &Table, merges: &[Merge]) -> Self {
        if line == 0 {
            return Self::above(1);
        }
        // A title that spans rows takes the rows beside it into the header.
        let spans = |merge: &&Merge| {
            merge.first_line == line && merge.last_line > line && merge.last_line - line <= 3
        };
        let last_line = merges
            .iter()
            .filter(spans)
            .map(|merge| merge.last_line)
            .max()
            .unwrap_or(line);
        let mut header = Self {
            first_line: line,
            last_line,
            is_missing: false,
            titles: Vec::new(),
            groups: Vec::new(),
        };
        header.titles = vec![String::new(); table.columns() as usize];
        header.groups = header.titles.clone();
        let is_group = |merge: &Merge| {
            merge.first_line + 1 == line
                && merge.last_line + 1 == line
                && merge.first_column < merge.last_column
        };
        if merges
            .iter()
            .any(|merge| is_group(merge) && !spans_table(merge, table))
        {
            header.groups = spread(line - 1, table, merges);
        }
        for line in line..=last_line {
            for (column, title) in spread(line, table, merges).into_iter().enumerate() {
                if title.is_empty() || header.titles[column] == title {
                    continue;
                }
                let above = std::mem::replace(&mut header.titles[column], title);
                if !above.is_empty() {
                    header.groups[column] = above;
                }
            }
        }
        header
    }

    fn above(line: u32) -> Self {
        Self {
            first_line: line,
            last_line: line - 1,
            is_missing: true,
            titles: Vec::new(),
            groups: Vec::new(),
        }
    }

    /// Tells of rows below whether they say the titles again.
    pub(super) fn repeats<'a>(&self, table: &'a Table) -> impl Fn(u32) -> bool + use<'a> {
        let is_telling = |titles: &u32| table.filled(*titles) > 1;
        let text = |row, column| table.cell(row, column).text.trim();
        let titles: Option<Vec<&str>> = table
            .row_at(self.last_line)
            .filter(|_| !self.is_missing)
            .filter(is_telling)
            .map(|row| {
                (0..table.columns())
                    .map(|column| text(row, column))
                    .collect()
            });
        move |row| {
            titles.as_ref().is_some_and(|titles| {
                let mut columns = (0..).zip(titles);
                // Most rows are told apart by lengths alone, without a look at texts all over the file.
                columns.all(|(column, title)| {
                    table.text_len(row, column) >= title.len() && text(row, column) == *title
                })
            })
        }
    }

    /// How many merges the header holds.
    pub(super) fn merged(&self, merges: &[Merge]) -> Option<u32> {
        if self.is_missing {
            return None;
        }
        let within = merges.iter().filter(|merge| {
            merge.first_line <= self.last_line && merge.last_line >= self.first_line
        });
        Some(super::count(within.count())).filter(|count| *count > 0)
    }

    /// A name for every column of the table, all different.
    pub(super) fn columns(&self, table: &Table) -> Vec<ColumnFound> {
        let mut uses: HashMap<String, u32> = HashMap::new();
        for title in self.titles.iter().filter(|title| !title.is_empty()) {
            *uses.entry(title.to_lowercase()).or_default() += 1;
        }
        let mut taken: HashMap<String, u32> = HashMap::new();
        (0..table.columns())
            .map(|column| {
                let index = column as usize;
                let own = self
                    .titles
                    .get(index)
                    .map(String::as_str)
                    .unwrap_or_default();
                let group = self
                    .groups
                    .get(index)
                    .map(String::as_str)
                    .unwrap_or_default();
                let is_repeated = uses
                    .get(&own.to_lowercase())
                    .is_some_and(|count| *count > 1);
                let (wanted, title) = match (own.is_empty(), is_repeated && !group.is_empty()) {
                    (true, _) => (format!("Column {}", letters(column)), Title::Missing),
                    (false, true) => (format!("{group} {own}"), Title::Own),
                    (false, false) => (own.to_owned(), Title::Own),
                };
                let name = distinct(&wanted, &mut taken);
                let title = if title == Title::Own && name != wanted {
                    Title::Repeated
                } else {
                    title
                };
                ColumnFound {
                    name,
                    title,
                    has_data: false,
                }
            })
            .collect()
    }
}

/// A title above the whole table is no group.
fn spans_table(merge: &Merge, table: &Table) -> bool {
    merge.first_column == 0 && merge.last_column + 2 >= table.columns()
}

/// The texts of a line, each repeated over the cells that its merge covers.
fn spread(line: u32, table: &Table, merges: &[Merge]) -> Vec<String> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text_at = |line: u32, column: u32| {
        table
            .row_at(line)
            .map_or_else(String::new, |row| one_line(table.cell(row, column).text))
    };
    let mut texts: Vec<String> = (0..table.columns())
        .map(|column| text_at(line, column))
        .collect();
    for merge in merges
        .iter()
        .filter(|merge| merge.first_line <= line && merge.last_line >= line)
    {
        let text = text_at(merge.first_line, merge.first_column);
        for column in merge.first_column..=merge.last_column.min(table.columns().saturating_sub(1))
        {
            if let Some(cell) = texts
                .get_mut(column as usize)
                .filter(|cell| cell.is_empty())
            {
                cell.clone_from(&text);
            }
        }
    }
    texts
}
