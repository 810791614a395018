//! Changes of threads. What is allowed is decided above.

use crate::{AccountTx, StoreError};
use chrono::{DateTime, Utc};
use domain::{
    ids::{ConversationId, CustomerId, PersonId},
    phone::E164,
};

/// Begins a thread with a number that has none.
pub async fn insert(
    tx: &mut AccountTx,
    id: ConversationId,
    phone: &E164,
    customer: Option<CustomerId>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into conversation (account_id, conversation_id, phone, customer_id, last_at, rev) values ($1, $2, $3, $4, $5, 0)",
        account,
        id.uuid(),
        phone.as_str(),
        customer.map(CustomerId::uuid),
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Whose the thread is, of a number that nobody had.
pub async fn set_customer(
    tx: &mut AccountTx,
    id: ConversationId,
    customer: CustomerId,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update conversation set customer_id = $3 where account_id = $1 and conversation_id = $2",
        account,
        id.uuid(),
        customer.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The customer wrote: nobody has seen it, and the thread is open.
pub async fn note_inbound(
    tx: &mut AccountTx,
    id: ConversationId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update conversation set unread = unread + 1, closed = false, last_at = greatest(last_at, $3)
         where account_id = $1 and conversation_id = $2",
        account,
        id.uuid(),
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Something of the shop stands in the thread now. `answered`: a person wrote to the customer, has seen what was there, and waits
/// for an answer.
pub async fn note_outbound(
    tx: &mut AccountTx,
    id: ConversationId,
    at: DateTime<Utc>,
    answered: bool,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update conversation set last_at = greatest(last_at, $3), closed = closed and not $4,
             unread = case when $4 then 0 else unread end
         where account_id = $1 and conversation_id = $2",
        account,
        id.uuid(),
        at,
        answered,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn set_closed(
    tx: &mut AccountTx,
    id: ConversationId,
    closed: bool,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update conversation set closed = $3 where account_id = $1 and conversation_id = $2",
        account,
        id.uuid(),
        closed,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn assign(
    tx: &mut AccountTx,
    id: ConversationId,
    to: Option<PersonId>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update conversation set assignee_id = $3 where account_id = $1 and conversation_id = $2",
        account,
        id.uuid(),
        to.map(PersonId::uuid),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn set_unread(
    tx: &mut AccountTx,
    id: ConversationId,
    unread: u32,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update conversation set unread = $3 where account_id = $1 and conversation_id = $2",
        account,
        id.uuid(),
        i32::try_from(unread).unwrap_or(i32::MAX),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
