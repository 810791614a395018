//! Messages of which it is not known whether they were sent.

use super::{Try, int, phone};
use crate::{AccountTx, StoreError, SystemTx};
use chrono::{DateTime, Utc};
use domain::{
    conversation::SendTrouble,
    ids::{AccountId, MessageId},
    phone::E164,
};
use sqlx::types::Json;
use std::collections::BTreeSet;

/// A message that was perhaps sent.
#[derive(Clone, Debug)]
pub struct Doubtful {
    pub tried: Try,
    pub phone: E164,
    pub text: String,
    pub offers: bool,
    pub handed_at: DateTime<Utc>,
    /// To whom: `service::Carrier::key`.
    pub handed_to: Option<String>,
}

/// The accounts with messages of which the provider is to be asked. It sees nothing of them but that.
pub async fn accounts_in_doubt(
    tx: &mut SystemTx,
    now: DateTime<Utc>,
) -> Result<Vec<AccountId>, StoreError> {
    tx.look_across_accounts("messages").await?;
    let accounts = sqlx::query_scalar!(
        "select distinct account_id from message where delivery = 'sending' and coalesce(ask_at, handed_at) <= $1",
        now,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(accounts.into_iter().map(AccountId::new).collect())
}

/// Takes the message of which the provider is to be asked longest. Nobody else asks before `until`.
pub async fn claim(
    tx: &mut AccountTx,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Doubtful>, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query!(
        r#"
        update message m set ask_at = $3
        from conversation c
        where m.account_id = $1 and m.message_id = (
                select o.message_id from message o
                where o.account_id = $1 and o.delivery = 'sending' and coalesce(o.ask_at, o.handed_at) <= $2
                order by o.handed_at limit 1 for update skip locked
            )
            and c.account_id = $1 and c.conversation_id = m.conversation_id
        returning m.message_id, m.tries, m.stuck_since, c.phone, m.text, m.offers, m.handed_at as "handed_at!",
            m.handed_to
        "#,
        account,
        now,
        until,
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| {
        Ok(Doubtful {
            tried: Try {
                message: MessageId::new(row.message_id),
                number: row.tries.unsigned_abs(),
                stuck_since: row.stuck_since,
            },
            phone: phone(&row.phone)?,
            text: row.text,
            offers: row.offers,
            handed_at: row.handed_at,
            handed_to: row.handed_to,
        })
    })
    .transpose()
}

/// Lets the provider be asked at `at`. `false`: the try is over already.
pub async fn ask_again(
    tx: &mut AccountTx,
    tried: Try,
    at: DateTime<Utc>,
    trouble: SendTrouble,
) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let done = sqlx::query!(
        "update message set ask_at = $4, trouble = $5
         where account_id = $1 and message_id = $2 and tries = $3 and delivery = 'sending'",
        account,
        tried.message.uuid(),
        int(tried.number),
        at,
        Json(trouble) as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Those of the provider's ids that messages have.
pub async fn known_provider_ids(
    tx: &mut AccountTx,
    ids: &[String],
) -> Result<BTreeSet<String>, StoreError> {
    let account = tx.account().uuid();
    let known = sqlx::query_scalar!(
        r#"select provider_id as "provider_id!" from message where account_id = $1 and provider_id = any($2)"#,
        account,
        ids,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(known.into_iter().collect())
}
