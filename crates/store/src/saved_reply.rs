//! Saved replies.

use crate::{AccountTx, StoreError};
use domain::{
    conversation::{ReplyTitle, SavedReply},
    ids::SavedReplyId,
    template::Template,
};
use uuid::Uuid;

/// By their titles.
pub async fn list(tx: &mut AccountTx) -> Result<Vec<SavedReply>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query_as!(
        Row,
        "select saved_reply_id, title, text from saved_reply where account_id = $1 order by title_key",
        account,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(SavedReply::try_from).collect()
}

pub async fn find(tx: &mut AccountTx, id: SavedReplyId) -> Result<Option<SavedReply>, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query_as!(
        Row,
        "select saved_reply_id, title, text from saved_reply where account_id = $1 and saved_reply_id = $2",
        account,
        id.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(SavedReply::try_from).transpose()
}

/// Whichever reply has this title, or one that is the same.
pub async fn find_by_title(
    tx: &mut AccountTx,
    title: &ReplyTitle,
) -> Result<Option<SavedReplyId>, StoreError> {
    let account = tx.account().uuid();
    let id = sqlx::query_scalar!(
        "select saved_reply_id from saved_reply where account_id = $1 and title_key = $2",
        account,
        title.key(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(id.map(SavedReplyId::new))
}

/// Makes it, or replaces what it says.
pub async fn put(tx: &mut AccountTx, reply: &SavedReply) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into saved_reply (account_id, saved_reply_id, title, title_key, text, rev) values ($1, $2, $3, $4, $5, 0)
         on conflict (account_id, saved_reply_id) do update
         set title = excluded.title, title_key = excluded.title_key, text = excluded.text",
        account,
        reply.id.uuid(),
        reply.title.as_str(),
        reply.title.key(),
        reply.text.to_string(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// `false` when there was none.
pub async fn delete(tx: &mut AccountTx, id: SavedReplyId) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let deleted = sqlx::query!(
        "delete from saved_reply where account_id = $1 and saved_reply_id = $2",
        account,
        id.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(deleted.rows_affected() > 0)
}

struct Row {
    saved_reply_id: Uuid,
    title: String,
    text: String,
}

impl TryFrom<Row> for SavedReply {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |column| StoreError::Corrupt {
            table: "saved_reply",
            column,
        };
        Ok(Self {
            id: SavedReplyId::new(row.saved_reply_id),
            title: ReplyTitle::parse(&row.title).map_err(|_| corrupt("title"))?,
            text: row.text.parse::<Template>().map_err(|_| corrupt("text"))?,
        })
    }
}
