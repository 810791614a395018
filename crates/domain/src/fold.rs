//! The folding that makes case and accents not matter. The SQL function `fold_text` does exactly the same.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, decomposed (NFD), without combining marks: `Émilie` and `EMILIE` fold to `emilie`.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c))
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
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
