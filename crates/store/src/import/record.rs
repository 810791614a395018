//! The record of an import, from the first byte staged to long after its end.

use crate::{AccountTx, StoreError, attribute::Author};
use chrono::{DateTime, Utc};
use domain::{
    ids::{AttributeId, CustomerId, ImportId, PersonId},
    import::{
        chunk::{ImportColumn, ImportPlanRequest, NewAttribute},
        plan::PlanTotals,
        report::{ImportState, ImportSummary, ReportTotals},
    },
};
use sqlx::types::Json;
use uuid::Uuid;

/// An import as it is on record.
#[derive(Clone, Debug)]
pub struct Import {
    pub summary: ImportSummary,
    pub person: PersonId,
    pub file_sha256: String,
    pub headers: Vec<String>,
    pub rows: u32,
    pub chunks: u32,
    pub request_sha256: Vec<u8>,
    pub columns: Vec<ImportColumn>,
    pub version_column: Option<u32>,
    pub new_attributes: Vec<NewAttribute>,
    pub mapping: String,
    pub corrections: String,
    /// The totals of the plan; their `rev` is the one it was made against.
    pub plan: Option<PlanTotals>,
    pub attributes: Attributes,
    /// Customers removed and values restored, once the import is undone.
    pub undone: Option<(u32, u32)>,
}

/// The attributes that a commit made or took back into use.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    pub made: Vec<AttributeId>,
    pub restored: Vec<AttributeId>,
}

fn ids(ids: Vec<Uuid>) -> Vec<AttributeId> {
    ids.into_iter().map(AttributeId::new).collect()
}

/// What [`insert`] and [`restart`] write.
#[derive(Debug)]
pub struct Begun<'a> {
    pub import: ImportId,
    pub person: PersonId,
    pub request: &'a ImportPlanRequest,
    pub request_sha256: &'a [u8],
    /// The headers folded; see [`header_keys`].
    pub header_keys: &'a [String],
    pub at: DateTime<Utc>,
}

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

/// Which imports [`select`] reads, newest first.
#[derive(Debug, Default)]
struct Wanted<'a> {
    import: Option<ImportId>,
    before: Option<ImportId>,
    person: Option<PersonId>,
    file_sha256: Option<&'a str>,
    states: &'a [ImportState],
    limit: u16,
}

