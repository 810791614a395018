//! Who asked not to be written to does not want it on another number either.

use super::{append, key};
use crate::{AccountTx, StoreError, account_tx::unsigned, attribute::Author};
use domain::{
    consent::{ContactKey, ContactPoint, NewEvent, Source},
    phone::E164,
};
use std::collections::BTreeMap;

/// A customer who asked gets another number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The number that it replaces, if it replaces one.
    pub from: Option<E164>,
    pub to: E164,
    /// The rev in which the customer asked.
    pub asked_rev: u64,
}

/// Carries the wish over to the new numbers, apart from those whose owner has said START since it was spoken: that is a
/// later word, about this very number.
pub async fn carry(
    tx: &mut AccountTx,
    moves: Vec<Carried>,
    author: Author,
) -> Result<(), StoreError> {
    if moves.is_empty() {
        return Ok(());
    }
    let key = key(tx).await?;
    let targets: Vec<_> = moves
        .iter()
        .map(|moved| key.contact(&ContactPoint::sms(moved.to.clone())))
        .collect();
    let started = started(tx, &targets).await?;
    let events = moves
        .into_iter()
        .zip(&targets)
        .filter(|(moved, target)| {
            started
                .get(target.as_str())
                .is_none_or(|rev| *rev <= moved.asked_rev)
        })
        .map(|(moved, _)| {
            let source = Source::Carried {
                person: author.person,
                from: moved
                    .from
                    .map(|phone| key.contact(&ContactPoint::sms(phone))),
            };
            NewEvent::opt_out(ContactPoint::sms(moved.to), source, author.at)
        })
        .collect();
    append::record_changes(tx, events, author.at).await?;
    Ok(())
}

/// The rev of the last START of each of these contact points that a START has subscribed. An event of any other kind would
/// have unsubscribed it, so that the rev of the state is that of the START.
async fn started(
    tx: &mut AccountTx,
    contacts: &[ContactKey],
) -> Result<BTreeMap<String, u64>, StoreError> {
    let account = tx.account().uuid();
    let contacts: Vec<String> = contacts.iter().map(|key| key.as_str().to_owned()).collect();
    let rows = sqlx::query!(
        "select contact_key, rev from consent_state
         where account_id = $1 and channel = 'sms' and contact_key = any($2) and status = 'express'",
        account,
        &contacts,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.contact_key, unsigned(row.rev)))
        .collect())
}
