//! The review list.

use crate::{
    AccountTx, StoreError,
    account_tx::unsigned,
    conversation::{ContactColumns, StoredContact, contact},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    consent::ContactKey,
    conversation::{SettledWish, WishReason},
    ids::{ConversationId, MessageId},
    query::Page,
};
use sqlx::{FromRow, Postgres, QueryBuilder};
use uuid::Uuid;

/// Rows of one page.
const PAGE: u16 = 50;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredWish {
    pub id: MessageId,
    pub conversation: ConversationId,
    pub contact: StoredContact,
    pub text: String,
    pub reason: WishReason,
    pub heard_at: DateTime<Utc>,
    pub due_on: NaiveDate,
    pub settled: Option<SettledWish>,
}

/// Those that nobody has decided, by their day.
pub async fn open(tx: &mut AccountTx, after: Option<&str>) -> Result<Page<StoredWish>, StoreError> {
    let after: Option<(NaiveDate, MessageId)> = cursor(after)?;
    let mut sql = all(tx);
    sql.push(" and w.settled_at is null");
    if let Some((due_on, id)) = after {
        sql.push(" and (w.due_on, w.wish_id) > (").push_bind(due_on);
        sql.push(", ").push_bind(id.uuid()).push(")");
    }
    sql.push(" order by w.due_on, w.wish_id limit ")
        .push_bind(i64::from(PAGE) + 1);
    let rows = fetch(tx, sql).await?;
    Ok(Page::cut(rows, PAGE, |row| behind(&(row.due_on, row.id))))
}

/// Those that are decided, the latest first.
pub async fn decided(
    tx: &mut AccountTx,
    after: Option<&str>,
) -> Result<Page<StoredWish>, StoreError> {
    let after: Option<(DateTime<Utc>, MessageId)> = cursor(after)?;
    let mut sql = all(tx);
    sql.push(" and w.settled_at is not null");
    if let Some((at, id)) = after {
        sql.push(" and (w.settled_at, w.wish_id) < (").push_bind(at);
        sql.push(", ").push_bind(id.uuid()).push(")");
    }
    sql.push(" order by w.settled_at desc, w.wish_id desc limit ")
        .push_bind(i64::from(PAGE) + 1);
    let rows = fetch(tx, sql).await?;
    Ok(Page::cut(rows, PAGE, |row| {
        behind(&(row.settled.as_ref().map(|settled| settled.at), row.id))
    }))
}

pub async fn find(tx: &mut AccountTx, id: MessageId) -> Result<Option<StoredWish>, StoreError> {
    let mut sql = all(tx);
    sql.push(" and w.wish_id = ").push_bind(id.uuid());
    Ok(fetch(tx, sql).await?.pop())
}

/// The wish of a contact point that nobody has decided.
pub async fn open_of(
    tx: &mut AccountTx,
    key: &ContactKey,
) -> Result<Option<StoredWish>, StoreError> {
    let mut sql = all(tx);
    sql.push(" and w.settled_at is null and w.contact_key = ")
        .push_bind(key.as_str().to_owned());
    sql.push(" order by w.due_on, w.wish_id limit 1");
    Ok(fetch(tx, sql).await?.pop())
}

/// How many wait for a decision.
pub async fn count_open(tx: &mut AccountTx) -> Result<u32, StoreError> {
    let account = tx.account().uuid();
    let count = sqlx::query_scalar!(
        r#"
        select count(*) as "count!" from uncertain_wish w
        join message m on m.account_id = w.account_id and m.message_id = w.wish_id
        where w.account_id = $1 and w.settled_at is null
        "#,
        account,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(u32::try_from(unsigned(count)).unwrap_or(u32::MAX))
}

fn all(tx: &AccountTx) -> QueryBuilder<Postgres> {
    let mut sql = QueryBuilder::new(
        "select w.wish_id, w.reason, w.heard_at, w.due_on, w.settled_at, w.stopped, p.name as settled_by, m.text,
             c.conversation_id, c.phone, c.customer_id, k.first_name, k.last_name, k.company, k.email, k.reference,
             k.asked_to_stop_at
         from uncertain_wish w
         join message m on m.account_id = w.account_id and m.message_id = w.wish_id
         join conversation c on c.account_id = m.account_id and c.conversation_id = m.conversation_id
         left join customer k on k.account_id = c.account_id and k.customer_id = c.customer_id
         left join person p on p.person_id = w.settled_by
         where w.account_id = ",
    );
    sql.push_bind(tx.account().uuid());
    sql
}

async fn fetch(
    tx: &mut AccountTx,
    mut sql: QueryBuilder<Postgres>,
) -> Result<Vec<StoredWish>, StoreError> {
    sql.build_query_as::<Row>()
        .persistent(false)
        .fetch_all(tx.connection())
        .await?
        .into_iter()
        .map(StoredWish::try_from)
        .collect()
}

fn cursor<T: serde::de::DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, StoreError> {
    text.map(|text| serde_json::from_str(text).map_err(|_| StoreError::Cursor))
        .transpose()
}

fn behind<T: serde::Serialize>(place: &T) -> String {
    serde_json::to_string(place).unwrap_or_default()
}

#[derive(FromRow)]
struct Row {
    wish_id: Uuid,
    reason: String,
    heard_at: DateTime<Utc>,
    due_on: NaiveDate,
    settled_at: Option<DateTime<Utc>>,
    stopped: Option<bool>,
    settled_by: Option<String>,
    text: String,
    conversation_id: Uuid,
    #[sqlx(flatten)]
    contact: ContactColumns,
}

impl TryFrom<Row> for StoredWish {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let reason =
            serde_json::from_value(row.reason.into()).map_err(|_| StoreError::Corrupt {
                table: "uncertain_wish",
                column: "reason",
            })?;
        Ok(Self {
            id: MessageId::new(row.wish_id),
            conversation: ConversationId::new(row.conversation_id),
            contact: contact(row.contact)?,
            text: row.text,
            reason,
            heard_at: row.heard_at,
            due_on: row.due_on,
            settled: row.settled_at.map(|at| SettledWish {
                at,
                by: row.settled_by,
                stopped: row.stopped.unwrap_or_default(),
            }),
        })
    }
}
