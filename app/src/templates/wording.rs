//! What is wrong with a text, in words.

use crate::i18n::Locale;
use domain::template::{TemplateError, TemplateErrorKind};
use leptos_i18n::td_string;

/// Enough to find the place by.
const SHOWN: usize = 24;

pub(crate) fn error(locale: Locale, text: &str, error: TemplateError) -> String {
    let place = place(text, error.at);
    match error.kind {
        TemplateErrorKind::Unclosed => {
            td_string!(locale, messaging.template_unclosed, place = place)
        }
        TemplateErrorKind::Unopened => {
            td_string!(locale, messaging.template_unopened, place = place)
        }
        TemplateErrorKind::Nested => td_string!(locale, messaging.template_nested, place = place),
        TemplateErrorKind::Unnamed => td_string!(locale, messaging.template_unnamed, place = place),
        TemplateErrorKind::Unknown => td_string!(locale, messaging.template_unknown, place = place),
    }
}

/// The text from a character on: up to the end of the variable or of the line, or as much as is needed to find it.
fn place(text: &str, at: usize) -> String {
    let mut place = String::new();
    let mut rest = text.chars().skip(at).take_while(|c| *c != '\n');
    for c in rest.by_ref().take(SHOWN) {
        place.push(c);
        if c == '}' {
            return place;
        }
    }
    if rest.next().is_some() {
        place.push('…');
    }
    place
}

/// Where a character stands in the text of a browser, which counts UTF-16 code units.
pub(crate) fn utf16_offset(text: &str, at: usize) -> u32 {
    let units: usize = text.chars().take(at).map(char::len_utf16).sum();
    u32::try_from(units).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_quotes_its_place() {
        assert_eq!(place("Hello {veicle|car}, bye", 6), "{veicle|car}");
        assert_eq!(place("Hello {first name\nbye", 6), "{first name");
        assert_eq!(place("a } b", 2), "}");
        assert_eq!(
            place("{first name and much more that follows", 0),
            "{first name and much mor…"
        );
    }

    #[test]
    fn a_place_behind_an_emoji_is_counted_as_the_browser_does() {
        assert_eq!(utf16_offset("🚗 {x", 2), 3);
    }
}
