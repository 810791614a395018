//! The states of a pen: reading, editing, saving, saved.

use crate::customers::{
    profile::Profile,
    trouble::{Choice, Trouble},
    view_model::{
        answer::answer_for,
        draft::{Draft, change},
        number::Punctuation,
    },
};
use domain::{
    mutation::Change,
    slot::{Slot, SlotKind},
    value::Value,
};
use leptos::{html, prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// How long "Saved" stands beside a value.
const SAVED_SHOWN: Duration = Duration::from_secs(4);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Reading,
    Editing,
    Saving,
    Saved,
}

impl State {
    fn calm_down(&mut self) {
        if *self == Self::Saved {
            *self = Self::Reading;
        }
    }
}

/// What the editor was opened on.
#[derive(Clone)]
struct Opened {
    value: Option<Value>,
    draft: Draft,
}

/// The state of one pen, and what can be done with it.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    pub(super) profile: Profile,
    pub(super) slot: Slot,
    pub(super) kind: SlotKind,
    pub(super) state: RwSignal<State>,
    pub(super) draft: RwSignal<Draft>,
    opened: StoredValue<Opened>,
    pub(super) trouble: RwSignal<Option<Trouble>>,
    pub(super) place: NodeRef<html::Div>,
}

impl Pen {
    pub(super) fn new(profile: Profile, slot: Slot, kind: SlotKind) -> Self {
        Self {
            profile,
            slot,
            kind,
            state: RwSignal::new(State::Reading),
            draft: RwSignal::new(Draft::blank(kind)),
            opened: StoredValue::new(Opened {
                value: None,
                draft: Draft::blank(kind),
            }),
            trouble: RwSignal::new(None),
            place: NodeRef::new(),
        }
    }

    pub(super) fn open(self, value: Option<Value>, draft: Draft) {
        self.draft.set(draft.clone());
        self.opened.set_value(Opened { value, draft });
        self.trouble.set(None);
        self.state.set(State::Editing);
        self.focus("input, textarea, select");
    }

    pub(super) fn close(self, take_focus: bool) {
        self.trouble.set(None);
        self.state.set(State::Reading);
        if take_focus {
            self.focus("button");
        }
    }

    /// Once the view has followed the state.
    fn focus(self, selector: &'static str) {
        request_animation_frame(move || {
            let found = self
                .place
                .try_get_untracked()
                .flatten()
                .and_then(|place| place.query_selector(selector).ok().flatten());
            let Some(found) = found else { return };
            if let Some(input) = found.dyn_ref::<web_sys::HtmlInputElement>() {
                input.select();
            }
            if let Some(element) = found.dyn_ref::<web_sys::HtmlElement>() {
                drop(element.focus());
            }
        });
    }

    pub(super) fn finish(self, punctuation: Punctuation, take_focus: bool) {
        if self.state.get_untracked() != State::Editing {
            return;
        }
        let Opened {
            value,
            draft: opened,
        } = self.opened.get_value();
        let asked = self.draft.with_untracked(|draft| {
            change(
                self.slot,
                self.kind,
                value.as_ref(),
                &opened,
                draft,
                punctuation,
            )
        });
        match asked {
            Ok(None) => self.close(take_focus),
            Ok(Some(change)) => {
                self.send(change);
                if take_focus {
                    self.focus("button");
                }
            }
            Err(invalid) => self.trouble.set(Some(Trouble::Invalid(invalid))),
        }
    }

    fn send(self, change: Change) {
        self.trouble.set(None);
        self.state.set(State::Saving);
        spawn_local(async move {
            let answer = self.profile.save(change).await;
            let trouble = match answer {
                Ok(outcome) => answer_for(&outcome, self.slot).into(),
                Err(error) => Some(Trouble::Failed(error)),
            };
            self.settle(trouble);
        });
    }

    /// What was typed stays in the editor until it is saved, or given up.
    fn settle(self, trouble: Option<Trouble>) {
        let state = match &trouble {
            None => State::Saved,
            Some(Trouble::Conflict(_)) => State::Reading,
            Some(_) => State::Editing,
        };
        if self.state.try_set(state).is_some() {
            return;
        }
        self.trouble.set(trouble);
        if state == State::Saved {
            set_timeout(
                move || {
                    self.state.try_update(State::calm_down);
                },
                SAVED_SHOWN,
            );
        }
        let nowhere = document()
            .active_element()
            .is_none_or(|element| element.tag_name() == "BODY");
        if nowhere && state == State::Editing {
            self.focus("input, textarea, select");
        }
    }

    pub(super) fn choose(self, choice: Choice) {
        let Choice { conflict, mine } = choice;
        if mine {
            self.send(Change {
                slot: self.slot,
                from: conflict.theirs,
                to: conflict.mine,
            });
        } else {
            self.close(true);
        }
    }
}
