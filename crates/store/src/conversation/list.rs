//! Pages of the list of threads, the latest first. A page begins behind the last row of the one before (keyset).

use super::read::{self, LastEntry, StoredConversation};
use crate::{AccountTx, StoreError, account_tx::unsigned, customer::search::likes, uncertain_wish};
use chrono::{DateTime, Utc};
use domain::{
    conversation::{ConversationCounts, ConversationFilter, ConversationQuery},
    ids::{ConversationId, PersonId},
    query::{PAGE_MAX, Page},
    search::Search,
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, Postgres, QueryBuilder};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many threads are walked in the hope that the fragment is common enough to fill the page: see the search of customers.
const WALK: i64 = 300;

/// The thread that the page before ended with.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Cursor {
    at: DateTime<Utc>,
    id: ConversationId,
}

/// Threads that answer the query, at most [`PAGE_MAX`]. Where a text was asked for, what is shown of a thread is the latest entry
/// that has it, if one has.
pub async fn page(
    tx: &mut AccountTx,
    query: &ConversationQuery,
    reader: PersonId,
) -> Result<Page<StoredConversation>, StoreError> {
    let after = query
        .after
        .as_deref()
        .map(|cursor| serde_json::from_str(cursor).map_err(|_| StoreError::Cursor))
        .transpose()?;
    let part = Part {
        filter: query.filter,
        reader,
        after,
    };
    let limit = query.limit.clamp(1, PAGE_MAX);
    // One row more than asked for tells whether there is a next page.
    let wanted = i64::from(limit) + 1;
    let Some(search) = Search::parse(&query.text) else {
        let rows = part.listed(tx, wanted).await?;
        return Ok(Page::cut(rows, limit, Cursor::behind));
    };
    let likes = likes(&search);
    let mut rows = part.walked(tx, &likes, wanted).await?;
    if rows.len() <= usize::from(limit) {
        rows = part.searched(tx, &likes, wanted).await?;
    }
    let mut page = Page::cut(rows, limit, Cursor::behind);
    show_found(tx, &mut page.rows, &likes).await?;
    Ok(page)
}

impl Cursor {
    fn behind(row: &StoredConversation) -> String {
        let cursor = Self {
            at: row.last_at,
            id: row.id,
        };
        serde_json::to_string(&cursor).unwrap_or_default()
    }
}

/// What is left of the list behind a cursor.
struct Part {
    filter: ConversationFilter,
    /// Whose own threads are.
    reader: PersonId,
    after: Option<Cursor>,
}

impl Part {
    async fn listed(
        &self,
        tx: &mut AccountTx,
        wanted: i64,
    ) -> Result<Vec<StoredConversation>, StoreError> {
        let mut sql = self.begin(tx);
        end(&mut sql, wanted);
        push_order(&mut sql, wanted);
        read::fetch(tx, sql).await
    }

