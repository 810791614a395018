//! The queue: messages that are due, taken by any number of servers.

use super::{Try, corrupt, int, phone, purpose};
use crate::{AccountTx, StoreError, SystemTx};
use chrono::{DateTime, Utc};
use domain::{
    conversation::Purpose,
    ids::{AccountId, MessageId},
    keyword::Language,
    phone::E164,
    rate::Bucket,
};

/// A message whose turn it is.
#[derive(Clone, Debug)]
pub struct Due {
    /// The try that is about to begin has the next number.
    pub last: Try,
    pub phone: E164,
    pub text: String,
    pub purpose: Purpose,
    /// Of the offer to unsubscribe.
    pub language: Language,
    /// Whether the text has the offer already.
    pub offers: bool,
}

/// How a message is handed over.
#[derive(Clone, Copy, Debug)]
pub struct Handing<'a> {
    /// To whom: `service::Carrier::key`.
    pub to: &'a str,
    pub at: DateTime<Utc>,
    /// When the provider is asked, if nothing is known until then.
    pub ask_at: DateTime<Utc>,
    pub text: &'a str,
    pub offers: bool,
    pub segments: u32,
}

/// The accounts with messages that are due. It sees nothing of them but that.
pub async fn accounts_with_due(
    tx: &mut SystemTx,
    now: DateTime<Utc>,
) -> Result<Vec<AccountId>, StoreError> {
    tx.look_across_accounts("messages").await?;
    // From account to account, and not from message to message, of which there may be many.
    let accounts = sqlx::query_scalar!(
        r#"
        with recursive due as (
            (select account_id from message where delivery = 'queued' and next_try_at <= $1 order by account_id limit 1)
            union all
            select (
                select m.account_id from message m
                where m.delivery = 'queued' and m.next_try_at <= $1 and m.account_id > due.account_id
                order by m.account_id limit 1
            ) from due where due.account_id is not null
        )
        select account_id as "account_id!" from due where account_id is not null
        "#,
        now,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(accounts.into_iter().map(AccountId::new).collect())
}

/// What a message waits for, if it was written before: what is as urgent or more.
const fn before(purpose: Purpose) -> &'static [Purpose] {
    match purpose {
        Purpose::Answer => &[Purpose::Answer],
        Purpose::Service => &[Purpose::Answer, Purpose::Service],
        Purpose::Marketing => Purpose::ALL,
    }
}

/// The message of this purpose that has been due longest, of those whose turn it is in their thread.
pub async fn next(
    tx: &mut AccountTx,
    purpose_of: Purpose,
    now: DateTime<Utc>,
) -> Result<Option<Due>, StoreError> {
    let account = tx.account().uuid();
    let before: Vec<String> = before(purpose_of)
        .iter()
        .map(|purpose| purpose.key().to_owned())
        .collect();
    let row = sqlx::query!(
        r#"
        select m.message_id, m.tries, c.phone, m.text, m.purpose, m.language, m.offers, m.stuck_since
        from message m join conversation c using (account_id, conversation_id)
        where m.account_id = $1 and m.delivery = 'queued' and m.purpose = $2 and m.next_try_at <= $3
            and not exists (
                select from message o
                where o.account_id = $1 and o.conversation_id = m.conversation_id and o.delivery in ('queued', 'sending')
                    and (o.delivery = 'sending' or o.position < m.position and o.purpose = any($4))
            )
        order by m.next_try_at, m.position limit 1
        for update of m skip locked
        "#,
        account,
        purpose_of.key(),
        now,
        &before,
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| {
        Ok(Due {
            last: Try {
                message: MessageId::new(row.message_id),
                number: row.tries.unsigned_abs(),
                stuck_since: row.stuck_since,
            },
            phone: phone(&row.phone)?,
            text: row.text,
            purpose: purpose(row.purpose.as_deref())?,
            language: row
                .language
                .as_deref()
                .and_then(Language::from_code)
                .ok_or(corrupt("language"))?,
            offers: row.offers,
        })
    })
    .transpose()
}

/// Marks a message as being handed over, before it is.
pub async fn hand_over(
    tx: &mut AccountTx,
    message: MessageId,
    handing: Handing<'_>,
) -> Result<Try, StoreError> {
    let account = tx.account().uuid();
    // The id that the provider gave a try before stays until there is another: what it still says of that one is known by it.
    let row = sqlx::query!(
        "update message set delivery = 'sending', next_try_at = null, trouble = null, tries = tries + 1, handed_to = $3,
             handed_at = $4, ask_at = $5, text = $6, offers = $7, segments = $8
         where account_id = $1 and message_id = $2 and delivery = 'queued'
         returning tries, stuck_since",
        account,
        message.uuid(),
        handing.to,
        handing.at,
        handing.ask_at,
        handing.text,
        handing.offers,
        int(handing.segments),
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(Try {
        message,
        number: row.tries.unsigned_abs(),
        stuck_since: row.stuck_since,
    })
}

/// Lets all marketing that is due wait until `until`.
pub async fn postpone_marketing(
    tx: &mut AccountTx,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update message set next_try_at = $3
         where account_id = $1 and delivery = 'queued' and purpose = 'marketing' and next_try_at <= $2",
        account,
        now,
        until,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The bucket of the account's rate; `None` while nobody used it.
pub async fn bucket(tx: &mut AccountTx) -> Result<Option<Bucket>, StoreError> {
    let account = tx.account().uuid();
    let full_at = sqlx::query_scalar!(
        "select full_at from send_rate where account_id = $1",
        account
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(full_at.map(Bucket))
}

pub async fn put_bucket(tx: &mut AccountTx, Bucket(full_at): Bucket) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into send_rate (account_id, full_at) values ($1, $2)
         on conflict (account_id) do update set full_at = excluded.full_at",
        account,
        full_at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
