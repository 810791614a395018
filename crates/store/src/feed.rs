//! Who is told that an account was written to, and how far it is: its rev.
//!
//! In this process at once; in the other ones by `NOTIFY`, which is sent a moment later and in a transaction of its own: inside
//! a write it would make the commits of the whole cluster wait for each other. What is told is a hint, and only the last rev
//! counts: one that is lost is made good by the next one, and by asking when the connection was lost.

mod relay;

use crate::{Store, StoreError};
use domain::ids::AccountId;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{Notify, watch};

#[derive(Clone, Debug, Default)]
pub(crate) struct Feed(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// The accounts that somebody follows.
    followed: Mutex<HashMap<AccountId, watch::Sender<u64>>>,
    /// What other servers are not told yet.
    untold: Mutex<BTreeMap<AccountId, u64>>,
    written: Notify,
}

/// The revs of one account, each told once it is committed, here or by another server.
#[derive(Debug)]
pub struct Changes(watch::Receiver<u64>);

impl Changes {
    /// The first time the rev as it is; then waits for the next one. Revs in between may be left out.
    pub async fn next(&mut self) -> u64 {
        match self.0.changed().await {
            Ok(()) => *self.0.borrow_and_update(),
            // The sender stays as long as somebody follows.
            Err(_) => std::future::pending().await,
        }
    }
}

impl Feed {
    /// An account was written to by this server.
    pub(crate) fn written(&self, account: AccountId, rev: u64) {
        self.tell(account, rev);
        let mut untold = lock(&self.0.untold);
        let last = untold.entry(account).or_default();
        *last = rev.max(*last);
        drop(untold);
        self.0.written.notify_one();
    }

    /// Tells whoever follows the account in this process, unless they know.
    fn tell(&self, account: AccountId, rev: u64) {
        let mut followed = lock(&self.0.followed);
        let Some(sender) = followed.get(&account) else {
            return;
        };
        if sender.is_closed() {
            followed.remove(&account);
            return;
        }
        sender.send_if_modified(|known| {
            let is_news = rev > *known;
            *known = rev.max(*known);
            is_news
        });
    }

    fn follow(&self, account: AccountId) -> watch::Receiver<u64> {
        let mut followed = lock(&self.0.followed);
        followed.retain(|_, sender| !sender.is_closed());
        followed
            .entry(account)
            .or_insert_with(|| watch::Sender::new(0))
            .subscribe()
    }

    fn followed(&self) -> Vec<AccountId> {
        lock(&self.0.followed).keys().copied().collect()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Store {
    /// Follows an account. What other servers write is heard while [`Store::relay`] runs.
    pub async fn changes(&self, account: AccountId) -> Result<Changes, StoreError> {
        // Before the rev is read, so that no write falls in between.
        let mut receiver = self.feed.follow(account);
        let rev = self.read(account).await?.rev().await?;
        self.feed.tell(account, rev);
        receiver.mark_changed();
        Ok(Changes(receiver))
    }
}
