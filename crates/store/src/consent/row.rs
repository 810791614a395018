//! Between the columns of the ledger and its events.

use crate::{StoreError, account_tx::unsigned};
use chrono::{DateTime, Utc};
use domain::{
    consent::{
        Channel, ContactKey, Event, Hash, Kind, ProviderMessageId, Screen, Source, State, Status,
    },
    ids::{ImportId, MessageId, PersonId},
};
use uuid::Uuid;

pub(super) const fn corrupt(column: &'static str) -> StoreError {
    StoreError::Corrupt {
        table: "consent_event",
        column,
    }
}

pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    bytes.try_into().map_err(|_| corrupt("hash"))
}

/// The columns of an event.
pub(super) struct EventRow {
    pub(super) seq: i64,
    pub(super) channel: String,
    pub(super) contact_key: String,
    pub(super) kind: String,
    pub(super) source: String,
    pub(super) person_id: Option<Uuid>,
    pub(super) screen: Option<String>,
    pub(super) import_id: Option<Uuid>,
    pub(super) line: Option<i32>,
    pub(super) message_id: Option<String>,
    pub(super) from_key: Option<String>,
    pub(super) occurred_at: DateTime<Utc>,
    pub(super) arrived_at: DateTime<Utc>,
    pub(super) changed: bool,
    pub(super) hash: Vec<u8>,
    pub(super) rev: i64,
}

impl EventRow {
    /// The event, whether it changed the state, and the hash that stands with it.
    pub(super) fn read(self) -> Result<(Event, bool, Hash), StoreError> {
        let event = Event {
            seq: unsigned(self.seq),
            channel: Channel::from_key(&self.channel).ok_or(corrupt("channel"))?,
            contact: ContactKey::read(&self.contact_key).ok_or(corrupt("contact_key"))?,
            kind: Kind::from_key(&self.kind).ok_or(corrupt("kind"))?,
            source: self.read_source()?,
            occurred_at: self.occurred_at,
            arrived_at: self.arrived_at,
            rev: unsigned(self.rev),
        };
        Ok((event, self.changed, hash(&self.hash)?))
    }

    fn read_source(&self) -> Result<Source, StoreError> {
        let person = self
            .person_id
            .map(PersonId::new)
            .ok_or(corrupt("person_id"));
        Ok(match self.source.as_str() {
            "staff" => Source::Staff {
                person: person?,
                screen: self
                    .screen
                    .as_deref()
                    .and_then(Screen::from_key)
                    .ok_or(corrupt("screen"))?,
            },
            "import" => Source::Import {
                person: person?,
                import: self
                    .import_id
                    .map(ImportId::new)
                    .ok_or(corrupt("import_id"))?,
                line: self.line.ok_or(corrupt("line"))?.unsigned_abs(),
            },
            "message" => Source::Message {
                message: self
                    .message_id
                    .as_deref()
                    .and_then(ProviderMessageId::delivered)
                    .ok_or(corrupt("message_id"))?,
            },
            "carried" => Source::Carried {
                person: person?,
                from: self
                    .from_key
                    .as_deref()
                    .map(|key| ContactKey::read(key).ok_or(corrupt("from_key")))
                    .transpose()?,
            },
            "refusal" => Source::Refusal {
                message: self
                    .message_id
                    .as_deref()
                    .and_then(|id| id.parse::<MessageId>().ok())
                    .ok_or(corrupt("message_id"))?,
            },
            "simulation" => Source::SimulationEnded,
            _ => return Err(corrupt("source")),
        })
    }
}

/// The columns of a state.
pub(super) struct StateRow {
    pub(super) contact_key: String,
    pub(super) status: String,
    pub(super) since_seq: i64,
    pub(super) since: DateTime<Utc>,
    pub(super) last_opt_out_rev: Option<i64>,
}

impl StateRow {
    pub(super) fn read(self) -> Result<(ContactKey, State), StoreError> {
        let corrupt = |column| StoreError::Corrupt {
            table: "consent_state",
            column,
        };
        let state = State {
            status: Status::from_key(&self.status).ok_or(corrupt("status"))?,
            since_seq: unsigned(self.since_seq),
            since: self.since,
            last_opt_out_rev: self.last_opt_out_rev.map(unsigned),
        };
        let key = ContactKey::read(&self.contact_key).ok_or(corrupt("contact_key"))?;
        Ok((key, state))
    }
}
