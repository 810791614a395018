//! The search box of every page. On the customer list it narrows the list while the person types.

use crate::{
    i18n::{t_string, use_i18n},
    routes,
    ui::{Icon, on_key},
};
use icondata_lu as lu;
use leptos::{ev, html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
    params::ParamsMap,
};
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(200);

#[component]
pub(super) fn Search() -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Input>::new();
    let location = use_location();
    let on_list = Memo::new(move |_| location.pathname.get() == routes::CUSTOMERS);
    let asked = Memo::new(move |_| {
        if on_list.get() {
            location
                .query
                .with(|query| query.get("q"))
                .unwrap_or_default()
        } else {
            String::new()
        }
    });

    // The address changes by links and the back button too; the box follows, unless the person is typing in it.
    Effect::new(move || {
        let asked = asked.get();
        if let Some(input) = node.get()
            && document().active_element().as_ref() != Some(input.as_ref())
        {
            input.set_value(&asked);
        }
    });

    let navigate = use_navigate();
    let go = StoredValue::new(move || {
        let Some(input) = node.get_untracked() else {
            return;
        };
        let text = input.value();
        let here = on_list.get_untracked();
        let mut query = if here {
            location.query.get_untracked()
        } else {
            ParamsMap::new()
        };
        if here && text.trim() == query.get("q").unwrap_or_default() {
            return;
        }
        query.remove("q");
        if !text.trim().is_empty() {
            query.insert("q", text.trim().to_owned());
        }
        let address = format!("{}{}", routes::CUSTOMERS, query.to_query_string());
        navigate(
            &address,
            NavigateOptions {
                replace: here,
                scroll: false,
                ..NavigateOptions::default()
            },
        );
    });
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let forget = move || {
        if let Some(handle) = pending.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let typed = move |_| {
        forget();
        if on_list.get_untracked() {
            // Whoever opened a customer in the meantime is not called back to the list.
            let narrow = move || {
                if on_list.get_untracked() {
                    go.with_value(|go| go());
                }
            };
            pending.set_value(set_timeout_with_handle(narrow, PAUSE).ok());
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        forget();
        go.with_value(|go| go());
    };
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(input) = node.get_untracked()
        {
            drop(input.blur());
        }
    };
    on_cleanup(forget);
    on_key("/", move || {
        if let Some(input) = node.get_untracked() {
            drop(input.focus());
            input.select();
        }
    });
    view! {
        <form role="search" class="min-w-0 grow" action=routes::CUSTOMERS method="get" on:submit=submit>
            <label class="input input-sm w-full max-w-lg">
                <Icon icon=lu::LuSearch />
                <span class="sr-only">{move || t_string!(i18n, common.search)}</span>
                <input
                    node_ref=node
                    type="search"
                    name="q"
                    autocomplete="off"
                    aria-keyshortcuts="/"
                    value=asked.get_untracked()
                    placeholder=move || t_string!(i18n, common.search_hint)
                    on:input=typed
                    on:keydown=escape
                />
                <kbd class="kbd kbd-sm hidden md:inline-flex" aria-hidden="true">
                    "/"
                </kbd>
            </label>
        </form>
    }
}
