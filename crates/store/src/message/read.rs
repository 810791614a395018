//! One entry at a time.

use super::corrupt;
use crate::{AccountTx, StoreError, account_tx::unsigned};
use domain::{
    conversation::{Delivery, Purpose},
    ids::{ConversationId, MessageId},
};

/// A message of the shop, as far as it matters for trying it again or taking it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbound {
    pub id: MessageId,
    pub conversation: ConversationId,
    pub purpose: Purpose,
    pub delivery: Delivery,
}

pub async fn find_outbound(
    tx: &mut AccountTx,
    id: MessageId,
) -> Result<Option<Outbound>, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query!(
        r#"select conversation_id, purpose as "purpose!", delivery as "delivery!" from message
           where account_id = $1 and message_id = $2 and kind = 'outbound'"#,
        account,
        id.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| {
        Ok(Outbound {
            id,
            conversation: ConversationId::new(row.conversation_id),
            purpose: Purpose::from_key(&row.purpose).ok_or(corrupt("purpose"))?,
            delivery: Delivery::from_key(&row.delivery).ok_or(corrupt("delivery"))?,
        })
    })
    .transpose()
}

/// Whether there is an entry of this id, of whatever kind.
pub async fn is_id_taken(tx: &mut AccountTx, id: MessageId) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let taken = sqlx::query_scalar!(
        r#"select exists (select from message where account_id = $1 and message_id = $2) as "taken!""#,
        account,
        id.uuid(),
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(taken)
}

/// How many messages of the customer stand behind this entry; `None` when the thread has no such entry.
pub async fn unread_behind(
    tx: &mut AccountTx,
    conversation: ConversationId,
    entry: MessageId,
) -> Result<Option<u32>, StoreError> {
    let account = tx.account().uuid();
    let count = sqlx::query_scalar!(
        r#"
        select (
            select count(*) from message m
            where m.account_id = $1 and m.conversation_id = $2 and m.position > seen.position and m.kind = 'inbound'
        ) as "count!"
        from message seen where seen.account_id = $1 and seen.conversation_id = $2 and seen.message_id = $3
        "#,
        account,
        conversation.uuid(),
        entry.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(count.map(|count| u32::try_from(unsigned(count)).unwrap_or(u32::MAX)))
}
