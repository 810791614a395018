//! Signed-in browsers. A token is known by its SHA-256 only.

use crate::{StoreError, SystemTx};
use chrono::{DateTime, Utc};
use domain::ids::{AccountId, PersonId, SessionId};

#[derive(Clone, Debug)]
pub struct NewSession {
    pub token_hash: [u8; 32],
    pub id: SessionId,
    pub person: PersonId,
    pub account: Option<AccountId>,
    pub browser: String,
    pub at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

#[derive(Clone, Debug)]
pub struct StoredSession {
    pub id: SessionId,
    pub person: PersonId,
    pub person_name: String,
    /// The account that this browser showed last; the person may have left it since.
    pub account: Option<AccountId>,
    pub last_seen: DateTime<Utc>,
}

/// A session as its person sees it in the list of devices.
#[derive(Clone, Debug)]
pub struct StoredDevice {
    pub id: SessionId,
    pub browser: String,
    pub signed_in_at: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
}

pub async fn insert(tx: &mut SystemTx, session: &NewSession) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into session
             (token_hash, session_id, person_id, shown_account_id, browser, created_at, last_seen_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7)",
        &session.token_hash[..],
        session.id.uuid(),
        session.person.uuid(),
        session.account.map(AccountId::uuid),
        session.browser,
        session.at,
        session.expires_at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The session of a token, unless it has expired.
pub async fn find(
    tx: &mut SystemTx,
    token_hash: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<Option<StoredSession>, StoreError> {
    let row = sqlx::query!(
        "select session_id, person_id, name, shown_account_id, last_seen_at
         from session join person using (person_id)
         where token_hash = $1 and expires_at > $2",
        &token_hash[..],
        now,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| StoredSession {
        id: SessionId::new(row.session_id),
        person: PersonId::new(row.person_id),
        person_name: row.name,
        account: row.shown_account_id.map(AccountId::new),
        last_seen: row.last_seen_at,
    }))
}

/// Notes that the session was used, and puts its end off.
pub async fn touch(
    tx: &mut SystemTx,
    session: SessionId,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update session set last_seen_at = $2, expires_at = $3 where session_id = $1",
        session.uuid(),
        now,
        expires_at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn show_account(
    tx: &mut SystemTx,
    session: SessionId,
    account: AccountId,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update session set shown_account_id = $2 where session_id = $1",
        session.uuid(),
        account.uuid()
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The person's sessions, the last used first.
pub async fn of_person(
    tx: &mut SystemTx,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<StoredDevice>, StoreError> {
    let rows = sqlx::query!(
        "select session_id, browser, created_at, last_seen_at from session
         where person_id = $1 and expires_at > $2 order by last_seen_at desc, session_id",
        person.uuid(),
        now,
    )
    .fetch_all(tx.connection())
    .await?;
    let devices = rows.into_iter().map(|row| StoredDevice {
        id: SessionId::new(row.session_id),
        browser: row.browser,
        signed_in_at: row.created_at,
        last_seen: row.last_seen_at,
    });
    Ok(devices.collect())
}

/// Ends a session of this very person. Whether there was one.
pub async fn delete(
    tx: &mut SystemTx,
    person: PersonId,
    session: SessionId,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "delete from session where person_id = $1 and session_id = $2",
        person.uuid(),
        session.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends every session of the person.
pub async fn delete_all(tx: &mut SystemTx, person: PersonId) -> Result<(), StoreError> {
    sqlx::query!("delete from session where person_id = $1", person.uuid())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Ends the session of a token, if there is one.
pub async fn delete_token(tx: &mut SystemTx, token_hash: &[u8; 32]) -> Result<(), StoreError> {
    sqlx::query!("delete from session where token_hash = $1", &token_hash[..])
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Forgets the sessions that have expired, of everybody.
pub async fn delete_expired(tx: &mut SystemTx, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "delete from session where token_hash in (
             select token_hash from session where expires_at <= $1 for update skip locked
         )",
        now
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
