//! The writes of an account wait for each other here, before they take a connection: while one shop imports a million rows,
//! its other writes must not hold every connection of this server.

use crate::StoreError;
use domain::ids::AccountId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};
use tokio::{
    sync::{Mutex as Gate, OwnedMutexGuard},
    time::timeout,
};

/// The turn of a write. The next one of the account begins when it is dropped.
pub(crate) type Turn = OwnedMutexGuard<()>;

#[derive(Clone, Debug, Default)]
pub(crate) struct Gates {
    // Whoever waits or writes keeps the gate; nobody else does.
    gates: Arc<Mutex<HashMap<AccountId, Weak<Gate<()>>>>>,
}

impl Gates {
    /// Waits for the turn, however long.
    pub(crate) async fn enter_patiently(&self, account: AccountId) -> Turn {
        self.gate(account).lock_owned().await
    }

    /// [`StoreError::Busy`] when the turn does not come within `patience`.
    pub(crate) async fn enter(
        &self,
        account: AccountId,
        patience: Duration,
    ) -> Result<Turn, StoreError> {
        timeout(patience, self.enter_patiently(account))
            .await
            .map_err(|_| StoreError::Busy)
    }

    fn gate(&self, account: AccountId) -> Arc<Gate<()>> {
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = gates.get(&account).and_then(Weak::upgrade) {
            return gate;
        }
        gates.retain(|_, gate| gate.strong_count() > 0);
        let gate = Arc::default();
        gates.insert(account, Arc::downgrade(&gate));
        gate
    }
}
