//! Calendar dates in every order, with months in digits or in words, English or French.

use super::{Content, Understood};
use crate::{mapping::DateOrder, preview::CellRepair, table::CellKind};
use chrono::{Days, NaiveDate, NaiveTime};
use domain::{error::Invalid, fold::fold};

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

/// Days that spreadsheets count from the end of 1899. Below are years and other small numbers, above no calendar goes.
const SERIALS: std::ops::RangeInclusive<u64> = 10_000..=80_000;
const YEARS: std::ops::RangeInclusive<i32> = 1000..=9999;

pub(super) fn read(
    kind: CellKind,
    text: &str,
    order: Option<DateOrder>,
    century: Century,
) -> Understood<'static> {
    if let Some((date, repair)) = serial(kind, text) {
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
fn serial(kind: CellKind, text: &str) -> Option<(NaiveDate, Vec<CellRepair>)> {
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
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?;
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

/// Which orders make a date of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Orders {
    pub year_first: bool,
    pub day_first: bool,
    pub month_first: bool,
    /// Every order that makes a date makes the same one.
    pub same: bool,
}

impl Orders {
    pub(crate) const fn any(self) -> bool {
        self.year_first || self.day_first || self.month_first
    }

    pub(crate) const fn allows(self, order: DateOrder) -> bool {
        match order {
            DateOrder::YearMonthDay => self.year_first,
            DateOrder::DayMonthYear => self.day_first,
            DateOrder::MonthDayYear => self.month_first,
        }
    }
}

/// The three numbers of a date, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    shape: Shape,
    time_of_day: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// The year has four digits and stands first, or the month is a word: no order is needed.
    Clear { year: Year, month: u32, day: u32 },
    /// The year of four digits stands last.
    YearLast { a: u32, b: u32, year: i32 },
    /// Two digits each.
    Short { a: u32, b: u32, c: u32 },
    /// Eight digits in a row.
    Packed(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Year {
    Full(i32),
    Short(i32),
}

impl Year {
    const fn in_century(self, century: Century) -> i32 {
        match self {
            Self::Full(year) => year,
            Self::Short(year) => century.year(year),
        }
    }
}

#[derive(Clone, Copy)]
enum Token {
    Number { value: u32, digits: usize },
    Month(u32),
}

impl Parts {
    /// `None`: not written as a date.
    pub(crate) fn of(text: &str) -> Option<Self> {
        if text.len() > 48 || !text.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let (text, time_of_day) = without_time(text.trim())?;
        if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Self {
                shape: Shape::Packed(text.parse().ok()?),
                time_of_day,
            });
        }
        let (tokens, count) = tokens(text)?;
        let shape = match tokens.get(..count)? {
            [
                Token::Number {
                    value: year,
                    digits: 4,
                },
                Token::Number {
                    value: month,
                    digits: 1 | 2,
                },
                Token::Number {
                    value: day,
                    digits: 1 | 2,
                },
            ] => Shape::Clear {
                year: Year::Full(i32::try_from(*year).ok()?),
                month: *month,
                day: *day,
            },
            [
                Token::Number {
                    value: a,
                    digits: 1 | 2,
                },
                Token::Number {
                    value: b,
                    digits: 1 | 2,
                },
                Token::Number {
                    value: year,
                    digits: 4,
                },
            ] => Shape::YearLast {
                a: *a,
                b: *b,
                year: i32::try_from(*year).ok()?,
            },
            [
                Token::Number {
                    value: a,
                    digits: 1 | 2,
                },
                Token::Number {
                    value: b,
                    digits: 1 | 2,
                },
                Token::Number {
                    value: c,
                    digits: 1 | 2,
                },
            ] => Shape::Short {
                a: *a,
                b: *b,
                c: *c,
            },
            [
                Token::Number {
                    value: x,
                    digits: x_digits,
                },
                Token::Month(month),
                Token::Number {
                    value: y,
                    digits: y_digits,
                },
            ]
            | [
                Token::Month(month),
                Token::Number {
                    value: x,
                    digits: x_digits,
                },
                Token::Number {
                    value: y,
                    digits: y_digits,
                },
            ] => with_month(*month, (*x, *x_digits), (*y, *y_digits))?,
            _ => return None,
        };
        Some(Self { shape, time_of_day })
    }

    /// Eight digits in a row, which may as well be a reference.
    pub(crate) const fn packed(self) -> bool {
        matches!(self.shape, Shape::Packed(_))
    }

    const fn short_year(self) -> bool {
        matches!(
            self.shape,
            Shape::Short { .. }
                | Shape::Clear {
                    year: Year::Short(_),
                    ..
                }
        )
    }

    pub(crate) fn date(self, order: DateOrder, century: Century) -> Option<NaiveDate> {
        let (year, month, day) = match (self.shape, order) {
            (Shape::Clear { year, month, day }, _) => (year.in_century(century), month, day),
            (Shape::YearLast { a, b, year }, DateOrder::DayMonthYear) => (year, b, a),
            (Shape::YearLast { a, b, year }, DateOrder::MonthDayYear) => (year, a, b),
            (Shape::YearLast { a, b, year }, DateOrder::YearMonthDay) => {
                (a == b).then_some((year, a, b))?
            }
            (Shape::Short { a, b, c }, DateOrder::YearMonthDay) => (short(a, century)?, b, c),
            (Shape::Short { a, b, c }, DateOrder::DayMonthYear) => (short(c, century)?, b, a),
            (Shape::Short { a, b, c }, DateOrder::MonthDayYear) => (short(c, century)?, a, b),
            (Shape::Packed(n), DateOrder::YearMonthDay) => {
                (i32::try_from(n / 10_000).ok()?, n / 100 % 100, n % 100)
            }
            (Shape::Packed(n), DateOrder::DayMonthYear) => (
                i32::try_from(n % 10_000).ok()?,
                n / 10_000 % 100,
                n / 1_000_000,
            ),
            (Shape::Packed(n), DateOrder::MonthDayYear) => (
                i32::try_from(n % 10_000).ok()?,
                n / 1_000_000,
                n / 10_000 % 100,
            ),
        };
        YEARS
            .contains(&year)
            .then(|| NaiveDate::from_ymd_opt(year, month, day))
            .flatten()
    }

    pub(crate) fn orders(self, century: Century) -> Orders {
        let of = |order| self.date(order, century);
        let dates = [
            of(DateOrder::YearMonthDay),
            of(DateOrder::DayMonthYear),
            of(DateOrder::MonthDayYear),
        ];
        let mut found = dates.into_iter().flatten();
        let first = found.next();
        let [year_first, day_first, month_first] = dates.map(|date| date.is_some());
        Orders {
            year_first,
            day_first,
            month_first,
            same: first.is_some() && found.all(|date| Some(date) == first),
        }
    }

    /// The date, if every order that makes one makes the same.
    fn only_date(self, century: Century) -> Option<NaiveDate> {
        let clear = matches!(self.shape, Shape::Clear { .. });
        let same = matches!(self.shape, Shape::YearLast { a, b, .. } if a == b);
        (clear || same)
            .then(|| self.date(DateOrder::DayMonthYear, century))
            .flatten()
    }
}

