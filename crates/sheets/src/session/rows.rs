//! Rows of the open file, as the page shows them.

use super::Session;
use crate::{
    check::{ColumnCheck, Status, people::Deciding},
    columns::names_somebody,
    mapping::Belongs,
    preview::{PreviewCell, PreviewRow, RowState, RowView, RowWindow},
    understand::{Content, Reading, understand},
};
use domain::{import::chunk::CellReason, phone::E164, slot::Field};
use std::borrow::Cow;

/// The most rows of one window.
const WINDOW: u32 = 1_000;

impl Session {
    /// Checks what has not been checked since it changed, and decides every row.
    pub(super) fn decide(&mut self) {
        for column in 0..u32::try_from(self.columns.len()).unwrap_or(u32::MAX) {
            let unchecked = self
                .checks
                .get(column as usize)
                .is_some_and(Option::is_none);
            if let (true, Some(reading)) = (unchecked, self.reading(column)) {
                let check = self.check_column(column, reading);
                if let Some(place) = self.checks.get_mut(column as usize) {
                    *place = Some(check);
                }
            }
        }
        if self.decided.is_some() {
            return;
        }
        let phones = self
            .column_of(Field::CellPhone)
            .and_then(|column| self.check(column));
        let checks = |wanted: fn(&Belongs) -> bool| {
            (0..)
                .zip(&self.columns)
                .filter(|(_, chosen)| wanted(&chosen.belongs))
                .filter_map(|(column, _)| self.check(column))
                .collect()
        };
        let deciding = Deciding {
            lines: &self.lines,
            columns: checks(|belongs| *belongs != Belongs::Version),
            naming: checks(names_somebody),
            references: self
                .column_of(Field::Reference)
                .map(|column| self.reference_keys(column)),
            phones,
            versions: self.version_column().and_then(|column| self.check(column)),
            skipped: &self.corrections.skipped,
        };
        self.decided = Some(deciding.decide());
    }

    fn check_column(&self, column: u32, reading: Reading) -> ColumnCheck {
        let cells = self
            .sheet
            .data
            .iter()
            .map(|row| self.sheet.table.cell(*row, column));
        let mut check = ColumnCheck::of(cells, reading, &self.plans);
        for ((_, line), text) in self
            .corrections
            .fixes
            .range((column, 0)..=(column, u32::MAX))
        {
            if let Some(row) = self.row_of(*line) {
                check.set(row, super::typed(text), reading, &self.plans);
            }
        }
        check
    }

    pub(super) fn check(&self, column: u32) -> Option<&ColumnCheck> {
        self.checks
            .get(column as usize)
            .and_then(Option::as_ref)
            .filter(|_| self.reading(column).is_some())
    }

