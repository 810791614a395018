//! The provider of text messages, as people set it up.

use crate::phone::E164;
use serde::{Deserialize, Serialize};

/// Through whom messages of an account go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Nobody: the phone simulator shows what a customer would see.
    Simulator,
    Twilio {
        /// The number that customers see; `None` where a Messaging Service chooses it.
        number: Option<E164>,
    },
}

/// The settings of the provider, without any secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderSettings {
    /// `None`: messages go to the simulator.
    pub twilio: Option<TwilioSettings>,
    /// Secrets are kept encrypted, under a key that whoever runs the server sets. Without it nothing can be set here.
    pub can_keep_secrets: bool,
    /// What Twilio is told to call when a message comes in.
    pub inbound_url: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwilioSettings {
    /// `AC…`
    pub account_sid: String,
    /// A phone number in E.164 form, or a Messaging Service (`MG…`).
    pub sender: String,
    /// The most segments in a second.
    pub per_second: u32,
    /// Set by whoever runs the server, and not here.
    pub from_environment: bool,
}

/// What a person fills in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTwilioSettings {
    pub account_sid: String,
    /// `None` keeps the one that is set.
    pub auth_token: Option<String>,
    pub sender: String,
    /// 1 to [`PER_SECOND_MAX`].
    pub per_second: u32,
}

/// What Twilio gives short codes in the United States and Canada.
pub const PER_SECOND_MAX: u32 = 100;

/// The token is a secret.
impl std::fmt::Debug for NewTwilioSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewTwilioSettings")
            .field("account_sid", &self.account_sid)
            .field("sender", &self.sender)
            .field("per_second", &self.per_second)
            .finish_non_exhaustive()
    }
}

/// Which field of [`NewTwilioSettings`] cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderProblem {
    AccountSid,
    AuthToken,
    Sender,
    PerSecond,
    /// There is no key to keep the token under.
    NoKey,
    /// The provider does not accept account and token.
    Refused,
}
