//! Somebody who does not want messages does not want them on a new number either.

use super::{append, key, read};
use crate::{AccountTx, StoreError, attribute::Author};
use domain::{
    consent::{ContactPoint, NewEvent, Source, Status},
    phone::E164,
};

/// A customer who does not want messages is about to get another cell phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    pub from: Option<E164>,
    pub to: E164,
}

/// Carries the wish over to the new numbers, apart from those whose owner has said START: that is a word about this very
/// number.
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
    let states = read::states(tx, &targets.iter().collect::<Vec<_>>()).await?;
    let events = moves
        .into_iter()
        .zip(&targets)
        .filter(|(_, target)| {
            states
                .get(*target)
                .is_none_or(|state| state.status == Status::Implied)
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
