//! A wish that has been committed is not followed by a message: who hands one over holds the fence of its contact point open,
//! and who writes a wish down closes it first.
//!
//! What must stay true, so that nobody waits for ever:
//! - Who holds a fence open waits for nothing but the one request: no rev, no other fence. It never waits for a fence either,
//!   but gives up where somebody is closing it.
//! - Only writes close fences, and those of an account come one after the other; so two of them never wait for each other.
//! - Postgres ends whoever holds a fence open for longer than [`OPEN_MAX`], which is less than a write waits for a lock: a wish
//!   is never given up because of a server that hangs.

use crate::{AccountTx, StoreError, consent};
use domain::{
    consent::{ContactKey, ContactPoint},
    phone::E164,
};
use uuid::Uuid;

/// Of more contact points than this, those of the whole account are closed at once: Postgres keeps locks in a table of fixed
/// size.
const SINGLE_MAX: usize = 1_000;

/// Longer than a request to the provider may take, and shorter than the patience of a write (`PATIENCE`).
const OPEN_MAX: &str = "25s";

/// Holds the fence of the contact point open until the transaction ends, which must not be a write. `false`: a wish about it
/// is being written down at this moment, and nothing may be handed over.
pub async fn open(tx: &mut AccountTx, contact: &ContactKey) -> Result<bool, StoreError> {
    let account = tx.account().to_string();
    sqlx::query("select set_config('idle_in_transaction_session_timeout', $1, true)")
        .bind(OPEN_MAX)
        .execute(tx.connection())
        .await?;
    let opened = sqlx::query_scalar!(
        r#"
        select pg_try_advisory_xact_lock_shared(hashtextextended('fence ' || $1, 0))
            and pg_try_advisory_xact_lock_shared(hashtextextended('fence ' || $1 || ' ' || $2, 0)) as "opened!"
        "#,
        account,
        contact.as_str(),
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(opened)
}

/// Waits for the messages that are being handed over to these contact points, and lets none begin until the transaction ends.
pub(super) async fn close(tx: &mut AccountTx, contacts: &[&ContactKey]) -> Result<(), StoreError> {
    let account = tx.account().to_string();
    if contacts.len() > SINGLE_MAX {
        sqlx::query!(
            "select pg_advisory_xact_lock(hashtextextended('fence ' || $1, 0))",
            account
        )
        .fetch_one(tx.connection())
        .await?;
        return Ok(());
    }
    let contacts: Vec<String> = contacts.iter().map(|key| key.as_str().to_owned()).collect();
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended('fence ' || $1 || ' ' || contact, 0)) from unnest($2::text[]) contact",
        account,
        &contacts,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(())
}

/// Like [`close`], for every number with which these customers have a thread: it may be one that they do not have any more.
pub(super) async fn close_threads(
    tx: &mut AccountTx,
    customers: &[Uuid],
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let phones = sqlx::query_scalar!(
        "select phone from conversation where account_id = $1 and customer_id = any($2)",
        account,
        customers,
    )
    .fetch_all(tx.connection())
    .await?;
    if phones.is_empty() {
        return Ok(());
    }
    let key = consent::key(tx).await?;
    let contacts: Vec<ContactKey> = phones
        .iter()
        .filter_map(|phone| E164::new(phone).ok())
        .map(|phone| key.contact(&ContactPoint::sms(phone)))
        .collect();
    close(tx, &contacts.iter().collect::<Vec<_>>()).await
}
