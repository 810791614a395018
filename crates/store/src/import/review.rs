//! Pages of the plan and of the failed rows.

use super::{record::int, staging::AHEAD};
use crate::{AccountTx, StoreError};
use domain::{
    ids::{CustomerId, ImportId},
    import::{
        chunk::SkipReason,
        plan::{RowOutcome, VersionIgnored},
        report::{FailedRow, RowReason},
        three_way::Clash,
    },
};
use sqlx::types::Json;

/// A row of the plan, without its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRow {
    pub line: u32,
    pub outcome: RowOutcome,
    /// The customer it is about.
    pub customer: Option<CustomerId>,
    pub phone_owner: Option<CustomerId>,
    /// Whether it is the reference, not the phone, that belongs to `phone_owner`.
    pub by_reference: bool,
    pub same_as_line: Option<u32>,
    /// The cells to choose from.
    pub clashes: Vec<Clash>,
    /// Why the version that it carries does not count.
    pub version: Option<VersionIgnored>,
    pub skipped: Option<SkipReason>,
    /// Why it failed.
    pub reasons: Vec<RowReason>,
}

/// Which rows of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    All,
    Outcome(RowOutcome),
    /// Those with cells to choose from.
    Clashing,
}

/// Rows of the plan after a line, in the order of the lines.
pub async fn rows(
    tx: &mut AccountTx,
    import: ImportId,
    wanted: Wanted,
    after_line: u32,
    limit: u16,
) -> Result<Vec<PlannedRow>, StoreError> {
    let account = tx.account().uuid();
    let (outcome, only_clashing) = match wanted {
        Wanted::All => (None, false),
        Wanted::Outcome(outcome) => (Some(outcome), false),
        Wanted::Clashing => (None, true),
    };
    let rows = sqlx::query!(
        r#"
        select line as "line!", outcome as "outcome!", customer_id, phone_owner_id, by_reference as "by_reference!",
            same_as_line, clashes as "clashes: Json<Vec<Clash>>", version_ignored,
            version_customer_id is not null and not exists (
                select from customer
                where customer.account_id = $1 and customer.customer_id = planned.version_customer_id
            ) as "version_gone!", reason, into_line, reasons as "reasons: Json<Vec<RowReason>>"
        from (
            (
                select line, coalesce(outcome, 'new') as outcome, import_change.customer_id, phone_owner_id,
                    coalesce(by_reference, false) as by_reference, same_as_line, clashes, version_customer_id,
                    version_ignored, null as reason, null::integer as into_line, null::jsonb as reasons
                from import_row left join import_change using (account_id, import_id, line)
                where account_id = $1 and import_id = $2 and line > $4
                    and ($3::text is null or coalesce(outcome, 'new') = $3) and (not $6 or clashes <> '[]')
                order by line limit $5
            )
            union all
            (
                select line, 'skipped', null, null, false, null, null, null, null, reason, into_line, null
                from import_skipped_row
                where account_id = $1 and import_id = $2 and line > $4 and ($3::text is null or $3 = 'skipped')
                    and not $6
                order by line limit $5
            )
            union all
            (
                select line, 'failed', null, null, false, null, null, null, null, null, null, reasons
                from import_failed_row
                where account_id = $1 and import_id = $2 and line > $4 and ($3::text is null or $3 = 'failed')
                    and not $6
                order by line limit $5
            )
        ) planned
        order by line limit $5
        "#,
        account,
        import.uuid(),
        outcome.map(RowOutcome::key),
        int(after_line),
        i64::from(limit),
        only_clashing,
    )
    .fetch_all(tx.connection())
    .await?;
    let rows = rows.into_iter().map(|row| {
        Ok(PlannedRow {
            line: row.line.unsigned_abs(),
            outcome: RowOutcome::from_key(&row.outcome).ok_or(StoreError::Corrupt {
                table: "import_change",
                column: "outcome",
            })?,
            customer: row.customer_id.map(CustomerId::new),
            phone_owner: row.phone_owner_id.map(CustomerId::new),
            by_reference: row.by_reference,
            same_as_line: row.same_as_line.map(i32::unsigned_abs),
            clashes: row.clashes.map(|Json(clashes)| clashes).unwrap_or_default(),
            version: match row.version_ignored.as_deref() {
                Some(AHEAD) => Some(VersionIgnored::Ahead),
                Some(_) => Some(VersionIgnored::OtherAccount),
                None => row.version_gone.then_some(VersionIgnored::CustomerGone),
            },
            skipped: row
                .reason
                .map(|reason| match (reason.as_str(), row.into_line) {
                    ("folded_into", Some(line)) => SkipReason::FoldedInto(line.unsigned_abs()),
                    ("nothing_mapped", _) => SkipReason::NothingMapped,
                    _ => SkipReason::ByPerson,
                }),
            reasons: row.reasons.map(|Json(reasons)| reasons).unwrap_or_default(),
        })
    });
    rows.collect()
}

/// The most bytes of the cells of a page, apart from those of its last row.
const FAILED_BYTES: i64 = 4 << 20;

/// Failed rows with their cells, in the order of the lines, after a line; at most `limit`, and fewer if they are long.
/// Whether there are more.
pub async fn failed(
    tx: &mut AccountTx,
    import: ImportId,
    after_line: u32,
    limit: u16,
) -> Result<(Vec<FailedRow>, bool), StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        select line, cells as "cells: Json<Vec<String>>", reasons as "reasons: Json<Vec<RowReason>>",
            coalesce(sum(octet_length(cells::text)) over (
                order by line rows between unbounded preceding and 1 preceding
            ), 0) as "bytes_before!"
        from (
            select line, cells, reasons from import_failed_row
            where account_id = $1 and import_id = $2 and line > $3 order by line limit $4
        ) page
        order by line
        "#,
        account,
        import.uuid(),
        int(after_line),
        i64::from(limit) + 1,
    )
    .fetch_all(tx.connection())
    .await?;
    let found = rows.len();
    let rows: Vec<FailedRow> = rows
        .into_iter()
        .take(usize::from(limit))
        .take_while(|row| row.bytes_before < FAILED_BYTES)
        .map(|row| FailedRow {
            line: row.line.unsigned_abs(),
            cells: row.cells.0,
            reasons: row.reasons.0,
        })
        .collect();
    let more = rows.len() < found;
    Ok((rows, more))
}
