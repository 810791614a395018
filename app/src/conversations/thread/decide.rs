//! What a person decides about a thread or one of its messages: pushed at once, and told where it was refused.

use super::{Thread, refusal};
use crate::{i18n::Locale, sync, ui::Toasts, words};
use domain::{conversation::Delivery, ids::MessageId, mutation::Intent};
use leptos::{prelude::*, task::spawn_local};

impl Thread {
    pub(in crate::conversations) fn decide(self, intent: Intent, toasts: Toasts, locale: Locale) {
        spawn_local(async move {
            match sync::push(self.account, intent).await {
                Ok(outcome) => {
                    if let Some(reason) = refusal(&outcome) {
                        toasts.failed(words::reason(locale, &reason));
                    }
                }
                Err(error) => toasts.failed(words::app_error(locale, &error)),
            }
            self.refresh().await;
        });
    }

    pub(super) fn retry(self, message: MessageId, toasts: Toasts, locale: Locale) {
        self.entries
            .update(|entries| entries.expect(message, Delivery::Queued));
        self.decide(Intent::RetryMessage { message }, toasts, locale);
    }

    pub(super) fn cancel(self, message: MessageId, toasts: Toasts, locale: Locale) {
        self.entries
            .update(|entries| entries.expect(message, Delivery::Cancelled));
        self.decide(Intent::CancelMessage { message }, toasts, locale);
    }
}
