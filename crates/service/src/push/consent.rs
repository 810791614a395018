//! The intent about consent: it can only stop messages.

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
use store::{
    AccountTx, StoreError,
    consent::{self, Carried},
    customer::{self, StoredCustomer},
};

/// The longest that a device may have been away: what it says was earlier is not believed.
const AWAY: Days = Days::new(400);

impl Door<'_> {
    /// Stops messages to every number of the customer: the wish is the person's, and staff may swap the numbers tomorrow.
    pub(super) async fn unsubscribe_customer(
        &self,
        tx: &mut AccountTx,
        id: CustomerId,
        screen: Screen,
        occurred_at: DateTime<Utc>,
    ) -> Result<Answer, StoreError> {
        let Some(stored) = customer::find(tx, id).await? else {
            return Ok(Answer::rejected(Reason::CustomerGone));
        };
        let points: Vec<ContactPoint> = phones(&stored.values)
            .into_iter()
            .map(ContactPoint::sms)
            .collect();
        if points.is_empty() && stored.unsubscribed_at.is_none() {
            return Ok(Answer::rejected(Reason::NoPhone));
        }
        let now = self.author.at;
        let earliest = now.checked_sub_days(AWAY).unwrap_or(now);
        let occurred_at = occurred_at.clamp(earliest, now).trunc_subsecs(6);
        let source = Source::Staff {
            person: self.author.person,
            screen,
        };
        let events = points
            .into_iter()
            .map(|point| NewEvent::opt_out(point, source.clone(), occurred_at))
            .collect();
        let changed = consent::record_changes(tx, events, now).await?;
        Ok(if changed > 0 {
            Answer::applied()
        } else {
            Answer::noop()
        })
    }

    /// Before a customer who does not want messages gets the cell phone that is in `values`: see [`consent::carry`].
    pub(super) async fn carry_consent(
        &self,
        tx: &mut AccountTx,
        stored: &StoredCustomer,
        values: &Values,
    ) -> Result<(), StoreError> {
        let (from, to) = (cell_phone(&stored.values), cell_phone(values));
        match to {
            Some(to) if stored.unsubscribed_at.is_some() && from.as_ref() != Some(&to) => {
                consent::carry(tx, vec![Carried { from, to }], self.author).await
            }
            _ => Ok(()),
        }
    }
}

fn cell_phone(values: &Values) -> Option<E164> {
    E164::new(values.text(Field::CellPhone)).ok()
}

/// The numbers of a profile, the cell phone first, each once.
pub(crate) fn phones(values: &Values) -> Vec<E164> {
    let others = match values.field(Field::OtherPhones) {
        Some(Value::Texts(texts)) => texts.as_slice(),
        _ => &[],
    };
    let mut phones: Vec<E164> = cell_phone(values).into_iter().collect();
    for phone in others.iter().filter_map(|text| E164::new(text).ok()) {
        if !phones.contains(&phone) {
            phones.push(phone);
        }
    }
    phones
}
