//! The ledger of consent: events that are only added, each with the hash of the one before, and what they come to.
//!
//! Everything that a write finds out about a contact point is told to the customers who have that number, in the same
//! transaction: what a person asked for is kept apart from the state of a number. Customers who come by a number later learn it
//! from triggers, and who asked takes the wish along.

mod append;
mod carry;
mod chart;
pub mod fence;
mod read;
mod row;
mod simulation;
mod verify;
mod wish;

pub use append::{record, record_changes};
pub use carry::{Carried, Numbers, carry};
pub use chart::{Month, months, unsubscribed_now};
pub use read::{Entry, entries, former_phones, states};
pub use simulation::end_simulation;
pub use verify::{Flaw, Verified, accounts, verify};
pub use wish::ask;

use crate::{AccountTx, StoreError};
use domain::consent::ErasureKey;

/// The key under which the contact points of the account stand in the ledger.
pub async fn key(tx: &mut AccountTx) -> Result<ErasureKey, StoreError> {
    let account = tx.account().uuid();
    let key = sqlx::query_scalar!(
        "select erasure_key from account where account_id = $1",
        account
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(ErasureKey::new(&key))
}
