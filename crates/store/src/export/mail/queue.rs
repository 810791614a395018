//! The queue: mails that are due, taken by any number of servers.

use super::{email, erase_file, file_name, int, language};
use crate::{AccountTx, StoreError, SystemTx};
use chrono::{DateTime, NaiveDateTime, Utc};
use domain::{
    contact::Email,
    ids::{AccountId, ExportId},
    mail::{FileName, MailLanguage, Trouble},
};
use sqlx::types::Json;

/// A mail that was taken to be sent.
#[derive(Clone, Debug)]
pub struct Taken {
    pub account: AccountId,
    pub export: ExportId,
    pub to: Email,
    pub language: MailLanguage,
    pub file_name: FileName,
    /// The size of the file.
    pub bytes: u32,
    /// The name of the account.
    pub shop: String,
    /// In the account's time zone; `None` if the file is gone.
    pub kept_until: Option<NaiveDateTime>,
    pub queued_at: DateTime<Utc>,
    /// This one counted.
    pub tries: u32,
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent {
        at: DateTime<Utc>,
        keep_file: bool,
    },
    Later {
        next_try_at: DateTime<Utc>,
        trouble: Trouble,
    },
    Failed {
        at: DateTime<Utc>,
        trouble: Trouble,
    },
}

/// The accounts with mails that are due. It sees nothing of them but that.
pub async fn accounts_with_due(
    tx: &mut SystemTx,
    now: DateTime<Utc>,
) -> Result<Vec<AccountId>, StoreError> {
    tx.look_across_accounts("mails").await?;
    let accounts = sqlx::query_scalar!(
        "select account_id from export_mail where state = 'waiting' and next_try_at <= $1
         group by account_id order by min(next_try_at)",
        now,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(accounts.into_iter().map(AccountId::new).collect())
}

/// Takes the mail that has been due longest and that nobody else is taking. It is due again at `again_at`, unless a
/// [`settle`] comes before.
pub async fn take(
    tx: &mut AccountTx,
    now: DateTime<Utc>,
    again_at: DateTime<Utc>,
) -> Result<Option<Taken>, StoreError> {
    let account = tx.account();
    let row = sqlx::query!(
        r#"
        update export_mail mail set tries = tries + 1, next_try_at = $3
        from account
        where mail.account_id = $1 and account.account_id = $1 and mail.export_id = (
            select export_id from export_mail
            where account_id = $1 and state = 'waiting' and next_try_at <= $2
            order by next_try_at limit 1 for update skip locked
        )
        returning mail.export_id, address, language, file_name, file_bytes, tries, account.name as shop,
            kept_until at time zone account.time_zone as kept_until, queued_at as "queued_at!"
        "#,
        account.uuid(),
        now,
        again_at,
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| {
        Ok(Taken {
            account,
            export: ExportId::new(row.export_id),
            to: email(&row.address)?,
            language: language(&row.language)?,
            file_name: file_name(&row.file_name)?,
            bytes: row.file_bytes.unsigned_abs(),
            shop: row.shop,
            kept_until: row.kept_until,
            queued_at: row.queued_at,
            tries: row.tries.unsigned_abs(),
        })
    })
    .transpose()
}

/// Notes down how the `tries`-th try ended, and erases what is not needed any more. `false`: another try has begun since,
/// and counts.
pub async fn settle(
    tx: &mut AccountTx,
    id: ExportId,
    tries: u32,
    outcome: Outcome,
) -> Result<bool, StoreError> {
    let (state, next_try_at, ended_at, trouble, keep_file) = match outcome {
        Outcome::Sent { at, keep_file } => ("sent", None, Some(at), None, keep_file),
        Outcome::Later {
            next_try_at,
            trouble,
        } => ("waiting", Some(next_try_at), None, Some(trouble), true),
        Outcome::Failed { at, trouble } => ("failed", None, Some(at), Some(trouble), false),
    };
    let account = tx.account().uuid();
    let done = sqlx::query!(
        "update export_mail set state = $4, next_try_at = $5, ended_at = $6, trouble = $7
         where account_id = $1 and export_id = $2 and state = 'waiting' and tries = $3",
        account,
        id.uuid(),
        int(tries),
        state,
        next_try_at,
        ended_at,
        trouble.map(Json) as _,
    )
    .execute(tx.connection())
    .await?;
    let counts = done.rows_affected() > 0;
    if counts && !keep_file {
        erase_file(tx, id).await?;
    }
    Ok(counts)
}

/// Ends a mail whose file was not sent in time, or never arrived.
pub async fn expire(tx: &mut AccountTx, id: ExportId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update export_mail set state = 'failed', next_try_at = null, ended_at = $3, trouble = coalesce(trouble, $4)
         where account_id = $1 and export_id = $2 and state in ('receiving', 'waiting')",
        account,
        id.uuid(),
        at,
        Json(Trouble::FileGone) as _,
    )
    .execute(tx.connection())
    .await?;
    erase_file(tx, id).await
}
