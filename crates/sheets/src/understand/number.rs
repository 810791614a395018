//! Numbers as people and spreadsheets of several countries write them.

use super::{Content, Understood};
use crate::{mapping::DecimalMark, preview::CellRepair, table::CellKind};
use domain::{error::Invalid, value::Number};

/// Longer texts are no number; 28 digits, as many separators, a sign and a currency fit.
const LONGEST: usize = 64;

pub(super) fn read(kind: CellKind, text: &str, mark: DecimalMark) -> Understood<'static> {
    if kind == CellKind::Number {
        return match text.parse() {
            Ok(number) => Understood::plain(Content::Number(number)),
            Err(_) => Understood::invalid(Invalid::NotANumber),
        };
    }
    match parse(text, mark).or_else(|| parse(text, mark.other())) {
        Some((number, true)) => {
            Understood::repaired(Content::Number(number), CellRepair::UnitDropped)
        }
        Some((number, false)) => Understood::plain(Content::Number(number)),
        None => Understood::invalid(Invalid::NotANumber),
    }
}

/// What a text says about the decimal mark of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    NotANumber,
    /// Only one mark makes a number of it.
    Mark(DecimalMark),
    /// Both marks make the same number.
    Either,
    /// Each mark makes another number: `1,234`.
    Ambiguous,
}

pub(crate) fn says(text: &str) -> Says {
    let point = parse(text, DecimalMark::Point);
    if !text.bytes().any(|b| matches!(b, b',' | b'.')) {
        return if point.is_some() {
            Says::Either
        } else {
            Says::NotANumber
        };
    }
    match (point, parse(text, DecimalMark::Comma)) {
        (None, None) => Says::NotANumber,
        (Some(_), None) => Says::Mark(DecimalMark::Point),
        (None, Some(_)) => Says::Mark(DecimalMark::Comma),
        (Some(a), Some(b)) if a == b => Says::Either,
        (Some(_), Some(_)) => Says::Ambiguous,
    }
}

impl DecimalMark {
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// The number, and whether a currency or percent sign was left out.
fn parse(text: &str, mark: DecimalMark) -> Option<(Number, bool)> {
    if text.len() > LONGEST || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (text, negative) = signed(text);
    let (text, unit) = without_units(text);
    let (text, negative) = if negative { (text, true) } else { signed(text) };
    let plain = Plain::of(text, negative, mark)?;
    plain.as_str().parse().ok().map(|number| (number, unit))
}

/// Begins and ends with a digit, as most numbers do: there is nothing to take off.
const fn is_between_digits(text: &str) -> bool {
    matches!(text.as_bytes(), [b'0'..=b'9', .., b'0'..=b'9'])
}

/// Takes the sign off: `-5`, `5-`, `(5)`.
fn signed(text: &str) -> (&str, bool) {
    if is_between_digits(text) {
        return (text, false);
    }
    let text = text.trim();
    let minus = ['-', '\u{2212}', '\u{2013}'];
    if let Some(inner) = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        (inner.trim(), true)
    } else if let Some(rest) = text
        .strip_prefix(minus)
        .or_else(|| text.strip_suffix(minus))
    {
        (rest.trim(), true)
    } else {
        (text.strip_prefix('+').unwrap_or(text).trim(), false)
    }
}

fn without_units(text: &str) -> (&str, bool) {
    const UNITS: &[&str] = &[
        "CA$", "CAD$", "US$", "C$", "$CA", "$US", "CAD", "USD", "EUR", "GBP", "CHF", "$", "€", "£",
        "¥", "%",
    ];
    if is_between_digits(text) {
        return (text, false);
    }
    let front = UNITS.iter().find_map(|unit| text.strip_prefix(unit));
    let shorter = front.unwrap_or(text);
    let back = UNITS.iter().find_map(|unit| shorter.strip_suffix(unit));
    (
        back.unwrap_or(shorter).trim(),
        front.is_some() || back.is_some(),
    )
}

