//! A customer's profile, as the list and the profile show it.

use crate::{
    contact::Reference,
    fold::fold,
    ids::CustomerId,
    phone::E164,
    slot::{Field, Slot},
    value::Value,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The values of a profile: a slot without a value is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Values(BTreeMap<Slot, Value>);

impl Values {
    pub fn get(&self, slot: Slot) -> Option<&Value> {
        self.0.get(&slot)
    }

    pub fn field(&self, field: Field) -> Option<&Value> {
        self.get(Slot::Field(field))
    }

    /// The text of a field, or nothing.
    pub fn text(&self, field: Field) -> &str {
        match self.field(field) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    pub fn set(&mut self, slot: Slot, value: Option<Value>) {
        match value {
            Some(value) => self.0.insert(slot, value),
            None => self.0.remove(&slot),
        };
    }

    pub fn take(&mut self, slot: Slot) -> Option<Value> {
        self.0.remove(&slot)
    }

    pub fn iter(&self) -> impl Iterator<Item = (Slot, &Value)> {
        self.0.iter().map(|(slot, value)| (*slot, value))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a person calls this customer: full name, else company, else e-mail, else phone, else reference. Empty when
    /// the profile has none of them.
    pub fn name(&self) -> String {
        let full = format!(
            "{} {}",
            self.text(Field::FirstName),
            self.text(Field::LastName)
        );
        let full = full.trim();
        if !full.is_empty() {
            return full.to_owned();
        }
        [
            Field::Company,
            Field::Email,
            Field::CellPhone,
            Field::Reference,
        ]
        .into_iter()
        .map(|field| self.text(field))
        .find(|text| !text.is_empty())
        .unwrap_or_default()
        .to_owned()
    }
}

impl Values {
    /// What the list is sorted by: last name, then first name, else company, folded. U+0001 stands between the two
    /// names, because it sorts before everything that a name can hold. The SQL `customer_sort_name` is the same.
    pub fn sort_name(&self) -> Option<String> {
        let names = [Field::LastName, Field::FirstName].map(|field| self.text(field));
        let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let sorted_by = if names.is_empty() {
            self.text(Field::Company).to_owned()
        } else {
            names.join("\u{1}")
        };
        (!sorted_by.is_empty()).then(|| fold(&sorted_by))
    }
}

impl FromIterator<(Slot, Value)> for Values {
    fn from_iter<I: IntoIterator<Item = (Slot, Value)>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

/// One customer, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub id: CustomerId,
    /// Grows with every change; equal revs mean an equal profile.
    pub rev: u64,
    pub values: Values,
    /// The phones of the profile as people of the account's country write them, by E.164 form.
    pub phones: BTreeMap<String, String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// Since when the customer does not want messages.
    pub unsubscribed_at: Option<DateTime<Utc>>,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub name: String,
    pub reference: Option<Reference>,
    pub cell_phone: Option<E164>,
    /// The cell phone as people of the account's country write it.
    pub cell_phone_shown: String,
    pub email: Option<String>,
    pub last_activity_at: DateTime<Utc>,
    /// Since when the customer does not want messages.
    pub unsubscribed_at: Option<DateTime<Utc>>,
}
