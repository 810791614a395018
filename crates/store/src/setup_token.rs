//! The one-time link that makes the first account. Its token is known by its SHA-256 only.

use crate::{StoreError, SystemTx};
use chrono::{DateTime, Utc};

/// Makes this the only link that works.
pub async fn replace(
    tx: &mut SystemTx,
    token_hash: &[u8; 32],
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!("delete from setup_token")
        .execute(tx.connection())
        .await?;
    sqlx::query!(
        "insert into setup_token (token_hash, expires_at) values ($1, $2)",
        &token_hash[..],
        expires_at
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Whether this is the link that works.
pub async fn is_valid(
    tx: &mut SystemTx,
    token_hash: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let valid = sqlx::query_scalar!(
        r#"select exists (select from setup_token where token_hash = $1 and expires_at > $2) as "valid!""#,
        &token_hash[..],
        now
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(valid)
}

/// Uses the link up. False when it is not the one, is too old, or was used: two at once cannot both succeed.
pub async fn take(
    tx: &mut SystemTx,
    token_hash: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "delete from setup_token where token_hash = $1 and expires_at > $2",
        &token_hash[..],
        now
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() > 0)
}
