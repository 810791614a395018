//! What a column says about the order of day, month and year.

use super::shape::{COLON, Shape};
use crate::{
    mapping::{DateOrder, Evidence},
    read::Opened,
    understand::{
        bare,
        date::{Century, Parts},
    },
};

/// Where the orders are ruled out.
#[derive(Clone, Debug, Default)]
pub(crate) struct DateTally {
    /// Real date cells with a day.
    pub real: u32,
    /// Those of them whose day could not be a month.
    real_late: u32,
    /// Texts that are written as dates, sensible or not, eight digits in a row excepted.
    pub written: u32,
    /// Eight digits in a row that make a date of this or the last century.
    pub packed: u32,
    /// For each of [`DateOrder::ALL`], the first row that cannot be read so although it is a date.
    ruled_out: [Option<u32>; 3],
    /// The first row for which the order matters.
    first_open: Option<u32>,
    first: Option<u32>,
}

impl DateTally {
    pub(super) fn add_real(&mut self, text: &str) {
        self.real += u32::from(text.contains('-'));
        let day = text.get(8..10).and_then(|day| day.parse::<u32>().ok());
        self.real_late += u32::from(day.is_some_and(|day| day > 12));
    }

    /// A program that expects the month first makes real dates of the texts that it understands, with day and month
    /// swapped, and leaves as texts those whose day could be no month; likewise the other way round.
    fn looks_swapped(&self) -> bool {
        /// Fewer real dates may all fall on early days by chance.
        const ENOUGH: u32 = 5;
        self.real >= ENOUGH && self.real_late == 0 && self.first_open.is_none()
    }

    pub(super) fn add_text(&mut self, row: u32, text: &str, shape: &Shape) {
        // Day and month have a digit or two each and the year two or four; only a time of day has a colon.
        let most = if shape.holds(COLON) { 14 } else { 8 };
        if !(3..=most).contains(&shape.digits) {
            return;
        }
        let Some(parts) = Parts::of(text) else { return };
        let orders = parts.orders(Century::Near);
        if parts.packed() {
            let sensible = parts
                .date(DateOrder::YearMonthDay, Century::Near)
                .is_some_and(|date| (1900..2100).contains(&chrono::Datelike::year(&date)));
            self.packed += u32::from(sensible);
        } else {
            self.written += 1;
        }
        if !orders.any() {
            return;
        }
        self.first.get_or_insert(row);
        for (order, ruled_out) in DateOrder::ALL.iter().zip(&mut self.ruled_out) {
            if !orders.allows(*order) {
                ruled_out.get_or_insert(row);
            }
        }
        if !orders.same() {
            self.first_open.get_or_insert(row);
        }
    }

    /// The order that the cells prove, and what they say about it.
    pub(crate) fn order(&self, sheet: &Opened, column: u32) -> (Option<DateOrder>, Evidence) {
        let [year, day, month] = self.ruled_out;
        let cell = |row: u32| quote(sheet, row, column);
        let clear = (Some(DateOrder::YearMonthDay), Evidence::DatesAreClear);
        let Some(first) = self.first else {
            return clear;
        };
        let by = |row: Option<u32>| cell(row.unwrap_or(first));
        match (year, day, month) {
            (Some(_), None, Some(row)) | (Some(_), Some(row), None) if self.looks_swapped() => {
                let (line, text) = cell(row);
                (None, Evidence::LikelySwapped { line, text })
            }
            (Some(_), None, Some(row)) => {
                let (line, text) = cell(row);
                (
                    Some(DateOrder::DayMonthYear),
                    Evidence::DayFirst { line, text },
                )
            }
            (Some(_), Some(row), None) => {
                let (line, text) = cell(row);
                (
                    Some(DateOrder::MonthDayYear),
                    Evidence::MonthFirst { line, text },
                )
            }
            (None, day @ Some(_), Some(_)) => {
                let (line, text) = by(day);
                (
                    Some(DateOrder::YearMonthDay),
                    Evidence::YearFirst { line, text },
                )
            }
            (Some(_), Some(month_first), Some(day_first)) => {
                let ((month_first_line, month_first), (day_first_line, day_first)) =
                    (cell(month_first), cell(day_first));
                (
                    None,
                    Evidence::Contradictory {
                        day_first_line,
                        day_first,
                        month_first_line,
                        month_first,
                    },
                )
            }
            _ => match self.first_open {
                Some(row) => {
                    let (line, text) = cell(row);
                    (None, Evidence::CannotTell { line, text })
                }
                None if year.is_some() => (Some(DateOrder::DayMonthYear), Evidence::DatesAreClear),
                None => clear,
            },
        }
    }
}

/// The line of the file and the text of a data row's cell.
pub(super) fn quote(sheet: &Opened, row: u32, column: u32) -> (u32, String) {
    let table_row = sheet.data.get(row as usize).copied().unwrap_or_default();
    let text = bare(sheet.table.cell(table_row, column).text);
    (
        sheet.table.line(table_row),
        text.chars().take(super::SAMPLE_CHARS).collect(),
    )
}
