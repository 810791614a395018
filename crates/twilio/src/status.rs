//! How far a message has come.

use std::str::FromStr;

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident = $key:literal: $rank:literal),+ $(,)?) => {
        /// The states of a message, by Twilio's names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum MessageStatus { $($(#[$doc])* $name),+ }

        impl MessageStatus {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Twilio's name of it.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// Later states have greater ranks; all ends but `read` have the same.
            const fn rank(self) -> u8 {
                match self { $(Self::$name => $rank),+ }
            }
        }
    };
}

statuses! {
    /// Taken by a Messaging Service, which has not chosen a sender yet.
    Accepted = "accepted": 0,
    Scheduled = "scheduled": 0,
    Queued = "queued": 1,
    Sending = "sending": 2,
    /// With the carrier, which may never say more.
    Sent = "sent": 3,
    Delivered = "delivered": 4,
    /// The carrier says that it did not arrive.
    Undelivered = "undelivered": 4,
    /// It was not sent.
    Failed = "failed": 4,
    Canceled = "canceled": 4,
    PartiallyDelivered = "partially_delivered": 4,
    Read = "read": 5,
    /// Of messages to us.
    Receiving = "receiving": 2,
    Received = "received": 4,
}

const END: u8 = 4;

impl MessageStatus {
    /// Whether this is news for a message of which `known` is known: callbacks come in any order, and more than once.
    pub const fn supersedes(self, known: Self) -> bool {
        self.rank() > known.rank()
    }

    /// Whether nothing but `read` can follow.
    pub const fn is_final(self) -> bool {
        self.rank() >= END
    }

    /// Whether the message has not reached the customer and will not.
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Undelivered | Self::Failed | Self::Canceled)
    }
}

/// A state that this program does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a state of a message")]
pub struct UnknownStatus;

impl FromStr for MessageStatus {
    type Err = UnknownStatus;

    fn from_str(key: &str) -> Result<Self, UnknownStatus> {
        Self::ALL
            .iter()
            .copied()
            .find(|status| status.key() == key)
            .ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_read_back_from_their_names() {
        for status in MessageStatus::ALL {
            assert_eq!(status.key().parse(), Ok(*status));
        }
        assert_eq!("DELIVERED".parse::<MessageStatus>(), Err(UnknownStatus));
    }

    #[test]
    fn a_callback_that_comes_late_takes_nothing_back() {
        use MessageStatus::{Delivered, Queued, Read, Sent, Undelivered};
        assert!(
            Sent.supersedes(Queued) && Delivered.supersedes(Sent) && Read.supersedes(Delivered)
        );
        assert!(
            !Sent.supersedes(Delivered)
                && !Delivered.supersedes(Delivered)
                && !Undelivered.supersedes(Delivered)
        );
        assert!(
            !Sent.is_final() && Delivered.is_final() && Read.is_final() && Undelivered.is_failure()
        );
    }
}
