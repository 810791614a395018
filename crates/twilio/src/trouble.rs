//! Why a message is refused or does not arrive, from Twilio's error codes.

/// What an error code means for the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Trouble {
    /// 21610: the customer wrote STOP to this sender. Our ledger must say so too.
    #[error("unsubscribed at the provider")]
    Unsubscribed,
    /// 21211, 21217, 21401, 21421, 30005: no such number.
    #[error("no such number")]
    InvalidNumber,
    /// 21614, 30006: a landline, or a carrier that takes no messages.
    #[error("not a mobile number")]
    NotMobile,
    /// 30003: switched off or out of reach; may work later.
    #[error("out of reach")]
    OutOfReach,
    /// 30004: the customer or the carrier blocks the sender.
    #[error("blocked")]
    Blocked,
    /// 30007, 30410: the carrier takes it for spam.
    #[error("filtered by the carrier")]
    Filtered,
    /// 21408, 21612: the account may not, or cannot, write to this country.
    #[error("not possible to this country")]
    Country,
    /// 21606, 21603, 21212, 21659, 21660, 21701, 21703, 30032, 30034, 30035: the sender is not the shop's, has no messages, or
    /// is not registered with the carriers.
    #[error("the sender is not set up")]
    Sender,
    /// 21608: a trial account writes to verified numbers only.
    #[error("a trial account")]
    Trial,
    /// 21602, 21617, 21619: empty or too long.
    #[error("not an acceptable text")]
    Text,
    /// 30002, 20005, 20010: suspended or closed.
    #[error("the account is stopped")]
    Account,
    /// Any other code; none where the answer has no code.
    #[error("refused with code {0:?}")]
    Other(Option<u32>),
}

impl Trouble {
    /// From the code of an answer or of a status callback.
    pub const fn from_code(code: u32) -> Self {
        match code {
            21610 => Self::Unsubscribed,
            21211 | 21217 | 21401 | 21421 | 30005 => Self::InvalidNumber,
            21614 | 30006 => Self::NotMobile,
            30003 => Self::OutOfReach,
            30004 => Self::Blocked,
            30007 | 30410 => Self::Filtered,
            21408 | 21612 => Self::Country,
            21606 | 21603 | 21212 | 21659 | 21660 | 21701 | 21703 | 30032 | 30034 | 30035 => {
                Self::Sender
            }
            21608 => Self::Trial,
            21602 | 21617 | 21619 => Self::Text,
            30002 | 20005 | 20010 => Self::Account,
            other => Self::Other(Some(other)),
        }
    }

    /// Whether no message will ever reach this number, so that it should be marked.
    pub const fn is_of_the_number(self) -> bool {
        matches!(self, Self::InvalidNumber | Self::NotMobile)
    }

    /// Whether the shop's settings are at fault, and every message will fail alike.
    pub const fn is_of_the_set_up(self) -> bool {
        matches!(self, Self::Sender | Self::Trial | Self::Account)
    }
}
