//! What stands in a thread.

use crate::{ids::MessageId, keyword::Meaning};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub id: MessageId,
    /// When it arrived, or was written.
    pub at: DateTime<Utc>,
    pub kind: EntryKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// From the customer.
    Inbound {
        text: String,
        media: Vec<Media>,
        /// What it was taken for.
        meaning: Meaning,
    },
    /// From the shop.
    Outbound {
        /// As it was sent; until then, without the offer that a first message gets.
        text: String,
        origin: Origin,
        /// The name of who wrote it, when somebody did.
        by: Option<String>,
        delivery: Delivery,
        trouble: Option<SendTrouble>,
        /// When it is sent or tried again, while it waits.
        next_try_at: Option<DateTime<Utc>>,
        /// Segments it was sent in.
        segments: u32,
    },
    /// For the staff alone.
    Note { text: String, by: String },
}

/// A picture or another file that came with a message. It stays with the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// MIME type, as the carrier says.
    pub content_type: String,
}

/// Why the shop wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Staff,
    /// The confirmation of STOP or START, or the answer to HELP.
    Keyword,
    Campaign,
    Automation,
}

impl Origin {
    pub const ALL: &[Self] = &[Self::Staff, Self::Keyword, Self::Campaign, Self::Automation];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Keyword => "keyword",
            Self::Campaign => "campaign",
            Self::Automation => "automation",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|origin| origin.key() == key)
    }
}

/// By which rules a message is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// What a person writes to a person, and reminders: not to who is unsubscribed.
    Service,
    /// Also not in quiet hours, not on lapsed implied consent, and not while a wish to stop is undecided.
    Marketing,
    /// The answer to HELP, and the one confirmation of a STOP: to who is unsubscribed too.
    Answer,
}

impl Purpose {
    pub const ALL: &[Self] = &[Self::Service, Self::Marketing, Self::Answer];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Marketing => "marketing",
            Self::Answer => "answer",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|purpose| purpose.key() == key)
    }
}

/// How far a message of the shop has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Waits for its turn, or for the next try.
    Queued,
    /// Is being handed to the provider; after a crash it is not known whether it was, until the provider is asked.
    Sending,
    /// The provider took it.
    Sent,
    Delivered,
    /// The carrier says that it did not arrive.
    Undelivered,
    /// It was not sent.
    Failed,
    /// It was not sent, because messages to the number are stopped.
    Blocked,
    /// Somebody took it back.
    Cancelled,
    /// It may have been sent, and the provider could not say: a person decides.
    Unknown,
}

impl Delivery {
    pub const ALL: &[Self] = &[
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Delivered,
        Self::Undelivered,
        Self::Failed,
        Self::Blocked,
        Self::Cancelled,
        Self::Unknown,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Failed => "failed",
            Self::Blocked => "blocked",
            Self::Cancelled => "cancelled",
            Self::Unknown => "unknown",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|delivery| delivery.key() == key)
    }

    /// Whether a person may have it tried again.
    pub const fn may_be_retried(self) -> bool {
        matches!(self, Self::Undelivered | Self::Failed | Self::Unknown)
    }

    /// Whether the customer has not got it and will not, unless a person does something.
    pub const fn needs_attention(self) -> bool {
        matches!(
            self,
            Self::Undelivered | Self::Failed | Self::Blocked | Self::Unknown
        )
    }
}

/// Why a message was not sent, did not arrive, or waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SendTrouble {
    /// The number, or the person, is unsubscribed here.
    Unsubscribed,
    /// The provider says that the customer wrote STOP; the ledger says so too since.
    UnsubscribedAtProvider,
    InvalidNumber,
    /// A landline, or a carrier that takes no messages.
    NotMobile,
    OutOfReach,
    /// The customer or the carrier blocks the shop.
    BlockedByCarrier,
    /// The carrier takes it for spam.
    Filtered,
    /// The provider's account may not write to this country.
    Country,
    /// The shop's number is not set up for messages, or not registered.
    Sender,
    /// A trial account of the provider writes to verified numbers only.
    Trial,
    Text,
    /// The provider's account is suspended or closed.
    Account,
    /// The provider does not accept the account or its token.
    Unauthorized,
    TooFast,
    Unreachable,
    /// It is not known whether the provider took it.
    NoAnswer,
    /// The provider was changed or taken away since.
    ProviderChanged,
    /// Marketing: consent was implied, and has lapsed.
    ConsentLapsed,
    /// Marketing: a wish to stop is undecided.
    WishUndecided,
    /// The provider's code.
    Other(Option<u32>),
}