    /// Looks into the first threads themselves.
    async fn walked(
        &self,
        tx: &mut AccountTx,
        likes: &[String],
        wanted: i64,
    ) -> Result<Vec<StoredConversation>, StoreError> {
        let mut sql = self.begin(tx);
        end(&mut sql, WALK);
        sql.push(" where (k.search like any (");
        sql.push_bind(likes.to_vec());
        sql.push(") or (' ' || substr(c.phone, 2)) like any (");
        sql.push_bind(likes.to_vec());
        sql.push(
            ") or exists (select from message f where f.account_id = c.account_id
                and f.conversation_id = c.conversation_id and f.search like any (",
        );
        sql.push_bind(likes.to_vec()).push(")))");
        push_order(&mut sql, wanted);
        read::fetch(tx, sql).await
    }

    /// Asks the trigrams of customers and messages which threads there are.
    async fn searched(
        &self,
        tx: &mut AccountTx,
        likes: &[String],
        wanted: i64,
    ) -> Result<Vec<StoredConversation>, StoreError> {
        let mut sql = self.begin(tx);
        sql.push(" and (c.customer_id in (select customer_search(");
        sql.push_bind(likes.to_vec());
        sql.push(
            ", null::boolean, false, null::text, false, null::text, null::uuid, null::integer))
                or (' ' || substr(c.phone, 2)) like any (",
        );
        sql.push_bind(likes.to_vec());
        sql.push(") or c.conversation_id in (select message_search(");
        sql.push_bind(likes.to_vec()).push(")))");
        end(&mut sql, wanted);
        push_order(&mut sql, wanted);
        read::fetch(tx, sql).await
    }

    /// Selects from the threads of this part, before they are put in order.
    fn begin(&self, tx: &AccountTx) -> QueryBuilder<Postgres> {
        let mut sql = QueryBuilder::new(format!(
            "select {} from (select c.* from conversation c where c.account_id = ",
            read::COLUMNS
        ));
        sql.push_bind(tx.account().uuid());
        match self.filter {
            ConversationFilter::Open => {
                sql.push(" and not c.closed");
            }
            ConversationFilter::Mine => {
                sql.push(" and not c.closed and c.assignee_id = ")
                    .push_bind(self.reader.uuid());
            }
            ConversationFilter::Unread => {
                sql.push(" and not c.closed and c.unread > 0");
            }
            ConversationFilter::Closed => {
                sql.push(" and c.closed");
            }
        }
        if let Some(Cursor { at, id }) = &self.after {
            sql.push(" and (c.last_at, c.conversation_id) < (")
                .push_bind(*at);
            sql.push(", ").push_bind(id.uuid()).push(")");
        }
        sql
    }
}

/// Takes the first threads, with what is shown of them.
fn end(sql: &mut QueryBuilder<Postgres>, limit: i64) {
    push_order(sql, limit);
    sql.push(") c").push(read::JOINS);
}

fn push_order(sql: &mut QueryBuilder<Postgres>, limit: i64) {
    sql.push(" order by c.last_at desc, c.conversation_id desc limit ")
        .push_bind(limit);
}

#[derive(FromRow)]
struct Found {
    conversation_id: Uuid,
    text: String,
    kind: String,
    delivery: Option<String>,
}

/// Shows the latest entry of each thread that has what was looked for.
async fn show_found(
    tx: &mut AccountTx,
    rows: &mut [StoredConversation],
    likes: &[String],
) -> Result<(), StoreError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id.uuid()).collect();
    let account = tx.account().uuid();
    let found = sqlx::query_as!(
        Found,
        r#"
        select asked.id as "conversation_id!", m.text as "text!", m.kind as "kind!", m.delivery
        from unnest($2::uuid[]) as asked (id) cross join lateral (
            select left(m.text, 200) as text, m.kind, m.delivery from message m
            where m.account_id = $1 and m.conversation_id = asked.id and m.search like any ($3)
            order by m.position desc limit 1
        ) m
        "#,
        account,
        &ids,
        likes,
    )
    .fetch_all(tx.connection())
    .await?;
    let mut entries = BTreeMap::new();
    for row in found {
        let entry = LastEntry::read(row.text, &row.kind, row.delivery.as_deref())?;
        entries.insert(ConversationId::new(row.conversation_id), entry);
    }
    for row in rows {
        if let Some(entry) = entries.remove(&row.id) {
            row.last = Some(entry);
        }
    }
    Ok(())
}

/// The marks beside the filters.
pub async fn counts(
    tx: &mut AccountTx,
    reader: PersonId,
) -> Result<ConversationCounts, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query!(
        r#"
        select count(*) as "unread!", count(*) filter (where assignee_id = $2) as "mine_unread!"
        from conversation where account_id = $1 and not closed and unread > 0
        "#,
        account,
        reader.uuid(),
    )
    .fetch_one(tx.connection())
    .await?;
    let count = |count: i64| u32::try_from(unsigned(count)).unwrap_or(u32::MAX);
    Ok(ConversationCounts {
        unread: count(row.unread),
        mine_unread: count(row.mine_unread),
        wishes: uncertain_wish::count_open(tx).await?,
    })
}
