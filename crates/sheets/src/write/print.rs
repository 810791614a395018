//! Numbers and dates in plain digits.

use super::short;
use chrono::{Datelike, NaiveDate};
use domain::value::Number;
use std::io::Write;

pub(super) fn push_whole(out: &mut Vec<u8>, number: u64) {
    push_decimal(out, number, 0);
}

/// As [`Number`] prints itself: a dot before decimals, nothing between thousands.
pub(super) fn push_number(out: &mut Vec<u8>, number: Number) {
    let decimal = number.decimal();
    match u64::try_from(decimal.mantissa().unsigned_abs()) {
        Ok(digits) => {
            if decimal.is_sign_negative() && digits > 0 {
                out.push(b'-');
            }
            push_decimal(out, digits, decimal.scale());
        }
        // Writing to memory cannot fail.
        Err(_) => drop(write!(out, "{number}")),
    }
}

/// The last `scale` digits are decimals.
fn push_decimal(out: &mut Vec<u8>, digits: u64, scale: u32) {
    // 28 decimals, a dot and a zero are the most before it.
    let mut text = [0; 48];
    let (mut at, mut rest, mut printed) = (text.len(), digits, 0);
    while at > 1 && (rest > 0 || printed <= scale) {
        if printed == scale && scale > 0 {
            at -= 1;
            text[at] = b'.';
        }
        at -= 1;
        text[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        printed += 1;
    }
    short::push(out, &text[at..]);
}

/// `YYYY-MM-DD`.
pub(super) fn push_date(out: &mut Vec<u8>, date: NaiveDate) {
    let Some(year) = u32::try_from(date.year()).ok().filter(|year| *year <= 9999) else {
        drop(write!(out, "{date}"));
        return;
    };
    let (month, day) = (date.month(), date.day());
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or(0);
    out.extend_from_slice(&[
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> String {
        let mut out = Vec::new();
        push_number(&mut out, text.parse().unwrap());
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_of_any_size_are_plain() {
        for text in [
            "0",
            "-1",
            "12.5",
            "0.05",
            "-0.0000000000000000000000000001",
            "79228162514264337593543950335",
            "18446744073709551615",
            "100000000000000000000",
        ] {
            assert_eq!(number(text), text);
        }
        assert_eq!(number("-0"), "0");
    }

    proptest! {
        #[test]
        fn numbers_print_as_they_do_elsewhere(digits in any::<i64>(), scale in 0_u32..=28, cut in 0_u32..19) {
            let mantissa = i128::from(digits / 10_i64.pow(cut));
            let decimal = format!("{mantissa}e-{scale}").parse::<Number>();
            if let Ok(expected) = decimal {
                prop_assert_eq!(number(&expected.to_string()), expected.to_string());
            }
        }

        #[test]
        fn dates_print_as_they_do_elsewhere(days in -1_000_000..4_000_000) {
            let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            let mut out = Vec::new();
            push_date(&mut out, date);
            prop_assert_eq!(String::from_utf8(out).unwrap(), date.to_string());
        }
    }
}
