//! Short messages about what has just happened, also elsewhere than where the person looks.

use super::{Button, Icon, IconButton};
use icondata_lu as lu;
use leptos::prelude::*;
use std::{sync::Arc, time::Duration};

/// Long enough to read two lines; failures stay until they are dismissed.
const SHOWN_FOR: Duration = Duration::from_secs(6);

/// Long enough to think it over, and to reach the button by the keyboard.
const OFFERED_FOR: Duration = Duration::from_secs(20);

#[derive(Clone)]
struct Toast {
    number: u32,
    text: String,
    failed: bool,
    offer: Option<Offer>,
}

/// A button in a toast. It outlives the page that it came from: what it does must not need that page any more.
#[derive(Clone)]
struct Offer {
    label: String,
    act: Arc<dyn Fn() + Send + Sync>,
}

#[derive(Clone, Copy, Debug)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    made: StoredValue<u32>,
}

impl Toasts {
    /// Something succeeded.
    pub fn done(self, text: impl Into<String>) {
        let number = self.add(text.into(), false, None);
        set_timeout(move || self.dismiss(number), SHOWN_FOR);
    }

    /// Something succeeded, with a button that does something about it: "Undo".
    pub fn done_with_offer(
        self,
        text: impl Into<String>,
        label: impl Into<String>,
        act: impl Fn() + Send + Sync + 'static,
    ) {
        let offer = Offer {
            label: label.into(),
            act: Arc::new(act),
        };
        let number = self.add(text.into(), false, Some(offer));
        set_timeout(move || self.dismiss(number), OFFERED_FOR);
    }

    /// Something failed.
    pub fn failed(self, text: impl Into<String>) {
        self.add(text.into(), true, None);
    }

    fn add(self, text: String, failed: bool, offer: Option<Offer>) -> u32 {
        self.made.update_value(|made| *made += 1);
        let number = self.made.get_value();
        self.shown.update(|shown| {
            shown.push(Toast {
                number,
                text,
                failed,
                offer,
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
        <div class="toast" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.number let:toast>
                <div class=if toast.failed { "alert alert-error" } else { "alert alert-success" }>
                    <Icon icon=if toast.failed { lu::LuCircleAlert } else { lu::LuCircleCheck } />
                    <span class="whitespace-normal">{toast.text}</span>
                    {toast
                        .offer
                        .map(|offer| {
                            let act = move |_| {
                                toasts.dismiss(toast.number);
                                (offer.act)();
                            };
                            view! { <Button small=true on:click=act>{offer.label}</Button> }
                        })}
                    <IconButton icon=lu::LuX label=dismiss on:click=move |_| toasts.dismiss(toast.number) />
                </div>
            </For>
        </div>
    }
}
