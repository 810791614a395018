//! What an import begins with: the request, and the columns for as long as they may change.

use super::int;
use crate::{AccountTx, StoreError};
use chrono::{DateTime, Utc};
use domain::{
    ids::{ImportId, PersonId},
    import::chunk::{ImportColumn, ImportPlanRequest, NewAttribute},
};
use sqlx::types::Json;

/// What [`insert`] and [`restart`] write.
#[derive(Debug)]
pub struct Begun<'a> {
    pub import: ImportId,
    pub person: PersonId,
    pub request: &'a ImportPlanRequest,
    pub request_sha256: &'a [u8],
    /// The headers folded; see [`super::header_keys`].
    pub header_keys: &'a [String],
    pub at: DateTime<Utc>,
}

/// Opens an import. `false` when the person has one of this file open by now.
pub async fn insert(tx: &mut AccountTx, begun: &Begun<'_>) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let request = begun.request;
    let done = sqlx::query!(
        r#"
        insert into import (account_id, import_id, person_id, file_name, file_bytes, file_sha256, sheet, headers,
            header_keys, row_count, chunk_count, request_sha256, columns, new_attributes, mapping, corrections,
            started_at, version_column)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        on conflict (account_id, person_id, file_sha256) where state = 'staging' do nothing
        "#,
        account,
        begun.import.uuid(),
        begun.person.uuid(),
        request.file_name,
        i64::try_from(request.file_bytes).unwrap_or(i64::MAX),
        request.file_sha256,
        request.sheet,
        &request.headers,
        begun.header_keys,
        int(request.rows),
        int(request.chunks),
        begun.request_sha256,
        Json(&request.columns) as _,
        Json(&request.new_attributes) as _,
        request.mapping,
        request.corrections,
        begun.at,
        request.version_column.map(int),
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives an open import another request, and the id of `begun`: whoever still sends for the request before finds nothing
/// to send to. What was staged for that one must be dropped beforehand.
pub async fn restart(
    tx: &mut AccountTx,
    import: ImportId,
    begun: &Begun<'_>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let request = begun.request;
    sqlx::query!(
        r#"
        update import set file_name = $3, file_bytes = $4, sheet = $5, headers = $6, header_keys = $7, row_count = $8,
            chunk_count = $9, request_sha256 = $10, columns = $11, new_attributes = $12, mapping = $13,
            corrections = $14, started_at = $15, planned_totals = null, import_id = $16,
            version_column = $17
        where account_id = $1 and import_id = $2 and state = 'staging'
        "#,
        account,
        import.uuid(),
        request.file_name,
        i64::try_from(request.file_bytes).unwrap_or(i64::MAX),
        request.sheet,
        &request.headers,
        begun.header_keys,
        int(request.rows),
        int(request.chunks),
        begun.request_sha256,
        Json(&request.columns) as _,
        Json(&request.new_attributes) as _,
        request.mapping,
        request.corrections,
        begun.at,
        begun.import.uuid(),
        request.version_column.map(int),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Changes what the columns fill and by which rule, and forgets the plan that was made of them.
pub async fn set_columns(
    tx: &mut AccountTx,
    import: ImportId,
    columns: &[ImportColumn],
    new_attributes: &[NewAttribute],
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        r#"
        update import set columns = $3, new_attributes = $4, planned_totals = null
        where account_id = $1 and import_id = $2
        "#,
        account,
        import.uuid(),
        Json(columns) as _,
        Json(new_attributes) as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
