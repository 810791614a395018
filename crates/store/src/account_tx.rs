//! The only door to tenant tables.

use crate::{StoreError, SystemTx, feed::Feed, gate::Turn};
use domain::ids::AccountId;
use sqlx::{PgConnection, PgPool};
use std::time::Duration;

/// A transaction in one account, as the application's role, under row-level security. Its settings are local to the
/// transaction, so that nothing of an account stays on a pooled connection. Dropped without [`AccountTx::commit`], it
/// changes nothing.
#[derive(Debug)]
pub struct AccountTx {
    system: SystemTx,
    account: AccountId,
    rev: Option<u64>,
    /// Told of a write when it is committed.
    feed: Option<Feed>,
    /// Dropped after the transaction, in the order of the fields.
    turn: Option<Turn>,
}

impl AccountTx {
    /// A transaction that reads and that Postgres lets write nothing.
    pub async fn begin(pool: &PgPool, account: AccountId) -> Result<Self, StoreError> {
        Self::enter(SystemTx::begin_read_only(pool).await?, account).await
    }

    /// Like [`AccountTx::begin`], and all that it reads is of one moment.
    pub async fn begin_moment(pool: &PgPool, account: AccountId) -> Result<Self, StoreError> {
        Self::enter(SystemTx::begin_moment(pool).await?, account).await
    }

    /// A transaction that writes: it holds the account's rev counter from its first moment to its end, so that the
    /// writes of an account happen one after the other and rev order is commit order. Every synced row it writes gets
    /// its rev, and whoever follows the account is told of its commit. It waits for a lock no longer than `patience`.
    pub(crate) async fn begin_write(
        pool: &PgPool,
        account: AccountId,
        turn: Turn,
        feed: Feed,
        patience: Option<Duration>,
    ) -> Result<Self, StoreError> {
        let mut tx = Self::enter(SystemTx::begin(pool).await?, account).await?;
        (tx.turn, tx.feed) = (Some(turn), Some(feed));
        if let Some(patience) = patience {
            sqlx::query("select set_config('lock_timeout', $1, true)")
                .bind(format!("{}ms", patience.as_millis()))
                .execute(tx.connection())
                .await?;
        }
        tx.take_rev().await?;
        Ok(tx)
    }

    /// A transaction that writes what is not synced: the rows of imports that are being staged. It holds nobody up, and
    /// a write to a synced row is refused for want of a rev.
    pub async fn begin_staging(pool: &PgPool, account: AccountId) -> Result<Self, StoreError> {
        Self::enter(SystemTx::begin(pool).await?, account).await
    }

    /// Makes an account and writes in it, in one transaction.
    pub async fn begin_new(
        pool: &PgPool,
        account: &crate::account::NewAccount,
    ) -> Result<Self, StoreError> {
        let mut tx = Self::enter(SystemTx::begin(pool).await?, account.id).await?;
        crate::account::insert(&mut tx, account).await?;
        tx.take_rev().await?;
        Ok(tx)
    }

    async fn enter(mut system: SystemTx, account: AccountId) -> Result<Self, StoreError> {
        sqlx::query!(
            "select set_config('app.account_id', $1, true)",
            account.to_string()
        )
        .fetch_one(system.connection())
        .await?;
        Ok(Self {
            system,
            account,
            rev: None,
            feed: None,
            turn: None,
        })
    }

    async fn take_rev(&mut self) -> Result<(), StoreError> {
        let account = self.account.uuid();
        let rev = sqlx::query_scalar!(
            "update account_rev set rev = rev + 1 where account_id = $1 returning rev",
            account
        )
        .fetch_one(self.connection())
        .await?;
        sqlx::query!("select set_config('app.rev', $1, true)", rev.to_string())
            .fetch_one(self.connection())
            .await?;
        self.rev = Some(unsigned(rev));
        Ok(())
    }

    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// The rev that this transaction stamps; of any other the last committed rev.
    pub async fn rev(&mut self) -> Result<u64, StoreError> {
        if let Some(rev) = self.rev {
            return Ok(rev);
        }
        let account = self.account.uuid();
        let rev = sqlx::query_scalar!("select rev from account_rev where account_id = $1", account)
            .fetch_one(self.connection())
            .await?;
        Ok(unsigned(rev))
    }

    /// What belongs to no account, in the same transaction.
    pub const fn system(&mut self) -> &mut SystemTx {
        &mut self.system
    }

    /// Marks a point to come back to with [`AccountTx::rollback_to_savepoint`]. One at a time.
    pub async fn savepoint(&mut self) -> Result<(), StoreError> {
        sqlx::query("savepoint mutation")
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Undoes everything since the savepoint, and forgets it.
    pub async fn rollback_to_savepoint(&mut self) -> Result<(), StoreError> {
        sqlx::query("rollback to savepoint mutation")
            .execute(self.connection())
            .await?;
        self.release_savepoint().await
    }

    /// Keeps everything since the savepoint, and forgets it.
    pub async fn release_savepoint(&mut self) -> Result<(), StoreError> {
        sqlx::query("release savepoint mutation")
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn commit(self) -> Result<(), StoreError> {
        self.system.commit().await?;
        if let (Some(rev), Some(feed)) = (self.rev, self.feed) {
            feed.written(self.account, rev);
        }
        Ok(())
    }

    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        self.system.connection()
    }
}

/// Postgres has no unsigned integers; counters there never go below zero.
pub(crate) const fn unsigned(number: i64) -> u64 {
    number.unsigned_abs()
}
