//! Titles of do-not-contact columns.

use super::{Likeness, Meaning, raw_words};

/// The whole title, word for word: to be one word off may turn the sense round, as “Contact” and “No contact” show.
const TITLES: &[&str] = &[
    "Do not contact",
    "Do not call",
    "Do not text",
    "Do not message",
    "Do not SMS",
    "Do not email",
    "Do not e-mail",
    "Do not text or call",
    "Do not call or text",
    "No contact",
    "No text",
    "No texts",
    "No SMS",
    "No call",
    "No calls",
    "DNC",
    "Out",
    "Stop",
    "Ne pas contacter",
    "Ne plus contacter",
    "Ne pas appeler",
    "Ne pas texter",
    "Ne pas envoyer de texto",
    "Pas contacter",
    "Pas de texto",
    "Pas de SMS",
];

/// Words that say it in any title whose other words only say of what, from what or when.
const SURE: &[&str] = &[
    "Unsubscribed",
    "Unsubscribe",
    "Opt out",
    "Opted out",
    "Optout",
    "Désabonné",
    "Désabonnée",
    "Désabonnés",
    "Désabonnement",
    "Désinscrit",
    "Désinscrite",
    "Désinscription",
];

const CHANNELS: &[&str] = &[
    "sms",
    "text",
    "texts",
    "texto",
    "textos",
    "texting",
    "mms",
    "message",
    "messages",
    "messaging",
    "messagerie",
    "email",
    "emails",
    "courriel",
    "courriels",
    "cell",
    "phone",
    "marketing",
    "promotions",
    "communications",
    "from",
    "of",
    "by",
    "to",
    "the",
    "all",
    "des",
    "de",
    "du",
    "d",
    "la",
    "le",
    "les",
    "aux",
    "par",
    "tous",
    "customer",
    "client",
    "date",
    "on",
];

pub(super) fn meaning(header: &str) -> Option<Likeness> {
    let words = raw_words(header);
    let told = |words: &[String], titles: &[&'static str]| {
        titles
            .iter()
            .find(|title| raw_words(title) == words)
            .copied()
    };
    let sure = || {
        let telling: Vec<String> = words
            .iter()
            .filter(|word| !CHANNELS.contains(&word.as_str()))
            .cloned()
            .collect();
        told(&telling, SURE)
    };
    told(&words, TITLES).or_else(sure).map(|title| Likeness {
        meaning: Meaning::Unsubscribe,
        title,
        score: 1.0,
        guessed: false,
    })
}

/// Whether a date under this title can be nothing but the day on which somebody unsubscribed.
pub(crate) fn says_unsubscribed(header: &str) -> bool {
    let words = raw_words(header).join(" ");
    [
        "unsub",
        "opt out",
        "opted out",
        "optout",
        "do not",
        "ne pas",
        "ne plus",
        "desabonn",
        "desinscri",
    ]
    .iter()
    .any(|said| words.contains(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_title_that_says_not_to_contact_unsubscribes() {
        for header in [
            "Unsubscribed",
            "Do not contact",
            "Opt-out",
            "SMS opt out",
            "Marketing opt-out",
            "Unsubscribed from SMS",
            "Désabonné",
            "Désabonné des textos",
            "DNC",
            "Ne pas contacter",
            "No contact",
            "Date unsubscribed",
        ] {
            assert!(meaning(header).is_some(), "{header}");
        }
        for header in [
            "Contact",
            "Call",
            "Text",
            "Message",
            "Contact no",
            "Contact #",
            "Do Not Mail",
            "Opt in",
            "Marketing opt-in",
            "SMS",
            "Marketing",
            "Date",
            "Subscribed",
        ] {
            assert_eq!(meaning(header), None, "{header}");
        }
    }
}
