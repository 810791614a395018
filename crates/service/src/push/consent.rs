//! The intents about consent: they can only stop messages.

use super::{Answer, Door};
use chrono::{DateTime, Days, SubsecRound, Utc};
use domain::{
    consent::{ContactPoint, NewEvent, Screen, Source},
    customer::Values,
    ids::CustomerId,
    mutation::Reason,
    phone::E164,
    slot::Field,
    value::Value,
};
use std::collections::BTreeSet;
use store::{
    AccountTx, StoreError,
    consent::{self, Numbers},
    customer::{self, StoredCustomer},
};

/// The longest that a device may have been away: what it says was earlier is not believed.
const AWAY: Days = Days::new(400);

/// What somebody wrote down, and where they saw which numbers.
pub(super) struct Wish {
    pub(super) phones: Vec<E164>,
    pub(super) screen: Screen,
    pub(super) occurred_at: DateTime<Utc>,
}

impl Door<'_> {
    /// Stops messages to the customer, and to every number that they have or that the screen saw: the wish is the person's,
    /// and staff may swap the numbers tomorrow. It stands, even if the profile was deleted meanwhile.
    pub(super) async fn unsubscribe_customer(
        &self,
        tx: &mut AccountTx,
        id: CustomerId,
        wish: Wish,
    ) -> Result<Answer, StoreError> {
        let stored = customer::find(tx, id).await?;
        if stored.is_none() && wish.phones.is_empty() {
            return Ok(Answer::rejected(Reason::CustomerGone));
        }
        let changed = self.stop(tx, stored.as_ref(), wish).await?;
        Ok(if stored.is_none() || changed {
            Answer::applied()
        } else {
            Answer::noop()
        })
    }

    /// Stops messages to the numbers of the wish, which are nobody's as far as the screen knows.
    pub(super) async fn unsubscribe_number(
        &self,
        tx: &mut AccountTx,
        wish: Wish,
    ) -> Result<Answer, StoreError> {
        Ok(if self.stop(tx, None, wish).await? {
            Answer::applied()
        } else {
            Answer::noop()
        })
    }

    /// Whether the wish was news.
    pub(super) async fn stop(
        &self,
        tx: &mut AccountTx,
        stored: Option<&StoredCustomer>,
        wish: Wish,
    ) -> Result<bool, StoreError> {
        let current = stored.into_iter().flat_map(|stored| phones(&stored.values));
        let points: BTreeSet<ContactPoint> =
            current.chain(wish.phones).map(ContactPoint::sms).collect();
        let now = self.author.at;
        let earliest = now.checked_sub_days(AWAY).unwrap_or(now);
        let occurred_at = wish.occurred_at.clamp(earliest, now).trunc_subsecs(6);
        let source = Source::Staff {
            person: self.author.person,
            screen: wish.screen,
        };
        let events = points
            .iter()
            .map(|point| NewEvent::opt_out(point.clone(), source.clone(), occurred_at))
            .collect();
        let asked = match stored {
            Some(stored) => consent::ask(tx, &[stored.id], &BTreeSet::new(), now).await?,
            None => 0,
        };
        let changed = consent::record_changes(tx, events, now).await?;
        Ok(asked > 0 || changed > 0)
    }

    /// Before a customer who asked not to be written to gets the numbers that are in `values`: see [`consent::carry`].
    pub(super) async fn carry_consent(
        &self,
        tx: &mut AccountTx,
        stored: &StoredCustomer,
        values: &Values,
    ) -> Result<(), StoreError> {
        self.carry(tx, stored.asked_to_stop_rev, &stored.values, values)
            .await
    }

    /// After a customer was made who turned out to have asked, by one of their numbers: it holds for the others as well.
    pub(super) async fn carry_to_made(
        &self,
        tx: &mut AccountTx,
        id: CustomerId,
    ) -> Result<(), StoreError> {
        let Some(made) = customer::find(tx, id).await? else {
            return Ok(());
        };
        self.carry(tx, made.asked_to_stop_rev, &Values::default(), &made.values)
            .await
    }

    async fn carry(
        &self,
        tx: &mut AccountTx,
        asked_rev: Option<u64>,
        had: &Values,
        has: &Values,
    ) -> Result<(), StoreError> {
        let Some(asked_rev) = asked_rev else {
            return Ok(());
        };
        let moves = numbers(had).moves(&numbers(has), asked_rev);
        consent::carry(tx, moves, self.author).await
    }
}

/// The numbers of a profile, the cell phone first, each once.
pub(crate) fn phones(values: &Values) -> Vec<E164> {
    numbers(values).each()
}

fn numbers(values: &Values) -> Numbers {
    let others = match values.field(Field::OtherPhones) {
        Some(Value::Texts(texts)) => texts.as_slice(),
        _ => &[],
    };
    Numbers {
        cell_phone: E164::new(values.text(Field::CellPhone)).ok(),
        others: others
            .iter()
            .filter_map(|text| E164::new(text).ok())
            .collect(),
    }
}
