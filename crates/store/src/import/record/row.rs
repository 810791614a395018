//! Reading records.

use super::{Attributes, Import};
use crate::{AccountTx, StoreError};
use chrono::{DateTime, Utc};
use domain::{
    ids::{AttributeId, ImportId, PersonId},
    import::{
        chunk::{ImportColumn, NewAttribute},
        plan::PlanTotals,
        report::{ImportState, ImportSummary, ReportTotals},
    },
};
use sqlx::types::Json;
use uuid::Uuid;

struct ImportRow {
    import_id: Uuid,
    person_id: Uuid,
    person_name: Option<String>,
    state: String,
    file_name: String,
    file_sha256: String,
    sheet: Option<String>,
    headers: Vec<String>,
    row_count: i32,
    chunk_count: i32,
    request_sha256: Vec<u8>,
    columns: Json<Vec<ImportColumn>>,
    version_column: Option<i32>,
    new_attributes: Json<Vec<NewAttribute>>,
    mapping: String,
    corrections: String,
    started_at: DateTime<Utc>,
    planned_totals: Option<Json<PlanTotals>>,
    finished_at: Option<DateTime<Utc>>,
    new_count: Option<i32>,
    changed_count: Option<i32>,
    same_count: Option<i32>,
    skipped_count: Option<i32>,
    failed_count: Option<i32>,
    made_attributes: Vec<Uuid>,
    restored_attributes: Vec<Uuid>,
    removed_count: Option<i32>,
    restored_count: Option<i32>,
}

impl TryFrom<ImportRow> for Import {
    type Error = StoreError;

    fn try_from(row: ImportRow) -> Result<Self, StoreError> {
        let count =
            |count: Option<i32>| count.map(|count| u32::try_from(count).unwrap_or_default());
        let rows = count(Some(row.row_count)).unwrap_or_default();
        let totals = |row: &ImportRow| {
            Some(ReportTotals {
                rows,
                new: count(row.new_count)?,
                changed: count(row.changed_count)?,
                same: count(row.same_count)?,
                skipped: count(row.skipped_count)?,
                failed: count(row.failed_count)?,
            })
        };
        Ok(Self {
            summary: ImportSummary {
                id: ImportId::new(row.import_id),
                totals: totals(&row),
                state: ImportState::from_key(&row.state).ok_or(StoreError::Corrupt {
                    table: "import",
                    column: "state",
                })?,
                file_name: row.file_name,
                sheet: row.sheet,
                by: row.person_name.unwrap_or_default(),
                started_at: row.started_at,
                finished_at: row.finished_at,
            },
            person: PersonId::new(row.person_id),
            file_sha256: row.file_sha256,
            headers: row.headers,
            rows,
            chunks: count(Some(row.chunk_count)).unwrap_or_default(),
            request_sha256: row.request_sha256,
            columns: row.columns.0,
            version_column: count(row.version_column),
            new_attributes: row.new_attributes.0,
            mapping: row.mapping,
            corrections: row.corrections,
            plan: row.planned_totals.map(|Json(totals)| totals),
            attributes: Attributes {
                made: ids(row.made_attributes),
                restored: ids(row.restored_attributes),
            },
            undone: count(row.removed_count).zip(count(row.restored_count)),
        })
    }
}

fn ids(ids: Vec<Uuid>) -> Vec<AttributeId> {
    ids.into_iter().map(AttributeId::new).collect()
}

/// Which imports [`select`] reads, newest first.
#[derive(Debug, Default)]
pub(super) struct Wanted<'a> {
    pub(super) import: Option<ImportId>,
    pub(super) before: Option<ImportId>,
    pub(super) person: Option<PersonId>,
    pub(super) file_sha256: Option<&'a str>,
    pub(super) states: &'a [ImportState],
    pub(super) limit: u16,
}

pub(super) async fn select(
    tx: &mut AccountTx,
    wanted: Wanted<'_>,
) -> Result<Vec<Import>, StoreError> {
    let states: Vec<String> = wanted
        .states
        .iter()
        .map(|state| state.key().to_owned())
        .collect();
    let account = tx.account().uuid();
    sqlx::query_as!(
        ImportRow,
        r#"
        select import_id, person_id, person.name as "person_name?", state, file_name, file_sha256, sheet, headers,
            row_count, chunk_count, request_sha256, columns as "columns: Json<Vec<ImportColumn>>",
            version_column, new_attributes as "new_attributes: Json<Vec<NewAttribute>>", mapping, corrections, started_at,
            planned_totals as "planned_totals: Json<PlanTotals>", finished_at, new_count, changed_count, same_count,
            skipped_count, failed_count, made_attributes, restored_attributes, removed_count,
            restored_count
        from import left join person using (person_id)
        where account_id = $1
            and ($2::uuid is null or import_id = $2)
            and ($3::uuid is null or import_id < $3)
            and ($4::uuid is null or person_id = $4)
            and ($5::text is null or file_sha256 = $5)
            and state = any($6)
        order by import_id desc
        limit $7
        "#,
        account,
        wanted.import.map(ImportId::uuid),
        wanted.before.map(ImportId::uuid),
        wanted.person.map(PersonId::uuid),
        wanted.file_sha256,
        &states,
        i64::from(wanted.limit),
    )
    .fetch_all(tx.connection())
    .await?
    .into_iter()
    .map(Import::try_from)
    .collect()
}
