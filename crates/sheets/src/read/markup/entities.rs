//! Characters that pages call by a name.

use crate::read::xml;
use std::borrow::Cow;

/// From U+00A0 to U+00FF, in order.
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf",
    "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro",
    "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute",
    "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
    "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute",
    "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde",
    "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc",
    "uuml", "yacute", "thorn", "yuml",
];

const OTHERS: &[(&str, char)] = &[
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Yuml", 'Ÿ'),
    ("euro", '€'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bull", '•'),
    ("hellip", '…'),
    ("trade", '™'),
];

/// The text that `raw` stands for.
pub(in crate::read) fn shown(raw: &str) -> Cow<'_, str> {
    xml::replaced(raw.as_bytes(), |name| {
        xml::entity(name)
            .or_else(|| latin(name))
            .or_else(|| other(name))
    })
}

fn latin(name: &str) -> Option<char> {
    let at = LATIN.iter().position(|known| *known == name)?;
    char::from_u32(0xA0 + u32::try_from(at).ok()?)
}

fn other(name: &str) -> Option<char> {
    let found = OTHERS.iter().find(|(known, _)| *known == name);
    found.map(|(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_letters_have_names() {
        assert_eq!(
            shown("L&eacute;vis &Agrave; &oelig;&nbsp;&#233;&amp;&yuml;&x;"),
            "Lévis À œ\u{a0}é&ÿ&x;"
        );
    }
}
