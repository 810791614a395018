//! Who changed which slot of a customer from what to what.

use crate::{
    AccountTx, StoreError,
    attribute::{self, Author, Merged},
};
use chrono::{DateTime, Utc};
use domain::{
    history::{HistoryEntry, HistoryEvent, Source},
    ids::{AttributeId, CustomerId, ImportId},
    mutation::Change,
    query::Page,
    slot::Slot,
    value::Value,
};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of one page.
const PAGE: usize = 100;

/// Who set a slot last, and when.
#[derive(Clone, Debug)]
pub struct LastChange {
    pub by: Option<String>,
    pub at: DateTime<Utc>,
}

/// Writes down the applied changes that a member of the staff made to a customer.
pub async fn record(
    tx: &mut AccountTx,
    customer: CustomerId,
    changes: &[Change],
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    for change in changes {
        sqlx::query!(
            "insert into customer_history (account_id, customer_id, slot, from_value, to_value, person_id, source, at, rev)
             values ($1, $2, $3, $4, $5, $6, 'staff', $7, 0)",
            account,
            customer.uuid(),
            change.slot.to_string(),
            json(change.from.as_ref())?,
            json(change.to.as_ref())?,
            author.person.uuid(),
            author.at,
        )
        .execute(tx.connection())
        .await?;
    }
    Ok(())
}

/// The last change of one slot; `None` when it has the value it was made with.
pub async fn last_change(
    tx: &mut AccountTx,
    customer: CustomerId,
    slot: Slot,
) -> Result<Option<LastChange>, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query!(
        r#"select p.name as "by?", h.at from customer_history h left join person p using (person_id)
           where h.account_id = $1 and h.customer_id = $2 and h.slot = $3 order by h.history_id desc limit 1"#,
        account,
        customer.uuid(),
        slot.to_string(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| LastChange {
        by: row.by,
        at: row.at,
    }))
}

/// The last changes of slots, for those that have one.
pub async fn last_changes(
    tx: &mut AccountTx,
    places: &[(CustomerId, Slot)],
) -> Result<BTreeMap<(CustomerId, Slot), LastChange>, StoreError> {
    let account = tx.account().uuid();
    let (customers, slots): (Vec<Uuid>, Vec<String>) = places
        .iter()
        .map(|(customer, slot)| (customer.uuid(), slot.to_string()))
        .unzip();
    let rows = sqlx::query!(
        r#"select distinct on (h.customer_id, h.slot) h.customer_id, h.slot, p.name as "by?", h.at
           from unnest($2::uuid[], $3::text[]) as place (customer_id, slot)
           join customer_history h
               on h.account_id = $1 and h.customer_id = place.customer_id and h.slot = place.slot
           left join person p using (person_id)
           order by h.customer_id, h.slot, h.history_id desc"#,
        account,
        &customers,
        &slots,
    )
    .fetch_all(tx.connection())
    .await?;
    let rows = rows.into_iter().map(|row| {
        let slot = row.slot.parse().map_err(|_| StoreError::Corrupt {
            table: "customer_history",
            column: "slot",
        })?;
        let change = LastChange {
            by: row.by,
            at: row.at,
        };
        Ok(((CustomerId::new(row.customer_id), slot), change))
    });
    rows.collect()
}

