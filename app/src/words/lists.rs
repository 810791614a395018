//! Names of countries and time zones, from CLDR.

use crate::i18n::Locale;
use domain::account::Country;

const COUNTRIES: &str = include_str!("../../locales/countries.tsv");
const TIME_ZONES: &str = include_str!("../../locales/time_zones.txt");

fn entries(locale: Locale) -> impl Iterator<Item = (&'static str, &'static str)> {
    COUNTRIES.lines().filter_map(move |line| {
        let mut columns = line.split('\t');
        let (code, english, french) = (columns.next()?, columns.next()?, columns.next()?);
        Some((
            code,
            match locale {
                Locale::en => english,
                Locale::fr => french,
            },
        ))
    })
}

/// Every country as code and name, in the order of the names.
pub fn countries(locale: Locale) -> Vec<(&'static str, &'static str)> {
    let mut countries: Vec<_> = entries(locale).collect();
    countries.sort_by_cached_key(|(_, name)| domain::fold::fold(name));
    countries
}

/// The name of a country; its code when it has no name in CLDR.
pub fn country_name(locale: Locale, country: Country) -> String {
    entries(locale)
        .find(|(code, _)| *code == country.as_str())
        .map_or_else(|| country.to_string(), |(_, name)| name.to_owned())
}

/// IANA time zone names, in alphabetical order.
pub fn time_zones() -> impl Iterator<Item = &'static str> {
    TIME_ZONES.lines()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_countries_in_both_languages() {
        assert_eq!(
            country_name(Locale::fr, Country::parse("us").unwrap()),
            "États-Unis"
        );
        assert_eq!(country_name(Locale::en, Country::CANADA), "Canada");
    }

    #[test]
    fn orders_countries_without_regard_to_accents() {
        let names: Vec<_> = countries(Locale::fr)
            .into_iter()
            .map(|(_, name)| name)
            .collect();
        let place = |wanted| names.iter().position(|name| *name == wanted).unwrap();
        assert!(place("Équateur") < place("Finlande"));
    }
}
