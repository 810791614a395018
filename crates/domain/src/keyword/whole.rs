//! Whether a keyword is the whole wish of a message: every word of it is the keyword, courtesy, or a plain way to say so.

use super::{
    Language,
    table::{Entry, Reach, Wish, at_start, starts_with},
};

/// Words besides the keyword that a message may have and still be nothing but a wish.
const SHORT: usize = 12;

/// What a message that is one wish comes to.
#[derive(Debug)]
pub(super) enum Whole {
    /// The keyword, and the language of the words if they have one.
    Certain(&'static Entry, Option<Language>),
    /// A wish to stop, by a word that may be about something else.
    Doubtful,
}

struct Phrases {
    both: &'static [&'static str],
    english: &'static [&'static str],
    french: &'static [&'static str],
}

const COURTESY: Phrases = Phrases {
    both: &[],
    english: &[
        "please and thank you",
        "please",
        "pls",
        "plz",
        "plse",
        "kindly",
        "thanks",
        "thank you",
        "thank u",
        "thx",
        "tks",
        "ty",
        "ok",
        "okay",
        "hi",
        "hello",
        "hey",
        "sorry",
        "sir",
        "madam",
    ],
    french: &[
        "svp",
        "stp",
        "s il vous plait",
        "s il te plait",
        "sil vous plait",
        "sil te plait",
        "merci beaucoup",
        "merci d avance",
        "merci",
        "bonjour",
        "bonsoir",
        "allo",
        "salut",
        "desole",
        "desolee",
    ],
};

/// What may stand before the keyword.
const LEAD: Phrases = Phrases {
    both: &[],
    english: &[
        "i want you to",
        "i need you to",
        "i would like you to",
        "i would like to",
        "id like you to",
        "id like to",
        "i want to",
        "i wish to",
        "i need to",
        "want to",
        "can you",
        "could you",
        "would you",
        "you need to",
        "you must",
        "just",
        "no",
        "i",
    ],
    french: &[
        "je veux que vous",
        "je veux me",
        "je voudrais me",
        "je souhaite me",
        "je desire me",
        "j aimerais me",
        "je veux",
        "je voudrais",
        "je souhaite",
        "je desire",
        "j aimerais",
        "pouvez vous me",
        "pourriez vous me",
        "pouvez vous",
        "pourriez vous",
        "peux tu",
        "veuillez me",
        "veuillez",
        "merci de me",
        "merci de",
        "non",
        "me",
    ],
};

/// What may stand behind it and names the messages.
const NAMED: Phrases = Phrases {
    both: &[
        "message",
        "messages",
        "sms",
        "notifications",
        "promotions",
        "promos",
        "marketing",
        "spam",
        "communications",
        "communication",
    ],
    english: &[
        "texting",
        "messaging",
        "sending",
        "contacting",
        "spamming",
        "bothering",
        "contact",
        "text",
        "texts",
        "msg",
        "msgs",
        "ads",
        "alerts",
        "reminders",
        "subscription",
        "consent",
        "list",
        "lists",
    ],
    french: &[
        "ecrire",
        "texter",
        "envoyer",
        "envoyez",
        "contacter",
        "texto",
        "textos",
        "textes",
        "envois",
        "rappels",
        "publicite",
        "publicites",
        "pub",
        "pubs",
        "pourriels",
        "infolettre",
        "abonnement",
        "liste",
        "listes",
    ],
};

/// What may stand behind it otherwise.
const REST: Phrases = Phrases {
    both: &[],
    english: &[
        "me",
        "us",
        "it",
        "this",
        "that",
        "these",
        "those",
        "all",
        "the",
        "any",
        "anymore",
        "more",
        "of",
        "your",
        "from",
        "to",
        "on",
        "my",
        "phone",
        "cell",
        "number",
        "immediately",
        "at once",
        "right away",
        "now",
    ],
    french: &[
        "de",
        "d",
        "m",
        "moi",
        "nous",
        "vous",
        "ces",
        "ce",
        "ca",
        "cela",
        "cet",
        "cette",
        "les",
        "des",
        "vos",
        "votre",
        "tous",
        "tout de suite",
        "tout",
        "toute",
        "toutes",
        "la",
        "le",
        "l",
        "aux",
        "mon",
        "numero",
        "maintenant",
        "immediatement",
    ],
};

/// The language of the phrase with which `words` begins, if it is of one, and its length.
fn begins(phrases: &Phrases, words: &[String]) -> Option<(Option<Language>, usize)> {
    [
        (phrases.both, None),
        (phrases.english, Some(Language::English)),
        (phrases.french, Some(Language::French)),
    ]
    .into_iter()
    .find_map(|(phrases, language)| {
        phrases
            .iter()
            .find_map(|phrase| starts_with(words, phrase))
            .map(|length| (language, length))
    })
}

/// The keyword that is the whole wish of a message of these words. Where it has several, the strictest: one that stops.
pub(super) fn whole(words: &[String]) -> Option<Whole> {
    let mut found: Vec<&'static Entry> = Vec::new();
    let mut language = None;
    let (mut courtesy, mut sentence, mut named) = (0, 0, false);
    let mut rest = words;
    while !rest.is_empty() {
        let length = if let Some((entry, length)) = at_start(rest) {
            found.push(entry);
            length
        } else {
            let around = if found.is_empty() {
                begins(&LEAD, rest)
            } else {
                let naming = begins(&NAMED, rest);
                named |= naming.is_some();
                naming.or_else(|| begins(&REST, rest))
            };
            let (of, length) = if let Some(polite) = begins(&COURTESY, rest) {
                courtesy += polite.1;
                polite
            } else {
                let around = around?;
                sentence += around.1;
                around
            };
            language = language.or(of);
            length
        };
        rest = &rest[length..];
    }
    if courtesy + sentence > SHORT {
        return None;
    }
    let stops = found.iter().filter(|entry| entry.wish == Wish::Stop);
    if let Some(entry) = stops.max_by_key(|entry| entry.reach) {
        let certain = sentence == 0 || entry.reach == Reach::Sentence || named;
        return Some(if certain {
            Whole::Certain(entry, entry.language.or(language))
        } else {
            Whole::Doubtful
        });
    }
    let entry = found.iter().max_by_key(|entry| entry.reach)?;
    let one = found.iter().all(|other| other.wish == entry.wish);
    let alone = courtesy == 0 || found.iter().all(|other| other.reach > Reach::Alone);
    (one && sentence == 0 && alone).then(|| Whole::Certain(entry, entry.language.or(language)))
}
