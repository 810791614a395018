//! Who asks.

use crate::ServiceError;
use domain::{
    ids::{AccountId, PersonId, SessionId},
    permission::{Permission, Role},
};

/// A signed-in person in the account that their browser shows, as a member of which they may do what the role allows.
/// Made by [`crate::Services::caller`] for one request, and not kept longer.
#[derive(Clone, Debug)]
pub struct Caller {
    pub person: PersonId,
    pub account: AccountId,
    pub role: Role,
    pub session: SessionId,
    pub name: String,
}

impl Caller {
    /// Refuses with [`ServiceError::Forbidden`] what the role does not allow.
    pub fn require(&self, permission: Permission) -> Result<(), ServiceError> {
        if self.role.may(permission) {
            Ok(())
        } else {
            Err(ServiceError::Forbidden)
        }
    }
}
