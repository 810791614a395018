//! What customers were when a file was exported that comes back.

use super::record::{int, span};
use crate::{AccountTx, StoreError};
use domain::{ids::ImportId, slot::Slot, value::Value};
use sqlx::types::Json;
use std::collections::BTreeMap;

/// The values that slots had and do not have any more; the others are what they were.
pub type Before = BTreeMap<Slot, Option<Value>>;

/// For rows that carry the version of a customer: what became different of the customer since. Rows of customers who were not
/// changed since are left out.
pub async fn of_lines(
    tx: &mut AccountTx,
    import: ImportId,
    lines: &[u32],
) -> Result<BTreeMap<u32, Before>, StoreError> {
    let account = tx.account().uuid();
    let lines: Vec<i32> = lines.iter().map(|line| int(*line)).collect();
    let (first, last) = span(&lines);
    let rows = sqlx::query!(
        r#"
        select distinct on (row.line, h.slot) row.line, h.slot, h.from_value as "from_value: Json<Value>"
        from import_row row
        join customer on customer.account_id = $1 and customer.customer_id = row.version_customer_id
            and customer.rev > row.version_rev
        join customer_history h on h.account_id = $1 and h.customer_id = customer.customer_id
            and h.rev > row.version_rev
        where row.account_id = $1 and row.import_id = $2 and row.line = any($3) and row.line between $4 and $5
        order by row.line, h.slot, h.history_id
        "#,
        account,
        import.uuid(),
        &lines,
        first,
        last,
    )
    .fetch_all(tx.connection())
    .await?;
    let mut before: BTreeMap<u32, Before> = BTreeMap::new();
    for row in rows {
        let slot = row.slot.parse().map_err(|_| StoreError::Corrupt {
            table: "customer_history",
            column: "slot",
        })?;
        before
            .entry(row.line.unsigned_abs())
            .or_default()
            .insert(slot, row.from_value.map(|Json(value)| value));
    }
    Ok(before)
}
