//! What a person decides about a thread or one of its messages: shown and pushed at once, and told where it was refused.

use super::{Thread, refusal};
use crate::{i18n::Locale, sync, ui::Toasts, words};
use domain::{conversation::Delivery, ids::MessageId, mutation::Intent};
use futures::channel::oneshot;
use leptos::{prelude::*, task::spawn_local};

/// The decisions that the server has not answered.
///
/// What must stay true: they reach it in the order in which they were made, and nothing that it said before it knew of all of
/// them is shown.
#[derive(Clone, Copy, Default)]
pub(super) struct Decisions {
    count: StoredValue<u32>,
    /// Hears when the last one has been answered: two requests may overtake each other, so the next one waits for that.
    last: StoredValue<Option<oneshot::Receiver<()>>>,
}

impl Decisions {
    pub(super) fn is_any(self) -> bool {
        self.count.try_get_value().is_some_and(|count| count > 0)
    }

    fn begin(self) {
        self.count.try_update_value(|count| *count += 1);
    }

    fn end(self) {
        self.count
            .try_update_value(|count| *count = count.saturating_sub(1));
    }
}

impl Thread {
    pub(in crate::conversations) fn decide(self, intent: Intent, toasts: Toasts, locale: Locale) {
        self.order.forget();
        self.decisions.begin();
        let (answered, hears) = oneshot::channel::<()>();
        let before = self
            .decisions
            .last
            .try_update_value(|last| last.replace(hears));
        spawn_local(async move {
            if let Some(before) = before.flatten() {
                // It ends without a word.
                before.await.ok();
            }
            let answer = sync::push(self.account, intent).await;
            drop(answered);
            match answer {
                Ok(outcome) => {
                    if let Some(reason) = refusal(&outcome) {
                        toasts.failed(words::reason(locale, &reason));
                    }
                }
                Err(error) => toasts.failed(words::app_error(locale, &error)),
            }
            self.decisions.end();
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
