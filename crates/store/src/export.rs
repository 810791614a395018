//! Exports that have begun, the pages of customers that they carry, and the mails that carry their files.

pub mod mail;
mod pages;

pub use pages::{changes, count, cut, page};

use crate::{AccountTx, StoreError, SystemTx};
use chrono::{DateTime, Utc};
use domain::{
    export::ExportRequest,
    ids::{AccountId, ExportId, PersonId},
};
use sqlx::types::Json;

/// An export on record.
#[derive(Clone, Debug)]
pub struct Export {
    pub person: PersonId,
    pub begun_at: DateTime<Utc>,
    /// `None` once its pages cannot be asked for any more.
    pub request: Option<ExportRequest>,
}

pub async fn insert(
    tx: &mut AccountTx,
    id: ExportId,
    request: &ExportRequest,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into export (account_id, export_id, person_id, begun_at, request) values ($1, $2, $3, $4, $5)",
        account,
        id.uuid(),
        person.uuid(),
        at,
        Json(request) as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn find(tx: &mut AccountTx, id: ExportId) -> Result<Option<Export>, StoreError> {
    let account = tx.account().uuid();
    let found = sqlx::query!(
        r#"
        select person_id, begun_at, request as "request: Json<ExportRequest>" from export
        where account_id = $1 and export_id = $2
        "#,
        account,
        id.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(found.map(|export| Export {
        person: PersonId::new(export.person_id),
        begun_at: export.begun_at,
        request: export.request.map(|Json(request)| request),
    }))
}

/// The accounts with requests of exports begun before `before`. It sees nothing of them but that.
pub async fn accounts_with_over(
    tx: &mut SystemTx,
    before: DateTime<Utc>,
) -> Result<Vec<AccountId>, StoreError> {
    tx.look_across_accounts("exports").await?;
    let accounts = sqlx::query_scalar!(
        "select distinct account_id from export where request is not null and begun_at < $1",
        before,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(accounts.into_iter().map(AccountId::new).collect())
}

/// Forgets what was asked for by exports begun before `before`; how many.
pub async fn forget_over(tx: &mut AccountTx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let account = tx.account().uuid();
    let done = sqlx::query!(
        "update export set request = null where account_id = $1 and request is not null and begun_at < $2",
        account,
        before,
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected())
}
