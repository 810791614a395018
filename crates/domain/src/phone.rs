//! Phone numbers: stored as E.164 (ITU-T E.164), shown in national format, accepted in any usual spelling.

use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A phone number in E.164 form: `+`, a country code, at most 15 digits in all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct E164(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("This is not a valid phone number.")]
pub struct NotAPhone;

impl E164 {
    /// Takes a number that already is in E.164 form.
    pub fn new(text: &str) -> Result<Self, NotAPhone> {
        let digits = text.strip_prefix('+').ok_or(NotAPhone)?;
        let well_formed = (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|b| b.is_ascii_digit());
        if well_formed {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAPhone)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for E164 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "numbering-plans")]
mod plans {
    use super::{E164, NotAPhone};
    use crate::account::Country;
    use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, enums::Region};

    fn region(country: Country) -> Option<Region> {
        country.as_str().parse().ok()
    }

    impl E164 {
        /// Reads any usual spelling of a number that is valid in its country's numbering plan; without a country code it
        /// is a number of `country`. A number with an extension is refused: no message reaches an extension.
        pub fn parse(text: &str, country: Country) -> Result<Self, NotAPhone> {
            let number = PHONE_NUMBER_UTIL
                .parse(text.trim(), region(country))
                .map_err(|_| NotAPhone)?;
            if number.extension.is_some() || !number.is_valid() {
                return Err(NotAPhone);
            }
            Self::new(&number.format_as(PhoneNumberFormat::E164))
        }

        /// As people of `country` write it: national form for their own numbers, international for others.
        pub fn display(&self, country: Country) -> String {
            let Ok(number) = PHONE_NUMBER_UTIL.parse(&self.0, None) else {
                return self.0.clone();
            };
            let home = region(country)
                .and_then(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(region));
            let format = if home == Some(number.country_code) {
                PhoneNumberFormat::National
            } else {
                PhoneNumberFormat::International
            };
            number.format_as(format).into_owned()
        }
    }
}

#[cfg(all(test, feature = "numbering-plans"))]
mod tests {
    use super::*;
    use crate::account::Country;
    use proptest::prelude::*;

    const SPELLINGS: &[&str] = &[
        "4185551234",
        "(418) 555-1234",
        "418.555.1234",
        "418-555-1234",
        "1 418 555 1234",
        "+1 (418) 555-1234",
        "+14185551234",
        " 418 555 1234 ",
        "tel:+1-418-555-1234",
    ];

    #[test]
    fn every_usual_spelling_is_one_number() {
        for spelling in SPELLINGS {
            let number = E164::parse(spelling, Country::CANADA).map(|n| n.to_string());
            assert_eq!(number.as_deref(), Ok("+14185551234"), "{spelling}");
        }
    }

    #[test]
    fn what_is_not_in_a_numbering_plan_is_refused() {
        for text in [
            "",
            "123",
            "555-1234",
            "abc",
            "+1 000 000 0000",
            "418 555 1234 ext. 9",
            "4185551234 / 4185551235",
            "é",
        ] {
            assert_eq!(E164::parse(text, Country::CANADA), Err(NotAPhone), "{text}");
        }
    }

    #[test]
    fn a_number_without_country_code_is_of_the_accounts_country() {
        let france = Country::parse("fr").unwrap();
        assert_eq!(
            E164::parse("06 12 34 56 78", france).unwrap().as_str(),
            "+33612345678"
        );
        assert_eq!(
            E164::parse("+33 6 12 34 56 78", Country::CANADA)
                .unwrap()
                .as_str(),
            "+33612345678"
        );
    }

    #[test]
    fn own_numbers_are_shown_in_national_form_and_others_in_international() {
        let canadian = E164::new("+14185551234").unwrap();
        assert_eq!(canadian.display(Country::CANADA), "(418) 555-1234");
        assert_eq!(
            canadian.display(Country::parse("FR").unwrap()),
            "+1 418-555-1234"
        );
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back_as_the_same_number(area in 0usize..4, exchange in 200u32..999, line in 0u32..10_000) {
            let text = format!("{}{exchange}{line:04}", [418, 514, 613, 819][area]);
            if let Ok(number) = E164::parse(&text, Country::CANADA) {
                prop_assert_eq!(E164::parse(&number.display(Country::CANADA), Country::CANADA), Ok(number.clone()));
                prop_assert_eq!(E164::new(number.as_str()), Ok(number));
            }
        }

        #[test]
        fn any_text_is_refused_or_becomes_well_formed(text in "\\PC{0,30}") {
            if let Ok(number) = E164::parse(&text, Country::CANADA) {
                prop_assert!(E164::new(number.as_str()).is_ok());
            }
        }
    }
}
