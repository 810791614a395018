//! The states of a pen: reading, editing, saving, saved.

use crate::{
    customers::{
        profile::Profile,
        trouble::{Choice, Trouble},
        view_model::{
            answer::answer_for,
            draft::{Draft, change},
            number::Punctuation,
        },
    },
    i18n::{I18nKeys, Locale, t_string, use_i18n},
    ui::{Toasts, use_toasts},
};
use domain::{
    mutation::Change,
    slot::{Slot, SlotKind},
    value::Value,
};
use leptos::{html, prelude::*, task::spawn_local};
use leptos_i18n::I18nContext;
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
    refused: StoredValue<Option<Draft>>,
    pub(super) trouble: RwSignal<Option<Trouble>>,
    pub(super) place: NodeRef<html::Div>,
    label: Signal<String>,
    i18n: I18nContext<Locale, I18nKeys>,
    toasts: Toasts,
}

impl Pen {
    pub(super) fn new(profile: Profile, slot: Slot, kind: SlotKind, label: Signal<String>) -> Self {
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
            refused: StoredValue::new(None),
            trouble: RwSignal::new(None),
            place: NodeRef::new(),
            label,
            i18n: use_i18n(),
            toasts: use_toasts(),
        }
    }

    /// A choice between two values comes before anything else is typed: opening again would drop one of them.
    pub(super) fn can_open(self) -> bool {
        let calm = matches!(self.state.get_untracked(), State::Reading | State::Saved);
        calm && self
            .trouble
            .with_untracked(|trouble| !matches!(trouble, Some(Trouble::Conflict(_))))
    }

    /// Whether a place on the page is part of this field.
    pub(super) fn holds(self, node: Option<&web_sys::Node>) -> bool {
        let place = self.place.try_get_untracked().flatten();
        place.is_some_and(|place| node.is_some() && place.contains(node))
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
        // A page that goes takes the focus from its open editor, which is gone by then.
        if self.state.try_get_untracked() != Some(State::Editing) {
            return;
        }
        // Whoever leaves a field that says what is wrong has seen it: the same is not asked for again.
        if !take_focus && self.is_refused() {
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

    /// What is typed is what was refused.
    fn is_refused(self) -> bool {
        let refused = self.refused.get_value();
        self.trouble.with_untracked(Option::is_some)
            && self
                .draft
                .with_untracked(|draft| refused.as_ref() == Some(draft))
    }

    fn send(self, change: Change) {
        self.trouble.set(None);
        self.state.set(State::Saving);
        let field = self.label.get_untracked();
        spawn_local(async move {
            let answer = self.profile.save(change).await;
            let trouble = match answer {
                Ok(outcome) => answer_for(&outcome, self.slot).into(),
                Err(error) => Some(Trouble::Failed(error)),
            };
            self.settle(trouble, field);
        });
    }

    /// What was typed stays in the editor until it is saved, or given up. Where the page is left by then, it is said
    /// elsewhere that it was not.
    fn settle(self, trouble: Option<Trouble>, field: String) {
        let state = match &trouble {
            None => State::Saved,
            Some(Trouble::Conflict(_)) => State::Reading,
            Some(_) => State::Editing,
        };
        if self.state.try_set(state).is_some() {
            if let Some(trouble) = trouble {
                let why = trouble.words(self.i18n.get_locale_untracked());
                self.toasts.failed(t_string!(
                    self.i18n,
                    customers.not_saved_meanwhile,
                    field = field,
                    why = why
                ));
            }
            return;
        }
        self.refused
            .set_value(trouble.is_some().then(|| self.draft.get_untracked()));
        self.trouble.set(trouble);
        if state == State::Saved {
            set_timeout(
                move || {
                    self.state.try_update(State::calm_down);
                },
                SAVED_SHOWN,
            );
        }
        // Whoever is busy elsewhere on the page by now is not interrupted.
        let here = document()
            .active_element()
            .is_none_or(|element| element.tag_name() == "BODY" || self.holds(Some(&element)));
        if here && state == State::Editing {
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
