//! One slot of the form: what is typed, and what it was opened on.

use crate::customers::{
    trouble::Trouble,
    view_model::{
        draft::{Draft, change},
        number::Punctuation,
    },
};
use domain::{
    mutation::Change,
    slot::{Slot, SlotKind},
    value::Value,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FormField {
    pub slot: Slot,
    pub kind: SlotKind,
    /// The value that the person saw when the form opened, or chose to replace since.
    from: RwSignal<Option<Value>>,
    opened: RwSignal<Draft>,
    pub draft: RwSignal<Draft>,
    pub trouble: RwSignal<Option<Trouble>>,
}

impl FormField {
    pub(super) fn new(slot: Slot, kind: SlotKind, from: Option<Value>, opened: Draft) -> Self {
        Self {
            slot,
            kind,
            from: RwSignal::new(from),
            draft: RwSignal::new(opened.clone()),
            opened: RwSignal::new(opened),
            trouble: RwSignal::new(None),
        }
    }

    pub(super) fn is_changed(self) -> bool {
        self.draft.with(|draft| {
            self.opened
                .with(|opened| draft.settled() != opened.settled())
        })
    }

    /// What saving the field asks for. A draft that is no value is marked, and gives `Err`.
    pub(super) fn change(self, punctuation: Punctuation) -> Result<Option<Change>, ()> {
        let from = self.from.get_untracked();
        let (opened, draft) = (self.opened.get_untracked(), self.draft.get_untracked());
        change(
            self.slot,
            self.kind,
            from.as_ref(),
            &opened,
            &draft,
            punctuation,
        )
        .map_err(|invalid| self.trouble.set(Some(Trouble::Invalid(invalid))))
    }

    /// The value was saved: from now on it is what the form was opened on.
    pub(super) fn take_as_saved(self, value: Option<Value>) {
        self.from.set(value);
        self.opened.set(self.draft.get_untracked());
        self.trouble.set(None);
    }

    /// Mine: the next save replaces the other value. Theirs: the field shows the other value.
    pub fn choose(
        self,
        theirs: Option<Value>,
        mine: bool,
        phones: &BTreeMap<String, String>,
        punctuation: Punctuation,
    ) {
        let draft = Draft::of(self.kind, theirs.as_ref(), phones, punctuation);
        self.opened.set(draft.clone());
        self.from.set(theirs);
        self.trouble.set(None);
        if !mine {
            self.draft.set(draft);
        }
    }
}
