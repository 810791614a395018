//! Any-fragment search: what a question asks for, and the text of a profile that it is looked for in. The database
//! answers with the same meaning from a trigram index.

use crate::{
    customer::Values,
    fold::{digits, fold},
    slot::{Field, Slot},
    value::Value,
};

/// A word begins after one of these, after a space, and at the beginning of a value.
const WORD_BREAKS: &str = "\n-'’.@/(_";

/// Characters that people write between the digits of a phone number.
const PHONE_PUNCTUATION: &str = " +-./()";

/// A question, folded. A profile matches when one of the pieces is in its [`haystack`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Three characters or more: found anywhere.
    Fragment(String),
    /// One or two characters: found at the beginning of a word.
    WordStart(String),
}

impl Piece {
    fn new(text: String) -> Self {
        if text.chars().count() < 3 {
            Self::WordStart(text)
        } else {
            Self::Fragment(text)
        }
    }

    /// What stands in the [`haystack`] where the piece is found.
    pub fn needle(&self) -> String {
        match self {
            Self::Fragment(text) => spread(text),
            Self::WordStart(text) => format!(" {}", spread(text)),
        }
    }
}

/// Puts a space behind each break, so that every word of a haystack begins behind a space and one plain comparison finds
/// the beginnings of words. What is part of a text before is part of it afterwards.
fn spread(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            [c].into_iter()
                .chain(WORD_BREAKS.contains(c).then_some(' '))
        })
        .collect()
}

/// The characters that are asked for; the rest of a longer text is left out.
const SEARCH_MAX: usize = 200;

impl Search {
    /// Blank text asks for nothing. Control characters stand in no value and are left out. Text of digits and phone
    /// punctuation also asks for its digits alone, with and without leading zeros: `06 12 34` is typed at home, and
    /// `+33 6 12 34` is what is stored.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text
            .chars()
            .filter(|c| c.is_whitespace() || !c.is_control())
            .take(SEARCH_MAX)
            .collect();
        let text = text.as_str();
        let folded = fold(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        if folded.is_empty() {
            return None;
        }
        let mut texts = vec![folded];
        if text
            .chars()
            .all(|c| c.is_ascii_digit() || PHONE_PUNCTUATION.contains(c))
        {
            let dialled = digits(text);
            let national = dialled.trim_start_matches('0').to_owned();
            if national.len() >= 3 && national != dialled {
                texts.push(national);
            }
            if !dialled.is_empty() && !texts.contains(&dialled) {
                texts.push(dialled);
            }
        }
        Some(Self {
            pieces: texts.into_iter().map(Piece::new).collect(),
        })
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    pub fn matches(&self, haystack: &str) -> bool {
        self.pieces
            .iter()
            .any(|piece| haystack.contains(&piece.needle()))
    }
}

/// What search looks through: each value on a line of its own, folded, words behind spaces; phones as digits. The first name stands on both
/// sides of the last name, so that both orders are found. The SQL `customer_search_text` is the same.
pub fn haystack(values: &Values) -> String {
    let (first, last) = (values.text(Field::FirstName), values.text(Field::LastName));
    let full = if last.is_empty() {
        first.to_owned()
    } else {
        format!("{first} {last} {first}")
    };
    let fields = [
        Field::Company,
        Field::Reference,
        Field::Email,
        Field::Street,
        Field::City,
        Field::Region,
        Field::PostalCode,
    ];
    let fields = fields
        .into_iter()
        .map(|field| values.text(field).to_owned());
    let attributes = values
        .iter()
        .filter(|(slot, _)| matches!(slot, Slot::Attribute(_)))
        .flat_map(|(_, value)| lines(value));
    let phones = [Field::CellPhone, Field::OtherPhones]
        .into_iter()
        .filter_map(|field| values.field(field));
    let phones = phones.flat_map(lines).map(|phone| digits(&phone));
    let lines: Vec<String> = std::iter::once(full.trim().to_owned())
        .chain(fields)
        .chain(attributes)
        .chain(phones)
        .filter(|line| !line.is_empty())
        .collect();
    spread(&fold(&format!("\n{}", lines.join("\n"))))
}

fn lines(value: &Value) -> Vec<String> {
    match value {
        Value::Texts(texts) => texts.clone(),
        single => vec![single.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(question: &str) -> bool {
        let values: Values = [
            (Field::FirstName, "Émilie"),
            (Field::LastName, "Côté-D'Amours"),
            (Field::CellPhone, "+33612345678"),
            (Field::Email, "emilie@example.com"),
        ]
        .into_iter()
        .map(|(field, text)| (Slot::Field(field), Value::Text(text.to_owned())))
        .collect();
        Search::parse(question).is_some_and(|search| search.matches(&haystack(&values)))
    }

    #[test]
    fn any_fragment_of_three_characters_is_found_whatever_its_case_and_accents() {
        for question in [
            "ILI",
            "milié",
            "cote-d'am",
            "emilie côté",
            "d'amours   Émilie",
            "xample.co",
        ] {
            assert!(found(question), "{question}");
        }
        assert!(!found("emilia"));
    }

    #[test]
    fn one_or_two_characters_are_found_where_a_word_begins() {
        for question in ["é", "co", "am", "d'", "33"] {
            assert!(found(question), "{question}");
        }
        for question in ["mi", "ot", "78"] {
            assert!(!found(question), "{question}");
        }
    }

    #[test]
    fn a_phone_is_found_however_it_is_written() {
        for question in [
            "06 12 34 56 78",
            "+33 6 12",
            "(5678)",
            "5678",
            "612.345",
            "0033612",
        ] {
            assert!(found(question), "{question}");
        }
        assert!(!found("5679"));
    }

    #[test]
    fn a_fragment_does_not_span_two_values() {
        assert!(!found("emilie\u{a0}example"));
        assert!(Search::parse(" \n ").is_none());
    }

    #[test]
    fn what_no_value_can_hold_is_left_out_of_the_question() {
        assert!(found("emi\0lie"));
        assert!(Search::parse("\0\u{7}").is_none());
        let long = Search::parse(&"x".repeat(100_000)).unwrap();
        assert_eq!(long.pieces()[0].needle().trim().chars().count(), 200);
    }
}
