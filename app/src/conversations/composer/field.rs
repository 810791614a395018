//! The field of the composer: Enter sends, and Shift and Enter begin a new line. Where fingers type, Enter is a new line.

use crate::conversations::desk::Draft;
use leptos::{ev, html, prelude::*};

pub(super) fn fingers_type() -> bool {
    window()
        .match_media("(pointer: coarse)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

#[component]
pub(super) fn ComposerField(
    id: &'static str,
    #[prop(into)] label: Signal<String>,
    draft: Draft,
    is_note: bool,
    node: NodeRef<html::Textarea>,
    on_send: Callback<()>,
    /// The person goes on to something else.
    #[prop(optional, into)]
    on_left: Option<Callback<()>>,
    #[prop(optional, into)] is_wrong: Signal<bool>,
    /// The ids of what is said about the text.
    described_by: &'static str,
) -> impl IntoView {
    let value = draft.typed(is_note);
    let typed = move |event| {
        value.set(event_target_value(&event));
        // What was typed since is another message.
        if draft.failed.with_untracked(Option::is_some) {
            draft.failed.set(None);
        }
    };
    let keydown = move |event: ev::KeyboardEvent| {
        let sends = event.key() == "Enter"
            && !event.shift_key()
            && !event.alt_key()
            && !event.is_composing()
            && (!fingers_type() || event.ctrl_key() || event.meta_key());
        if sends {
            event.prevent_default();
            on_send.run(());
        }
    };
    view! {
        <textarea
            node_ref=node
            id=id
            class="textarea composer-field"
            rows="2"
            aria-label=move || label.get()
            placeholder=move || label.get()
            aria-describedby=described_by
            aria-invalid=move || is_wrong.get().then_some("true")
            prop:value=move || value.get()
            on:input=typed
            on:keydown=keydown
            on:focusout=move |_| {
                // A focused field that is taken away, because the customer has just unsubscribed, still reports that it was left.
                if let Some(left) = on_left {
                    left.try_run(());
                }
            }
        ></textarea>
    }
}
