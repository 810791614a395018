//! What of our values a workbook can hold as such.

use super::styles::Style;
use chrono::{Datelike, NaiveDate};
use domain::value::Number;

/// Excel and most programs agree on dates from 1900-03-01 on; before it, Excel's calendar has a day that never was.
const FIRST_SERIAL: i32 = 61;
const LAST_YEAR: i32 = 9999;
/// From days since the first of our era to serials.
const DAYS_BEFORE: i32 = 693_594;

/// The day as a serial number (ECMA-376 part 1, 18.17.4.1), if workbooks know it.
pub(super) fn serial(date: NaiveDate) -> Option<u64> {
    let serial = date.num_days_from_ce() - DAYS_BEFORE;
    if serial < FIRST_SERIAL || date.year() > LAST_YEAR {
        return None;
    }
    u64::try_from(serial).ok()
}

/// Whether a number comes back from the binary fraction that spreadsheet programs keep of it: at most 15 significant digits.
pub(super) fn is_exact(number: Number) -> bool {
    let mut digits = number.decimal().mantissa().unsigned_abs();
    while digits >= 1_000_000_000_000_000 && digits.is_multiple_of(10) {
        digits /= 10;
    }
    digits < 1_000_000_000_000_000
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
        let of = |year, month, day| serial(NaiveDate::from_ymd_opt(year, month, day).unwrap());
        assert_eq!(of(1899, 12, 31), None);
        assert_eq!(of(1900, 2, 28), None);
        assert_eq!(of(1900, 3, 1), Some(61));
        assert_eq!(of(2023, 6, 8), Some(45085));
        assert_eq!(of(9999, 12, 31), Some(2_958_465));
        assert_eq!(of(10_000, 1, 1), None);
    }

    #[test]
    fn numbers_of_more_than_fifteen_digits_are_not_exact() {
        let exact = |text: &str| is_exact(text.parse().unwrap());
        assert!(exact("999999999999999"));
        assert!(exact("-0.000000000000123456789012345"));
        assert!(exact("100000000000000000000"));
        assert!(!exact("1000000000000001"));
        assert!(!exact("0.1234567890123456"));
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
