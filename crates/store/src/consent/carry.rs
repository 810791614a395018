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

/// The numbers of a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    pub cell_phone: Option<E164>,
    pub others: Vec<E164>,
}

impl Numbers {
    /// As columns have them.
    pub(crate) fn of_columns(cell_phone: Option<&String>, others: Option<&Vec<String>>) -> Self {
        Self {
            cell_phone: cell_phone.and_then(|phone| E164::new(phone).ok()),
            others: others
                .into_iter()
                .flatten()
                .filter_map(|phone| E164::new(phone).ok())
                .collect(),
        }
    }

    /// The cell phone first, each once.
    pub fn each(&self) -> Vec<E164> {
        let mut each: Vec<E164> = Vec::new();
        for phone in self.cell_phone.iter().chain(&self.others) {
            if !each.contains(phone) {
                each.push(phone.clone());
            }
        }
        each
    }

    /// What is carried over to those of `has` that a customer who asked in `asked_rev` did not have. A new cell phone
    /// replaces the one before.
    pub fn moves(&self, has: &Self, asked_rev: u64) -> Vec<Carried> {
        let had = self.each();
        let replaces = |to: &E164| has.cell_phone.as_ref() == Some(to);
        has.each()
            .into_iter()
            .filter(|to| !had.contains(to))
            .map(|to| Carried {
                from: self.cell_phone.clone().filter(|_| replaces(&to)),
                to,
                asked_rev,
            })
            .collect()
    }
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
