//! A profile's whole form: a draft for every slot, and what saving it asks for.

mod field;

use super::{
    trouble::Trouble,
    view_model::{
        answer::{Answer, answer_for},
        draft::Draft,
        number::Punctuation,
    },
};
use domain::{
    attribute::Attribute,
    customer::Values,
    ids::{AttributeId, CustomerId},
    mutation::{Change, Intent, Outcome, Status},
    slot::{Field, Slot},
};
use leptos::prelude::*;

use std::collections::BTreeMap;

pub use field::FormField;

#[derive(Clone, Copy, Debug)]
pub struct FormState {
    fields: StoredValue<Vec<FormField>>,
    pub attributes: RwSignal<Vec<FormField>>,
    /// Every attribute of the account, and those that this form adds.
    pub known: RwSignal<Vec<Attribute>>,
    /// Attributes that saving will add.
    added: RwSignal<Vec<AttributeId>>,
    /// Why the whole was refused.
    pub trouble: RwSignal<Option<Trouble>>,
    owner: StoredValue<Option<Owner>>,
}

impl FormState {
    pub fn new(
        values: &Values,
        attributes: Vec<Attribute>,
        phones: &BTreeMap<String, String>,
        punctuation: Punctuation,
    ) -> Self {
        let field = |slot, kind| {
            let value = values.get(slot).cloned();
            let opened = Draft::of(kind, value.as_ref(), phones, punctuation);
            FormField::new(slot, kind, value, opened)
        };
        let shown = attributes.iter().filter(|attribute| !attribute.retired);
        Self {
            fields: StoredValue::new(
                Field::ALL
                    .iter()
                    .map(|f| field(Slot::Field(*f), f.kind()))
                    .collect(),
            ),
            attributes: RwSignal::new(
                shown
                    .map(|a| field(Slot::Attribute(a.id), a.kind.into()))
                    .collect(),
            ),
            known: RwSignal::new(attributes),
            added: RwSignal::new(Vec::new()),
            trouble: RwSignal::new(None),
            owner: StoredValue::new(Owner::current()),
        }
    }

    pub fn field(self, field: Field) -> Option<FormField> {
        self.fields.with_value(|fields| {
            fields
                .iter()
                .find(|f| f.slot == Slot::Field(field))
                .copied()
        })
    }

    fn all(self) -> Vec<FormField> {
        // An answer may come when the page is gone.
        let mut all = self.fields.try_get_value().unwrap_or_default();
        self.attributes
            .try_with(|attributes| all.extend(attributes));
        all
    }

    pub fn is_changed(self) -> bool {
        self.added.with(|added| !added.is_empty())
            || self.all().into_iter().any(FormField::is_changed)
    }

    pub fn is_new(self, slot: Slot) -> bool {
        self.added
            .with(|added| added.iter().any(|id| Slot::Attribute(*id) == slot))
    }

    /// Adds an attribute with its first value; the account gets it when the form is saved.
    pub fn add(self, attribute: Attribute, draft: Draft) {
        let kind = attribute.kind.into();
        let make = || {
            let field = FormField::new(
                Slot::Attribute(attribute.id),
                kind,
                None,
                Draft::blank(kind),
            );
            field.draft.set(draft);
            field
        };
        // The field lives as long as the form, and not only as long as the click that made it.
        let field = self
            .owner
            .with_value(|owner| owner.as_ref().map(|owner| owner.with(make)));
        if let Some(field) = field {
            self.attributes.update(|attributes| attributes.push(field));
            self.added.update(|added| added.push(attribute.id));
            self.known.update(|known| known.push(attribute));
        }
    }

    /// What saving asks for; `Err` when a field is marked as wrong.
    fn changes(self, punctuation: Punctuation) -> Result<Vec<Change>, ()> {
        self.trouble.set(None);
        let all = untrack(|| self.all());
        for field in &all {
            field.trouble.set(None);
        }
        let changes: Vec<_> = all
            .into_iter()
            .map(|field| field.change(punctuation))
            .collect();
        changes.into_iter().filter_map(Result::transpose).collect()
    }

