//! Ids are UUIDv7 (RFC 9562): made by whoever creates the thing, also offline, and ordered by time of creation.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// One shop.
    AccountId,
    /// One human who signs in; may be a member of several accounts.
    PersonId,
    /// One signed-in browser of a person.
    SessionId,
    /// An invitation that nobody has accepted yet.
    InviteId,
    CustomerId,
    /// The definition of a custom field; values are keyed by it, so that renaming touches no customer.
    AttributeId,
    /// Made by the client; the server applies a mutation of one id at most once.
    MutationId,
    ImportId,
    ExportId,
    /// An entry of the audit.
    AuditId,
    /// The thread of messages with one number.
    ConversationId,
    /// An entry of a conversation: a message, or a note.
    MessageId,
    SavedReplyId,
}
