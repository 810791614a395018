//! Pages of a thread, backwards.

use super::corrupt;
use crate::{AccountTx, StoreError, account_tx::unsigned};
use chrono::{DateTime, Utc};
use domain::{
    conversation::{Delivery, Entry, EntryKind, Media, Origin, ThreadPage},
    ids::{ConversationId, MessageId},
};
use serde_json::Value as Json;
use uuid::Uuid;

/// Entries of one page.
const PAGE: usize = 50;

/// The latest entries of a thread, or those before a cursor, the oldest first.
pub async fn page(
    tx: &mut AccountTx,
    conversation: ConversationId,
    before: Option<&str>,
) -> Result<ThreadPage, StoreError> {
    let account = tx.account().uuid();
    let before: i64 = before.map_or(Ok(i64::MAX), |cursor| {
        cursor.parse().map_err(|_| StoreError::Cursor)
    })?;
    let mut rows = sqlx::query_as!(
        Row,
        r#"
        select m.message_id, m.kind, m.at, m.text, p.name as "by?", m.meaning, m.media, m.origin, m.delivery, m.trouble,
            m.next_try_at, m.segments, m.position
        from message m left join person p using (person_id)
        where m.account_id = $1 and m.conversation_id = $2 and m.position < $3
        order by m.position desc limit $4
        "#,
        account,
        conversation.uuid(),
        before,
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
    )
    .fetch_all(tx.connection())
    .await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let before = rows
        .last()
        .filter(|_| more)
        .map(|row| row.position.to_string());
    let entries = rows
        .into_iter()
        .rev()
        .map(Entry::try_from)
        .collect::<Result<_, _>>()?;
    Ok(ThreadPage { entries, before })
}

struct Row {
    message_id: Uuid,
    kind: String,
    at: DateTime<Utc>,
    text: String,
    by: Option<String>,
    meaning: Option<Json>,
    media: Option<Json>,
    origin: Option<String>,
    delivery: Option<String>,
    trouble: Option<Json>,
    next_try_at: Option<DateTime<Utc>>,
    segments: Option<i32>,
    position: i64,
}

impl TryFrom<Row> for Entry {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let kind = match row.kind.as_str() {
            "inbound" => EntryKind::Inbound {
                text: row.text,
                media: json::<Vec<Media>>(row.media, "media")?.unwrap_or_default(),
                meaning: json(row.meaning, "meaning")?.ok_or(corrupt("meaning"))?,
            },
            "outbound" => EntryKind::Outbound {
                text: row.text,
                origin: row
                    .origin
                    .as_deref()
                    .and_then(Origin::from_key)
                    .ok_or(corrupt("origin"))?,
                by: row.by,
                delivery: row
                    .delivery
                    .as_deref()
                    .and_then(Delivery::from_key)
                    .ok_or(corrupt("delivery"))?,
                trouble: json(row.trouble, "trouble")?,
                next_try_at: row.next_try_at,
                segments: u32::try_from(unsigned(i64::from(row.segments.unwrap_or_default())))
                    .unwrap_or(u32::MAX),
            },
            "note" => EntryKind::Note {
                text: row.text,
                by: row.by.unwrap_or_default(),
            },
            _ => return Err(corrupt("kind")),
        };
        Ok(Self {
            id: MessageId::new(row.message_id),
            at: row.at,
            kind,
        })
    }
}

fn json<T: serde::de::DeserializeOwned>(
    value: Option<Json>,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    value
        .map(serde_json::from_value)
        .transpose()
        .map_err(|_| corrupt(column))
}
