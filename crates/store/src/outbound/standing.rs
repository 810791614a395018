//! What is known of whoever a message goes to.

use crate::{AccountTx, StoreError, consent};
use chrono::{DateTime, Utc};
use domain::{
    consent::{ContactKey, Status},
    phone::E164,
};

/// What decides whether somebody may be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Of the number.
    pub status: Status,
    /// Whether the person asked not to be written to.
    pub asked: bool,
    /// Since when the customer has been known; `None` of a number that is nobody's.
    pub known_since: Option<DateTime<Utc>>,
    /// Whether a message of theirs reads like a wish to stop, and nobody has decided.
    pub wish_undecided: bool,
    /// Whether they have been told how to unsubscribe.
    pub offered: bool,
}

/// What is known of this number, and of the customer of its thread.
pub async fn standing(
    tx: &mut AccountTx,
    phone: &E164,
    contact: &ContactKey,
) -> Result<Standing, StoreError> {
    let account = tx.account().uuid();
    let states = consent::states(tx, &[contact]).await?;
    let row = sqlx::query!(
        r#"
        select
            exists (
                select from uncertain_wish where account_id = $1 and contact_key = $2 and settled_at is null
            ) as "wish_undecided!",
            exists (select from contact_offered where account_id = $1 and contact_key = $2) as "offered!"
        "#,
        account,
        contact.as_str(),
    )
    .fetch_one(tx.connection())
    .await?;
    let customer = sqlx::query!(
        "select asked_to_stop_at, created_at
         from conversation join customer using (account_id, customer_id)
         where account_id = $1 and phone = $2",
        account,
        phone.as_str(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(Standing {
        status: states
            .get(contact)
            .map_or(Status::Implied, |state| state.status),
        asked: customer
            .as_ref()
            .is_some_and(|customer| customer.asked_to_stop_at.is_some()),
        known_since: customer.map(|customer| customer.created_at),
        wish_undecided: row.wish_undecided,
        offered: row.offered,
    })
}
