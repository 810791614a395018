//! The rows themselves. What is allowed is decided above.

use super::corrupt;
use crate::{AccountTx, StoreError, attribute::Author};
use chrono::{DateTime, Utc};
use domain::{
    consent::ProviderMessageId,
    conversation::{Origin, Purpose},
    ids::{ConversationId, MessageId, PersonId},
    keyword::{Language, Meaning},
};
use serde_json::{Value as Json, json};

/// A message from a customer.
#[derive(Clone, Debug)]
pub struct NewInbound<'a> {
    pub id: MessageId,
    pub conversation: ConversationId,
    pub provider_id: &'a ProviderMessageId,
    pub text: &'a str,
    /// Where each file lies at the provider, and its MIME type.
    pub media: &'a [(String, String)],
    pub meaning: Meaning,
    pub at: DateTime<Utc>,
}

/// A message of the shop that waits to be sent.
#[derive(Clone, Debug)]
pub struct NewOutbound<'a> {
    pub id: MessageId,
    pub conversation: ConversationId,
    pub text: &'a str,
    /// Who wrote it: of [`Origin::Staff`] and of nothing else.
    pub person: Option<PersonId>,
    pub origin: Origin,
    pub purpose: Purpose,
    /// In which an offer would be written.
    pub language: Language,
    pub segments: u32,
    /// When it was written, and is due.
    pub at: DateTime<Utc>,
}

pub async fn insert_inbound(
    tx: &mut AccountTx,
    message: &NewInbound<'_>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let media: Vec<Json> = message
        .media
        .iter()
        .map(|(url, content_type)| json!({ "url": url, "content_type": content_type }))
        .collect();
    sqlx::query!(
        "insert into message (account_id, message_id, conversation_id, kind, at, text, provider_id, meaning, media, rev)
         values ($1, $2, $3, 'inbound', $4, $5, $6, $7, $8, 0)",
        account,
        message.id.uuid(),
        message.conversation.uuid(),
        message.at,
        message.text,
        message.provider_id.as_str(),
        serde_json::to_value(message.meaning).map_err(|_| corrupt("meaning"))?,
        Json::Array(media),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn insert_outbound(
    tx: &mut AccountTx,
    message: &NewOutbound<'_>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into message (account_id, message_id, conversation_id, kind, at, text, person_id, origin, purpose, delivery,
             next_try_at, language, segments, rev)
         values ($1, $2, $3, 'outbound', $4, $5, $6, $7, $8, 'queued', $4, $9, $10, 0)",
        account,
        message.id.uuid(),
        message.conversation.uuid(),
        message.at,
        message.text,
        message.person.map(PersonId::uuid),
        message.origin.key(),
        message.purpose.key(),
        message.language.code(),
        i32::try_from(message.segments).unwrap_or(i32::MAX),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn insert_note(
    tx: &mut AccountTx,
    id: MessageId,
    conversation: ConversationId,
    text: &str,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into message (account_id, message_id, conversation_id, kind, at, text, person_id, rev)
         values ($1, $2, $3, 'note', $4, $5, $6, 0)",
        account,
        id.uuid(),
        conversation.uuid(),
        author.at,
        text,
        author.person.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Queues a message anew. It keeps the id that the provider gave the time before until there is another: what comes under it,
/// and what the provider lists under it, is about that time (`service::sending`).
pub async fn retry(tx: &mut AccountTx, id: MessageId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update message set delivery = 'queued', next_try_at = $3, tries = 0, trouble = null, stuck_since = null
         where account_id = $1 and message_id = $2 and kind = 'outbound'",
        account,
        id.uuid(),
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes a message back that is queued.
pub async fn cancel(tx: &mut AccountTx, id: MessageId) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update message set delivery = 'cancelled', next_try_at = null
         where account_id = $1 and message_id = $2 and delivery = 'queued'",
        account,
        id.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
