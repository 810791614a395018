//! Why a message was not sent, or may not have been.

use crate::trouble::Trouble;
use std::time::Duration;

/// The client cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetUpError {
    #[error("the address of the provider is not an address")]
    Url,
    #[error("the address of the provider is not encrypted")]
    Insecure,
    #[error("encryption is not available")]
    Tls,
}

/// No text of Twilio is kept: it quotes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Twilio refuses this message. It is not sent, and would be refused again.
    #[error("refused: {0}")]
    Refused(#[from] Trouble),
    /// Too many requests. It is not sent; again after this long, if Twilio says.
    #[error("too many requests")]
    TooFast { retry_after: Option<Duration> },
    /// The account or its secret is wrong. It is not sent.
    #[error("the provider does not accept the credentials")]
    Unauthorized,
    /// There was no connection. It is not sent, and may be tried again.
    #[error("the provider cannot be reached")]
    Unreachable,
    /// It may have been sent, or not.
    #[error("perhaps sent: {0}")]
    Unknown(Doubt),
}

/// Why it is not known whether a message was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    #[error("no answer in time")]
    Timeout,
    #[error("the connection broke")]
    Cut,
    /// An HTTP status by which Twilio, or something before it, says neither yes nor no.
    #[error("answered with status {0}")]
    Status(u16),
    #[error("an answer that is not understood")]
    Garbled,
}

impl SendError {
    /// Whether the customer may get the message, or have got it. Trying again may send it twice: only a person, or what the
    /// status callback says later, decides that.
    pub const fn may_have_been_sent(self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    /// Whether the same message may be tried again by itself later: it was not sent, for a reason that passes.
    pub const fn is_passing(self) -> bool {
        matches!(self, Self::TooFast { .. } | Self::Unreachable)
    }

    /// From a request that got no answer.
    pub(super) fn without_answer(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::Unreachable
        } else if error.is_timeout() {
            Self::Unknown(Doubt::Timeout)
        } else {
            Self::Unknown(Doubt::Cut)
        }
    }
}