/// The history of a customer, the newest change first; that it was made stands at the end of the last page. Empty when
/// there is no such customer.
pub async fn page(
    tx: &mut AccountTx,
    customer: CustomerId,
    after: Option<&str>,
) -> Result<Page<HistoryEntry>, StoreError> {
    let account = tx.account().uuid();
    let before: i64 = after.map_or(Ok(i64::MAX), |cursor| {
        cursor.parse().map_err(|_| StoreError::Cursor)
    })?;
    let rows = sqlx::query_as!(
        HistoryRow,
        r#"select h.history_id, h.slot, h.from_value, h.to_value, h.source, h.import_id, h.import_line, h.at,
               p.name as "by?", i.file_name as "file_name?"
           from customer_history h left join person p using (person_id)
           left join import i on i.account_id = h.account_id and i.import_id = h.import_id
           where h.account_id = $1 and h.customer_id = $2 and h.history_id < $3
           order by h.history_id desc limit $4"#,
        account,
        customer.uuid(),
        before,
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
    )
    .fetch_all(tx.connection())
    .await?;
    let merged = attribute::merged(tx).await?;
    let next = rows
        .get(PAGE - 1)
        .filter(|_| rows.len() > PAGE)
        .map(|row| row.history_id.to_string());
    let mut entries = rows
        .into_iter()
        .take(PAGE)
        .map(|row| row.read(&merged))
        .collect::<Result<Vec<_>, _>>()?;
    if next.is_none() {
        entries.extend(creation(tx, customer).await?);
    }
    Ok(Page {
        rows: entries,
        next,
    })
}

async fn creation(
    tx: &mut AccountTx,
    customer: CustomerId,
) -> Result<Option<HistoryEntry>, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query!(
        r#"select c.created_at, c.created_import_id, c.created_import_line, p.name as "by?",
               i.file_name as "file_name?"
           from customer c left join person p on p.person_id = c.created_by
           left join import i on i.account_id = c.account_id and i.import_id = c.created_import_id
           where c.account_id = $1 and c.customer_id = $2"#,
        account,
        customer.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| HistoryEntry {
        at: row.created_at,
        by: row.by,
        source: match row.created_import_id {
            Some(import) => Source::Import {
                import: ImportId::new(import),
                file_name: row.file_name.unwrap_or_default(),
                line: row.created_import_line.unwrap_or_default().unsigned_abs(),
            },
            None => Source::Staff,
        },
        event: HistoryEvent::Created,
    }))
}

struct HistoryRow {
    history_id: i64,
    slot: String,
    from_value: Option<Json>,
    to_value: Option<Json>,
    source: String,
    import_id: Option<Uuid>,
    import_line: Option<i32>,
    at: DateTime<Utc>,
    by: Option<String>,
    file_name: Option<String>,
}

impl HistoryRow {
    fn read(self, merged: &BTreeMap<AttributeId, Merged>) -> Result<HistoryEntry, StoreError> {
        let corrupt = |column| StoreError::Corrupt {
            table: "customer_history",
            column,
        };
        let slot = match self.slot.parse().map_err(|_| corrupt("slot"))? {
            Slot::Attribute(id) => {
                Slot::Attribute(merged.get(&id).map_or(id, |merged| merged.into))
            }
            field @ Slot::Field(_) => field,
        };
        let source = match (self.source.as_str(), self.import_id) {
            ("staff", None) => Source::Staff,
            ("import", Some(import)) => Source::Import {
                import: ImportId::new(import),
                file_name: self.file_name.unwrap_or_default(),
                line: self.import_line.unwrap_or_default().unsigned_abs(),
            },
            ("undo", Some(import)) => Source::Undo {
                import: ImportId::new(import),
                file_name: self.file_name.unwrap_or_default(),
            },
            _ => return Err(corrupt("source")),
        };
        Ok(HistoryEntry {
            at: self.at,
            by: self.by,
            source,
            event: HistoryEvent::Changed {
                slot,
                from: value(self.from_value, "from_value")?,
                to: value(self.to_value, "to_value")?,
            },
        })
    }
}

fn json(value: Option<&Value>) -> Result<Option<Json>, StoreError> {
    let corrupt = |_| StoreError::Corrupt {
        table: "customer_history",
        column: "to_value",
    };
    value.map(serde_json::to_value).transpose().map_err(corrupt)
}

fn value(json: Option<Json>, column: &'static str) -> Result<Option<Value>, StoreError> {
    let corrupt = |_| StoreError::Corrupt {
        table: "customer_history",
        column,
    };
    json.map(serde_json::from_value)
        .transpose()
        .map_err(corrupt)
}
