//! What changes in the account while a page is open: the server tells its rev, and what is shown is loaded again.

mod reload;
mod stream;

use domain::ids::AccountId;
use leptos::prelude::*;
use std::cell::Cell;

/// Lives as long as the frame.
#[derive(Clone, Copy, Debug)]
pub struct Feed {
    /// The last rev that was heard of. It is set again, and to the same, when something may have changed and nobody could say so.
    pub rev: ReadSignal<u64>,
    moved: WriteSignal<u64>,
}

thread_local! {
    // One page, one account. Pushes end where there is no reactive owner to ask.
    static FEED: Cell<Option<Feed>> = const { Cell::new(None) };
}

/// Called once, by the frame of signed-in pages.
pub fn provide_feed(account: AccountId) {
    let (rev, moved) = signal(0);
    let feed = Feed { rev, moved };
    provide_context(feed);
    Effect::new(move || {
        FEED.set(Some(feed));
        stream::follow(feed, account);
    });
}

pub fn use_feed() -> Feed {
    expect_context::<Feed>()
}

/// Learns from a push of this page.
pub(crate) fn heard(rev: u64) {
    if let Some(feed) = FEED.get() {
        feed.hear(rev);
    }
}

impl Feed {
    fn hear(self, rev: u64) {
        if self
            .rev
            .try_get_untracked()
            .is_some_and(|known| rev > known)
        {
            self.moved.try_set(rev);
        }
    }

    /// Something may have changed.
    fn stir(self) {
        self.moved.try_update(|_| ());
    }
}