    fn added_intents(self) -> Vec<Intent> {
        let added = self.added.get_untracked();
        self.known.with_untracked(|known| {
            let new = known
                .iter()
                .filter(|attribute| added.contains(&attribute.id));
            new.map(|attribute| Intent::AddAttribute {
                attribute: attribute.id,
                attribute_name: attribute.name.clone(),
                kind: attribute.kind,
            })
            .collect()
        })
    }

    pub fn intents_to_change(
        self,
        customer: CustomerId,
        punctuation: Punctuation,
    ) -> Result<Vec<Intent>, ()> {
        let changes = self.changes(punctuation)?;
        let mut intents = self.added_intents();
        if !changes.is_empty() {
            intents.push(Intent::SetCustomerFields { customer, changes });
        }
        Ok(intents)
    }

    pub fn intents_to_create(
        self,
        customer: CustomerId,
        punctuation: Punctuation,
    ) -> Result<Vec<Intent>, ()> {
        let values = self
            .changes(punctuation)?
            .into_iter()
            .filter_map(|change| change.to.map(|to| (change.slot, to)));
        let create = Intent::CreateCustomer {
            customer,
            values: values.collect(),
        };
        Ok(self.added_intents().into_iter().chain([create]).collect())
    }

    /// Marks each field with the answer to its part of the push. Whether everything was saved.
    pub fn take(self, intents: &[Intent], outcomes: &[Outcome]) -> bool {
        for (intent, outcome) in intents.iter().zip(outcomes) {
            match intent {
                Intent::AddAttribute { attribute, .. } => self.take_added(*attribute, outcome),
                Intent::SetCustomerFields { changes, .. } => {
                    for change in changes {
                        self.take_changed(change, outcome);
                    }
                    self.take_whole(outcome);
                }
                Intent::CreateCustomer { values, .. } => {
                    for (slot, value) in values {
                        let change = Change {
                            slot: *slot,
                            from: None,
                            to: Some(value.clone()),
                        };
                        self.take_changed(&change, outcome);
                    }
                    self.take_whole(outcome);
                }
                _ => {}
            }
        }
        outcomes
            .iter()
            .all(|outcome| matches!(outcome.status, Status::Applied | Status::Noop))
    }

    fn take_added(self, id: AttributeId, outcome: &Outcome) {
        let slot = Slot::Attribute(id);
        match answer_for(outcome, slot) {
            Answer::Saved => self
                .added
                .update(|added| added.retain(|other| *other != id)),
            answer => self.mark(slot, answer),
        }
    }

    fn take_changed(self, change: &Change, outcome: &Outcome) {
        let about = outcome
            .problems
            .iter()
            .any(|problem| problem.slot == Some(change.slot));
        let applied = matches!(
            outcome.status,
            Status::Applied | Status::Noop | Status::Merged
        );
        if about {
            self.mark(change.slot, answer_for(outcome, change.slot));
        } else if applied && let Some(field) = self.find(change.slot) {
            field.take_as_saved(change.to.clone());
        }
    }

    fn take_whole(self, outcome: &Outcome) {
        let whole = outcome
            .problems
            .iter()
            .find(|problem| problem.slot.is_none());
        if let Some(problem) = whole {
            self.trouble
                .set(Some(Trouble::Refused(problem.reason.clone())));
        }
    }

    fn mark(self, slot: Slot, answer: Answer) {
        // An attribute that could not be added explains why better than its value that therefore has no place.
        if let Some(field) = self.find(slot)
            && field.trouble.with_untracked(Option::is_none)
        {
            field.trouble.set(answer.into());
        }
    }

    fn find(self, slot: Slot) -> Option<FormField> {
        untrack(|| self.all())
            .into_iter()
            .find(|field| field.slot == slot)
    }
}

#[cfg(test)]
mod tests;
