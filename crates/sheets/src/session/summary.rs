//! The counts of the open file.

use super::Session;
use crate::{
    check::Status,
    mapping::Belongs,
    preview::{ColumnQuality, PROBLEM_GROUPS, ProblemGroup, RowState, Summary},
};
use domain::{
    import::chunk::{CellReason, SkipReason},
    slot::Field,
};
use std::collections::HashMap;

impl Session {
    pub fn summary(&mut self) -> Summary {
        self.decide();
        let mut summary = Summary {
            rows: self.rows(),
            ..Summary::default()
        };
        for row in 0..summary.rows {
            match self.state(row) {
                RowState::Ready => summary.ready += 1,
                RowState::Failed => summary.failed += 1,
                RowState::Skipped(reason) => {
                    summary.skipped += 1;
                    summary.folded += u32::from(matches!(reason, SkipReason::FoldedInto(_)));
                }
            }
        }
        summary.unsubscribes = self.unsubscribes();
        let lines = |(_, line): &(u32, u32)| self.row_of(*line).is_some();
        summary.fixed = u32::try_from(
            self.corrections
                .fixes
                .keys()
                .filter(|place| lines(place))
                .count(),
        )
        .unwrap_or(u32::MAX);
        summary.columns = (0..)
            .zip(&self.columns)
            .map(|(column, _)| self.quality(column))
            .collect();
        summary.problems = self.problem_groups();
        summary
    }

    /// Ready rows that a do-not-contact column unsubscribes, itself or on a line folded into them.
    fn unsubscribes(&self) -> u32 {
        let Some(column) = (0..)
            .zip(&self.columns)
            .find(|(_, chosen)| chosen.belongs == Belongs::Unsubscribe)
        else {
            return 0;
        };
        let Some(check) = self.check(column.0) else {
            return 0;
        };
        let yes = |row: u32| check.status.get(row as usize) == Some(&Status::Yes);
        let ready = (0..self.rows()).filter(|row| self.state(*row) == RowState::Ready);
        let count = ready
            .filter(|row| yes(*row) || self.folded_into(*row).iter().any(|row| yes(*row)))
            .count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The rows that a row took over.
    pub(super) fn folded_into(&self, row: u32) -> &[u32] {
        self.decided
            .as_ref()
            .and_then(|decided| decided.folded.get(&row))
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    fn quality(&self, column: u32) -> ColumnQuality {
        let rows = self.rows();
        let (problems, blank) = if let Some(check) = self.check(column) {
            let is_blank = |status: &&Status| **status == Status::Blank;
            let blank = check.status.iter().filter(is_blank).count();
            let of_phones = self.column_of(Field::CellPhone) == Some(column);
            let conflicts = self.decided.iter().filter(|_| of_phones);
            let conflicts: usize = conflicts.map(|decided| decided.phone_of_line.len()).sum();
            let is_naming = self.naming_column() == Some(column);
            let nameless = self.decided.iter().filter(|_| is_naming);
            let nameless: usize = nameless.map(|decided| decided.nameless.len()).sum();
            let blank = u32::try_from(blank.saturating_sub(nameless)).unwrap_or(u32::MAX);
            (check.problems.len() + conflicts + nameless, blank)
        } else {
            let filled = self
                .profiles
                .get(column)
                .map_or(0, |profile| profile.filled);
            (0, rows.saturating_sub(filled))
        };
        let problems = u32::try_from(problems).unwrap_or(u32::MAX);
        ColumnQuality {
            column,
            filled: rows.saturating_sub(blank).saturating_sub(problems),
            blank,
            problems,
        }
    }

    fn problem_groups(&self) -> Vec<ProblemGroup> {
        let mut groups: HashMap<(u32, &str), ProblemGroup> = HashMap::new();
        let failed = self
            .decided
            .as_ref()
            .map(|decided| decided.failed.as_slice())
            .unwrap_or_default();
        for row in failed {
            for (column, reason) in self.problems_of(*row) {
                // Nobody writes one name into every blank cell.
                if reason == CellReason::NamesNobody {
                    continue;
                }
                let text = self.cell(*row, column).text.trim();
                let group = groups
                    .entry((column, text))
                    .or_insert_with(|| ProblemGroup {
                        column,
                        text: text.to_owned(),
                        reason,
                        cells: 0,
                        first_line: self.line(*row),
                    });
                group.cells += 1;
            }
        }
        let mut groups: Vec<ProblemGroup> = groups.into_values().collect();
        groups.sort_by_key(|group| {
            (
                std::cmp::Reverse(group.cells),
                group.first_line,
                group.column,
            )
        });
        groups.truncate(PROBLEM_GROUPS);
        groups
    }
}
