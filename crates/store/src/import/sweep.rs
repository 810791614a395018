//! What imports leave behind: staged rows that nobody ends, and failed rows of long ago.

use crate::{AccountTx, StoreError, SystemTx};
use chrono::{DateTime, Utc};
use domain::ids::{AccountId, ImportId};

/// The accounts with open imports begun before `before`. It sees nothing of them but that.
pub async fn accounts_with_stale(
    tx: &mut SystemTx,
    before: DateTime<Utc>,
) -> Result<Vec<AccountId>, StoreError> {
    tx.look_across_accounts("imports").await?;
    let accounts = sqlx::query_scalar!(
        "select distinct account_id from import where state = 'staging' and started_at < $1",
        before,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(accounts.into_iter().map(AccountId::new).collect())
}

/// Takes the open imports begun before `before` that nobody is working on, and holds them until the transaction ends.
pub async fn lock_stale(
    tx: &mut AccountTx,
    before: DateTime<Utc>,
) -> Result<Vec<ImportId>, StoreError> {
    let account = tx.account().uuid();
    let ids = sqlx::query_scalar!(
        r#"
        select import_id from import where account_id = $1 and state = 'staging' and started_at < $2
        for update skip locked
        "#,
        account,
        before,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(ids.into_iter().map(ImportId::new).collect())
}

/// The accounts with failed rows of imports that ended before `before`. It sees nothing of them but that.
pub async fn accounts_with_old_failed(
    tx: &mut SystemTx,
    before: DateTime<Utc>,
) -> Result<Vec<AccountId>, StoreError> {
    tx.look_across_accounts("imports").await?;
    let accounts = sqlx::query_scalar!(
        "select distinct account_id from import i
         where failed_count > 0 and finished_at < $1 and exists (
             select from import_failed_row f where f.account_id = i.account_id and f.import_id = i.import_id
         )",
        before,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(accounts.into_iter().map(AccountId::new).collect())
}

/// Drops the failed rows of imports that ended before `before`; how many.
pub async fn drop_old_failed(tx: &mut AccountTx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let account = tx.account().uuid();
    let done = sqlx::query!(
        "delete from import_failed_row f using import i
         where f.account_id = $1 and i.account_id = $1 and i.import_id = f.import_id and i.finished_at < $2",
        account,
        before,
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected())
}
