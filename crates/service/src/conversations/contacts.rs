//! Who is at the other end, and whether they want messages.

use chrono::{DateTime, Utc};
use domain::{
    account::Country,
    consent::{ContactKey, ContactPoint, ErasureKey, State, Status},
    conversation::Contact,
    phone::E164,
};
use std::collections::BTreeMap;
use store::{AccountTx, StoreError, account, consent, conversation::StoredContact};

/// What the ledger says of some numbers.
pub(crate) struct Contacts {
    country: Country,
    key: ErasureKey,
    states: BTreeMap<ContactKey, State>,
}

impl Contacts {
    pub(crate) async fn of<'a>(
        tx: &mut AccountTx,
        phones: impl Iterator<Item = &'a E164>,
    ) -> Result<Self, StoreError> {
        let country = account::get(tx).await?.country;
        let key = consent::key(tx).await?;
        let keys: Vec<ContactKey> = phones
            .map(|phone| key.contact(&ContactPoint::sms(phone.clone())))
            .collect();
        let states = consent::states(tx, &keys.iter().collect::<Vec<_>>()).await?;
        Ok(Self {
            country,
            key,
            states,
        })
    }

    pub(crate) fn key(&self, phone: &E164) -> ContactKey {
        self.key.contact(&ContactPoint::sms(phone.clone()))
    }

    /// Of the number, whoever has it.
    pub(crate) fn status(&self, phone: &E164) -> Status {
        self.states
            .get(&self.key(phone))
            .map_or(Status::Implied, |state| state.status)
    }

    /// Since when messages are stopped, if they are: because the person asked, else by the state of the number.
    pub(crate) fn stopped_at(&self, contact: &StoredContact) -> Option<DateTime<Utc>> {
        contact.asked_to_stop_at.or_else(|| {
            self.states
                .get(&self.key(&contact.phone))
                .filter(|state| state.status == Status::Unsubscribed)
                .map(|state| state.since)
        })
    }

    pub(crate) fn shown(&self, contact: StoredContact) -> Contact {
        Contact {
            phone_shown: contact.phone.display(self.country),
            unsubscribed: self.stopped_at(&contact).is_some(),
            phone: contact.phone,
            customer: contact.customer,
            name: contact.name,
        }
    }
}
