//! Narrows the list while the person types.

use super::keyboard::focus_first;
use crate::{
    conversations::view_model::list_view::ListView,
    i18n::{t_string, use_i18n},
    ui::{Icon, use_typing},
};
use icondata_lu::LuSearch;
use leptos::{ev, html, prelude::*};

#[component]
pub(super) fn ListSearch(view: Memo<ListView>, on_change: Callback<ListView>) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Input>::new();
    // The address changes by links and the back button too; the box follows, unless the person is typing in it.
    Effect::new(move || {
        let asked = view.get().text;
        if let Some(input) = node.get()
            && document().active_element().as_ref() != Some(input.as_ref())
        {
            input.set_value(&asked);
        }
    });
    let go = move || {
        let (Some(input), Some(now)) =
            (node.try_get_untracked().flatten(), view.try_get_untracked())
        else {
            return;
        };
        let text = input.value().trim().to_owned();
        if text != now.text {
            on_change.run(ListView { text, ..now });
        }
    };
    let typing = use_typing();
    let typed = move |_| typing.then(go);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        typing.forget();
        go();
    };
    let keydown = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            if let Some(input) = node.get_untracked() {
                drop(input.blur());
            }
        }
        "ArrowDown" => {
            event.prevent_default();
            focus_first();
        }
        _ => {}
    };
    view! {
        <form role="search" method="get" aria-label=move || t_string!(i18n, conversations.search) on:submit=submit>
            <label class="input input-sm w-full">
                <Icon icon=LuSearch/>
                <span class="sr-only">{move || t_string!(i18n, conversations.search)}</span>
                <input
                    node_ref=node
                    type="search"
                    name="q"
                    autocomplete="off"
                    aria-keyshortcuts="/"
                    data-search=""
                    value=view.get_untracked().text
                    placeholder=move || t_string!(i18n, conversations.search_hint)
                    on:input=typed
                    on:keydown=keydown
                />
            </label>
        </form>
    }
}
