//! Titles of columns that hold first and last names together.

use super::{Likeness, Meaning, NEUTRAL, STOP_WORDS, known_word, raw_words};
use crate::mapping::NameOrder;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    First,
    Last,
    /// “Name” and “nom”: the last name beside a word for the first, and nothing more behind “first” or “last”.
    Name,
}

fn part(word: &str) -> Option<Part> {
    match word {
        "first" | "firstname" | "fname" | "given" | "forename" | "prenom" | "prenoms" => {
            Some(Part::First)
        }
        "last" | "lastname" | "lname" | "surname" | "family" | "famille" => Some(Part::Last),
        "name" | "names" | "nom" | "noms" => Some(Part::Name),
        _ => None,
    }
}

/// The parts of the name in the order of the title; `None` if it speaks of anything else too.
fn parts(header: &str) -> Option<Vec<Part>> {
    let words = raw_words(header);
    let telling = words.iter().filter(|word| {
        let shared = known_word(word).0.unwrap_or(word);
        !STOP_WORDS.contains(&word.as_str()) && !NEUTRAL.contains(&shared)
    });
    let mut parts = Vec::new();
    for word in telling {
        let part = part(word)?;
        // “First name”, “nom de famille” are one part.
        let is_of_english = word == "name" || word == "names";
        match (parts.last(), part) {
            (Some(Part::First | Part::Last), Part::Name) if is_of_english => {}
            (Some(Part::Name), Part::Last) if word == "famille" => {
                parts.pop();
                parts.push(part);
            }
            _ => parts.push(part),
        }
    }
    Some(parts)
}

/// The order that the title names, if it names both parts.
pub(crate) fn order(header: &str) -> Option<NameOrder> {
    match parts(header)?.as_slice() {
        [Part::First, Part::Last | Part::Name] => Some(NameOrder::FirstLast),
        [Part::Last | Part::Name, Part::First] => Some(NameOrder::LastFirst),
        _ => None,
    }
}

pub(super) fn meaning(header: &str) -> Option<Likeness> {
    let title = match order(header)? {
        NameOrder::FirstLast => "First name Last name",
        NameOrder::LastFirst => "Last name, First name",
    };
    Some(Likeness {
        meaning: Meaning::FullName,
        title,
        score: 1.0,
        guessed: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_with_both_names_is_that_of_full_names_in_its_order() {
        for header in [
            "Nom, prénom",
            "Nom et prénom",
            "NOM_PRENOM",
            "Nom/Prénom",
            "Nom (prénom)",
            "Last, First",
            "Last First",
            "Last name, first name",
            "Name, First name",
            "Nom de famille et prénom",
            "Nom et prénom du client",
        ] {
            assert_eq!(order(header), Some(NameOrder::LastFirst), "{header}");
        }
        for header in [
            "Prénom Nom",
            "Prénom et nom",
            "First Last",
            "First name last name",
        ] {
            assert_eq!(order(header), Some(NameOrder::FirstLast), "{header}");
        }
        for header in [
            "Prénom",
            "First name",
            "Prénom du client",
            "Given names",
            "Nom",
            "Nom de famille",
            "Nom et prénom du conjoint",
            "First visit",
            "",
        ] {
            assert_eq!(order(header), None, "{header}");
        }
    }
}
