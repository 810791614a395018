//! Forms that the page handles itself.

use leptos::{ev::SubmitEvent, html, prelude::*};
use wasm_bindgen::JsCast;

#[derive(Clone, Copy)]
struct Ready(RwSignal<bool>);

/// Called once, by the root of the app: from then on `body` has `data-ready`, and submit buttons can be pressed.
pub fn provide_ready() {
    let ready = Ready(RwSignal::new(false));
    provide_context(ready);
    Effect::new(move || {
        ready.0.set(true);
        if let Some(body) = document().body() {
            drop(body.set_attribute("data-ready", ""));
        }
    });
}

/// Whether event handlers are there. Before, a submission would leave the page.
pub fn use_ready() -> Signal<bool> {
    use_context::<Ready>().map_or_else(|| Signal::derive(|| true), |ready| ready.0.into())
}

/// A form. After a submission that a field refused, focus goes to the first field that is marked as invalid.
///
/// The method is `post`, so that a submission before the page is ready could never put what was typed into the address.
#[component]
pub fn Form(
    on_submit: impl Fn() + Clone + Send + Sync + 'static,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit();
        request_animation_frame(move || {
            // What was submitted may have led to another page by now.
            let invalid = node
                .try_get_untracked()
                .flatten()
                .and_then(|form| form.query_selector("[aria-invalid=true]").ok().flatten());
            if let Some(field) =
                invalid.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok())
            {
                drop(field.focus());
            }
        });
    };
    view! {
        <form method="post" novalidate node_ref=node on:submit=submit class="flex flex-col gap-4">
            {children()}
        </form>
    }
}
