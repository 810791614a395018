//! That a person asked not to be written to, whatever their numbers.
//!
//! It is set by whoever writes the wish of this customer down, and by an opt-out that arrives about a number that the customer
//! has at that moment; a START about one of their numbers clears it, and nothing else does.

use super::{fence, row::int};
use crate::{AccountTx, StoreError};
use chrono::{DateTime, Utc};
use domain::{consent::ContactPoint, ids::CustomerId};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Notes down that these customers, and whoever has one of these numbers, asked, and says how many had not before. `at` is
/// when it arrived.
pub async fn ask(
    tx: &mut AccountTx,
    customers: &[CustomerId],
    numbers: &BTreeSet<ContactPoint>,
    at: DateTime<Utc>,
) -> Result<u32, StoreError> {
    let mut asking = holders(tx, numbers).await?;
    asking.extend(customers.iter().map(|id| id.uuid()));
    fence::close_threads(tx, &asking).await?;
    let (account, rev) = (tx.account().uuid(), int(tx.rev().await?));
    let asked = sqlx::query!(
        "update customer set asked_to_stop_at = $3, asked_to_stop_rev = $4
         where account_id = $1 and customer_id = any($2) and asked_to_stop_at is null",
        account,
        &asking,
        at,
        rev,
    )
    .execute(tx.connection())
    .await?;
    Ok(u32::try_from(asked.rows_affected()).unwrap_or(u32::MAX))
}

/// Notes down that whoever has one of these numbers asked, once more if they had before: only a START that comes later than
/// the last time clears it.
pub(super) async fn ask_by_numbers(
    tx: &mut AccountTx,
    numbers: &BTreeSet<ContactPoint>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let holders = holders(tx, numbers).await?;
    ask_again(tx, &holders, at).await
}

/// Notes down that these customers asked, as [`ask_by_numbers`] does.
pub(super) async fn ask_again(
    tx: &mut AccountTx,
    customers: &[Uuid],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    if customers.is_empty() {
        return Ok(());
    }
    fence::close_threads(tx, customers).await?;
    let (account, rev) = (tx.account().uuid(), int(tx.rev().await?));
    sqlx::query!(
        "update customer set asked_to_stop_at = coalesce(asked_to_stop_at, $3), asked_to_stop_rev = $4
         where account_id = $1 and customer_id = any($2)",
        account,
        customers,
        at,
        rev,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Clears the wish of whoever has one of these numbers, of which a START has just arrived. One that came in the same rev stays.
pub(super) async fn lift(
    tx: &mut AccountTx,
    numbers: &BTreeSet<ContactPoint>,
) -> Result<(), StoreError> {
    let holders = holders(tx, numbers).await?;
    if holders.is_empty() {
        return Ok(());
    }
    let (account, rev) = (tx.account().uuid(), int(tx.rev().await?));
    sqlx::query!(
        "update customer set asked_to_stop_at = null, asked_to_stop_rev = null
         where account_id = $1 and customer_id = any($2) and asked_to_stop_rev < $3",
        account,
        &holders,
        rev,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Who has one of these numbers, as cell phone or as another one.
async fn holders(
    tx: &mut AccountTx,
    numbers: &BTreeSet<ContactPoint>,
) -> Result<Vec<Uuid>, StoreError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let account = tx.account().uuid();
    let phones: Vec<String> = numbers
        .iter()
        .map(|point| point.phone.as_str().to_owned())
        .collect();
    Ok(sqlx::query_scalar!(
        r#"
        with asked as materialized (
            select phone collate "C" as phone from unnest($2::text[]) phone
        )
        select c.customer_id as "customer_id!" from customer c join asked on asked.phone = c.cell_phone where c.account_id = $1
        union
        select c.customer_id from customer c cross join lateral unnest(c.other_phones) other
        join asked on asked.phone = other collate "C"
        where c.account_id = $1 and c.other_phones is not null
        "#,
        account,
        &phones,
    )
    .fetch_all(tx.connection())
    .await?)
}
