//! What happens in an account while somebody looks.

use crate::{Caller, ServiceError, Services};
use domain::permission::Permission;
use store::Changes;

impl Services {
    /// The rev of the caller's account as it is, and each time it is written to, by whichever server.
    pub async fn changes(&self, caller: &Caller) -> Result<Changes, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        Ok(self.store.changes(caller.account).await?)
    }
}