fn short(year: u32, century: Century) -> Option<i32> {
    i32::try_from(year).ok().map(|year| century.year(year))
}

fn with_month(
    month: u32,
    (x, x_digits): (u32, usize),
    (y, y_digits): (u32, usize),
) -> Option<Shape> {
    let (year, day) = match (x_digits, y_digits) {
        (4, 1 | 2) => (Year::Full(i32::try_from(x).ok()?), y),
        (1 | 2, 4) => (Year::Full(i32::try_from(y).ok()?), x),
        (1 | 2, 2) => (Year::Short(i32::try_from(y).ok()?), x),
        _ => return None,
    };
    Some(Shape::Clear { year, month, day })
}

/// Cuts the time of day off; says whether there was one other than midnight.
fn without_time(text: &str) -> Option<(&str, bool)> {
    let Some(colon) = text.find(':') else {
        return Some((text, false));
    };
    let before = text.get(..colon)?;
    let start = before.rfind([' ', 'T', '\u{a0}', '\u{202f}'])?;
    let (date, time) = text.split_at_checked(start)?;
    let midnight = time.bytes().all(|b| !b.is_ascii_digit() || b == b'0');
    Some((
        date.trim_end().trim_end_matches([',', '\u{e0}']).trim_end(),
        !midnight,
    ))
}

