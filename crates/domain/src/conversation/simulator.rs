//! The phone simulator: what a customer sees on their phone, when no provider is set.

use super::Contact;
use crate::ids::MessageId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulatedPhone {
    pub contact: Contact,
    /// The shop's name, as the phone shows it.
    pub shop: String,
    /// The oldest first; at most the last hundred.
    pub messages: Vec<SimulatedMessage>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulatedMessage {
    pub id: MessageId,
    pub at: DateTime<Utc>,
    pub text: String,
    /// Written on this phone, not received.
    pub is_mine: bool,
}
