//! Prints the numbers and dates of workbooks.

use crate::{table::CellKind, understand::date::Serials};
use chrono::{Datelike, NaiveDate};

/// What a number means by its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Number,
    /// A code that is shown with zeros in front, up to so many digits.
    Padded(usize),
    Date,
    /// Hours of the day without a date.
    Time,
    /// Hours that may be more than a day's.
    Elapsed,
}

/// The last day that spreadsheets know, 9999-12-31, counted from 1900.
const LAST_DAY: f64 = 2_958_465.0;
/// Days from 1900's first to 1904's, as serials go.
const DAYS_TO_1904: i64 = 1462;

/// Appends a number as its format means it.
pub(super) fn push_cell_number(
    text: &mut String,
    number: f64,
    meaning: Meaning,
    serials: Serials,
) -> CellKind {
    match meaning {
        Meaning::Number => {}
        Meaning::Padded(width) => {
            if push_code(text, number, width) {
                return CellKind::Text;
            }
        }
        Meaning::Date | Meaning::Time | Meaning::Elapsed => {
            if push_date(text, number, meaning, serials) {
                return CellKind::Date;
            }
        }
    }
    push_number(text, number);
    CellKind::Number
}

/// Appends the digits of a code, or answers `false` if the number is none.
fn push_code(text: &mut String, number: f64, width: usize) -> bool {
    if !(0.0..1e15).contains(&number) || number.fract() != 0.0 {
        return false;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole number below 10^15"
    )]
    push_padded(text, number as i64, width);
    true
}

/// An ISO 8601 date or time as files write it, as we print it: whole seconds, no zone, no midnight.
pub(super) fn iso_date(written: &str) -> &str {
    let whole = written
        .split(['.', ',', 'Z', '+'])
        .next()
        .unwrap_or(written);
    whole.strip_suffix("T00:00:00").unwrap_or(whole)
}

/// Appends a date, or answers `false` if the serial number is none.
pub(super) fn push_date(
    text: &mut String,
    serial: f64,
    meaning: Meaning,
    serials: Serials,
) -> bool {
    let is_1904 = serials == Serials::From1904;
    if !(0.0..LAST_DAY + 1.0).contains(&serial) {
        return false;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "less than 3 million days of seconds"
    )]
    let seconds = (serial * 86_400.0).round() as i64;
    let (days, clock) = (seconds / 86_400, seconds % 86_400);
    if meaning == Meaning::Elapsed {
        push_clock(text, seconds);
        return true;
    }
    if days == 0 && (meaning == Meaning::Time || !is_1904) {
        push_clock(text, clock);
        return true;
    }
    let days = if is_1904 { days + DAYS_TO_1904 } else { days };
    if days == 60 {
        // Excel believes in this day.
        text.push_str("1900-02-29");
    } else {
        // Day 1 is 1900-01-01; after the day that never was all are one too many.
        let from_ce = days + 693_595 - i64::from(days > 60);
        let date = i32::try_from(from_ce)
            .ok()
            .and_then(NaiveDate::from_num_days_from_ce_opt);
        let Some(date) = date else { return false };
        push_padded(text, i64::from(date.year()), 4);
        text.push('-');
        push_padded(text, i64::from(date.month()), 2);
        text.push('-');
        push_padded(text, i64::from(date.day()), 2);
    }
    if clock != 0 {
        text.push('T');
        push_clock(text, clock);
    }
    true
}

pub(super) fn push_clock(text: &mut String, seconds: i64) {
    push_padded(text, seconds / 3600, 2);
    text.push(':');
    push_padded(text, seconds / 60 % 60, 2);
    text.push(':');
    push_padded(text, seconds % 60, 2);
}

fn push_padded(text: &mut String, number: i64, width: usize) {
    let mut digits = [b'0'; 20];
    let (mut rest, mut at) = (number, digits.len());
    while at > 0 && (rest > 0 || digits.len() - at < width) {
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
    text.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}

/// Appends a number as it is written in a file, if that is how we print numbers; `false` if it must be parsed.
pub(super) fn push_plain_number(text: &mut String, written: &str) -> bool {
    let unsigned = written.strip_prefix('-').unwrap_or(written);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return false;
    }
    if fraction.is_empty() {
        text.push_str(written.trim_end_matches('.'));
        return true;
    }
    if whole.len() + fraction.len() > 15 {
        return false;
    }
    text.push_str(written.trim_end_matches('0').trim_end_matches('.'));
    true
}

