//! Dates as they are written, before it is known which number is the day.

use super::{Century, YEARS};
use crate::mapping::DateOrder;
use chrono::NaiveDate;
use domain::fold::fold;

/// The dates that a text makes in each of [`DateOrder::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Orders([Option<NaiveDate>; 3]);

impl Orders {
    pub(crate) fn any(self) -> bool {
        self.0.iter().any(Option::is_some)
    }

    pub(crate) fn allows(self, order: DateOrder) -> bool {
        DateOrder::ALL
            .iter()
            .zip(self.0)
            .any(|(known, date)| *known == order && date.is_some())
    }

    /// Whether every order that makes a date makes the same one.
    pub(crate) fn same(self) -> bool {
        let mut dates = self.0.into_iter().flatten();
        dates
            .next()
            .is_some_and(|first| dates.all(|date| date == first))
    }
}

/// The three numbers of a date, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    shape: Shape,
    pub(super) time_of_day: bool,
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

    pub(super) const fn short_year(self) -> bool {
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
        Orders([
            of(DateOrder::YearMonthDay),
            of(DateOrder::DayMonthYear),
            of(DateOrder::MonthDayYear),
        ])
    }

    /// The date, if every order that makes one makes the same.
    pub(super) fn only_date(self, century: Century) -> Option<NaiveDate> {
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
                .bytes()
                .position(|b| !b.is_ascii_digit())
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
            match self::word(word) {
                Word::Month(month) => Some(Token::Month(month)),
                Word::Beside => None,
                Word::Other => return None,
            }
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

enum Word {
    Month(u32),
    /// Stands in dates beside the month.
    Beside,
    Other,
}

fn word(word: &str) -> Word {
    /// Longer than `September` in bytes is none, accents included.
    const LONGEST: usize = 12;
    if word.len() > LONGEST {
        return Word::Other;
    }
    let mut lower = [0; LONGEST];
    let folded;
    let word = if word.is_ascii() {
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).unwrap_or_default()
    } else {
        folded = fold(word);
        folded.as_str()
    };
    let month = match word {
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
        "st" | "nd" | "rd" | "th" | "er" | "e" | "of" | "de" | "le" | "the" | "mon" | "monday"
        | "tue" | "tues" | "tuesday" | "wed" | "wednesday" | "thu" | "thur" | "thurs"
        | "thursday" | "fri" | "friday" | "sat" | "saturday" | "sun" | "sunday" | "lun"
        | "lundi" | "mardi" | "mer" | "mercredi" | "jeu" | "jeudi" | "ven" | "vendredi" | "sam"
        | "samedi" | "dim" | "dimanche" => return Word::Beside,
        _ => return Word::Other,
    };
    Word::Month(month)
}
