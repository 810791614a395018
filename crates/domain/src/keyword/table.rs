//! The keywords: the one table that says what each of them asks for, in which language, and how far it is understood.

use super::Language;
use serde::{Deserialize, Serialize};

/// A word that customers are told of, or that carriers and the law give a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keyword {
    Stop,
    StopAll,
    Unsubscribe,
    Cancel,
    End,
    Quit,
    Revoke,
    OptOut,
    Arret,
    Desabonner,
    Start,
    Unstop,
    Yes,
    Debut,
    Help,
    Info,
    Aide,
}

/// What a keyword asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Stop,
    Start,
    Help,
}

/// How much may stand around a keyword. Each allows what the ones above it do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Nothing.
    Alone,
    /// Words of courtesy.
    Courtesy,
    /// A plain sentence that names the messages.
    Named,
    /// Any plain sentence.
    Sentence,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) keyword: Keyword,
    pub(super) wish: Wish,
    /// `None`: people of both languages write it.
    pub(super) language: Option<Language>,
    pub(super) reach: Reach,
    /// Folded, words separated by one space.
    pub(super) spellings: &'static [&'static str],
}

const ENGLISH: Option<Language> = Some(Language::English);
const FRENCH: Option<Language> = Some(Language::French);

const fn entry(
    keyword: Keyword,
    wish: Wish,
    language: Option<Language>,
    reach: Reach,
    spellings: &'static [&'static str],
) -> Entry {
    Entry {
        keyword,
        wish,
        language,
        reach,
        spellings,
    }
}

/// Longer spellings of a word stand before shorter ones that they begin with.
pub(super) const KEYWORDS: &[Entry] = &[
    // CTIA, Twilio.
    entry(
        Keyword::StopAll,
        Wish::Stop,
        ENGLISH,
        Reach::Sentence,
        &["stop all", "stopall"],
    ),
    // CTIA, FCC, Twilio; in French on every short code of Canada too.
    entry(Keyword::Stop, Wish::Stop, None, Reach::Sentence, &["stop"]),
    // CTIA, FCC, Twilio.
    entry(
        Keyword::Unsubscribe,
        Wish::Stop,
        ENGLISH,
        Reach::Sentence,
        &["unsubscribe", "un subscribe"],
    ),
    // CTIA, FCC, Twilio.
    entry(
        Keyword::Cancel,
        Wish::Stop,
        ENGLISH,
        Reach::Named,
        &["cancel"],
    ),
    entry(Keyword::End, Wish::Stop, ENGLISH, Reach::Named, &["end"]),
    entry(Keyword::Quit, Wish::Stop, ENGLISH, Reach::Named, &["quit"]),
    // FCC, Twilio.
    entry(
        Keyword::Revoke,
        Wish::Stop,
        ENGLISH,
        Reach::Named,
        &["revoke"],
    ),
    // FCC ("opt out"), Twilio (OPTOUT).
    entry(
        Keyword::OptOut,
        Wish::Stop,
        ENGLISH,
        Reach::Sentence,
        &["opt me out", "opt out", "optout"],
    ),
    // CASL and the carriers of Canada; ARRETE and ARRETT are Twilio's, the other forms of the verb are what a reasonable
    // person understands.
    entry(
        Keyword::Arret,
        Wish::Stop,
        FRENCH,
        Reach::Sentence,
        &["arret", "arrete", "arretez", "arreter", "arretes", "arrett"],
    ),
    // CASL; the other forms as above.
    entry(
        Keyword::Desabonner,
        Wish::Stop,
        FRENCH,
        Reach::Sentence,
        &[
            "desabonner",
            "desabonnez",
            "desabonne",
            "desabonnement",
            "desinscrire",
            "desinscrivez",
        ],
    ),
    // CTIA, Twilio.
    entry(
        Keyword::Start,
        Wish::Start,
        None,
        Reach::Courtesy,
        &["start"],
    ),
    entry(
        Keyword::Unstop,
        Wish::Start,
        ENGLISH,
        Reach::Courtesy,
        &["unstop"],
    ),
    entry(Keyword::Yes, Wish::Start, ENGLISH, Reach::Alone, &["yes"]),
    // The carriers of Canada.
    entry(
        Keyword::Debut,
        Wish::Start,
        FRENCH,
        Reach::Courtesy,
        &["debut"],
    ),
    // CTIA, Twilio.
    entry(
        Keyword::Help,
        Wish::Help,
        ENGLISH,
        Reach::Courtesy,
        &["help"],
    ),
    entry(Keyword::Info, Wish::Help, None, Reach::Courtesy, &["info"]),
    // The carriers of Canada.
    entry(
        Keyword::Aide,
        Wish::Help,
        FRENCH,
        Reach::Courtesy,
        &["aide"],
    ),
];

/// The keyword with which `words` begins, and of how many words it is.
pub(super) fn at_start(words: &[String]) -> Option<(&'static Entry, usize)> {
    KEYWORDS.iter().find_map(|entry| {
        entry
            .spellings
            .iter()
            .find_map(|spelling| starts_with(words, spelling))
            .map(|length| (entry, length))
    })
}

/// Of how many words `phrase` is, when `words` begins with it.
pub(super) fn starts_with(words: &[String], phrase: &str) -> Option<usize> {
    let mut length = 0;
    for word in phrase.split(' ') {
        if words.get(length)? != word {
            return None;
        }
        length += 1;
    }
    Some(length)
}