/// Appends a number with the 15 digits that spreadsheets show: 0.1 + 0.2 is 0.3.
pub(super) fn push_number(text: &mut String, number: f64) {
    let scientific = format!("{number:.14e}");
    let parts = scientific
        .split_once('e')
        .and_then(|(digits, exponent)| Some((digits, exponent.parse::<i32>().ok()?)));
    let Some((digits, exponent)) = parts.filter(|(_, exponent)| (-30..=40).contains(exponent))
    else {
        text.push_str(&number.to_string());
        return;
    };
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits), |digits| ("-", digits));
    let digits = digits.replace('.', "");
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        text.push('0');
        return;
    }
    text.push_str(sign);
    let Ok(whole) = usize::try_from(exponent + 1) else {
        text.push_str("0.");
        text.extend(std::iter::repeat_n(
            '0',
            exponent.unsigned_abs() as usize - 1,
        ));
        text.push_str(digits);
        return;
    };
    if whole == 0 {
        text.push_str("0.");
        text.push_str(digits);
    } else if digits.len() <= whole {
        text.push_str(digits);
        text.extend(std::iter::repeat_n('0', whole - digits.len()));
    } else {
        text.push_str(&digits[..whole]);
        text.push('.');
        text.push_str(&digits[whole..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(serial: f64, meaning: Meaning, serials: Serials) -> Option<String> {
        let mut text = String::new();
        push_date(&mut text, serial, meaning, serials).then_some(text)
    }

    #[test]
    fn serial_numbers_are_the_days_that_spreadsheets_show() {
        let shown = |serial| date(serial, Meaning::Date, Serials::From1900).unwrap();
        assert_eq!(shown(1.0), "1900-01-01");
        assert_eq!(shown(59.0), "1900-02-28");
        assert_eq!(shown(60.0), "1900-02-29");
        assert_eq!(shown(61.0), "1900-03-01");
        assert_eq!(shown(45085.0), "2023-06-08");
        assert_eq!(shown(2_958_465.0), "9999-12-31");
        assert_eq!(shown(45085.75), "2023-06-08T18:00:00");
        assert_eq!(
            date(0.0, Meaning::Date, Serials::From1904).unwrap(),
            "1904-01-01"
        );
        assert_eq!(
            date(43623.0, Meaning::Date, Serials::From1904).unwrap(),
            "2023-06-08"
        );
    }

    #[test]
    fn times_have_no_date() {
        assert_eq!(
            date(0.5, Meaning::Time, Serials::From1900).unwrap(),
            "12:00:00"
        );
        assert_eq!(
            date(0.5, Meaning::Time, Serials::From1904).unwrap(),
            "12:00:00"
        );
        assert_eq!(
            date(1.25, Meaning::Elapsed, Serials::From1900).unwrap(),
            "30:00:00"
        );
        assert_eq!(
            date(0.999_999_999, Meaning::Elapsed, Serials::From1900).unwrap(),
            "24:00:00"
        );
    }

    #[test]
    fn numbers_outside_the_calendar_are_no_dates() {
        for serial in [-1.0, 2_958_466.0, f64::NAN, f64::INFINITY, 5_145_551_234.0] {
            assert_eq!(date(serial, Meaning::Date, Serials::From1900), None);
        }
    }

    #[test]
    fn numbers_print_as_spreadsheets_show_them() {
        let shown = |number| {
            let mut text = String::new();
            push_number(&mut text, number);
            text
        };
        assert_eq!(shown(0.1 + 0.2), "0.3");
        assert_eq!(shown(5.145_551_234e9), "5145551234");
        assert_eq!(shown(-1234.5), "-1234.5");
        assert_eq!(shown(0.0), "0");
        assert_eq!(shown(-0.0), "0");
        assert_eq!(shown(0.000_125), "0.000125");
        assert_eq!(shown(0.5), "0.5");
        assert_eq!(shown(1e20), "100000000000000000000");
        assert_eq!(shown(123_456_789_012_345_680.0), "123456789012346000");
    }

    #[test]
    fn written_numbers_stay_as_they_are_when_plain() {
        let kept = |written: &str| {
            let mut text = String::new();
            push_plain_number(&mut text, written).then_some(text)
        };
        assert_eq!(kept("5145551234").as_deref(), Some("5145551234"));
        assert_eq!(kept("12.50").as_deref(), Some("12.5"));
        assert_eq!(kept("12.0").as_deref(), Some("12"));
        assert_eq!(kept("-0.5").as_deref(), Some("-0.5"));
        assert_eq!(kept("0.30000000000000004"), None);
        assert_eq!(kept("5.1E9"), None);
        assert_eq!(kept(""), None);
    }

    proptest! {
        #[test]
        fn fifteen_digits_survive(number in -1.0e14_f64..1.0e14) {
            let mut text = String::new();
            push_number(&mut text, number);
            let again: f64 = text.parse().unwrap();
            prop_assert!((again - number).abs() <= number.abs() * 1e-14, "{} {}", number, text);
        }
    }
}
