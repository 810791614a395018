//! Waiting until a person has stopped typing.

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(200);

/// What is to be done once nothing has been typed for a moment. It goes with the component that made it.
#[derive(Clone, Copy, Debug)]
pub struct Typing(StoredValue<Option<TimeoutHandle>>);

/// Only the last thing asked for is done.
pub fn use_typing() -> Typing {
    let typing = Typing(StoredValue::new(None));
    on_cleanup(move || typing.forget());
    typing
}

impl Typing {
    pub fn then(self, run: impl FnOnce() + 'static) {
        self.forget();
        self.0.set_value(set_timeout_with_handle(run, PAUSE).ok());
    }

    /// Nothing is to be done any more.
    pub fn forget(self) {
        if let Some(handle) = self.0.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }
}
