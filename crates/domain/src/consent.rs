//! Consent: who may be written to, and how that is known.
//!
//! What must stay true:
//! - Consent belongs to a contact point, not to a customer: it outlives edits, imports and deletions of customers.
//! - What happened stands in a ledger of [`Event`]s, which only grows and of which each carries the hash of the one before.
//! - The [`State`] of a contact point is a fold of its events in the order in which they arrived (their rev). An opt-out
//!   wins ties, and only a START that came later lifts it.
//! - Nobody but the customer says START: [`NewEvent::start`] takes the id of a message that the provider delivered, and
//!   no [`crate::mutation::Intent`] makes one.

mod event;
mod key;
mod shown;
mod state;

pub use event::{Event, Hash, Kind, NewEvent, ProviderMessageId, Screen, Source, SourceColumns};
pub use key::{ContactKey, ErasureKey, hex};
pub use shown::{ConsentEntry, CustomerConsent, EntrySource, OptOutMonth, OptOuts, PhoneConsent};
pub use state::{State, Status, fold};

use crate::phone::E164;
use chrono::{DateTime, Months, Utc};
use serde::{Deserialize, Serialize};

/// How a contact point is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Text messages to a phone.
    Sms,
}

impl Channel {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sms => "sms",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        (key == Self::Sms.key()).then_some(Self::Sms)
    }
}

/// The holder of consent: a phone number, on a channel, whoever's it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactPoint {
    pub channel: Channel,
    pub phone: E164,
}

impl ContactPoint {
    pub const fn sms(phone: E164) -> Self {
        Self {
            channel: Channel::Sms,
            phone,
        }
    }
}

/// Until when the consent is implied of somebody who last did business with the shop at `last_business`: 24 months, by
/// section 10 (10) of Canada's Anti-Spam Legislation.
pub fn implied_until(last_business: DateTime<Utc>) -> DateTime<Utc> {
    last_business
        .checked_add_months(Months::new(24))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests;
