//! What is remembered of messages and contact points, even of customers who were deleted.

use crate::{AccountTx, StoreError, account_tx::unsigned};
use chrono::{DateTime, Utc};
use domain::{
    consent::{ContactKey, ProviderMessageId},
    ids::ConversationId,
};

/// Notes down that a message came in; `false` when it had come before.
pub async fn is_new(
    tx: &mut AccountTx,
    id: &ProviderMessageId,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let noted = sqlx::query!(
        "insert into inbound_seen (account_id, provider_id, at) values ($1, $2, $3) on conflict do nothing",
        account,
        id.as_str(),
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(noted.rows_affected() > 0)
}

/// Whether the contact point has been told how to unsubscribe.
pub async fn is_offered(tx: &mut AccountTx, contact: &ContactKey) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let offered = sqlx::query_scalar!(
        r#"select exists (select from contact_offered where account_id = $1 and contact_key = $2) as "offered!""#,
        account,
        contact.as_str(),
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(offered)
}

/// How often the customer of a thread has asked for help since.
pub async fn helps_since(
    tx: &mut AccountTx,
    conversation: ConversationId,
    since: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let account = tx.account().uuid();
    let count = sqlx::query_scalar!(
        r#"
        select count(*) as "count!" from message
        where account_id = $1 and conversation_id = $2 and kind = 'inbound' and at > $3 and meaning ? 'help'
        "#,
        account,
        conversation.uuid(),
        since,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(unsigned(count))
}
