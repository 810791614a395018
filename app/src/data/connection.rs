//! Whether the server can be reached: what the browser says of its network, and how the last call went.

use crate::error::AppError;
use leptos::{ev, prelude::*};
use std::cell::Cell;

/// Milliseconds since 1970 at which the connection was lost; `None` while it is there.
#[derive(Clone, Copy, Debug)]
pub struct Connection(RwSignal<Option<f64>>);

thread_local! {
    // One page, one connection. Calls are made from event handlers too, where there is no reactive owner to ask.
    static CONNECTION: Cell<Option<Connection>> = const { Cell::new(None) };
}

impl Connection {
    pub fn offline_since(self) -> Option<f64> {
        self.0.get()
    }

    /// Calls `then` whenever the connection comes back, as long as the component that asks for it is on the page.
    pub(crate) fn on_return(self, then: impl Fn() + 'static) {
        Effect::new(move |was_lost: Option<bool>| {
            let lost = self.offline_since().is_some();
            if was_lost == Some(true) && !lost {
                untrack(&then);
            }
            lost
        });
    }

    fn set(self, online: bool) {
        let was_online = self.0.get_untracked().is_none();
        if online != was_online {
            self.0.set((!online).then(js_sys::Date::now));
        }
    }
}

/// Called once, by the root of the app.
pub fn provide_connection() {
    let connection = Connection(RwSignal::new(None));
    provide_context(connection);
    Effect::new(move || {
        CONNECTION.set(Some(connection));
        connection.set(window().navigator().on_line());
        let online = window_event_listener(ev::online, move |_| connection.set(true));
        let offline = window_event_listener(ev::offline, move |_| connection.set(false));
        on_cleanup(move || {
            online.remove();
            offline.remove();
        });
    });
}

pub fn use_connection() -> Connection {
    expect_context::<Connection>()
}

/// Learns from how a call ended.
pub(super) fn note(error: Option<&AppError>) {
    if let Some(connection) = CONNECTION.get() {
        connection.set(error != Some(&AppError::Offline));
    }
}
