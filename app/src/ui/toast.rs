//! Short messages about what has just happened, also elsewhere than where the person looks.

use super::{Icon, IconButton};
use icondata_lu as lu;
use leptos::prelude::*;
use std::time::Duration;

/// Long enough to read two lines; failures stay until they are dismissed.
const SHOWN_FOR: Duration = Duration::from_secs(6);

#[derive(Clone, Debug)]
struct Toast {
    number: u32,
    text: String,
    failed: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    made: StoredValue<u32>,
}

impl Toasts {
    /// Something succeeded.
    pub fn done(self, text: impl Into<String>) {
        let number = self.add(text.into(), false);
        set_timeout(move || self.dismiss(number), SHOWN_FOR);
    }

    /// Something failed.
    pub fn failed(self, text: impl Into<String>) {
        self.add(text.into(), true);
    }

    fn add(self, text: String, failed: bool) -> u32 {
        self.made.update_value(|made| *made += 1);
        let number = self.made.get_value();
        self.shown.update(|shown| {
            shown.push(Toast {
                number,
                text,
                failed,
            });
        });
        number
    }

    fn dismiss(self, number: u32) {
        self.shown
            .update(|shown| shown.retain(|toast| toast.number != number));
    }
}

/// Called once, by the root of the app.
pub fn provide_toasts() {
    provide_context(Toasts {
        shown: RwSignal::new(Vec::new()),
        made: StoredValue::new(0),
    });
}

pub fn use_toasts() -> Toasts {
    expect_context::<Toasts>()
}

/// Where toasts appear; rendered once, by the root of the app.
#[component]
pub fn ToastRegion(#[prop(into)] dismiss: Signal<String>) -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div class="toast toast-end z-50 mb-16 md:mb-0" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.number let:toast>
                <div class=if toast.failed { "alert alert-error" } else { "alert alert-success" }>
                    <Icon icon=if toast.failed { lu::LuCircleAlert } else { lu::LuCircleCheck } />
                    <span class="whitespace-normal">{toast.text}</span>
                    <IconButton icon=lu::LuX label=dismiss on:click=move |_| toasts.dismiss(toast.number) />
                </div>
            </For>
        </div>
    }
}
