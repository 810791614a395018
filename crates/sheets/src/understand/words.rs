//! Words of English and French that stand for something: yes, no, nothing, countries, languages, labels.

mod places;

use domain::fold::fold;
pub(super) use places::{country, language};

const PLACEHOLDERS: &[&str] = &[
    "n/a",
    "na",
    "n.a.",
    "n/d",
    "nd",
    "null",
    "(null)",
    "nil",
    "none",
    "s/o",
    "s.o.",
    "aucun",
    "aucune",
    "(blank)",
    "(vide)",
    "0000-00-00",
    "00/00/0000",
    "00-00-0000",
    "0000/00/00",
];

/// What people and programs write into a cell that should be blank.
pub(crate) fn is_placeholder(text: &str) -> bool {
    // Asked of every cell, and most begin otherwise.
    let first = text.bytes().next().map(|b| b.to_ascii_lowercase());
    let is_possible =
        first.is_none_or(|b| matches!(b, b'-' | 0xE2 | b'(' | b'0' | b'n' | b's' | b'a'));
    if text.len() > 10 || !is_possible {
        return false;
    }
    text.bytes().all(|b| b == b'-')
        || matches!(text, "–" | "—")
        || PLACEHOLDERS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(text))
}

/// An entry mask that nobody filled in, or a date of zeros: `(   )   -`, `__/__/____`, `0/0/00`.
pub(crate) fn is_unfilled(text: &str) -> bool {
    let is_telling = |b: u8| b.is_ascii_alphabetic() || matches!(b, b'1'..=b'9');
    if text.len() < 3 || text.bytes().any(is_telling) || text.contains(char::is_alphabetic) {
        return false;
    }
    let marks = |marks: &[char]| text.chars().filter(|c| marks.contains(c)).count();
    if has_digits(text) {
        is_zero(text) && marks(&['/', '-', '.', ':']) >= 2
    } else {
        marks(&['/', '-', '.', '_', '(']) > 0
    }
}

fn has_digits(text: &str) -> bool {
    text.contains(char::is_numeric)
}

/// Digits, all of them zeros, and nothing that could be a word.
pub(super) fn is_zero(text: &str) -> bool {
    has_digits(text) && text.chars().all(|c| c == '0' || !c.is_alphanumeric())
}

/// Whether a cell says plainly yes or no; in a column of such cells nothing else is meant.
pub(crate) fn is_yes_or_no(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "yes", "no", "y", "n", "oui", "non", "o", "true", "false", "vrai", "faux", "x",
    ];
    text.len() <= 5 && WORDS.iter().any(|known| known.eq_ignore_ascii_case(text))
}

/// Joins values in a sentence.
pub(super) fn is_joiner(word: &str) -> bool {
    matches!(word, "or" | "ou" | "and" | "et" | "&")
}

/// What a do-not-contact cell says.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    if text.len() > 32 {
        return None;
    }
    let folded = fold(text);
    let words: String = folded
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.as_str() {
        "yes" | "y" | "oui" | "o" | "true" | "vrai" | "1" | "x" | "t" | "v" | "on" | "checked"
        | "stop" | "unsubscribed" | "unsubscribe" | "desabonne" | "desabonnee" | "desinscrit"
        | "desinscrite" | "do not contact" | "do not call" | "do not text" | "dnc" | "opt out"
        | "optout" | "opted out" | "optedout" | "ne pas contacter" | "retire" | "retrait"
        | "refuse" => Some(true),
        "no" | "n" | "non" | "false" | "faux" | "0" | "f" | "off" | "unchecked" | "subscribed"
        | "abonne" | "abonnee" | "inscrit" | "inscrite" | "opt in" | "optin" | "opted in"
        | "actif" | "active" | "ok" | "contact" => Some(false),
        "" => match text {
            "✓" | "✔" | "☑" | "✗" | "✘" => Some(true),
            "☐" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn is_extension(mark: &str) -> bool {
    matches!(
        fold(mark).as_str(),
        "x" | "ext" | "extn" | "extension" | "poste" | "post" | "p" | "#" | "local" | "loc"
    )
}

/// Words that people write beside a phone number.
pub(super) fn is_phone_label(word: &str) -> bool {
    says_cell_word(&fold(word))
        || matches!(
            fold(word).as_str(),
            "h" | "home"
                | "house"
                | "w"
                | "work"
                | "office"
                | "bureau"
                | "bur"
                | "b"
                | "travail"
                | "trav"
                | "t"
                | "tel"
                | "telephone"
                | "phone"
                | "ph"
                | "p"
                | "maison"
                | "mais"
                | "dom"
                | "domicile"
                | "res"
                | "residence"
                | "r"
                | "f"
                | "fixe"
                | "main"
                | "principal"
                | "no"
                | "num"
                | "numero"
                | "number"
                | "le"
                | "de"
                | "du"
                | "au"
                | "appeler"
                | "call"
                | "day"
                | "jour"
                | "soir"
                | "evening"
                | "perso"
                | "personal"
                | "personnel"
                | "sms"
                | "text"
                | "texto"
                | "other"
                | "autre"
                | "his"
                | "her"
                | "wife"
                | "husband"
                | "conjoint"
                | "conjointe"
                | "mari"
                | "femme"
                | "mere"
                | "pere"
                | "mom"
                | "dad"
                | "only"
                | "seulement"
        )
}

fn says_cell_word(folded: &str) -> bool {
    matches!(
        folded,
        "c" | "cel"
            | "cell"
            | "cellphone"
            | "cellulaire"
            | "cellular"
            | "m"
            | "mob"
            | "mobile"
            | "portable"
            | "port"
            | "gsm"
    )
}

/// A label that makes the number beside it the cell phone.
pub(super) fn says_cell(text: &str) -> bool {
    fold(text)
        .split(|c: char| !c.is_alphabetic())
        .any(says_cell_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found_however_they_are_written() {
        for text in PLACEHOLDERS.iter().chain(&["", "-", "---", "–", "—"]) {
            assert!(is_placeholder(text), "{text}");
            assert!(is_placeholder(&text.to_uppercase()), "{text}");
        }
        assert!(!is_placeholder("Nadia") && !is_placeholder("…"));
    }
}
