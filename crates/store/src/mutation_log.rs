//! Which mutations were answered, and how.

use crate::{AccountTx, StoreError, attribute::Author};
use domain::{
    ids::{CustomerId, MutationId},
    mutation::{Outcome, Problem, Reason},
};
use serde_json::Value as Json;
use uuid::Uuid;

const CORRUPT: StoreError = StoreError::Corrupt {
    table: "mutation_log",
    column: "outcome",
};

/// The answer that a mutation got when it first came.
pub async fn find(tx: &mut AccountTx, mutation: MutationId) -> Result<Option<Outcome>, StoreError> {
    let account = tx.account().uuid();
    let outcome = sqlx::query_scalar!(
        "select outcome from mutation_log where account_id = $1 and mutation_id = $2",
        account,
        mutation.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    outcome
        .map(|json| serde_json::from_value(json).map_err(|_| CORRUPT))
        .transpose()
}

/// Keeps an answer for when the mutation comes again. `customers` are those whose data stands in its problems.
pub async fn insert(
    tx: &mut AccountTx,
    outcome: &Outcome,
    customers: &[CustomerId],
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let customers: Vec<Uuid> = customers.iter().map(|id| id.uuid()).collect();
    sqlx::query!(
        "insert into mutation_log (account_id, mutation_id, outcome, customers, person_id, received_at, rev)
         values ($1, $2, $3, $4, $5, $6, 0)",
        account,
        outcome.mutation.uuid(),
        serde_json::to_value(outcome).map_err(|_| CORRUPT)?,
        &customers,
        author.person.uuid(),
        author.at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes what stands of an erased customer out of every kept answer: its problems become "the customer is gone".
pub async fn forget(tx: &mut AccountTx, customer: CustomerId) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update mutation_log set outcome = jsonb_set(outcome, '{problems}', $3), customers = '{}'
         where account_id = $1 and customers <> '{}' and $2 = any (customers)",
        account,
        customer.uuid(),
        gone()?,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Like [`forget`], for every customer that has a tombstone.
pub async fn forget_erased(tx: &mut AccountTx) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update mutation_log set outcome = jsonb_set(outcome, '{problems}', $2), customers = '{}'
         where account_id = $1 and customers <> '{}' and exists (
             select from customer_tombstone t where t.account_id = $1 and t.customer_id = any (customers)
         )",
        account,
        gone()?,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn gone() -> Result<Json, StoreError> {
    serde_json::to_value([Problem {
        slot: None,
        reason: Reason::CustomerGone,
    }])
    .map_err(|_| CORRUPT)
}
