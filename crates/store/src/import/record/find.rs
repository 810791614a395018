//! Which imports there are, and which of them is held.

use super::{
    Import,
    row::{Wanted, select},
};
use crate::{AccountTx, StoreError};
use domain::{
    ids::{ImportId, PersonId},
    import::report::ImportState,
};

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
