//! What the phone shows, asked for again whenever something may have changed.

use crate::{
    conversations::api,
    data::{self, Order},
    error::AppError,
    feed::use_feed,
};
use domain::{conversation::SimulatedPhone, ids::ConversationId};
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone, Copy, Debug)]
pub(super) struct History {
    conversation: Signal<ConversationId>,
    pub(super) shown: RwSignal<Option<SimulatedPhone>>,
    pub(super) failed: RwSignal<Option<AppError>>,
    order: Order,
}

impl History {
    pub(super) fn of(conversation: Signal<ConversationId>) -> Self {
        let history = Self {
            conversation,
            shown: RwSignal::new(None),
            failed: RwSignal::new(None),
            order: Order::new(),
        };
        Effect::new(move |before: Option<ConversationId>| {
            let id = conversation.get();
            if before.is_some_and(|before| before != id) {
                history.shown.set(None);
            }
            history.fetch();
            id
        });
        use_feed().on_move(move || history.ask());
        history
    }

    pub(super) fn fetch(self) {
        spawn_local(self.ask());
    }

    async fn ask(self) {
        let Some(id) = self.conversation.try_get_untracked() else {
            return;
        };
        let turn = self.order.begin();
        let answer = data::ask(|| api::simulated_phone(id)).await;
        if self.conversation.try_get_untracked() != Some(id) || !turn.may_be_shown() {
            return;
        }
        match answer {
            Ok(phone) => {
                self.failed.set(None);
                self.shown.set(Some(phone));
            }
            Err(error) => self.failed.set(Some(error)),
        }
    }
}
