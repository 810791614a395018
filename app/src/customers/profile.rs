//! One customer on the screen: what the server last said, what is on its way, and the ways to change it.

use super::{api, list_memory::ListMemory};
use crate::{data, error::AppError, i18n::Locale, session::use_me, sync};
use domain::{
    attribute::Attribute,
    customer::{Customer, Values},
    ids::{AccountId, CustomerId},
    mutation::{Change, Intent, Outcome},
    permission::Permission,
    slot::Slot,
    value::Value,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Belongs to one customer: a page that goes on to another customer makes another one.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "one for each permission")]
pub struct Profile {
    pub id: CustomerId,
    account: AccountId,
    customer: RwSignal<Customer>,
    /// Values that were sent and not answered yet; they show as if they were saved.
    under_way: RwSignal<BTreeMap<Slot, Option<Value>>>,
    pub attributes: RwSignal<Vec<Attribute>>,
    pub may_edit: bool,
    pub may_delete: bool,
    pub may_unsubscribe: bool,
    pub may_message: bool,
    memory: ListMemory,
}

impl Profile {
    pub fn new(customer: Customer, attributes: Vec<Attribute>) -> Self {
        let (account, role) = use_me().with_untracked(|me| (me.account.id, me.role));
        Self {
            id: customer.id,
            account,
            customer: RwSignal::new(customer),
            under_way: RwSignal::new(BTreeMap::new()),
            attributes: RwSignal::new(attributes),
            may_edit: role.may(Permission::EditCustomers),
            may_delete: role.may(Permission::DeleteCustomers),
            may_unsubscribe: role.may(Permission::UnsubscribeCustomers),
            may_message: role.may(Permission::SendMessages),
            memory: use_context::<ListMemory>().unwrap_or_default(),
        }
    }

    /// What the server last said.
    pub fn customer(self) -> Signal<Customer> {
        self.customer.into()
    }

    pub fn value(self, slot: Slot) -> Memo<Option<Value>> {
        Memo::new(move |_| {
            let sent = self.under_way.with(|sent| sent.get(&slot).cloned());
            sent.unwrap_or_else(|| {
                self.customer
                    .with(|customer| customer.values.get(slot).cloned())
            })
        })
    }

    /// What a person calls this customer, including what is on its way.
    pub fn name(self, locale: impl Fn() -> Locale + Send + Sync + 'static) -> Memo<String> {
        Memo::new(move |_| {
            let mut values: Values = self.customer.with(|customer| customer.values.clone());
            self.under_way.with(|sent| {
                for (slot, value) in sent {
                    values.set(*slot, value.clone());
                }
            });
            self.customer
                .with(|customer| super::wording::name(locale(), &values, &customer.phones))
        })
    }

    /// Calls `then` now and whenever the customer has changed, as long as the component that asks for it is on the page.
    pub fn on_change(self, then: impl Fn() + 'static) {
        let rev = Memo::new(move |_| self.customer.with(|customer| customer.rev));
        Effect::new(move || {
            // Read, and not only tracked: a memo that nobody reads never learns that it changed.
            rev.get();
            then();
        });
    }

    /// Sends one change, shown at once.
    pub async fn save(self, change: Change) -> Result<Outcome, AppError> {
        let slot = change.slot;
        self.under_way.update(|sent| {
            sent.insert(slot, change.to.clone());
        });
        let intent = Intent::SetCustomerFields {
            customer: self.id,
            changes: vec![change],
        };
        let answer = sync::push(self.account, intent).await;
        if answer.is_ok() {
            self.refresh().await;
        }
        self.under_way.try_update(|sent| sent.remove(&slot));
        answer
    }

    /// Sends several intents in one push and looks at the profile again.
    pub async fn push(self, intents: Vec<Intent>) -> Result<Vec<Outcome>, AppError> {
        let outcomes = sync::push_all(self.account, intents).await?;
        self.refresh().await;
        Ok(outcomes)
    }

    /// Erases the customer, if it is as shown.
    pub async fn delete(self) -> Result<Outcome, AppError> {
        let seen_rev = self.customer.with_untracked(|customer| customer.rev);
        let intent = Intent::DeleteCustomer {
            customer: self.id,
            seen_rev,
        };
        let outcome = sync::push(self.account, intent).await?;
        if outcome.problems.is_empty() {
            self.memory.remove(self.id);
        } else {
            self.refresh().await;
        }
        Ok(outcome)
    }

    /// Takes over how profile and attributes are on the server now. When it cannot be asked, what is shown stays.
    pub async fn refresh(self) {
        let id = self.id;
        if let Ok(latest) = data::ask(|| api::get_customer(id)).await {
            let shown = self.customer.try_with_untracked(|customer| customer.rev);
            if shown.is_none_or(|shown| latest.rev >= shown) {
                // Also when the profile has been left.
                self.memory.put(&latest);
                self.customer.try_set(latest);
            }
        }
    }

    pub async fn refresh_attributes(self) {
        if let Ok(latest) = data::ask(api::list_attributes).await {
            self.attributes.try_set(latest);
        }
    }
}
