//! What an import would do, what it did, and what its undo left.

use super::{Attributes, int};
use crate::{AccountTx, StoreError, attribute::Author};
use chrono::{DateTime, Utc};
use domain::{
    ids::{AttributeId, CustomerId, ImportId},
    import::{plan::PlanTotals, report::ReportTotals},
};
use sqlx::types::Json;

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
