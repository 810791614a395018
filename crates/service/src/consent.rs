//! What is known of the consent of customers, and whether the ledger holds.

use crate::{Caller, ServiceError, Services, push};
use chrono::Months;
use domain::{
    account::Country,
    consent::{
        ConsentEntry, ContactKey, ContactPoint, CustomerConsent, EntrySource, Kind, OptOutMonth,
        OptOuts, PhoneConsent, Source, Status, hex, implied_until,
    },
    ids::{AccountId, CustomerId},
    permission::Permission,
    phone::E164,
    slot::Field,
};
use std::collections::BTreeMap;
use store::{
    account,
    consent::{self, Entry, Verified},
    customer::{self, StoredCustomer},
};

/// The months that the chart of opt-outs goes back before this one.
const MONTHS_BACK: Months = Months::new(11);

impl Services {
    /// The consent of a customer with its whole history; `None` when there is no such customer.
    pub async fn customer_consent(
        &self,
        caller: &Caller,
        id: CustomerId,
    ) -> Result<Option<CustomerConsent>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let Some(stored) = customer::find(&mut tx, id).await? else {
            return Ok(None);
        };
        let country = account::get(&mut tx).await?.country;
        let key = consent::key(&mut tx).await?;
        let phones = push::phones(&stored.values);
        let mut shown: BTreeMap<ContactKey, String> = BTreeMap::new();
        // Of a number that somebody else may have by now, only what arrived before it was taken from this customer.
        let mut until: BTreeMap<ContactKey, Option<u64>> = BTreeMap::new();
        let former = consent::former_phones(&mut tx, id).await?;
        let former = former.iter().map(|(phone, rev)| (phone, Some(*rev)));
        for (phone, rev) in former.chain(phones.iter().map(|phone| (phone, None))) {
            let contact = key.contact(&ContactPoint::sms(phone.clone()));
            shown.insert(contact.clone(), phone.display(country));
            until.insert(contact, rev);
        }
        let contacts: Vec<&ContactKey> = shown.keys().collect();
        let states = consent::states(&mut tx, &contacts).await?;
        let (entries, older_left_out) = consent::entries(&mut tx, &until).await?;
        let entries: Vec<ConsentEntry> = entries
            .into_iter()
            .map(|entry| entry_shown(entry, &shown))
            .collect();
        let phones = phones
            .iter()
            .map(|phone| {
                let state = states.get(&key.contact(&ContactPoint::sms(phone.clone())));
                PhoneConsent {
                    phone: phone.display(country),
                    is_cell: phone.as_str() == stored.values.text(Field::CellPhone),
                    status: state.map_or(Status::Implied, |state| state.status),
                    since: state.map(|state| state.since),
                }
            })
            .collect();
        Ok(Some(CustomerConsent {
            unsubscribed: stopped_by(&stored, &entries, country),
            phones,
            entries,
            older_left_out,
            last_business_at: stored.created_at,
            implied_until: implied_until(stored.created_at),
        }))
    }

    /// Opt-outs of the last twelve months.
    pub async fn opt_outs(&self, caller: &Caller) -> Result<OptOuts, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let now = self.clock.now();
        let since = now.checked_sub_months(MONTHS_BACK).unwrap_or(now);
        let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let months = consent::months(&mut tx, since, now)
            .await?
            .into_iter()
            .map(|month| OptOutMonth {
                month: month.month,
                opt_outs: count(month.opt_outs),
                starts: count(month.starts),
            })
            .collect();
        Ok(OptOuts {
            months,
            unsubscribed_now: consent::unsubscribed_now(&mut tx).await?,
        })
    }

    /// Checks the ledgers of all accounts: chains, states, and what customers are told. For whoever runs the server.
    pub async fn verify_ledgers(&self) -> Result<Vec<(AccountId, Verified)>, ServiceError> {
        let mut system = self.store.system().await?;
        let accounts = consent::accounts(&mut system).await?;
        drop(system);
        let mut verified = Vec::with_capacity(accounts.len());
        for account in accounts {
            let mut tx = self.store.read_moment(account).await?;
            verified.push((account, consent::verify(&mut tx).await?));
        }
        Ok(verified)
    }
}

/// The event because of which messages to the customer are stopped: about the cell phone, or whichever of their numbers was
/// the first when they asked. There is none when they asked without a number.
fn stopped_by(
    stored: &StoredCustomer,
    entries: &[ConsentEntry],
    country: Country,
) -> Option<ConsentEntry> {
    let at = stored.unsubscribed_at?;
    let cell_phone = E164::new(stored.values.text(Field::CellPhone))
        .ok()
        .map(|phone| phone.display(country));
    let stops = || {
        entries
            .iter()
            .filter(|entry| entry.kind == Kind::OptOut && entry.changed && entry.arrived_at == at)
    };
    stops()
        .find(|entry| cell_phone.as_ref() == Some(&entry.phone))
        .or_else(|| {
            stops()
                .next_back()
                .filter(|_| stored.asked_to_stop_rev.is_some())
        })
        .cloned()
}

fn entry_shown(entry: Entry, phones: &BTreeMap<ContactKey, String>) -> ConsentEntry {
    let by = entry.by.unwrap_or_default();
    ConsentEntry {
        seq: entry.event.seq,
        phone: phones
            .get(&entry.event.contact)
            .cloned()
            .unwrap_or_default(),
        kind: entry.event.kind,
        source: match entry.event.source {
            Source::Staff { screen, .. } => EntrySource::Staff { by, screen },
            Source::Import { import, line, .. } => EntrySource::Import {
                by,
                import,
                file_name: entry.file_name.unwrap_or_default(),
                line,
            },
            Source::Message { message } => EntrySource::Message {
                message: message.as_str().to_owned(),
            },
            Source::Carried { .. } => EntrySource::Carried { by },
            Source::Refusal { .. } => EntrySource::Refusal,
            Source::SimulationEnded => EntrySource::SimulationEnded,
        },
        occurred_at: entry.event.occurred_at,
        arrived_at: entry.event.arrived_at,
        changed: entry.changed,
        hash: hex(&entry.hash),
    }
}
