//! Rows on their way in: chunks that arrived, and their rows.

use super::record::int;
use crate::{AccountTx, StoreError, customer::columns};
use domain::{
    customer::Values,
    ids::{AttributeId, CustomerId, ImportId},
    import::{chunk::SkipReason, report::RowReason},
    slot::Field,
    value::Value,
};
use sqlx::types::Json;
use uuid::Uuid;

/// A chunk as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    pub number: u32,
    pub sha256: Vec<u8>,
    pub rows: u32,
    pub first_line: u32,
    pub last_line: u32,
}

/// A row that makes or matches a customer.
#[derive(Clone, Debug)]
pub struct ValuesRow {
    pub line: u32,
    /// The id that the customer gets if the row makes a new one.
    pub customer: CustomerId,
    pub unsubscribe: bool,
    pub version: RowVersion,
    pub values: Values,
}

/// Why a version says nothing, as `import_row` keeps it.
pub(super) const FOREIGN: &str = "other_account";
pub(super) const AHEAD: &str = "ahead";

/// What a row says of whose it was when it was exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowVersion {
    #[default]
    None,
    /// One of another account.
    Foreign,
    /// One of this account, but of a time that its records have not come to: they were restored from a backup since.
    Ahead,
    /// One of this account: whose, and the rev of the last change that the row has.
    Of(CustomerId, u64),
}

#[derive(Clone, Debug)]
pub struct SkippedRow {
    pub line: u32,
    pub reason: SkipReason,
}

/// A row that cannot be imported, with its cells as they were in the file.
#[derive(Clone, Debug)]
pub struct RefusedRow {
    pub line: u32,
    pub cells: Vec<String>,
    /// One for each problem.
    pub reasons: Vec<RowReason>,
}

/// The chunks that have arrived, in the order of their numbers.
pub async fn arrived(tx: &mut AccountTx, import: ImportId) -> Result<Vec<Arrived>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        select number, sha256, row_count, first_line, last_line from import_chunk
        where account_id = $1 and import_id = $2 order by number
        "#,
        account,
        import.uuid(),
    )
    .fetch_all(tx.connection())
    .await?;
    let chunks = rows.into_iter().map(|row| Arrived {
        number: row.number.unsigned_abs(),
        sha256: row.sha256,
        rows: row.row_count.unsigned_abs(),
        first_line: row.first_line.unsigned_abs(),
        last_line: row.last_line.unsigned_abs(),
    });
    Ok(chunks.collect())
}

/// Stores a chunk unless its number is taken; then answers the checksum of the one that is there.
pub async fn insert_chunk(
    tx: &mut AccountTx,
    import: ImportId,
    chunk: &Arrived,
) -> Result<Option<Vec<u8>>, StoreError> {
    let account = tx.account().uuid();
    let done = sqlx::query!(
        r#"
        insert into import_chunk (account_id, import_id, number, sha256, row_count, first_line, last_line)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (account_id, import_id, number) do nothing
        "#,
        account,
        import.uuid(),
        int(chunk.number),
        chunk.sha256,
        int(chunk.rows),
        int(chunk.first_line),
        int(chunk.last_line),
    )
    .execute(tx.connection())
    .await?;
    if done.rows_affected() == 1 {
        return Ok(None);
    }
    chunk_sha256(tx, import, chunk.number).await
}

