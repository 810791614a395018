//! The queue: mails that are due, taken by any number of servers.

use super::{carriage, erase_file, file_name, int, language};
use crate::{AccountTx, StoreError, SystemTx, account::role, person};
use chrono::{DateTime, NaiveDateTime, Utc};
use domain::{
    contact::Email,
    ids::{AccountId, ExportId},
    mail::{Carriage, FileName, MailLanguage, Trouble},
    permission::Role,
};
use sqlx::types::Json;

/// A mail that was taken to be sent.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    pub account: AccountId,
    pub export: ExportId,
    pub queued_at: DateTime<Utc>,
    /// This one counted.
    pub tries: u32,
}

/// What a mail that was taken says, and to whom.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Whoever exported, as long as they are a member.
    pub reader: Option<Reader>,
    pub language: MailLanguage,
    pub file_name: FileName,
    /// The size of the file.
    pub bytes: u32,
    pub carriage: Carriage,
    /// The name of the account.
    pub shop: String,
    /// In the account's time zone; `None` if the file is gone.
    pub kept_until: Option<NaiveDateTime>,
}

/// As they are now.
#[derive(Clone, Debug)]
pub struct Reader {
    pub email: Email,
    pub role: Role,
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
    /// The mail server found it too large: it is due again, as a link.
    AsLink {
        next_try_at: DateTime<Utc>,
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
        update export_mail set tries = tries + 1, next_try_at = $3
        where account_id = $1 and export_id = (
            select export_id from export_mail
            where account_id = $1 and state = 'waiting' and next_try_at <= $2
            order by next_try_at limit 1 for update skip locked
        )
        returning export_id, tries, queued_at as "queued_at!"
        "#,
        account.uuid(),
        now,
        again_at,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| Taken {
        account,
        export: ExportId::new(row.export_id),
        queued_at: row.queued_at,
        tries: row.tries.unsigned_abs(),
    }))
}

/// Reads a mail that was taken. It is read after the try was committed: a mail that cannot be read is one try, not the end
/// of the queue.
pub async fn letter(tx: &mut AccountTx, id: ExportId) -> Result<Letter, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query!(
        r#"
        select language, file_name, file_bytes, carriage, account.name as shop,
            kept_until at time zone account.time_zone as kept_until, person.email as "email?", membership.role as "role?"
        from export_mail
            join account using (account_id)
            join export using (account_id, export_id)
            left join membership using (account_id, person_id)
            left join person on person.person_id = membership.person_id
        where account_id = $1 and export_id = $2
        "#,
        account,
        id.uuid(),
    )
    .fetch_one(tx.connection())
    .await?;
    let reader = row.email.zip(row.role).map(|(email, key)| {
        Ok::<_, StoreError>(Reader {
            email: person::email(&email)?,
            role: role(&key)?,
        })
    });
    Ok(Letter {
        reader: reader.transpose()?,
        language: language(&row.language)?,
        file_name: file_name(&row.file_name)?,
        bytes: row.file_bytes.unsigned_abs(),
        carriage: carriage(&row.carriage)?,
        shop: row.shop,
        kept_until: row.kept_until,
    })
}

/// Notes down to whom a mail goes.
pub async fn address(tx: &mut AccountTx, id: ExportId, to: &Email) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update export_mail set address = $3 where account_id = $1 and export_id = $2 and address <> $3",
        account,
        id.uuid(),
        to.as_str(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
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
        Outcome::AsLink { next_try_at } => ("waiting", Some(next_try_at), None, None, true),
        Outcome::Failed { at, trouble } => ("failed", None, Some(at), Some(trouble), false),
    };
    let carriage = match outcome {
        Outcome::AsLink { .. } => Some(Carriage::Linked.key()),
        _ => None,
    };
    let account = tx.account().uuid();
    let done = sqlx::query!(
        "update export_mail set state = $4, next_try_at = $5, ended_at = $6, trouble = $7,
             carriage = coalesce($8, carriage)
         where account_id = $1 and export_id = $2 and state = 'waiting' and tries = $3",
        account,
        id.uuid(),
        int(tries),
        state,
        next_try_at,
        ended_at,
        trouble.map(Json) as _,
        carriage,
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
