//! What the events of a contact point come to.

use super::{Event, Kind};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Without any event, consent is implied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Implied,
    /// By the customer's own START.
    Express,
    Unsubscribed,
}

impl Status {
    pub const ALL: &[Self] = &[Self::Implied, Self::Express, Self::Unsubscribed];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Implied => "implied",
            Self::Express => "express",
            Self::Unsubscribed => "unsubscribed",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.key() == key)
    }
}

/// The state of a contact point of which the ledger knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    pub status: Status,
    /// The event that made it so.
    pub since_seq: u64,
    /// When that event arrived.
    pub since: DateTime<Utc>,
    /// The rev of the last opt-out: a START lifts it only in a later one.
    pub last_opt_out_rev: Option<u64>,
}

impl State {
    /// The state behind one more event, and whether the event changed the status. Events come in the order in which they
    /// arrived.
    pub fn after(before: Option<Self>, event: &Event) -> (Self, bool) {
        let was = before.map_or(Status::Implied, |state| state.status);
        let last_opt_out = before.and_then(|state| state.last_opt_out_rev);
        let status = match event.kind {
            Kind::OptOut => Status::Unsubscribed,
            Kind::Start if last_opt_out.is_none_or(|rev| rev < event.rev) => Status::Express,
            Kind::Start => was,
        };
        let last_opt_out_rev = if event.kind == Kind::OptOut {
            last_opt_out.max(Some(event.rev))
        } else {
            last_opt_out
        };
        let (since_seq, since) = before
            .filter(|_| status == was)
            .map_or((event.seq, event.arrived_at), |state| {
                (state.since_seq, state.since)
            });
        let state = Self {
            status,
            since_seq,
            since,
            last_opt_out_rev,
        };
        (state, status != was)
    }
}

/// The state that the events of one contact point come to, in the order in which they arrived.
pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Option<State> {
    events
        .into_iter()
        .fold(None, |state, event| Some(State::after(state, event).0))
}
