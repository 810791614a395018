//! What imports know of customers who are about to be removed.

use crate::{AccountTx, StoreError};
use uuid::Uuid;

/// Drops what is planned for the customers.
pub(crate) async fn forget_plans(tx: &mut AccountTx, customers: &[Uuid]) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "delete from import_change
         where account_id = $1 and (customer_id = any($2) or phone_owner_id = any($2))",
        account,
        customers,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Forgets the customers: what is planned for them, and the cells of rows that were in conflict with them. The ledger of
/// consent has nothing to forget.
pub(crate) async fn forget(tx: &mut AccountTx, customers: &[Uuid]) -> Result<(), StoreError> {
    forget_plans(tx, customers).await?;
    let account = tx.account().uuid();
    sqlx::query!(
        "update import_failed_row set cells = '[]', customers = '{}'
         where account_id = $1 and customers <> '{}' and customers && $2",
        account,
        customers,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