async fn select(tx: &mut AccountTx, wanted: Wanted<'_>) -> Result<Vec<Import>, StoreError> {
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

/// The import, whatever its state.
pub async fn find(tx: &mut AccountTx, import: ImportId) -> Result<Option<Import>, StoreError> {
    let wanted = Wanted {
        import: Some(import),
        states: ImportState::ALL,
        limit: 1,
        ..Wanted::default()
    };
    Ok(select(tx, wanted).await?.pop())
}

/// Like [`find`], and holds the import until the transaction ends: nobody else stages, plans or ends it meanwhile.
///
/// Forgets the plans that the connection keeps of statements and of foreign keys: one that was made while the tables were
/// nearly empty takes minutes for an import of many rows. `plan_cache_mode` would do it too, but makes a plan for every
/// row whose foreign key is looked up.
pub async fn lock(tx: &mut AccountTx, import: ImportId) -> Result<Option<Import>, StoreError> {
    sqlx::query("discard plans")
        .execute(tx.connection())
        .await?;
    let account = tx.account().uuid();
    sqlx::query_scalar!(
        "select 1 from import where account_id = $1 and import_id = $2 for update",
        account,
        import.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    find(tx, import).await
}

/// Like [`find`], and keeps the import from being restarted or ended until the transaction ends, while others stage
/// chunks beside this one.
pub async fn share(tx: &mut AccountTx, import: ImportId) -> Result<Option<Import>, StoreError> {
    let account = tx.account().uuid();
    sqlx::query_scalar!(
        "select 1 from import where account_id = $1 and import_id = $2 for share",
        account,
        import.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    find(tx, import).await
}

/// The person's open import of a file.
pub async fn open_for_file(
    tx: &mut AccountTx,
    person: PersonId,
    file_sha256: &str,
) -> Result<Option<Import>, StoreError> {
    let wanted = Wanted {
        person: Some(person),
        file_sha256: Some(file_sha256),
        states: &[ImportState::Staging],
        limit: 1,
        ..Wanted::default()
    };
    Ok(select(tx, wanted).await?.pop())
}

/// The imports that a person has begun and not ended, newest first; at most `limit`.
pub async fn open(
    tx: &mut AccountTx,
    person: PersonId,
    limit: u16,
) -> Result<Vec<Import>, StoreError> {
    let wanted = Wanted {
        person: Some(person),
        states: &[ImportState::Staging],
        limit,
        ..Wanted::default()
    };
    select(tx, wanted).await
}

/// How many imports a person has begun and not ended.
pub async fn count_open(tx: &mut AccountTx, person: PersonId) -> Result<i64, StoreError> {
    let account = tx.account().uuid();
    Ok(sqlx::query_scalar!(
        r#"
        select count(*) as "open!" from import where account_id = $1 and person_id = $2 and state = 'staging'
        "#,
        account,
        person.uuid(),
    )
    .fetch_one(tx.connection())
    .await?)
}

/// The last committed import of the very same file.
pub async fn committed_for_file(
    tx: &mut AccountTx,
    file_sha256: &str,
) -> Result<Option<Import>, StoreError> {
    let wanted = Wanted {
        file_sha256: Some(file_sha256),
        states: &[ImportState::Committed],
        limit: 1,
        ..Wanted::default()
    };
    Ok(select(tx, wanted).await?.pop())
}

/// The imports that have ended, newest first, those begun after `before` left out.
pub async fn ended(
    tx: &mut AccountTx,
    before: Option<ImportId>,
    limit: u16,
) -> Result<Vec<Import>, StoreError> {
    let states = &[
        ImportState::Committed,
        ImportState::Undone,
        ImportState::Cancelled,
    ];
    select(
        tx,
        Wanted {
            before,
            states,
            limit,
            ..Wanted::default()
        },
    )
    .await
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

/// Keeps the totals of a plan.
pub async fn set_plan(
    tx: &mut AccountTx,
    import: ImportId,
    totals: &PlanTotals,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        r#"
        update import set planned_totals = $3 where account_id = $1 and import_id = $2
        "#,
        account,
        import.uuid(),
        Json(totals) as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Ends an import without writing anything.
pub async fn set_cancelled(
    tx: &mut AccountTx,
    import: ImportId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        r#"
        update import set state = 'cancelled', finished_at = $3, corrections = '', planned_totals = null
        where account_id = $1 and import_id = $2
        "#,
        account,
        import.uuid(),
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Records what a commit did; the database refuses totals that do not add up.
pub async fn set_committed(
    tx: &mut AccountTx,
    import: ImportId,
    totals: &ReportTotals,
    attributes: &Attributes,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let uuids = |ids: &[AttributeId]| ids.iter().map(|id| id.uuid()).collect::<Vec<_>>();
    sqlx::query!(
        r#"
        update import set state = 'committed', finished_at = $3, new_count = $4, changed_count = $5, same_count = $6,
            skipped_count = $7, failed_count = $8, made_attributes = $9, restored_attributes = $10,
            corrections = '', planned_totals = null
        where account_id = $1 and import_id = $2
        "#,
        account,
        import.uuid(),
        at,
        int(totals.new),
        int(totals.changed),
        int(totals.same),
        int(totals.skipped),
        int(totals.failed),
        &uuids(&attributes.made),
        &uuids(&attributes.restored),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Records what an undo did.
pub async fn set_undone(
    tx: &mut AccountTx,
    import: ImportId,
    removed: u32,
    restored: u32,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        r#"
        update import set state = 'undone', undone_by = $3, undone_at = $4, removed_count = $5, restored_count = $6
        where account_id = $1 and import_id = $2
        "#,
        account,
        import.uuid(),
        author.person.uuid(),
        author.at,
        int(removed),
        int(restored),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The folded headers of the last committed imports, newest first; at most `limit`.
pub async fn header_keys(
    tx: &mut AccountTx,
    limit: u16,
) -> Result<Vec<(ImportId, Vec<String>)>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        select import_id, header_keys from import
        where account_id = $1 and state in ('committed', 'undone') order by import_id desc limit $2
        "#,
        account,
        i64::from(limit),
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (ImportId::new(row.import_id), row.header_keys))
        .collect())
}

/// What an undo left as it is, after the last one of the page before, at most `limit`: customers with the key of a slot, or
/// with a blank for the whole profile. Customers that were deleted later are no longer among them.
pub async fn kept(
    tx: &mut AccountTx,
    import: ImportId,
    after: Option<&(CustomerId, String)>,
    limit: u16,
) -> Result<Vec<(CustomerId, String)>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        select customer_id, slot from import_kept
        where account_id = $1 and import_id = $2
            and ($3::uuid is null or (customer_id, slot) > ($3, $4))
        order by customer_id, slot limit $5
        "#,
        account,
        import.uuid(),
        after.map(|(customer, _)| customer.uuid()),
        after.map_or("", |(_, slot)| slot.as_str()),
        i64::from(limit),
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (CustomerId::new(row.customer_id), row.slot))
        .collect())
}

/// The first and the last of some lines. Where lines are looked up one by one, these say which part of an index has them: for
/// a list alone Postgres reads every row of the import.
pub(super) fn span(lines: &[i32]) -> (i32, i32) {
    let first = lines.iter().min().copied().unwrap_or_default();
    (first, lines.iter().max().copied().unwrap_or(first))
}

/// A count of rows as Postgres keeps it; never above the limit of rows, which fits.
pub(super) fn int(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