/// A number with a dot before decimals and nothing between digits, on the stack.
struct Plain {
    bytes: [u8; LONGEST + 1],
    len: usize,
}

impl Plain {
    fn of(text: &str, negative: bool, mark: DecimalMark) -> Option<Self> {
        let (decimal, grouping) = match mark {
            DecimalMark::Point => ('.', ','),
            DecimalMark::Comma => (',', '.'),
        };
        let mut plain = Self {
            bytes: [0; LONGEST + 1],
            len: 0,
        };
        if negative {
            plain.push(b'-');
        }
        let (mut group, mut separator, mut decimals) = (0_usize, None, false);
        for c in text.chars() {
            match c {
                '0'..='9' => {
                    plain.push(u8::try_from(c).ok()?);
                    group += 1;
                }
                _ if c == decimal && !decimals => {
                    if separator.is_some() && group != 3 {
                        return None;
                    }
                    if plain.len == usize::from(negative) {
                        plain.push(b'0');
                    }
                    plain.push(b'.');
                    (decimals, group) = (true, 0);
                }
                _ if !decimals
                    && (c == grouping || is_space(c) || matches!(c, '\'' | '\u{2019}')) =>
                {
                    let fits = match separator {
                        None => (1..=3).contains(&group),
                        Some(before) => {
                            group == 3 && (before == c || is_space(before) && is_space(c))
                        }
                    };
                    if !fits {
                        return None;
                    }
                    (separator, group) = (Some(c), 0);
                }
                _ => return None,
            }
        }
        if decimals && group == 0 && plain.bytes.get(plain.len.wrapping_sub(1)) == Some(&b'.') {
            plain.len -= 1;
        }
        let whole_groups = separator.is_none() || decimals || group == 3;
        (whole_groups && plain.len > usize::from(negative)).then_some(plain)
    }

    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = byte;
            self.len += 1;
        }
    }

    fn as_str(&self) -> &str {
        self.bytes
            .get(..self.len)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

/// Spaces that stand between thousands: plain, no-break, narrow no-break, thin.
const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}')
}

/// `5145551234.0` is 5145551234: a whole number that a program wrote with decimals.
pub(crate) fn whole_with_zero_decimals(text: &str) -> Option<&str> {
    let (whole, decimals) = text.split_once(['.', ','])?;
    let zeros = (1..=2).contains(&decimals.len()) && decimals.bytes().all(|b| b == b'0');
    (zeros && !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit())).then_some(whole)
}

/// A number such as `5.145551234E+09`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scientific {
    /// In digits.
    Whole(String),
    DigitsMissing,
}

pub(super) fn scientific(text: &str) -> Option<Scientific> {
    /// Zeros at the end that a program leaves out when it prints a number as short as it can.
    const ZEROS: usize = 3;
    let (mantissa, exponent) = text.split_once(['E', 'e'])?;
    // Spreadsheets write the sign, and cut digits off; programs do neither.
    let is_cut = exponent.starts_with('+');
    let exponent: usize = exponent
        .strip_prefix('+')
        .unwrap_or(exponent)
        .parse()
        .ok()
        .filter(|e| *e < 30)?;
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.len() != 1 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let zeros = exponent.checked_sub(decimals.len());
    let zeros = zeros.filter(|zeros| *zeros == 0 || !is_cut && *zeros <= ZEROS);
    Some(if let Some(zeros) = zeros {
        Scientific::Whole(format!("{whole}{decimals}{}", "0".repeat(zeros)))
    } else {
        Scientific::DigitsMissing
    })
}

/// A whole number of which a spreadsheet kept only the first digits: `1.23E+11`.
pub(super) fn lost_digits(text: &str) -> bool {
    text.contains('+')
        && text.contains(['.', ','])
        && scientific(text) == Some(Scientific::DigitsMissing)
}
