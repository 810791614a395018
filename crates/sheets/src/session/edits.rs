//! What a person corrects in the preview.

use super::{Session, typed};
use domain::slot::Field;

impl Session {
    /// Cells changed; `None` when the file has no such cell.
    pub(super) fn fix(&mut self, line: u32, column: u32, text: &str) -> Option<u32> {
        let row = self.cell_at(line, column)?;
        let changed = self.write(row, column, text);
        self.forget_rows();
        Some(u32::from(changed))
    }

    pub(super) fn unfix(&mut self, line: u32, column: u32) -> Option<u32> {
        let row = self.cell_at(line, column)?;
        let changed = self.corrections.fixes.remove(&(column, line)).is_some();
        self.check_again(row, column);
        self.forget_rows();
        Some(u32::from(changed))
    }

    pub(super) fn fix_everywhere(&mut self, column: u32, from: &str, to: &str) -> u32 {
        let from = from.trim();
        let rows: Vec<u32> = (0..self.rows())
            .filter(|row| self.cell(*row, column).text.trim() == from)
            .collect();
        self.write_all(&rows, column, to)
    }

    /// Leaves blank what is not understood, and phones of other lines.
    pub(super) fn clear_problems(&mut self, column: u32) -> u32 {
        self.decide();
        let mut rows: Vec<u32> = self
            .checks
            .get(column as usize)
            .and_then(Option::as_ref)
            .map(|check| check.problems.keys().copied().collect())
            .unwrap_or_default();
        if self.column_of(Field::CellPhone) == Some(column) {
            rows.extend(
                self.decided
                    .iter()
                    .flat_map(|decided| decided.phone_of_line.keys()),
            );
        }
        rows.retain(|row| !self.corrections.skipped.contains(&self.line(*row)));
        self.write_all(&rows, column, "")
    }

    pub(super) fn skip_row(&mut self, line: u32, skip: bool) -> Option<u32> {
        self.row_of(line)?;
        let changed = if skip {
            self.corrections.skipped.insert(line)
        } else {
            self.corrections.skipped.remove(&line)
        };
        self.forget_rows();
        Some(u32::from(changed))
    }

    pub(super) fn skip_problem_rows(&mut self) -> u32 {
        self.decide();
        let failed = self
            .decided
            .take()
            .map(|decided| decided.failed)
            .unwrap_or_default();
        for row in &failed {
            self.corrections.skipped.insert(self.line(*row));
        }
        self.forget_rows();
        u32::try_from(failed.len()).unwrap_or(u32::MAX)
    }

    fn write_all(&mut self, rows: &[u32], column: u32, text: &str) -> u32 {
        let changed = rows
            .iter()
            .filter(|row| self.write(**row, column, text))
            .count();
        self.forget_rows();
        u32::try_from(changed).unwrap_or(u32::MAX)
    }

    /// Says whether the cell changed.
    fn write(&mut self, row: u32, column: u32, text: &str) -> bool {
        let line = self.line(row);
        if self.cell(row, column).text == text {
            return false;
        }
        if self.raw(row, column).text == text {
            self.corrections.fixes.remove(&(column, line));
        } else {
            self.corrections
                .fixes
                .insert((column, line), text.to_owned());
        }
        self.check_again(row, column);
        true
    }

    fn check_again(&mut self, row: u32, column: u32) {
        let Some(reading) = self.reading(column) else {
            return;
        };
        let Some(check) = self
            .checks
            .get_mut(column as usize)
            .and_then(Option::as_mut)
        else {
            return;
        };
        let cell = match self.corrections.fixes.get(&(
            column,
            self.lines.get(row as usize).copied().unwrap_or_default(),
        )) {
            Some(text) => typed(text),
            None => match self.sheet.data.get(row as usize) {
                Some(table_row) => self.sheet.table.cell(*table_row, column),
                None => return,
            },
        };
        check.set(row, cell, reading, &self.plans);
    }

    fn cell_at(&self, line: u32, column: u32) -> Option<u32> {
        self.row_of(line)
            .filter(|_| (column as usize) < self.columns.len())
    }
}
