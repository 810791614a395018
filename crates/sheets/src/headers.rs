//! What the title of a column says, in English or French, abbreviated or misspelt.

mod consent;
mod full_name;
mod phone;
mod titles;

use crate::mapping::AppointmentField;
pub(crate) use consent::says_unsubscribed;
use domain::{fold::fold, slot::Field};
pub(crate) use full_name::order as name_order;
pub(crate) use phone::names_a_phone;
use titles::{NEUTRAL, STOP_WORDS, TITLES, WORDS};

/// What a title stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Field(Field),
    FullName,
    /// “Name”, “Nom”: the last name where a column of first names stands beside it, else the whole name.
    Name,
    /// “Phone”: the cell phone where no other column is, else another phone.
    Phone,
    Unsubscribe,
    Appointment(AppointmentField),
    /// A collection of texts, such as tags.
    Collection,
    /// Known to be none of the fields, whatever its contents look like: a fax number.
    None,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Likeness {
    pub meaning: Meaning,
    /// The known title, as a person would write it.
    pub title: &'static str,
    /// From 0 to 1.
    pub score: f64,
    /// A word of the header is only near one that is known.
    pub guessed: bool,
}

/// The known titles that a header is alike, the most alike first.
pub(crate) fn meanings(header: &str) -> Vec<Likeness> {
    if let Some(full_name) = full_name::meaning(header) {
        return vec![full_name];
    }
    let mut found: Vec<Likeness> = consent::meaning(header).into_iter().collect();
    let header = Words::of(header);
    for (meaning, titles) in TITLES {
        let best = titles
            .iter()
            .filter_map(|title| Some((header.likeness(&Words::of(title))?, *title)));
        if let Some((score, title)) = best.max_by(|a, b| a.0.total_cmp(&b.0)) {
            found.push(Likeness {
                meaning: *meaning,
                title,
                score,
                guessed: header.guessed,
            });
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}

/// How many of the references under this title, in percent, must differ. A number called the customer's may stand on every
/// line of a list of visits; an account or a file may be that of a company, and a code is anything.
pub(crate) fn references_differ(header: &str) -> u8 {
    let words = Words::of(header).words;
    let says = |known: &str| words.iter().any(|word| word == known);
    if says("customer") {
        0
    } else if says("reference") {
        50
    } else {
        90
    }
}

/// Equal for two headers that are the same title: case, accents, punctuation and spacing aside.
pub(crate) fn key(header: &str) -> String {
    raw_words(header).join(" ")
}

/// Whether a word of the header speaks of dates.
pub(crate) fn speaks_of_dates(header: &str) -> bool {
    raw_words(header).iter().any(|word| {
        matches!(
            word.as_str(),
            "date"
                | "dates"
                | "dt"
                | "birthday"
                | "naissance"
                | "anniversaire"
                | "visit"
                | "visite"
                | "expiry"
                | "expiration"
                | "since"
                | "depuis"
                | "due"
                | "echeance"
                | "last"
                | "next"
                | "dernier"
                | "derniere"
                | "prochain"
                | "prochaine"
        )
    })
}

/// Whether the title says that the column holds codes, which are texts even when they are all digits.
pub(crate) fn names_a_code(header: &str) -> bool {
    raw_words(header).iter().any(|word| {
        matches!(
            word.as_str(),
            "no" | "num"
                | "number"
                | "numero"
                | "id"
                | "code"
                | "vin"
                | "niv"
                | "serial"
                | "serie"
                | "plate"
                | "plaque"
                | "licence"
                | "license"
                | "permis"
                | "sku"
                | "ref"
                | "reference"
                | "zip"
                | "postal"
                | "account"
                | "compte"
                | "phone"
                | "tel"
                | "telephone"
                | "fax"
        )
    })
}

/// The words of a title, each reduced to the one word that its synonyms share.
struct Words {
    words: Vec<String>,
    /// A word was only recognised as a misspelling.
    guessed: bool,
}

impl Words {
    fn of(header: &str) -> Self {
        let mut words = Vec::new();
        let mut guessed = false;
        for word in raw_words(header) {
            if STOP_WORDS.contains(&word.as_str()) {
                continue;
            }
            let (known, certain) = known_word(&word);
            guessed |= !certain;
            for part in known.unwrap_or(&word).split(' ') {
                if !words.iter().any(|have| have == part) {
                    words.push(part.to_owned());
                }
            }
        }
        words.sort_unstable();
        Self { words, guessed }
    }

    fn likeness(&self, title: &Self) -> Option<f64> {
        let telling = |words: &[String]| -> Vec<String> {
            words
                .iter()
                .filter(|word| !NEUTRAL.contains(&word.as_str()))
                .cloned()
                .collect()
        };
        let score = if self.words.is_empty() {
            return None;
        } else if self.words == title.words {
            1.0
        } else {
            let (mine, theirs) = (telling(&self.words), telling(&title.words));
            if mine.is_empty() || mine != theirs {
                return None;
            }
            0.9
        };
        Some(if self.guessed { score - 0.1 } else { score })
    }
}

/// The shared word of a synonym, and whether it was spelt right.
fn known_word(word: &str) -> (Option<&'static str>, bool) {
    let exact = WORDS.iter().find(|(synonym, _)| *synonym == word);
    if let Some((_, shared)) = exact {
        return (Some(shared), true);
    }
    let near = WORDS
        .iter()
        .filter(|(synonym, _)| {
            synonym.len() > 4
                && word.len() > 4
                && synonym.as_bytes().first() == word.as_bytes().first()
        })
        .map(|(synonym, shared)| (strsim::jaro_winkler(synonym, word), *shared))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((likeness, shared)) if likeness >= 0.93 => (Some(shared), false),
        _ => (None, true),
    }
}

/// Folded words: at spaces, punctuation and where `camelCase` begins a new one. `#` and `Nº` are words, and so are initials
/// such as `D.D.N.` together.
fn raw_words(header: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(header.len() + 8);
    let mut before = ' ';
    for c in header.chars() {
        match c {
            '#' | '№' => spaced.push_str(" no "),
            'º' | '°' => spaced.push('o'),
            _ if c.is_alphanumeric() => {
                let new_word = c.is_uppercase() && before.is_lowercase()
                    || c.is_ascii_digit() && before.is_alphabetic();
                if new_word {
                    spaced.push(' ');
                }
                spaced.push(c);
            }
            _ => spaced.push(' '),
        }
        before = c;
    }
    let folded = fold(&spaced).replace("e mail", "email");
    let mut words: Vec<String> = Vec::new();
    let mut initials = false;
    for word in folded.split_whitespace() {
        let initial = word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase());
        match words.last_mut().filter(|_| initial && initials) {
            Some(abbreviation) => abbreviation.push_str(word),
            None => words.push(word.to_owned()),
        }
        initials = initial;
    }
    words
}

#[cfg(test)]
mod tests;
