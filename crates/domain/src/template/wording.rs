//! How a value stands in a message, in the customer's language.

use crate::{keyword::Language, value::Value};
use chrono::{Datelike, NaiveDate};

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// The words for a value. Phones stand as they are kept: whoever knows how people of a country write them says so in the place
/// of this function.
pub fn worded(value: &Value, language: Language) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Texts(texts) => texts.join(", "),
        Value::Date(date) => day(*date, language),
        Value::Number(number) => {
            let plain = number.to_string();
            match language {
                Language::English => plain,
                Language::French => plain.replace('.', ","),
            }
        }
    }
}

fn day(date: NaiveDate, language: Language) -> String {
    let month = |names: [&'static str; 12]| {
        let at = usize::try_from(date.month0()).unwrap_or_default();
        names.get(at).copied().unwrap_or_default()
    };
    let (year, number) = (date.year(), date.day());
    match (language, number) {
        (Language::English, _) => format!("{} {number}, {year}", month(ENGLISH)),
        (Language::French, 1) => format!("1er {} {year}", month(FRENCH)),
        (Language::French, _) => format!("{number} {} {year}", month(FRENCH)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Value {
        Value::Date(text.parse().unwrap())
    }

    #[test]
    fn dates_are_written_out() {
        for (day, english, french) in [
            ("2026-11-26", "November 26, 2026", "26 novembre 2026"),
            ("2027-01-01", "January 1, 2027", "1er janvier 2027"),
            ("1980-02-29", "February 29, 1980", "29 février 1980"),
            ("2026-12-31", "December 31, 2026", "31 décembre 2026"),
        ] {
            assert_eq!(worded(&date(day), Language::English), english);
            assert_eq!(worded(&date(day), Language::French), french);
        }
    }

    #[test]
    fn numbers_have_the_decimal_sign_of_the_language() {
        let number = Value::Number("-1234.50".parse().unwrap());
        assert_eq!(worded(&number, Language::English), "-1234.5");
        assert_eq!(worded(&number, Language::French), "-1234,5");
    }

    #[test]
    fn collections_are_joined_and_texts_stay() {
        let texts = Value::texts(["Civic, rouge", "F-150"]).unwrap();
        assert_eq!(worded(&texts, Language::French), "Civic, rouge, F-150");
        assert_eq!(
            worded(&Value::Text("3.5".to_owned()), Language::French),
            "3.5"
        );
    }
}
