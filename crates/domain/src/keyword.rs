//! What a text message from a customer means for consent: a keyword, a wish to stop that is not certain, or conversation.
//!
//! The sources, by the names the rules below use:
//! - *CTIA*: Messaging Principles and Best Practices, on consumer opt-out (by keywords and by plain words, whatever their case
//!   and punctuation; one confirmation), and its Short Code Monitoring Handbook, on help (the name, and how to reach people).
//! - *FCC*: 47 CFR 64.1200 (a)(10): "stop", "quit", "end", "revoke", "opt out", "cancel" and "unsubscribe" in a reply revoke
//!   consent, and so do other words in which a reasonable person would understand a request to revoke it; within ten business
//!   days at the latest. (a)(12): one confirmation, within five minutes, that says nothing else.
//! - *CASL*: S.C. 2010, c. 23, s. 6 (2) (c) and 11, and SOR/2012-36 (CRTC), s. 3: unsubscribing is readily performed, and takes
//!   effect within ten business days.
//! - *Twilio*: its default keywords, STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT (and ARRET, ARRETE); START,
//!   YES, UNSTOP; HELP, INFO.
//!
//! What must stay true: in doubt the reading is the one that sends less. Nothing but the words START, UNSTOP, DEBUT, and YES
//! after a STOP, reads as [`Meaning::Start`].

mod table;
mod whole;
mod wish;
mod wording;
mod words;

pub use table::Keyword;
pub use wording::{Reply, Shop, offer, with_offer};

use crate::keyword::{
    table::Wish,
    whole::{Whole, whole},
};
use serde::{Deserialize, Serialize};

/// A language that confirmations and the offer are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    English,
    French,
}

impl Language {
    /// From an ISO 639-1 code, as the field `language` of a profile holds it. `None` for a language that we do not write.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::English),
            "fr" => Some(Self::French),
            _ => None,
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }
}

/// What the provider itself made of a message, when it says so (Twilio: `OptOutType`). It has answered the customer then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Stop,
    Start,
    Help,
}

/// What was understood, and by which word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Heard {
    /// `None` when only the provider says so: a keyword that the shop made up at the provider's.
    pub keyword: Option<Keyword>,
    /// The language of the words. `None` when they are of both, as STOP is.
    pub language: Option<Language>,
}

/// What a message means for consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Unsubscribes the contact point.
    Stop(Heard),
    /// Subscribes it again.
    Start(Heard),
    /// Asks who writes, and how to stop it.
    Help(Heard),
    /// Reads like a wish to stop, but is not certain: marketing stops at once, and a person decides (FCC: within ten
    /// business days).
    UncertainWish(Reason),
    /// Everything else: for people.
    Conversation,
}

/// Why a message reads like a wish to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A keyword that stands in a sentence, or may be about something else: "I want to cancel", "Stop. I sold the car."
    KeywordInSentence,
    /// Nearly a keyword: "sotp", "unsuscribe".
    Misspelt,
    /// "Don't text me", "no more messages", "ne m'écrivez plus".
    StopWriting,
    /// "Take me off your list", "retirez-moi de votre liste".
    OffTheList,
    NotInterested,
    WrongNumber,
    /// "This is spam", "I never signed up".
    Complaint,
}

/// Reads a message of any length.
///
/// Case, accents, punctuation, quotes, emoji and invisible characters do not matter. A keyword counts
/// - alone, however often: `STOP`, `"stop!!"`, `S.T.O.P.`, `stop stop`;
/// - with words of courtesy: "Stop please", "Bonjour, arrêt svp";
/// - to stop, also in a plain sentence of which every word is known and at most twelve are not the keyword itself: "please
///   stop texting me", "I want to unsubscribe from your messages". CANCEL, END, QUIT and REVOKE are said of appointments too:
///   in a sentence they count when it names the messages ("cancel these texts"), and are a [`Reason::KeywordInSentence`] when
///   not ("I want to cancel").
///
/// "Can you stop by at 5?" has words that are not known, and is conversation.
///
/// YES stands alone, and counts as START only where `stopped` says that the contact point is unsubscribed by STOP: elsewhere
/// it answers a question of the shop.
///
/// Where the provider has a `verdict`, the stricter of the two readings wins: STOP over anything, a doubt over HELP, and
/// START only when both say so or the provider says nothing.
pub fn understand(text: &str, stopped: bool, verdict: Option<Verdict>) -> Meaning {
    let unnamed = Heard {
        keyword: None,
        language: None,
    };
    match (read(text, stopped), verdict) {
        (ours @ Meaning::Stop(_), _) => ours,
        (_, Some(Verdict::Stop)) => Meaning::Stop(unnamed),
        (Meaning::Start(_) | Meaning::Conversation, Some(Verdict::Help)) => Meaning::Help(unnamed),
        (ours, _) => ours,
    }
}

fn read(text: &str, stopped: bool) -> Meaning {
    if words::is_reaction(text) {
        return Meaning::Conversation;
    }
    let lines = words::without_signature(text);
    let words = words::words(&lines);
    match whole(&words) {
        Some(Whole::Certain(entry, language)) => {
            let heard = Heard {
                keyword: Some(entry.keyword),
                language,
            };
            match entry.wish {
                Wish::Stop => Meaning::Stop(heard),
                Wish::Start if entry.keyword == Keyword::Yes && !stopped => Meaning::Conversation,
                Wish::Start => Meaning::Start(heard),
                Wish::Help => Meaning::Help(heard),
            }
        }
        Some(Whole::Doubtful) => Meaning::UncertainWish(Reason::KeywordInSentence),
        None => {
            wish::uncertain(&lines, &words).map_or(Meaning::Conversation, Meaning::UncertainWish)
        }
    }
}

#[cfg(test)]
mod tests;
