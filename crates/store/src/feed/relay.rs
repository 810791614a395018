//! Between servers.

use super::lock;
use crate::{Store, StoreError};
use domain::ids::AccountId;
use sqlx::postgres::PgListener;
use std::{convert::Infallible, mem, time::Duration};

const CHANNEL: &str = "regulars_rev";

/// How long writes are gathered before other servers are told of them.
const GATHER: Duration = Duration::from_millis(100);

impl Store {
    /// Tells other servers what is written here, and whoever follows an account here what is written there. It ends only with
    /// an error; begun again, it tells what was missed.
    pub async fn relay(&self) -> Result<Infallible, StoreError> {
        tokio::select! {
            ended = self.tell_others() => ended,
            ended = self.hear_others() => ended,
        }
    }

    async fn tell_others(&self) -> Result<Infallible, StoreError> {
        loop {
            let written = self.feed.0.written.notified();
            if lock(&self.feed.0.untold).is_empty() {
                written.await;
            }
            tokio::time::sleep(GATHER).await;
            let untold = mem::take(&mut *lock(&self.feed.0.untold));
            let notices: Vec<String> = untold
                .iter()
                .map(|(account, rev)| format!("{account} {rev}"))
                .collect();
            let told = sqlx::query("select pg_notify($1, notice) from unnest($2::text[]) notice")
                .bind(CHANNEL)
                .bind(&notices)
                .execute(&self.pool)
                .await;
            if let Err(failure) = told {
                for (account, rev) in untold {
                    let mut waiting = lock(&self.feed.0.untold);
                    let last = waiting.entry(account).or_default();
                    *last = rev.max(*last);
                }
                return Err(failure.into());
            }
        }
    }

    async fn hear_others(&self) -> Result<Infallible, StoreError> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.listen(CHANNEL).await?;
        loop {
            // Whatever was written while nobody listened.
            for account in self.feed.followed() {
                let rev = self.read(account).await?.rev().await?;
                self.feed.tell(account, rev);
            }
            // `None`: the connection was lost, and there is another one.
            while let Some(notice) = listener.try_recv().await? {
                if let Some((account, rev)) = read(notice.payload()) {
                    self.feed.tell(account, rev);
                }
            }
        }
    }
}

fn read(notice: &str) -> Option<(AccountId, u64)> {
    let (account, rev) = notice.split_once(' ')?;
    Some((account.parse().ok()?, rev.parse().ok()?))
}
