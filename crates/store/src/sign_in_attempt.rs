//! The guard of sign-in: failed tries in a window of time, by e-mail and by address.

use crate::{StoreError, SystemTx};
use chrono::{DateTime, Duration, Utc};

/// By what tries are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Email,
    Address,
}

impl Scope {
    const fn key(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Address => "address",
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Tries {
    /// In the current window, this one included.
    pub count: u32,
    pub window_ends_at: DateTime<Utc>,
}

/// Counts a try before it is known whether it fails, so that tries made at the same moment count as well.
pub async fn count(
    tx: &mut SystemTx,
    scope: Scope,
    key_hash: &[u8; 32],
    now: DateTime<Utc>,
    window: Duration,
) -> Result<Tries, StoreError> {
    let row = sqlx::query!(
        "insert into sign_in_attempt as a (scope, key_hash, window_started_at, failures) values ($1, $2, $3, 1)
         on conflict (scope, key_hash) do update set
             failures = case when a.window_started_at <= $4 then 1 else a.failures + 1 end,
             window_started_at = case when a.window_started_at <= $4 then $3 else a.window_started_at end
         returning failures, window_started_at",
        scope.key(),
        &key_hash[..],
        now,
        now - window,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(Tries {
        count: row.failures.unsigned_abs(),
        window_ends_at: row.window_started_at + window,
    })
}

/// Takes one try back: it did not fail.
pub async fn forgive_one(
    tx: &mut SystemTx,
    scope: Scope,
    key_hash: &[u8; 32],
) -> Result<(), StoreError> {
    sqlx::query!(
        "update sign_in_attempt set failures = greatest(failures - 1, 0) where scope = $1 and key_hash = $2",
        scope.key(),
        &key_hash[..],
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Forgets every try.
pub async fn forgive_all(
    tx: &mut SystemTx,
    scope: Scope,
    key_hash: &[u8; 32],
) -> Result<(), StoreError> {
    sqlx::query!(
        "delete from sign_in_attempt where scope = $1 and key_hash = $2",
        scope.key(),
        &key_hash[..]
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Forgets windows that began before `before`. Those that somebody counts in at this moment are left for the next time:
/// two who lock several rows in their own orders would wait for each other.
pub async fn delete_before(tx: &mut SystemTx, before: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "delete from sign_in_attempt where (scope, key_hash) in (
             select scope, key_hash from sign_in_attempt where window_started_at < $1 for update skip locked
         )",
        before
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