/// At most three numbers and months; `None` when anything else stands between them.
fn tokens(text: &str) -> Option<([Token; 3], usize)> {
    let mut tokens = [Token::Month(0); 3];
    let mut count = 0;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let token = if c.is_ascii_digit() {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            let (number, after) = rest.split_at_checked(end)?;
            rest = after;
            Some(Token::Number {
                value: number.parse().ok()?,
                digits: number.len(),
            })
        } else if c.is_alphabetic() {
            let end = rest
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(end)?;
            rest = after;
            word_token(word)?
        } else if matches!(
            c,
            '-' | '/' | '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2010}'..='\u{2013}'
        ) {
            rest = rest.get(c.len_utf8()..)?;
            None
        } else {
            return None;
        };
        if let Some(token) = token {
            *tokens.get_mut(count)? = token;
            count += 1;
        }
    }
    Some((tokens, count))
}

/// A month, or nothing for words that stand in dates beside it. `None`: a word of something else.
fn word_token(word: &str) -> Option<Option<Token>> {
    let word = fold(word);
    let month = match word.as_str() {
        "jan" | "january" | "janv" | "janvier" => 1,
        "feb" | "february" | "fev" | "fevr" | "fevrier" => 2,
        "mar" | "march" | "mars" => 3,
        "apr" | "april" | "avr" | "avril" => 4,
        "may" | "mai" => 5,
        "jun" | "june" | "juin" => 6,
        "jul" | "july" | "juil" | "juillet" => 7,
        "aug" | "august" | "aou" | "aout" => 8,
        "sep" | "sept" | "september" | "septembre" => 9,
        "oct" | "october" | "octobre" => 10,
        "nov" | "november" | "novembre" => 11,
        "dec" | "december" | "decembre" => 12,
        "st" | "nd" | "rd" | "th" | "er" | "e" | "of" | "de" | "le" | "the" => return Some(None),
        "mon" | "monday" | "tue" | "tues" | "tuesday" | "wed" | "wednesday" | "thu" | "thur"
        | "thurs" | "thursday" | "fri" | "friday" | "sat" | "saturday" | "sun" | "sunday"
        | "lun" | "lundi" | "mardi" | "mer" | "mercredi" | "jeu" | "jeudi" | "ven" | "vendredi"
        | "sam" | "samedi" | "dim" | "dimanche" => return Some(None),
        _ => return None,
    };
    Some(Some(Token::Month(month)))
}

/// A time of day: `14:30`, `2:30 PM`, `14h30`, `14 h`, and what follows the date in `2024-03-05T14:30:00`.
pub(crate) fn time(text: &str) -> Option<NaiveTime> {
    if text.len() > 32 {
        return None;
    }
    let text = text.rsplit_once('T').map_or(text, |(_, time)| time);
    let folded = fold(text).replace(['.', '\u{a0}', '\u{202f}', ' '], "");
    let (clock, afternoon) = match (folded.strip_suffix("pm"), folded.strip_suffix("am")) {
        (Some(clock), _) => (clock, Some(true)),
        (_, Some(clock)) => (clock, Some(false)),
        _ => (folded.as_str(), None),
    };
    let mut parts = clock.split([':', 'h']);
    let hour = parts.next()?.parse::<u32>().ok()?;
    let mut rest = parts.map(|part| {
        if part.is_empty() {
            Some(0)
        } else {
            part.trim_end_matches("min").parse::<u32>().ok()
        }
    });
    let minute = match (rest.next(), afternoon) {
        (Some(minute), _) => minute?,
        (None, Some(_)) => 0,
        (None, None) => return None,
    };
    let second = rest.next().map_or(Some(0), |second| second)?;
    let hour = match (afternoon, hour) {
        (Some(_), 0 | 13..) => return None,
        (Some(true), 12) => 12,
        (Some(false), 12) => 0,
        (Some(true), hour) => hour + 12,
        _ => hour,
    };
    if rest.next().is_some() {
        None
    } else {
        NaiveTime::from_hms_opt(hour, minute, second)
    }
}
