//! What of our values a workbook can hold as such.

use super::styles::Style;
use chrono::{Datelike, NaiveDate};

/// Excel and most programs agree on dates from 1900-03-01 on; before it, Excel's calendar has a day that never was.
const FIRST_SERIAL: i32 = 61;
/// From days since the first of our era to serials.
const DAYS_BEFORE: i32 = 693_594;

/// The day as a serial number (ECMA-376 part 1, 18.17.4.1), if it is one that workbooks know: `YYYY-MM-DD` from
/// 1900-03-01 on.
pub(super) fn serial(date: &str) -> Option<u64> {
    let [year @ .., b'-', m, n, b'-', d, e] = date.as_bytes() else {
        return None;
    };
    let year: &[u8; 4] = year.try_into().ok()?;
    let [year, month, day] = [digits(year)?, digits(&[*m, *n])?, digits(&[*d, *e])?];
    let date = NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)?;
    let serial = date.num_days_from_ce() - DAYS_BEFORE;
    u64::try_from(serial)
        .ok()
        .filter(|_| serial >= FIRST_SERIAL)
}

/// The number that a few digits are.
fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |number, letter| {
        letter
            .is_ascii_digit()
            .then(|| number * 10 + u32::from(*letter - b'0'))
    })
}

/// Spreadsheet programs keep so many digits of a number.
const DIGITS: usize = 15;

/// Whether a text is a number that comes back from the binary fraction that spreadsheet programs keep of it.
pub(super) fn is_exact(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    let mut dots = 0;
    let is_number = digits.bytes().all(|byte| {
        dots += usize::from(byte == b'.');
        byte.is_ascii_digit() || byte == b'.'
    });
    let is_whole = |end: Option<&u8>| end.is_some_and(u8::is_ascii_digit);
    let bytes = digits.as_bytes();
    is_number
        && dots <= 1
        && is_whole(bytes.first())
        && is_whole(bytes.last())
        && (digits.len() <= DIGITS || significant(digits) <= DIGITS)
}

fn significant(digits: &str) -> usize {
    let digits = digits.trim_matches(['0', '.']);
    digits.len() - usize::from(digits.contains('.'))
}

/// A cell's text as far as a workbook can hold it, in UTF-16 code units (Excel's limit; `None` if it is within).
pub(super) fn cut(text: &str) -> Option<&str> {
    let max = crate::table::MAX_CELL_CHARS;
    if text.len() <= max {
        return None;
    }
    let mut units = 0;
    let cut = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > max
    });
    cut.map(|(at, _)| &text[..at])
}

/// How the cells of a column look, also those that are not filled yet.
pub(super) const fn style(kind: domain::slot::SlotKind) -> Style {
    use domain::slot::SlotKind;
    match kind {
        SlotKind::Date => Style::Date,
        SlotKind::Number => Style::General,
        SlotKind::Reference
        | SlotKind::Text
        | SlotKind::LongText
        | SlotKind::Phone
        | SlotKind::Phones
        | SlotKind::Email
        | SlotKind::Country
        | SlotKind::Language
        | SlotKind::Texts => Style::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_serials_from_march_1900_on() {
        for (date, expected) in [
            ("1899-12-31", None),
            ("1900-02-28", None),
            ("1900-03-01", Some(61)),
            ("2023-06-08", Some(45_085)),
            ("9999-12-31", Some(2_958_465)),
            ("+10000-01-01", None),
            ("-2020-01-01", None),
        ] {
            assert_eq!(serial(date), expected, "{date}");
        }
    }

    #[test]
    fn what_is_no_date_or_number_is_none() {
        for text in ["", "2020-13-01", "2020-02-30", "20x0-01-01", "2020-01-0é"] {
            assert_eq!(serial(text), None, "{text}");
        }
        for text in [
            "", "-", ".", "-.", "1.", ".5", "1x", "--1", "1.2.3", "+1", "1e5", "1,5",
        ] {
            assert!(!is_exact(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn numbers_are_exact_as_their_digits_are_few(mantissa: i64, cut in 0_u32..19, scale in 0_u32..=28) {
            let decimal = rust_decimal::Decimal::new(mantissa / 10_i64.pow(cut), scale).normalize();
            let mut digits = decimal.mantissa().unsigned_abs();
            while digits > 0 && digits.is_multiple_of(10) {
                digits /= 10;
            }
            let printed = domain::value::Number::new(decimal).to_string();
            proptest::prop_assert_eq!(is_exact(&printed), digits < 1_000_000_000_000_000);
        }
    }

    #[test]
    fn numbers_of_more_than_fifteen_digits_are_not_exact() {
        assert!(is_exact("0"));
        assert!(is_exact("999999999999999"));
        assert!(is_exact("-0.000000000000123456789012345"));
        assert!(is_exact("100000000000000000000"));
        assert!(!is_exact("1000000000000001"));
        assert!(!is_exact("0.1234567890123456"));
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let fits = "é".repeat(32_767);
        assert_eq!(cut(&fits), None);
        assert_eq!(cut(&(fits.clone() + "x")), Some(fits.as_str()));
        let cars = "🚗".repeat(16_384);
        assert_eq!(cut(&cars).map(|text| text.chars().count()), Some(16_383));
    }
}
