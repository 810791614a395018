//! People who sign in, and what the screens show of them.

use crate::{
    account::Account,
    contact::Email,
    ids::{AccountId, InviteId, PersonId, SessionId},
    permission::Role,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The fewest characters of a password (NIST SP 800-63B-4, 3.1.1.2: 15 where it is the only factor, 8 at the least; no
/// rules about kinds of characters).
pub const PASSWORD_MIN: usize = 10;
/// Long enough for any passphrase, short enough that hashing cannot be used to exhaust the server.
pub const PASSWORD_MAX: usize = 256;

/// Who is looking at the page: what the server tells the browser about its session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub person: PersonId,
    pub name: String,
    pub email: Email,
    pub role: Role,
    pub account: Account,
    /// Every account this person is a member of, this one included.
    pub accounts: Vec<AccountChoice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountChoice {
    pub id: AccountId,
    pub name: String,
    pub role: Role,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub person: PersonId,
    pub name: String,
    pub email: Email,
    pub role: Role,
    pub last_seen: Option<DateTime<Utc>>,
}

/// An open invitation. Its link is shown once, when it is made; only a hash of its secret is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    pub id: InviteId,
    pub role: Role,
    pub note: String,
    pub expires_at: DateTime<Utc>,
}

/// What an invitation says to whoever opens its link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteOffer {
    pub account_name: String,
    pub role: Role,
    pub invited_by: String,
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub session: SessionId,
    /// The browser's own description of itself, shortened.
    pub browser: String,
    pub signed_in_at: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
    pub this_one: bool,
}
