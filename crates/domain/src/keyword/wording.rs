//! What the customer reads: the offer of the first message, and one answer to each keyword, in English and French.
//!
//! Every text is GSM-7, so that an answer costs one segment where the name of the shop is of ordinary length. Answers say
//! nothing but what they confirm (FCC (a)(12)), name the shop (CTIA) and how to reach it.

use super::{Language, Meaning, Verdict};

/// Who writes, as customers know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shop<'a> {
    pub name: &'a str,
    /// The shop's number, as people of its country write it; blank where it is not known.
    pub number: &'a str,
}

/// The answer to a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reply {
    /// One for each STOP, sent within five minutes, and the last message until the customer writes START (FCC (a)(12)).
    Stopped,
    /// One for each START.
    Started,
    /// One for each HELP, also to who is unsubscribed (CTIA).
    Help,
}

pub(super) const OFFERS: [&str; 2] = [offer(Language::English), offer(Language::French)];

/// What the first message to a contact point ends with.
pub const fn offer(language: Language) -> &'static str {
    match language {
        Language::English => "Reply STOP to unsubscribe, HELP for help.",
        Language::French => "Répondez ARRET pour vous désabonner, AIDE pour de l'aide.",
    }
}

/// A first message: the text, and the offer on a line of its own. A text that has an offer stays as it is.
pub fn with_offer(text: &str, language: Language) -> String {
    let text = text.trim_end();
    if OFFERS.iter().any(|offer| text.contains(offer)) {
        return text.to_owned();
    }
    let between = if text.is_empty() { "" } else { "\n" };
    format!("{text}{between}{}", offer(language))
}

impl Reply {
    /// The answer that is due to a message. None where the provider has a verdict: it has answered by itself, and a second
    /// answer would be one too many.
    pub const fn due(meaning: Meaning, verdict: Option<Verdict>) -> Option<Self> {
        match (meaning, verdict) {
            (_, Some(_)) | (Meaning::UncertainWish(_) | Meaning::Conversation, None) => None,
            (Meaning::Stop(_), None) => Some(Self::Stopped),
            (Meaning::Start(_), None) => Some(Self::Started),
            (Meaning::Help(_), None) => Some(Self::Help),
        }
    }

    pub fn text(self, shop: Shop<'_>, language: Language) -> String {
        let Shop { name, number } = shop;
        let told = |before: &str| {
            if number.is_empty() {
                String::new()
            } else {
                format!("{before}{number}")
            }
        };
        match (self, language) {
            (Self::Stopped, Language::English) => format!(
                "{name}: you are unsubscribed and will receive no more messages. Reply START to subscribe again.{}",
                told(" Questions: ")
            ),
            (Self::Stopped, Language::French) => format!(
                "{name}: désabonnement confirmé, vous ne recevrez plus de messages. Répondez DEBUT pour vous réabonner.{}",
                told(" Questions: ")
            ),
            (Self::Started, Language::English) => format!(
                "{name}: you are subscribed. Message and data rates may apply. Reply STOP to unsubscribe, HELP for help.{}",
                told(" ")
            ),
            (Self::Started, Language::French) => format!(
                "{name}: abonnement confirmé. Des frais peuvent s'appliquer. Répondez ARRET pour vous désabonner, AIDE pour de l'aide.{}",
                told(" ")
            ),
            (Self::Help, Language::English) => {
                let help = if number.is_empty() {
                    "for help reply to this message".to_owned()
                } else {
                    format!("for help call {number}")
                };
                format!(
                    "{name}: {help}. Message and data rates may apply. Reply STOP to unsubscribe."
                )
            }
            (Self::Help, Language::French) => {
                let help = if number.is_empty() {
                    "répondez à ce message".to_owned()
                } else {
                    format!("appelez le {number}")
                };
                format!(
                    "{name}: pour de l'aide, {help}. Des frais peuvent s'appliquer. Répondez ARRET pour vous désabonner."
                )
            }
        }
    }
}