    fn reference_keys(&self, column: u32) -> Vec<Option<Cow<'_, str>>> {
        (0..self.rows())
            .map(|row| {
                match understand(Reading::Reference, self.cell(row, column), &self.plans).content {
                    Content::Text(text)
                        if text
                            .bytes()
                            .all(|b| b.is_ascii() && !b.is_ascii_uppercase()) =>
                    {
                        Some(text)
                    }
                    Content::Text(text) => Some(Cow::Owned(text.to_lowercase())),
                    _ => None,
                }
            })
            .collect()
    }

    /// A window of rows. It holds at most 1,000.
    pub fn window(&mut self, from: u32, count: u32, view: RowView) -> RowWindow {
        self.decide();
        let failed = self
            .decided
            .as_ref()
            .map(|decided| decided.failed.as_slice())
            .unwrap_or_default();
        let total = match view {
            RowView::All => self.rows(),
            RowView::OnlyProblems => u32::try_from(failed.len()).unwrap_or(u32::MAX),
            RowView::Line(line) => u32::from(self.row_of(line).is_some()),
        };
        let places = from.min(total)..from.saturating_add(count.min(WINDOW)).min(total);
        let rows = places.map(|place| match view {
            RowView::All => place,
            RowView::OnlyProblems => failed.get(place as usize).copied().unwrap_or_default(),
            RowView::Line(line) => self.row_of(line).unwrap_or_default(),
        });
        RowWindow {
            from,
            total,
            rows: rows.map(|row| self.preview(row)).collect(),
        }
    }

    fn preview(&self, row: u32) -> PreviewRow {
        let columns = u32::try_from(self.columns.len()).unwrap_or(u32::MAX);
        let unsubscribe = (0..columns)
            .filter_map(|column| self.check(column))
            .any(|check| check.status.get(row as usize) == Some(&Status::Yes));
        PreviewRow {
            line: self.line(row),
            state: self.state(row),
            unsubscribe,
            cells: (0..columns)
                .map(|column| self.preview_cell(row, column))
                .collect(),
        }
    }

    pub(super) fn state(&self, row: u32) -> RowState {
        self.decided
            .as_ref()
            .and_then(|decided| decided.states.get(row as usize))
            .copied()
            .unwrap_or(RowState::Ready)
    }

    fn preview_cell(&self, row: u32, column: u32) -> PreviewCell {
        let mut cell = PreviewCell {
            raw: self.raw(row, column).text.to_owned(),
            fixed: self
                .corrections
                .fixes
                .get(&(column, self.line(row)))
                .cloned(),
            values: Vec::new(),
            problem: None,
            repairs: Vec::new(),
        };
        let Some(reading) = self.reading(column) else {
            return cell;
        };
        let understood = understand(reading, self.cell(row, column), &self.plans);
        let shown = |phone: &E164| phone.display(self.opening.country);
        cell.values = match understood.content {
            Content::Blank => Vec::new(),
            Content::Problem(reason) => {
                cell.problem = Some(reason);
                Vec::new()
            }
            Content::Text(text) => vec![text.into_owned()],
            Content::Texts(texts) if reading == Reading::Phones => texts
                .iter()
                .filter_map(|text| E164::new(text).ok())
                .map(|phone| shown(&phone))
                .collect(),
            Content::Texts(texts) => texts.into_iter().map(Cow::into_owned).collect(),
            Content::Name { first, last } => vec![first.into_owned(), last.into_owned()],
            Content::Phone { phone, more } => {
                std::iter::once(&phone).chain(&more).map(shown).collect()
            }
            Content::Date(date) => vec![date.to_string()],
            Content::Number(number) => vec![number.to_string()],
            Content::Version(version) => vec![version.to_string()],
            Content::Yes(yes) => vec![if yes { "yes" } else { "no" }.to_owned()],
        };
        cell.repairs = understood.repairs;
        if cell.problem.is_none() {
            let mut of_row = self.row_problems(row);
            cell.problem = of_row.find_map(|(at, reason)| (at == column).then_some(reason));
        }
        cell
    }

    /// What is wrong with a row beside others or as a whole, at the column where a person can mend it.
    fn row_problems(&self, row: u32) -> impl Iterator<Item = (u32, CellReason)> {
        let decided = self.decided.as_ref();
        let phone_of_line = decided
            .and_then(|decided| decided.phone_of_line.get(&row))
            .and_then(|line| {
                let column = self.column_of(Field::CellPhone)?;
                Some((column, CellReason::PhoneOfLine { line: *line }))
            });
        let nameless = decided
            .filter(|decided| decided.nameless.contains(&row))
            .and_then(|_| Some((self.naming_column()?, CellReason::NamesNobody)));
        phone_of_line.into_iter().chain(nameless)
    }

    /// The first column that says who a row is about.
    pub(super) fn naming_column(&self) -> Option<u32> {
        (0..)
            .zip(&self.columns)
            .find(|(_, chosen)| names_somebody(&chosen.belongs))
            .map(|(column, _)| column)
    }

    /// What is wrong with the cells of a row.
    pub(super) fn problems_of(&self, row: u32) -> Vec<(u32, CellReason)> {
        let columns = (0..u32::try_from(self.columns.len()).unwrap_or(u32::MAX))
            .filter_map(|column| Some((column, self.check(column)?)));
        let mut problems: Vec<(u32, CellReason)> = columns
            .filter_map(|(column, check)| Some((column, check.problems.get(&row)?.clone())))
            .collect();
        problems.extend(self.row_problems(row));
        problems
    }
}
