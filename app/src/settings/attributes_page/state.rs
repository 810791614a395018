//! The attributes as the page shows them, and how it changes them.

use crate::{
    customers::api,
    data,
    i18n::{I18nKeys, Locale, use_i18n},
    session::use_me,
    sync,
    ui::{Toasts, use_toasts},
    words,
};
use domain::{
    attribute::{Attribute, AttributeUse},
    ids::{AccountId, AttributeId},
    mutation::Intent,
};
use leptos::prelude::*;
use leptos_i18n::I18nContext;

#[derive(Clone, Copy)]
pub(super) struct AttributeList {
    uses: RwSignal<Vec<AttributeUse>>,
    /// How many customers the account has.
    pub(super) total: u64,
    account: AccountId,
    toasts: Toasts,
    i18n: I18nContext<Locale, I18nKeys>,
}

impl AttributeList {
    pub(super) fn new(uses: Vec<AttributeUse>, total: u64) -> Self {
        Self {
            uses: RwSignal::new(uses),
            total,
            account: use_me().with_untracked(|me| me.account.id),
            toasts: use_toasts(),
            i18n: use_i18n(),
        }
    }

    /// In their order, the retired ones last.
    pub(super) fn attributes(self) -> Vec<Attribute> {
        self.uses
            .with(|uses| uses.iter().map(|used| used.attribute.clone()).collect())
    }

    pub(super) fn get(self, id: AttributeId) -> Memo<Option<AttributeUse>> {
        Memo::new(move |_| {
            self.uses
                .with(|uses| uses.iter().find(|used| used.attribute.id == id).cloned())
        })
    }

    /// Shows an order before the server has confirmed it.
    pub(super) fn show_order(self, order: &[AttributeId]) {
        let place = |used: &AttributeUse| {
            order
                .iter()
                .position(|id| *id == used.attribute.id)
                .unwrap_or(order.len())
        };
        self.uses.update(|uses| uses.sort_by_key(place));
    }

    /// Sends a change and shows how the attributes are then. `false` when it was refused, which is said.
    pub(super) async fn send(self, intent: Intent) -> bool {
        let answer = sync::push(self.account, intent).await;
        if let Ok(uses) = data::ask(api::attribute_uses).await {
            self.uses.try_set(uses);
        }
        let locale = self.i18n.get_locale_untracked();
        let refusal = match &answer {
            Ok(outcome) => outcome
                .problems
                .first()
                .map(|problem| words::reason(locale, &problem.reason)),
            Err(error) => Some(words::app_error(locale, error)),
        };
        let done = refusal.is_none();
        if let Some(refusal) = refusal {
            self.toasts.failed(refusal);
        }
        done
    }

    pub(super) fn say(self, text: impl FnOnce(I18nContext<Locale, I18nKeys>) -> String) {
        self.toasts.done(text(self.i18n));
    }
}
