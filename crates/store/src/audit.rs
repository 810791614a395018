//! The audit: entries that nobody can change.

use crate::{AccountTx, StoreError, attribute::Author};
use chrono::{DateTime, Utc};
use domain::{
    audit::{Action, AuditEntry},
    ids::AuditId,
};
use sqlx::types::Json;
use uuid::Uuid;

pub async fn insert(
    tx: &mut AccountTx,
    id: AuditId,
    action: &Action,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into audit_entry (account_id, audit_id, person_id, at, action, details) values ($1, $2, $3, $4, $5, $6)",
        account,
        id.uuid(),
        author.person.uuid(),
        author.at,
        action.key(),
        Json(action) as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

struct EntryRow {
    audit_id: Uuid,
    at: DateTime<Utc>,
    name: Option<String>,
    details: Json<Action>,
}

/// The newest entries first, those before `before` left out; at most `limit`.
pub async fn page(
    tx: &mut AccountTx,
    before: Option<AuditId>,
    limit: u16,
) -> Result<Vec<AuditEntry>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query_as!(
        EntryRow,
        r#"
        select audit_id, at, person.name as "name?", details as "details: Json<Action>"
        from audit_entry left join person using (person_id)
        where account_id = $1 and ($2::uuid is null or audit_id < $2)
        order by audit_id desc limit $3
        "#,
        account,
        before.map(AuditId::uuid),
        i64::from(limit),
    )
    .fetch_all(tx.connection())
    .await?;
    let entries = rows.into_iter().map(|row| AuditEntry {
        id: AuditId::new(row.audit_id),
        at: row.at,
        by: row.name.unwrap_or_default(),
        action: row.details.0,
    });
    Ok(entries.collect())
}
