//! The provider of an account, as its people set it up. The token is encrypted before it comes here.

use crate::{AccountTx, StoreError, attribute::Author};

/// The settings of Twilio.
#[derive(Clone, Debug)]
pub struct StoredProvider {
    pub account_sid: String,
    /// Encrypted.
    pub auth_token: Vec<u8>,
    pub sender: String,
    pub per_second: u32,
}

/// `None`: nothing is set here.
pub async fn get(tx: &mut AccountTx) -> Result<Option<StoredProvider>, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query!(
        "select account_sid, auth_token, sender, per_second from provider where account_id = $1",
        account
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| StoredProvider {
        account_sid: row.account_sid,
        auth_token: row.auth_token,
        sender: row.sender,
        per_second: row.per_second.unsigned_abs(),
    }))
}

/// Puts the settings in the place of those that are there, if any are.
pub async fn set(
    tx: &mut AccountTx,
    provider: &StoredProvider,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into provider (account_id, account_sid, auth_token, sender, per_second, person_id, set_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (account_id) do update set account_sid = excluded.account_sid, auth_token = excluded.auth_token,
             sender = excluded.sender, per_second = excluded.per_second, person_id = excluded.person_id, set_at = excluded.set_at",
        account,
        provider.account_sid,
        provider.auth_token,
        provider.sender,
        i32::try_from(provider.per_second).unwrap_or(i32::MAX),
        author.person.uuid(),
        author.at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn remove(tx: &mut AccountTx) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!("delete from provider where account_id = $1", account)
        .execute(tx.connection())
        .await?;
    Ok(())
}
