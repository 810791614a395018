//! What a shop knows at one moment.

use super::{PHONES, point};
use crate::shop::{Shop, phone};
use domain::{consent::Status, ids::CustomerId};
use std::collections::BTreeMap;
use store::consent;
use uuid::Uuid;

/// What is known of a customer.
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    pub(super) cell_phone: Option<String>,
    pub(super) others: Vec<String>,
    /// The person does not want messages, whatever their number.
    pub(crate) asked: bool,
    /// They are shown as unsubscribed.
    pub(super) stopped: bool,
}

impl Profile {
    pub(super) fn has(&self, number: u16) -> bool {
        let number = phone(number);
        self.cell_phone.as_ref() == Some(&number) || self.others.contains(&number)
    }
}

/// A profile as the database has it: the fields of [`Profile`], in their order, behind whose they are.
type Row = (Uuid, Option<String>, Vec<String>, bool, bool);

#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Of each number.
    pub(crate) states: BTreeMap<u16, Status>,
    pub(crate) customers: BTreeMap<CustomerId, Profile>,
}

impl Seen {
    pub(crate) async fn of(shop: &Shop) -> Self {
        let account = shop.owner.account;
        let mut tx = shop.store.read(account).await.unwrap();
        let key = consent::key(&mut tx).await.unwrap();
        let contacts: Vec<_> = (0..PHONES)
            .map(|number| key.contact(&point(number)))
            .collect();
        let known = consent::states(&mut tx, &contacts.iter().collect::<Vec<_>>())
            .await
            .unwrap();
        let states = (0..).zip(&contacts).map(|(number, contact)| {
            let state = known.get(contact);
            (number, state.map_or(Status::Implied, |state| state.status))
        });
        let rows: Vec<Row> = sqlx::query_as(
            "select customer_id, cell_phone, coalesce(other_phones, '{}'), asked_to_stop_at is not null,
                 unsubscribed_at is not null
             from customer where account_id = $1",
        )
        .bind(account.uuid())
        .fetch_all(&shop.pool)
        .await
        .unwrap();
        let customers = rows
            .into_iter()
            .map(|(id, cell_phone, others, asked, stopped)| {
                let profile = Profile {
                    cell_phone,
                    others,
                    asked,
                    stopped,
                };
                (CustomerId::new(id), profile)
            });
        Self {
            states: states.collect(),
            customers: customers.collect(),
        }
    }
}
