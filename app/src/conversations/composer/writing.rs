//! The message that is being written: what it says, to whom, and what is wrong with it.

use super::preview::filled_in;
use crate::{
    conversations::{
        desk::Draft,
        thread::Thread,
        view_model::length::{Length, length},
    },
    i18n::use_i18n,
    templates::Variables,
};
use domain::{
    customer::Values,
    keyword::Language,
    slot::Slot,
    template::{Template, TemplateError},
};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(super) struct Writing {
    pub(super) thread: Thread,
    pub(super) draft: Draft,
    pub(super) variables: Signal<Variables>,
    /// What was readable last: it stays while a variable is being typed.
    pub(super) template: Memo<Template>,
    /// What the customer will read, without the offer.
    pub(super) shown: Memo<String>,
    pub(super) length: Memo<Length>,
    /// Variables of which nothing is known, and for which nothing is said instead.
    pub(super) holes: Memo<Vec<Slot>>,
    pub(super) offer: Memo<Option<Language>>,
    /// A variable that is being typed is not closed yet, which is no error before the person is done.
    pub(super) wrong: Memo<Option<TemplateError>>,
    left: RwSignal<bool>,
}

impl Writing {
    pub(super) fn new(thread: Thread) -> Self {
        let i18n = use_i18n();
        let draft = thread.draft;
        let variables = Signal::derive(move || {
            thread
                .attributes
                .with(|attributes| Variables::of(i18n.get_locale(), attributes))
        });
        let read = Memo::new(move |_| {
            draft.message.with(|text| {
                variables.with(|variables| Template::parse(text.trim_end(), variables.names()))
            })
        });
        let template = Memo::new(move |before: Option<&Template>| {
            read.get()
                .unwrap_or_else(|_| before.cloned().unwrap_or_default())
        });
        let customer = move || thread.profile.map(|profile| profile.customer().get());
        let shown = Memo::new(move |_| {
            let customer = customer();
            template.with(|template| filled_in(template, customer.as_ref()))
        });
        let offer = Memo::new(move |_| thread.conversation.with(|thread| thread.offer));
        let length = Memo::new(move |_| shown.with(|text| length(text, offer.get())));
        let holes = Memo::new(move |_| {
            let values = customer().map_or_else(Values::default, |customer| customer.values);
            template.with(|template| template.holes(&values))
        });
        let left = RwSignal::new(false);
        Self {
            thread,
            draft,
            variables,
            template,
            shown,
            length,
            holes,
            offer,
            wrong: Memo::new(move |_| read.get().err().filter(|_| left.get())),
            left,
        }
    }

    pub(super) fn is_blank(self) -> bool {
        self.draft.message.with(|text| text.trim().is_empty())
    }

    pub(super) fn is_too_long(self) -> bool {
        self.length.with(|length| length.measure.excess() > 0)
    }

    /// The person goes on to something else.
    pub(super) fn leave(self) {
        self.left.set(true);
    }

    /// Sends it, if it can be sent.
    pub(super) fn send(self) {
        self.leave();
        let typed = self.draft.message.get_untracked();
        let text = self
            .variables
            .with_untracked(|variables| Template::parse(typed.trim(), variables.names()));
        if let Ok(text) = text
            && !text.is_empty()
            && !untrack(|| self.is_too_long())
        {
            let shown = self.shown.get_untracked().trim().to_owned();
            self.thread.send(text, typed, shown);
            self.left.set(false);
        }
    }
}
