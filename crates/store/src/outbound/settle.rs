//! How a try ended.

use super::int;
use crate::{AccountTx, StoreError};
use chrono::{DateTime, Utc};
use domain::{
    consent::ContactKey,
    conversation::{Delivery, SendTrouble},
    ids::MessageId,
};
use sqlx::types::Json;

/// A try to send a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Try {
    pub message: MessageId,
    /// From 1; 0 before the first.
    pub number: u32,
    /// Since when the message has waited for the shop to mend its settings.
    pub stuck_since: Option<DateTime<Utc>>,
}

/// What a message becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// The carrier has it, under this id if it gives any, and is as far with it as `delivery` says.
    Taken {
        provider_id: Option<&'a str>,
        delivery: Delivery,
        trouble: Option<SendTrouble>,
    },
    /// It was not sent, and is due again.
    Again {
        at: DateTime<Utc>,
        trouble: Option<SendTrouble>,
        /// Whether the try counts.
        counts: bool,
        stuck_since: Option<DateTime<Utc>>,
    },
    /// It was not sent, and will not be by itself: `Failed`, `Blocked`, or `Unknown`.
    Ended {
        delivery: Delivery,
        trouble: SendTrouble,
    },
}

/// Whether this try is still the one that hands the message over.
pub async fn is_under_way(tx: &mut AccountTx, tried: Try) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let is = sqlx::query_scalar!(
        r#"
        select exists (
            select from message where account_id = $1 and message_id = $2 and tries = $3 and delivery = 'sending'
        ) as "is!"
        "#,
        account,
        tried.message.uuid(),
        int(tried.number),
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(is)
}

/// Settles a try of a message that is in one of the states `from`. `false`: it is over already.
pub async fn settle(
    tx: &mut AccountTx,
    tried: Try,
    from: &[Delivery],
    outcome: Outcome<'_>,
) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let from: Vec<String> = from.iter().map(|state| state.key().to_owned()).collect();
    let (delivery, trouble) = match outcome {
        Outcome::Taken {
            delivery, trouble, ..
        } => (delivery, trouble),
        Outcome::Again { trouble, .. } => (Delivery::Queued, trouble),
        Outcome::Ended { delivery, trouble } => (delivery, Some(trouble)),
    };
    let provider_id = match outcome {
        Outcome::Taken { provider_id, .. } => provider_id,
        _ => None,
    };
    let (again_at, uncounted, stuck_since) = match outcome {
        Outcome::Again {
            at,
            counts,
            stuck_since,
            ..
        } => (Some(at), i32::from(!counts), stuck_since),
        _ => (None, 0, None),
    };
    let done = sqlx::query!(
        "update message set delivery = $5, trouble = $6, provider_id = coalesce($7, provider_id), next_try_at = $8,
             tries = tries - $9, stuck_since = $10, ask_at = null
         where account_id = $1 and message_id = $2 and tries = $3 and delivery = any($4)",
        account,
        tried.message.uuid(),
        int(tried.number),
        &from,
        delivery.key(),
        trouble.map(Json) as _,
        provider_id,
        again_at,
        uncounted,
        stuck_since,
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Notes down that somebody has been told how to unsubscribe.
pub async fn note_offered(
    tx: &mut AccountTx,
    contact: &ContactKey,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into contact_offered (account_id, contact_key, at) values ($1, $2, $3)
         on conflict (account_id, contact_key) do nothing",
        account,
        contact.as_str(),
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
