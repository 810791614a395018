//! How many threads wait to be read: for the marks in the navigation and beside the filters.

use super::api;
use crate::{
    data::{self, Order},
    feed::use_feed,
};
use domain::conversation::ConversationCounts;
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone, Copy, Debug)]
struct Counts {
    known: RwSignal<ConversationCounts>,
    order: Order,
}

/// Called once, by the frame of signed-in pages, below the feed.
pub fn provide_counts() {
    let counts = Counts {
        known: RwSignal::new(ConversationCounts::default()),
        order: Order::new(),
    };
    provide_context(counts);
    Effect::new(move || spawn_local(counts.refresh()));
    use_feed().on_move(move || counts.refresh());
}

/// All are zero until they are known.
pub fn use_counts() -> Signal<ConversationCounts> {
    expect_context::<Counts>().known.into()
}

impl Counts {
    async fn refresh(self) {
        let turn = self.order.begin();
        if let Ok(latest) = data::ask(api::conversation_counts).await
            && turn.may_be_shown()
        {
            self.known.try_set(latest);
        }
    }
}
