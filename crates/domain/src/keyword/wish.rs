//! Messages that read like a wish to stop without being a plain one. Here a false alarm costs a look by a person, and a wish
//! that is missed costs the customer's trust and breaks the law (FCC, CASL): the patterns reach far, but not into what
//! customers of a shop write every day.

mod patterns;

use super::{
    Reason,
    table::{KEYWORDS, Reach, at_start, starts_with},
    whole::{Whole, whole},
    wording,
    words::words as words_of,
};
use patterns::PATTERNS;

/// Slips that turn STOP into no other word of everyday messages.
const MISSPELT: &[&str] = &[
    "sotp", "stpo", "tsop", "sopt", "stopp", "sttop", "sstop", "stoop", "stopt", "stob", "stip",
    "stiop", "st0p", "dtop", "atop", "ztop", "arert", "aret", "arrt",
];

/// Signs that say it without a word.
const SIGNS: &[char] = &['🛑', '🚫', '⛔'];

/// Why a message that is no plain wish reads like one. `words` are those of `text`.
pub(super) fn uncertain(text: &str, words: &[String]) -> Option<Reason> {
    if words.is_empty() {
        return text.contains(SIGNS).then_some(Reason::KeywordInSentence);
    }
    let own = without_offers(words);
    if own.is_empty() {
        return None;
    }
    let pattern = || {
        PATTERNS
            .iter()
            .find(|pattern| pattern.is_in(&own))
            .map(|pattern| pattern.reason)
    };
    // Whoever quotes our offer writes the keyword as it stands there.
    let keyword = || {
        let whole = own.len() == words.len();
        let says = is_numbered(words) || has_clause_of_its_own(text) || is_shouted(text);
        (whole && says).then_some(Reason::KeywordInSentence)
    };
    let misspelt = || is_misspelt(&own).then_some(Reason::Misspelt);
    pattern().or_else(keyword).or_else(misspelt)
}

/// The words without the offer that our own messages carry, which people quote.
fn without_offers(words: &[String]) -> Vec<String> {
    let offers = wording::OFFERS.map(|offer| words_of(offer).join(" "));
    let mut own = Vec::new();
    let mut rest = words;
    while let Some((first, others)) = rest.split_first() {
        if let Some(length) = offers.iter().find_map(|offer| starts_with(rest, offer)) {
            rest = &rest[length..];
        } else {
            own.push(first.clone());
            rest = others;
        }
    }
    own
}

/// "Stop. I sold the car.": a clause that is a plain wish, beside others.
fn has_clause_of_its_own(text: &str) -> bool {
    text.split(['.', '!', '?', ';', ',', ':', '\n', '…'])
        .any(|clause| {
            matches!(
                whole(&words_of(clause)),
                Some(Whole::Certain(entry, _)) if entry.reach == Reach::Sentence
            )
        })
}

/// "Please STOP this": a keyword in capitals in a message that is not.
fn is_shouted(text: &str) -> bool {
    let shouts = |word: &str| {
        let word_in_capitals =
            word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
        word_in_capitals
            && KEYWORDS.iter().any(|entry| {
                entry.reach == Reach::Sentence
                    && entry.spellings.contains(&words_of(word).join(" ").as_str())
            })
    };
    text.chars().any(char::is_lowercase) && text.split(|c: char| !c.is_alphanumeric()).any(shouts)
}

fn is_misspelt(words: &[String]) -> bool {
    /// Shorter words are too near to others.
    const LONG: usize = 9;
    let near = |word: &String| {
        KEYWORDS
            .iter()
            .filter(|entry| entry.reach == Reach::Sentence)
            .flat_map(|entry| entry.spellings)
            .any(|spelling| {
                spelling.len() >= LONG
                    && word.len().abs_diff(spelling.len()) <= 1
                    && strsim::osa_distance(word, spelling) == 1
            })
    };
    let slip = |word: &String| MISSPELT.contains(&word.as_str()) || is_drawn_out(word);
    words.iter().any(near) || (words.len() <= 3 && words.iter().any(slip))
}

/// "stoooppp".
fn is_drawn_out(word: &str) -> bool {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    word.len() > 4 && letters == ['s', 't', 'o', 'p']
}

/// "Stop 418": a keyword, and numbers.
fn is_numbered(words: &[String]) -> bool {
    at_start(words).is_some_and(|(entry, length)| {
        let is_number = |word: &String| word.bytes().all(|b| b.is_ascii_digit());
        entry.reach == Reach::Sentence && words[length..].iter().all(is_number)
    })
}
