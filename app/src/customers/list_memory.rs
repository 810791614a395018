//! The list as it was left for a profile, so that coming back finds the same rows at the same place.

use super::view_model::{list_view::ListView, loaded::Loaded};
use crate::routes;
use domain::{
    customer::{Customer, CustomerRow},
    ids::CustomerId,
    slot::Field,
};
use leptos::prelude::*;

#[derive(Clone, Debug)]
pub struct LeftList {
    pub view: ListView,
    pub loaded: Loaded,
    /// CSS pixels.
    pub scroll_top: f64,
}

/// Lives as long as the frame; holds a list only while its reader is among the customer pages, because elsewhere
/// customers may be imported or undone.
#[derive(Clone, Copy, Debug)]
pub struct ListMemory(StoredValue<Option<LeftList>>);

impl Default for ListMemory {
    fn default() -> Self {
        Self(StoredValue::new(None))
    }
}

pub fn provide_list_memory() {
    provide_context(ListMemory::default());
}

impl ListMemory {
    /// Keeps a list that is being left for the page at `path`; one that only gives way to another search is not left.
    pub fn leave(self, list: LeftList, path: &str) {
        if path != routes::CUSTOMERS {
            self.0.set_value(is_customer_page(path).then_some(list));
        }
    }

    /// Called when a customer page is left for the page at `path`.
    pub fn go_on(self, path: &str) {
        if !is_customer_page(path) {
            self.0.set_value(None);
        }
    }

    /// The list that was left, if it is the one asked for.
    pub fn recall(self, view: &ListView) -> Option<LeftList> {
        self.0
            .with_value(|list| list.as_ref().filter(|list| list.view == *view).cloned())
    }

    /// Where the list that was left had been scrolled to, if it is the one asked for. It is on the screen again then, and
    /// no longer left.
    pub fn take_place(self, view: &ListView) -> Option<f64> {
        let place = self.recall(view).map(|list| list.scroll_top);
        self.forget();
        place
    }

    /// The address of the list that was left, or of the whole list.
    pub fn address(self) -> String {
        let view = self
            .0
            .with_value(|list| list.as_ref().map(|list| list.view.clone()));
        super::list_page::address(&view.unwrap_or_default())
    }

    pub fn forget(self) {
        self.0.set_value(None);
    }

    pub fn put(self, customer: &Customer) {
        self.0.update_value(|list| {
            if let Some(list) = list {
                let row = list
                    .loaded
                    .rows()
                    .iter()
                    .find(|row| row.id == customer.id)
                    .map(|row| row_of(customer, row));
                if let Some(row) = row {
                    list.loaded.put(row);
                }
            }
        });
    }

    pub fn remove(self, id: CustomerId) {
        self.0.update_value(|list| {
            if let Some(list) = list {
                list.loaded.remove(id);
            }
        });
    }
}

fn is_customer_page(path: &str) -> bool {
    path == routes::CUSTOMERS
        || path
            .strip_prefix(routes::CUSTOMERS)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// The line of the list for a customer that was just edited.
fn row_of(customer: &Customer, before: &CustomerRow) -> CustomerRow {
    let values = &customer.values;
    let cell_phone = values.text(Field::CellPhone);
    let text = |field| Some(values.text(field)).filter(|text| !text.is_empty());
    CustomerRow {
        id: customer.id,
        name: values.name(),
        reference: text(Field::Reference)
            .and_then(|text| domain::contact::Reference::parse(text).ok()),
        cell_phone: domain::phone::E164::new(cell_phone).ok(),
        cell_phone_shown: customer.phones.get(cell_phone).cloned().unwrap_or_default(),
        email: text(Field::Email).map(str::to_owned),
        last_activity_at: before.last_activity_at.max(customer.updated_at),
        unsubscribed_at: customer.unsubscribed_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_customer_pages_keep_the_list() {
        assert!(is_customer_page("/customers") && is_customer_page("/customers/new"));
        assert!(
            !is_customer_page("/imports")
                && !is_customer_page("/customers-archive")
                && !is_customer_page("/")
        );
    }
}
