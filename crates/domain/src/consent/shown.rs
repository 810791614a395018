//! Consent as screens show it.

use super::{Kind, Screen, Status};
use crate::ids::ImportId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// All that is known of the consent of a customer: for the Consent tab and the evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerConsent {
    /// By what messages to the customer were stopped, if they are: by a wish of theirs, or by the state of the cell phone.
    pub unsubscribed: Option<ConsentEntry>,
    /// The numbers of the customer, the cell phone first.
    pub phones: Vec<PhoneConsent>,
    /// The newest event first: of these numbers, and of those that the customer had before, as long as they had them.
    pub entries: Vec<ConsentEntry>,
    /// There are more events than were asked for: the oldest are not among the entries.
    pub older_left_out: bool,
    /// The last business with the customer, from which implied consent counts.
    pub last_business_at: DateTime<Utc>,
    /// 24 months later.
    pub implied_until: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneConsent {
    /// As people of the account's country write it.
    pub phone: String,
    pub is_cell: bool,
    pub status: Status,
    /// When the status became what it is; `None` while consent is implied.
    pub since: Option<DateTime<Utc>>,
}

/// One event of the ledger, about one number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentEntry {
    /// Its place in the account's ledger.
    pub seq: u64,
    /// As people of the account's country write it.
    pub phone: String,
    pub kind: Kind,
    pub source: EntrySource,
    pub occurred_at: DateTime<Utc>,
    pub arrived_at: DateTime<Utc>,
    /// Whether it changed the state of the number.
    pub changed: bool,
    /// SHA-256, in hexadecimal digits: the proof of its place in the chain.
    pub hash: String,
}

/// By whom and from where; names are as they are now, and blank of a person who is not known any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntrySource {
    Staff {
        by: String,
        screen: Screen,
    },
    Import {
        by: String,
        import: ImportId,
        file_name: String,
        line: u32,
    },
    /// The customer's own message.
    Message {
        message: String,
    },
    /// Somebody who does not want messages got this number.
    Carried {
        by: String,
    },
    /// The provider knew of a STOP.
    Refusal,
    /// The phone simulator was put away.
    SimulationEnded,
}

/// Opt-outs over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptOuts {
    /// The oldest month first, without gaps; the last is this month.
    pub months: Vec<OptOutMonth>,
    /// How many numbers are unsubscribed now.
    pub unsubscribed_now: u64,
}

/// A month in the account's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptOutMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// Numbers that were unsubscribed in it.
    pub opt_outs: u32,
    /// Numbers that a START subscribed again in it.
    pub starts: u32,
}
