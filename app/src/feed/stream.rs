//! The stream that tells the rev. A browser opens only six connections to one host, so hidden tabs give theirs back; where
//! no stream can be had, time takes its place.

use super::Feed;
use domain::ids::AccountId;
use gloo::events::EventListener;
use leptos::{prelude::*, wasm_bindgen::JsCast};
use std::time::Duration;
use web_sys::{EventSource, MessageEvent, VisibilityState};

/// How often is asked when nothing is told.
const PATIENCE: Duration = Duration::from_secs(15);

struct Stream {
    source: EventSource,
    _heard: EventListener,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}

impl Stream {
    /// The browser connects again by itself when the connection breaks, and gives up when the server refuses.
    fn open(feed: Feed, account: AccountId) -> Option<Self> {
        let source = EventSource::new(&format!("/api/v1/events/{account}")).ok()?;
        let heard = EventListener::new(&source, "rev", move |event| {
            let data = event
                .dyn_ref::<MessageEvent>()
                .and_then(|message| message.data().as_string());
            if let Some(rev) = data.and_then(|data| data.parse().ok()) {
                feed.hear(rev);
            }
        });
        Some(Self {
            source,
            _heard: heard,
        })
    }

    fn tells(&self) -> bool {
        self.source.ready_state() == EventSource::OPEN
    }

    fn gave_up(&self) -> bool {
        self.source.ready_state() == EventSource::CLOSED
    }
}

fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Follows the account until the frame goes. Browser only.
pub(super) fn follow(feed: Feed, account: AccountId) {
    let stream = StoredValue::new_local(None::<Stream>);
    let open = move || {
        stream.try_update_value(|stream| {
            if stream.as_ref().is_none_or(Stream::gave_up) {
                *stream = Stream::open(feed, account);
            }
        });
    };
    if is_visible() {
        open();
    }
    let turned = EventListener::new(&document(), "visibilitychange", move |_| {
        if is_visible() {
            open();
            feed.stir();
        } else {
            stream.try_set_value(None);
        }
    });
    // It listens until the frame goes.
    StoredValue::new_local(turned);
    let polling = set_interval_with_handle(
        move || {
            let told = stream
                .try_with_value(|stream| stream.as_ref().is_some_and(Stream::tells))
                .unwrap_or(true);
            if is_visible() && !told {
                open();
                feed.stir();
            }
        },
        PATIENCE,
    );
    if let Ok(polling) = polling {
        on_cleanup(move || polling.clear());
    }
}
