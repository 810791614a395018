//! How far a plan or a commit has come. Written by transactions of their own, so that it is seen before the plan or the
//! commit ends.

use super::record::int;
use crate::{AccountTx, StoreError};
use domain::{ids::ImportId, import::plan::Progress};

/// Notes down how far it is. `true`: somebody asked it to stop.
pub async fn reach(
    tx: &mut AccountTx,
    import: ImportId,
    progress: Progress,
) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    Ok(sqlx::query_scalar!(
        r#"
        insert into import_progress (account_id, import_id, done, total) values ($1, $2, $3, $4)
        on conflict (account_id, import_id) do update set done = excluded.done, total = excluded.total
        returning stop
        "#,
        account,
        import.uuid(),
        int(progress.done),
        int(progress.total),
    )
    .fetch_one(tx.connection())
    .await?)
}

/// Nothing while neither a plan nor a commit runs.
pub async fn find(tx: &mut AccountTx, import: ImportId) -> Result<Option<Progress>, StoreError> {
    let account = tx.account().uuid();
    let found = sqlx::query!(
        "select done, total from import_progress where account_id = $1 and import_id = $2",
        account,
        import.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(found.map(|progress| Progress {
        done: progress.done.unsigned_abs(),
        total: progress.total.unsigned_abs(),
    }))
}

/// Asks what runs to stop. `false`: nothing runs.
pub async fn ask_to_stop(tx: &mut AccountTx, import: ImportId) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let asked = sqlx::query!(
        "update import_progress set stop = true where account_id = $1 and import_id = $2",
        account,
        import.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(asked.rows_affected() > 0)
}

/// Forgets how far it was, and that it was asked to stop.
pub async fn clear(tx: &mut AccountTx, import: ImportId) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "delete from import_progress where account_id = $1 and import_id = $2",
        account,
        import.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