/// The checksum of a chunk that has arrived.
pub async fn chunk_sha256(
    tx: &mut AccountTx,
    import: ImportId,
    number: u32,
) -> Result<Option<Vec<u8>>, StoreError> {
    let account = tx.account().uuid();
    Ok(sqlx::query_scalar!(
        "select sha256 from import_chunk where account_id = $1 and import_id = $2 and number = $3",
        account,
        import.uuid(),
        int(number),
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// How many rows the chunks carry that have arrived.
pub async fn announced(tx: &mut AccountTx, import: ImportId) -> Result<i64, StoreError> {
    let account = tx.account().uuid();
    Ok(sqlx::query_scalar!(
        r#"
        select coalesce(sum(row_count), 0) as "rows!" from import_chunk
        where account_id = $1 and import_id = $2
        "#,
        account,
        import.uuid(),
    )
    .fetch_one(tx.connection())
    .await?)
}

/// Stages rows to import. A line that is staged already is refused by the database.
pub async fn insert_values(
    tx: &mut AccountTx,
    import: ImportId,
    rows: &[ValuesRow],
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let text = |field: Field| -> Vec<Option<String>> {
        rows.iter()
            .map(|row| match row.values.field(field) {
                Some(Value::Text(text)) => Some(text.clone()),
                _ => None,
            })
            .collect()
    };
    // Arrays of arrays must be square in Postgres; no phone number has a line break.
    let other_phones: Vec<Option<String>> = rows
        .iter()
        .map(|row| match row.values.field(Field::OtherPhones) {
            Some(Value::Texts(phones)) => Some(phones.join("\n")),
            _ => None,
        })
        .collect();
    let birth_dates: Vec<_> = rows
        .iter()
        .map(|row| match row.values.field(Field::BirthDate) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        })
        .collect();
    let attributes: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| columns::attributes(&row.values))
        .collect();
    let lines: Vec<i32> = rows.iter().map(|row| int(row.line)).collect();
    let customers: Vec<Uuid> = rows.iter().map(|row| row.customer.uuid()).collect();
    let unsubscribe: Vec<bool> = rows.iter().map(|row| row.unsubscribe).collect();
    let version = |row: &ValuesRow| match row.version {
        RowVersion::Of(customer, rev) => (
            Some(customer.uuid()),
            Some(i64::try_from(rev).unwrap_or(i64::MAX)),
        ),
        RowVersion::None | RowVersion::Foreign | RowVersion::Ahead => (None, None),
    };
    let (version_customers, version_revs): (Vec<Option<Uuid>>, Vec<Option<i64>>) =
        rows.iter().map(version).unzip();
    let ignored: Vec<Option<String>> = rows
        .iter()
        .map(|row| match row.version {
            RowVersion::Foreign => Some(FOREIGN.to_owned()),
            RowVersion::Ahead => Some(AHEAD.to_owned()),
            RowVersion::None | RowVersion::Of(..) => None,
        })
        .collect();
    sqlx::query!(
        r#"
        insert into import_row (account_id, import_id, line, customer_id, unsubscribe, reference, first_name,
            last_name, company, cell_phone, other_phones, email, street, city, region, postal_code, country,
            birth_date, language, notes, attributes, version_customer_id, version_rev, version_ignored)
        select $1, $2, line, customer_id, unsubscribe, reference, first_name, last_name, company, cell_phone,
            string_to_array(other_phones, E'\n'), email, street, city, region, postal_code, country, birth_date,
            language, notes, attributes, version_customer_id, version_rev, version_ignored
        from unnest($3::integer[], $4::uuid[], $5::boolean[], $6::text[], $7::text[], $8::text[], $9::text[],
            $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[],
            $18::date[], $19::text[], $20::text[], $21::jsonb[], $22::uuid[], $23::bigint[], $24::text[])
            as staged (line, customer_id, unsubscribe, reference, first_name, last_name, company, cell_phone,
                other_phones, email, street, city, region, postal_code, country, birth_date, language, notes,
                attributes, version_customer_id, version_rev, version_ignored)
        "#,
        account,
        import.uuid(),
        &lines,
        &customers,
        &unsubscribe,
        &text(Field::Reference) as _,
        &text(Field::FirstName) as _,
        &text(Field::LastName) as _,
        &text(Field::Company) as _,
        &text(Field::CellPhone) as _,
        &other_phones as _,
        &text(Field::Email) as _,
        &text(Field::Street) as _,
        &text(Field::City) as _,
        &text(Field::Region) as _,
        &text(Field::PostalCode) as _,
        &text(Field::Country) as _,
        &birth_dates as _,
        &text(Field::Language) as _,
        &text(Field::Notes) as _,
        &attributes,
        &version_customers as _,
        &version_revs as _,
        &ignored as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Stages rows that were left out on purpose.
pub async fn insert_skipped(
    tx: &mut AccountTx,
    import: ImportId,
    rows: &[SkippedRow],
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let lines: Vec<i32> = rows.iter().map(|row| int(row.line)).collect();
    let (reasons, into_lines): (Vec<String>, Vec<Option<i32>>) = rows
        .iter()
        .map(|row| match row.reason {
            SkipReason::ByPerson => ("by_person".to_owned(), None),
            SkipReason::FoldedInto(line) => ("folded_into".to_owned(), Some(int(line))),
            SkipReason::NothingMapped => ("nothing_mapped".to_owned(), None),
        })
        .unzip();
    sqlx::query!(
        r#"
        insert into import_skipped_row (account_id, import_id, line, reason, into_line)
        select $1, $2, line, reason, into_line
        from unnest($3::integer[], $4::text[], $5::integer[]) as skipped (line, reason, into_line)
        "#,
        account,
        import.uuid(),
        &lines,
        &reasons,
        &into_lines as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Keeps rows that cannot be imported.
pub async fn insert_failed(
    tx: &mut AccountTx,
    import: ImportId,
    rows: &[RefusedRow],
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let lines: Vec<i32> = rows.iter().map(|row| int(row.line)).collect();
    let cells: Vec<serde_json::Value> =
        rows.iter().map(|row| row.cells.as_slice().into()).collect();
    let reasons: Vec<_> = rows
        .iter()
        .map(|row| Json(row.reasons.as_slice()))
        .collect();
    sqlx::query!(
        r#"
        insert into import_failed_row (account_id, import_id, line, cells, reasons)
        select $1, $2, line, cells, reasons
        from unnest($3::integer[], $4::jsonb[], $5::jsonb[]) as failed (line, cells, reasons)
        "#,
        account,
        import.uuid(),
        &lines,
        &cells,
        &reasons as &[Json<&[RowReason]>],
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The last line of the file that has arrived; `0` when nothing has.
pub async fn last_line(tx: &mut AccountTx, import: ImportId) -> Result<u32, StoreError> {
    let account = tx.account().uuid();
    let last = sqlx::query_scalar!(
        r#"
        select coalesce(max(last_line), 0) as "last!" from import_chunk where account_id = $1 and import_id = $2
        "#,
        account,
        import.uuid(),
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(last.unsigned_abs())
}

/// Drops what only a staged import needs: its chunks, its rows and its plan.
pub async fn drop_rows(tx: &mut AccountTx, import: ImportId) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        r#"
        with changes as (delete from import_change where account_id = $1 and import_id = $2),
            chunks as (delete from import_chunk where account_id = $1 and import_id = $2),
            skipped as (delete from import_skipped_row where account_id = $1 and import_id = $2)
        delete from import_row where account_id = $1 and import_id = $2
        "#,
        account,
        import.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Drops the failed rows too: for an import that never was committed.
pub async fn drop_failed(tx: &mut AccountTx, import: ImportId) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "delete from import_failed_row where account_id = $1 and import_id = $2",
        account,
        import.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Renames an attribute in the staged rows, for one that is to be stored under another id than it was sent with.
pub async fn rekey_attribute(
    tx: &mut AccountTx,
    import: ImportId,
    from: AttributeId,
    to: AttributeId,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        r#"
        update import_row
        set attributes = (attributes - $3::text) || jsonb_build_object($4::text, attributes -> $3)
        where account_id = $1 and import_id = $2 and attributes ? $3
        "#,
        account,
        import.uuid(),
        from.to_string(),
        to.to_string(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Notes down of the rows that failed for a conflict whom it was with: the plan that knows it is dropped after the commit.
pub async fn note_conflicts(tx: &mut AccountTx, import: ImportId) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        r#"
        update import_failed_row failed
        set customers = array_remove(
            array[c.customer_id, c.phone_owner_id, first.customer_id, written.customer_id], null
        )
        from import_change c
        left join import_row first
            on first.account_id = $1 and first.import_id = $2 and first.line = c.same_as_line
        left join import_change written
            on written.account_id = $1 and written.import_id = $2 and written.line = c.same_as_line
        where failed.account_id = $1 and failed.import_id = $2
            and c.account_id = $1 and c.import_id = $2 and c.line = failed.line and c.outcome = 'conflict'
        "#,
        account,
        import.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
