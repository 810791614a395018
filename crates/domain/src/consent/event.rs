//! What happened to the consent of a contact point, and the chain that keeps it from being changed unseen.

use super::{Channel, ContactKey, ContactPoint, key::hex};
use crate::ids::{AccountId, ImportId, MessageId, PersonId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// No more messages are wanted.
    OptOut,
    /// The customer's own START.
    Start,
}

impl Kind {
    pub const ALL: &[Self] = &[Self::OptOut, Self::Start];

    pub const fn key(self) -> &'static str {
        match self {
            Self::OptOut => "opt_out",
            Self::Start => "start",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }
}

/// Where a member of the staff was when they wrote a wish down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    List,
    Profile,
    Conversation,
    Appointment,
    Campaign,
    Automation,
}

impl Screen {
    pub const ALL: &[Self] = &[
        Self::List,
        Self::Profile,
        Self::Conversation,
        Self::Appointment,
        Self::Campaign,
        Self::Automation,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Profile => "profile",
            Self::Conversation => "conversation",
            Self::Appointment => "appointment",
            Self::Campaign => "campaign",
            Self::Automation => "automation",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|screen| screen.key() == key)
    }
}

/// The provider's id of a message that a customer sent. No client can hand one in: it does not deserialize, and whoever
/// makes one has checked the signature of the webhook that brought it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProviderMessageId(String);

impl ProviderMessageId {
    pub const MAX: usize = 64;

    /// The id of a message as a webhook whose signature was checked brought it.
    pub fn delivered(id: &str) -> Option<Self> {
        let well_formed = (1..=Self::MAX).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'));
        well_formed.then(|| Self(id.to_owned()))
    }

    /// The id of a message that was written on the phone simulator.
    pub fn simulated(message: uuid::Uuid) -> Self {
        Self(format!("{SIMULATED}{message}"))
    }

    pub fn is_simulated(&self) -> bool {
        self.0.starts_with(SIMULATED)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What ids begin with that no provider gave: [`ProviderMessageId::simulated`].
const SIMULATED: &str = "sim-";

/// By whom and from where an event came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Staff {
        person: PersonId,
        screen: Screen,
    },
    /// A do-not-contact column.
    Import {
        person: PersonId,
        import: ImportId,
        /// The line of the file, counted from 1 as spreadsheets do.
        line: u32,
    },
    /// The customer's own message.
    Message {
        message: ProviderMessageId,
    },
    /// Somebody who does not want messages got this number, instead of the one named if they had one just before.
    Carried {
        person: PersonId,
        from: Option<ContactKey>,
    },
    /// The provider refused this message of the shop, because the customer had written STOP to it.
    Refusal {
        message: MessageId,
    },
    /// The phone simulator was put away: what was said on it is nobody's word.
    SimulationEnded,
}

/// An event that is about to enter the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    point: ContactPoint,
    kind: Kind,
    source: Source,
    occurred_at: DateTime<Utc>,
}

impl NewEvent {
    /// A wish not to be written to any more. `occurred_at` is when it was said, by the clock of whoever wrote it down.
    pub const fn opt_out(point: ContactPoint, source: Source, occurred_at: DateTime<Utc>) -> Self {
        Self {
            point,
            kind: Kind::OptOut,
            source,
            occurred_at,
        }
    }

    /// The customer's own START.
    pub const fn start(
        point: ContactPoint,
        message: ProviderMessageId,
        occurred_at: DateTime<Utc>,
    ) -> Self {
        Self {
            point,
            kind: Kind::Start,
            source: Source::Message { message },
            occurred_at,
        }
    }

    pub const fn point(&self) -> &ContactPoint {
        &self.point
    }

    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// The event in its place of the ledger.
    pub fn enter(
        self,
        contact: ContactKey,
        seq: u64,
        arrived_at: DateTime<Utc>,
        rev: u64,
    ) -> Event {
        Event {
            seq,
            channel: self.point.channel,
            contact,
            kind: self.kind,
            source: self.source,
            occurred_at: self.occurred_at,
            arrived_at,
            rev,
        }
    }
}

/// An event of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its place in the account's ledger, from 1, without gaps.
    pub seq: u64,
    pub channel: Channel,
    pub contact: ContactKey,
    pub kind: Kind,
    pub source: Source,
    /// When it happened, by the clock of whoever wrote it down: evidence, and nothing is decided by it.
    pub occurred_at: DateTime<Utc>,
    pub arrived_at: DateTime<Utc>,
    /// The account's rev in which it arrived: the order that the fold goes by.
    pub rev: u64,
}

/// SHA-256 of an event and of the hash before it.
pub type Hash = [u8; 32];

impl Event {
    /// The hash of the event behind `previous`, which is `None` for the first.
    pub fn hash(&self, account: AccountId, previous: Option<&Hash>) -> Hash {
        Sha256::digest(self.canonical(account, previous)).into()
    }

    /// The bytes that are hashed: a line for each part, none of which can hold a line break, `-` where there is none.
    /// Times are microseconds since 1970. The migration that brings older wishes into the ledger writes the same in SQL.
    fn canonical(&self, account: AccountId, previous: Option<&Hash>) -> String {
        let none = || "-".to_owned();
        let previous = previous.map_or_else(none, |hash| hex(hash));
        let columns = self.source.columns();
        [
            "regulars-consent-v1".to_owned(),
            account.to_string(),
            self.seq.to_string(),
            self.channel.key().to_owned(),
            self.contact.as_str().to_owned(),
            self.kind.key().to_owned(),
            columns.source.to_owned(),
            columns.person.map_or_else(none, |id| id.to_string()),
            columns
                .screen
                .map_or_else(none, |screen| screen.key().to_owned()),
            columns.import.map_or_else(none, |id| id.to_string()),
            columns.line.map_or_else(none, |line| line.to_string()),
            columns.message.map_or_else(none, Cow::into_owned),
            columns
                .from
                .map_or_else(none, |key| key.as_str().to_owned()),
            self.occurred_at.timestamp_micros().to_string(),
            self.arrived_at.timestamp_micros().to_string(),
            self.rev.to_string(),
            previous,
        ]
        .join("\n")
    }
}

/// A source as columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceColumns<'a> {
    pub source: &'static str,
    pub person: Option<PersonId>,
    pub screen: Option<Screen>,
    pub import: Option<ImportId>,
    pub line: Option<u32>,
    /// The provider's id of the customer's message, or our own id of the message that was refused.
    pub message: Option<Cow<'a, str>>,
    pub from: Option<&'a ContactKey>,
}

impl Source {
    pub fn columns(&self) -> SourceColumns<'_> {
        match self {
            Self::Staff { person, screen } => SourceColumns {
                source: "staff",
                person: Some(*person),
                screen: Some(*screen),
                ..SourceColumns::default()
            },
            Self::Import {
                person,
                import,
                line,
            } => SourceColumns {
                source: "import",
                person: Some(*person),
                import: Some(*import),
                line: Some(*line),
                ..SourceColumns::default()
            },
            Self::Message { message } => SourceColumns {
                source: "message",
                message: Some(Cow::Borrowed(message.as_str())),
                ..SourceColumns::default()
            },
            Self::Carried { person, from } => SourceColumns {
                source: "carried",
                person: Some(*person),
                from: from.as_ref(),
                ..SourceColumns::default()
            },
            Self::Refusal { message } => SourceColumns {
                source: "refusal",
                message: Some(Cow::Owned(message.to_string())),
                ..SourceColumns::default()
            },
            Self::SimulationEnded => SourceColumns {
                source: "simulation",
                ..SourceColumns::default()
            },
        }
    }
}
