//! Files that exports became, in pieces, and what is to be done with them.

pub mod queue;

use crate::{AccountTx, StoreError, SystemTx};
use chrono::{DateTime, Utc};
use domain::{
    contact::Email,
    ids::{AccountId, ExportId, PersonId},
    mail::{Carriage, ExportMail, FileName, MailLanguage, MailRequest, MailState, Trouble},
};
use sqlx::types::Json;

/// Announces a file. One that was announced before stays as it is.
pub async fn insert(
    tx: &mut AccountTx,
    request: &MailRequest,
    to: &Email,
    kept_until: DateTime<Utc>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into export_mail (account_id, export_id, address, language, file_name, file_bytes, carriage, kept_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (account_id, export_id) do nothing",
        account,
        request.export.uuid(),
        to.as_str(),
        request.language.key(),
        request.file_name.as_str(),
        int(request.bytes),
        Carriage::of(request.bytes).key(),
        kept_until,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The mail of an export that `person` asked for.
pub async fn find(
    tx: &mut AccountTx,
    id: ExportId,
    person: PersonId,
) -> Result<Option<ExportMail>, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query!(
        r#"
        select address, file_name, file_bytes, carriage, state, kept_until, trouble as "trouble: Json<Trouble>"
        from export_mail join export using (account_id, export_id)
        where account_id = $1 and export_id = $2 and person_id = $3
        "#,
        account,
        id.uuid(),
        person.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| {
        Ok(ExportMail {
            to: email(&row.address)?,
            file_name: file_name(&row.file_name)?,
            bytes: row.file_bytes.unsigned_abs(),
            carriage: carriage(&row.carriage)?,
            state: state(&row.state, row.trouble.map(|Json(trouble)| trouble))?,
            kept_until: row.kept_until,
        })
    })
    .transpose()
}

/// How many bytes are kept, or on their way, of the files of `person` other than `id`. Whoever else asks for the same person
/// waits until the transaction ends.
pub async fn lock_kept(
    tx: &mut AccountTx,
    person: PersonId,
    id: ExportId,
) -> Result<u64, StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "select 1 as one from membership where account_id = $1 and person_id = $2 for no key update",
        account,
        person.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    let bytes = sqlx::query_scalar!(
        r#"
        select coalesce(sum(file_bytes), 0) as "bytes!"
        from export_mail join export using (account_id, export_id)
        where account_id = $1 and person_id = $2 and export_id <> $3 and kept_until is not null
        "#,
        account,
        person.uuid(),
        id.uuid(),
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(bytes.unsigned_abs())
}

/// Keeps a piece of a file. One that comes twice is kept once, and one that comes after its file has arrived, or was erased, not
/// at all.
pub async fn put_piece(
    tx: &mut AccountTx,
    id: ExportId,
    number: u32,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        // Locked, or a file that is erased meanwhile would leave a piece that nobody finds.
        "insert into export_mail_piece (account_id, export_id, number, bytes)
         select account_id, export_id, $3, $4 from export_mail
         where account_id = $1 and export_id = $2 and state = 'receiving' for share
         on conflict (account_id, export_id, number) do nothing",
        account,
        id.uuid(),
        int(number),
        bytes,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// How many pieces of a file are there.
pub async fn count_pieces(tx: &mut AccountTx, id: ExportId) -> Result<u64, StoreError> {
    let account = tx.account().uuid();
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from export_mail_piece where account_id = $1 and export_id = $2"#,
        account,
        id.uuid(),
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(count.unsigned_abs())
}

pub async fn piece(
    tx: &mut AccountTx,
    id: ExportId,
    number: u32,
) -> Result<Option<Vec<u8>>, StoreError> {
    let account = tx.account().uuid();
    let bytes = sqlx::query_scalar!(
        "select bytes from export_mail_piece where account_id = $1 and export_id = $2 and number = $3",
        account,
        id.uuid(),
        int(number),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(bytes)
}

/// Puts the mail of a file that is there into the queue. `false`: it was put there before.
pub async fn enqueue(
    tx: &mut AccountTx,
    id: ExportId,
    at: DateTime<Utc>,
    kept_until: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let done = sqlx::query!(
        "update export_mail set state = 'waiting', queued_at = $3, next_try_at = $3, kept_until = $4
         where account_id = $1 and export_id = $2 and state = 'receiving'",
        account,
        id.uuid(),
        at,
        kept_until,
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Erases a file.
pub async fn erase_file(tx: &mut AccountTx, id: ExportId) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "delete from export_mail_piece where account_id = $1 and export_id = $2",
        account,
        id.uuid(),
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        "update export_mail set kept_until = null where account_id = $1 and export_id = $2",
        account,
        id.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The accounts with files that were to be kept until `now`. It sees nothing of them but that.
pub async fn accounts_with_over(
    tx: &mut SystemTx,
    now: DateTime<Utc>,
) -> Result<Vec<AccountId>, StoreError> {
    tx.look_across_accounts("exports").await?;
    let accounts = sqlx::query_scalar!(
        "select distinct account_id from export_mail where kept_until <= $1",
        now,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(accounts.into_iter().map(AccountId::new).collect())
}

/// Takes the files that were to be kept until `now`, and holds them until the transaction ends.
pub async fn lock_over(
    tx: &mut AccountTx,
    now: DateTime<Utc>,
) -> Result<Vec<ExportId>, StoreError> {
    let account = tx.account().uuid();
    let ids = sqlx::query_scalar!(
        "select export_id from export_mail where account_id = $1 and kept_until <= $2 for update skip locked",
        account,
        now,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(ids.into_iter().map(ExportId::new).collect())
}

fn state(key: &str, trouble: Option<Trouble>) -> Result<MailState, StoreError> {
    match (key, trouble) {
        ("receiving", _) => Ok(MailState::Receiving),
        ("waiting", trouble) => Ok(MailState::Waiting { trouble }),
        ("sent", _) => Ok(MailState::Sent),
        ("failed", Some(trouble)) => Ok(MailState::Failed { trouble }),
        _ => Err(corrupt("state")),
    }
}

fn email(text: &str) -> Result<Email, StoreError> {
    Email::parse(text).map_err(|_| corrupt("address"))
}

fn file_name(text: &str) -> Result<FileName, StoreError> {
    FileName::parse(text).map_err(|_| corrupt("file_name"))
}

fn language(key: &str) -> Result<MailLanguage, StoreError> {
    MailLanguage::from_key(key).ok_or_else(|| corrupt("language"))
}

fn carriage(key: &str) -> Result<Carriage, StoreError> {
    Carriage::from_key(key).ok_or_else(|| corrupt("carriage"))
}

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::Corrupt {
        table: "export_mail",
        column,
    }
}

/// Sizes and counts here are far below two thousand million.
fn int(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
