//! What the simulated phone of a thread shows.

use crate::{AccountTx, StoreError};
use domain::{
    conversation::SimulatedMessage,
    ids::{ConversationId, MessageId},
};

/// The latest messages of a thread that are on the phone, the oldest first: what was written with it, and what it got.
pub async fn messages(
    tx: &mut AccountTx,
    conversation: ConversationId,
) -> Result<Vec<SimulatedMessage>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        select message_id, coalesce(handed_at, at) as "at!", text, kind = 'inbound' as "is_mine!" from message
        where account_id = $1 and conversation_id = $2 and (kind = 'inbound' or delivery in ('sent', 'delivered'))
        order by 2 desc, position desc limit 100
        "#,
        account,
        conversation.uuid(),
    )
    .fetch_all(tx.connection())
    .await?;
    let messages = rows.into_iter().rev().map(|row| SimulatedMessage {
        id: MessageId::new(row.message_id),
        at: row.at,
        text: row.text,
        is_mine: row.is_mine,
    });
    Ok(messages.collect())
}
