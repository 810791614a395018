//! The folding that makes case and accents not matter. The SQL function `fold_text` does exactly the same.

use unicode_normalization::UnicodeNormalization;

/// The marks that do not matter: accents and other diacritics, points of Hebrew and Arabic. Spelled out, because the
/// database must drop the same ones, whatever version of Unicode either side knows.
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}'
            | '\u{5c1}'
            | '\u{5c2}'
            | '\u{5c4}'
            | '\u{5c5}'
            | '\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

/// Lower case, decomposed (NFD), without marks, one form of sigma: `Émilie` and `EMILIE` fold to `emilie`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd()
        .filter(|c| !is_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| !is_mark(*c))
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .collect()
}

/// The digits of a text, in order; what a fragment of a phone number is matched by.
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        for text in ["Émilie", "EMILIE", "émilie", "E\u{301}milie"] {
            assert_eq!(fold(text), "emilie", "{text}");
        }
        assert_eq!(fold("İstanbul ŁÓDŹ"), "istanbul łodz");
        assert_eq!(fold("ΟΔΟΣ"), fold("οδός"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
