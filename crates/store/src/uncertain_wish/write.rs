//! Hearing wishes, and deciding them.

use crate::{AccountTx, StoreError};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    consent::ContactKey,
    conversation::WishReason,
    ids::{MessageId, PersonId},
};
use serde_json::Value as Json;

/// Notes down what a message reads like. The day by which a contact point must have its answer stays that of its first wish that
/// is undecided.
pub async fn insert(
    tx: &mut AccountTx,
    message: MessageId,
    contact: &ContactKey,
    reason: WishReason,
    heard_at: DateTime<Utc>,
    due_on: NaiveDate,
) -> Result<(), StoreError> {
    let corrupt = StoreError::Corrupt {
        table: "uncertain_wish",
        column: "reason",
    };
    let Ok(Json::String(reason)) = serde_json::to_value(reason) else {
        return Err(corrupt);
    };
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into uncertain_wish (account_id, wish_id, contact_key, reason, heard_at, due_on, rev)
         select $1, $2, $3, $4, $5, least($6, min(due_on)), 0 from uncertain_wish
         where account_id = $1 and contact_key = $3 and settled_at is null",
        account,
        message.uuid(),
        contact.as_str(),
        reason,
        heard_at,
        due_on,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Decides every wish of a contact point that is undecided, and says how many there were. `by` is nobody when the customer's own
/// STOP did.
pub async fn settle(
    tx: &mut AccountTx,
    contact: &ContactKey,
    stopped: bool,
    by: Option<PersonId>,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let account = tx.account().uuid();
    let settled = sqlx::query!(
        "update uncertain_wish set settled_at = $3, settled_by = $4, stopped = $5
         where account_id = $1 and contact_key = $2 and settled_at is null",
        account,
        contact.as_str(),
        at,
        by.map(PersonId::uuid),
        stopped,
    )
    .execute(tx.connection())
    .await?;
    Ok(settled.rows_affected())
}
