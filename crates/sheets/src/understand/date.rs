//! Calendar dates in every order, with months in digits or in words, English or French.

mod parts;
mod time;

use super::{Content, Understood};
use crate::{mapping::DateOrder, preview::CellRepair, table::CellKind};
use chrono::{Days, NaiveDate};
use domain::error::Invalid;
pub(crate) use parts::Parts;
pub(crate) use time::time;

/// Which century a year of two digits is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Century {
    /// People who are customers now: up to 15 is 20xx.
    Birth,
    /// Visits, services, expiries: up to 68 is 20xx, as POSIX has it.
    Near,
}

impl Century {
    const fn year(self, two_digits: i32) -> i32 {
        let last = match self {
            Self::Birth => 15,
            Self::Near => 68,
        };
        if two_digits <= last {
            2000 + two_digits
        } else {
            1900 + two_digits
        }
    }
}

/// From when a workbook counts days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Serials {
    #[default]
    From1900,
    /// As Excel for the Macintosh did.
    From1904,
}

impl Serials {
    pub(crate) const fn of_1904(is_1904: bool) -> Self {
        if is_1904 {
            Self::From1904
        } else {
            Self::From1900
        }
    }

    /// The day of serial 0, for those after February 1900.
    const fn first(self) -> Option<NaiveDate> {
        match self {
            Self::From1900 => NaiveDate::from_ymd_opt(1899, 12, 30),
            Self::From1904 => NaiveDate::from_ymd_opt(1904, 1, 1),
        }
    }
}

/// Days that spreadsheets count. Below are years and other small numbers, above no calendar goes.
const SERIALS: std::ops::RangeInclusive<u64> = 10_000..=80_000;
const YEARS: std::ops::RangeInclusive<i32> = 1000..=9999;

pub(super) fn read(
    kind: CellKind,
    text: &str,
    order: Option<DateOrder>,
    century: Century,
    serials: Serials,
) -> Understood<'static> {
    if let Some((date, repair)) = serial(kind, text, serials) {
        return Understood {
            content: Content::Date(date),
            repairs: repair,
        };
    }
    let Some(parts) = Parts::of(text) else {
        return Understood::invalid(Invalid::NotADate);
    };
    let date = match order {
        Some(order) => parts.date(order, century),
        None => parts.only_date(century),
    };
    let Some(date) = date else {
        return Understood::invalid(Invalid::NotADate);
    };
    let mut repairs = Vec::new();
    if parts.short_year() {
        repairs.push(CellRepair::CenturyAdded);
    }
    if parts.time_of_day {
        repairs.push(CellRepair::TimeDropped);
    }
    Understood {
        content: Content::Date(date),
        repairs,
    }
}

/// A date that a spreadsheet turned into its number of days.
fn serial(kind: CellKind, text: &str, serials: Serials) -> Option<(NaiveDate, Vec<CellRepair>)> {
    if kind == CellKind::Date || text.len() > 24 {
        return None;
    }
    let (days, fraction) = text.split_once('.').unwrap_or((text, ""));
    if days.len() != 5
        || !days
            .bytes()
            .chain(fraction.bytes())
            .all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let days: u64 = days.parse().ok().filter(|days| SERIALS.contains(days))?;
    let date = serials.first()?.checked_add_days(Days::new(days))?;
    let mut repairs = vec![CellRepair::DateFromSerial];
    if fraction.bytes().any(|b| b != b'0') {
        repairs.push(CellRepair::TimeDropped);
    }
    Some((date, repairs))
}

/// Whether the cell can be nothing but a date, whatever the order.
pub(crate) fn is_date(kind: CellKind, text: &str) -> bool {
    kind == CellKind::Date && Parts::of(text).is_some()
        || Parts::of(text).is_some_and(|parts| parts.orders(Century::Near).any() && !parts.packed())
}
