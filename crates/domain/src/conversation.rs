//! Conversations: the thread of text messages with one number, and the notes that the staff keep in it.
//!
//! A thread belongs to a number, whoever's it is: of an unknown one too. The customer of a thread is whoever has the number as
//! a cell phone, else who had it last.

mod message;
mod reply;
mod simulator;
mod wish;

pub use message::{Delivery, Entry, EntryKind, Media, Origin, Purpose, SendTrouble};
pub use reply::{ReplyTitle, ReplyTitleError, SavedReply};
pub use simulator::{SimulatedMessage, SimulatedPhone};
pub use wish::{SettledWish, UncertainWish, WishReason, ten_business_days_after};

use crate::{
    consent::Status,
    ids::{ConversationId, CustomerId, PersonId},
    phone::E164,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Characters of a note.
pub const NOTE_MAX: usize = 4_000;

/// The question that the list of conversations asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationQuery {
    pub filter: ConversationFilter,
    /// Any fragment of what customers are found by, of the number, of a message or of a note; blank finds all.
    pub text: String,
    /// The cursor of the page before, as that page gave it.
    pub after: Option<String>,
    /// At most [`crate::query::PAGE_MAX`].
    pub limit: u16,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationFilter {
    #[default]
    Open,
    /// Open ones that the reader takes care of.
    Mine,
    /// Open ones with messages that nobody has seen.
    Unread,
    Closed,
}

impl ConversationFilter {
    pub const ALL: &[Self] = &[Self::Open, Self::Mine, Self::Unread, Self::Closed];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Mine => "mine",
            Self::Unread => "unread",
            Self::Closed => "closed",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|filter| filter.key() == key)
    }
}

/// A line of the list, the thread with the latest message first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationRow {
    pub id: ConversationId,
    pub contact: Contact,
    pub last_at: DateTime<Utc>,
    /// The beginning of the last message, or of the one that was searched for.
    pub preview: String,
    /// Whether the last message is the shop's.
    pub is_ours: bool,
    /// What became of it, when it is ours.
    pub delivery: Option<Delivery>,
    /// Messages that nobody has seen.
    pub unread: u32,
    pub closed: bool,
    /// Whoever takes care of it.
    pub assignee: Option<StaffName>,
}

/// Who is at the other end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub phone: E164,
    /// As people of the shop's country write it.
    pub phone_shown: String,
    pub customer: Option<CustomerId>,
    /// Of the customer; blank when they have none, or there is no customer.
    pub name: String,
    /// Whether messages to this number are stopped: by the state of the number, or because the person asked.
    pub unsubscribed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffName {
    pub id: PersonId,
    pub name: String,
}

/// How many threads of each kind are open, for the marks beside the filters and the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationCounts {
    /// Open threads with messages that nobody has seen.
    pub unread: u32,
    /// Of those, the reader's own.
    pub mine_unread: u32,
    /// Wishes to stop that are not certain, and that nobody has decided.
    pub wishes: u32,
}

/// A thread, as its screen shows it on top and at the bottom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// New, of a number that nobody has written to or from.
    pub id: ConversationId,
    /// Whether there is such a thread yet.
    pub exists: bool,
    pub contact: Contact,
    /// Of the number.
    pub consent: Status,
    /// Since when messages are stopped, if they are.
    pub unsubscribed_at: Option<DateTime<Utc>>,
    pub closed: bool,
    pub unread: u32,
    pub assignee: Option<StaffName>,
    /// The next message is the first ever to this number, and will end with the offer to unsubscribe, in this language.
    pub offer: Option<crate::keyword::Language>,
    /// That the customer perhaps wishes to stop.
    pub wish: Option<UncertainWish>,
    /// The account's rev that this is of.
    pub rev: u64,
}

/// Some entries of a thread, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadPage {
    pub entries: Vec<Entry>,
    /// Ask for the ones before with it; `None` at the beginning.
    pub before: Option<String>,
}
