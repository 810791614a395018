//! The search box of every page. On the customer list it narrows the list while the person types.

use crate::{
    i18n::{t_string, use_i18n},
    routes,
    ui::{Icon, on_key, use_typing},
};
use icondata_lu as lu;
use leptos::{ev, html, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
    params::ParamsMap,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

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
    let typing = use_typing();
    let typed = move |_| {
        typing.forget();
        if on_list.get_untracked() {
            // Whoever opened a customer in the meantime is not called back to the list.
            let narrow = move || {
                if on_list.get_untracked() {
                    go.with_value(|go| go());
                }
            };
            typing.then(narrow);
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        typing.forget();
        go.with_value(|go| go());
    };
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(input) = node.get_untracked()
        {
            drop(input.blur());
        }
    };
    on_key("/", move || {
        if let Some(input) = search_of_page().or_else(|| node.get_untracked()) {
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

/// The search box of the page itself, where it has one in sight.
fn search_of_page() -> Option<HtmlInputElement> {
    let search = document().query_selector("main [data-search]").ok()??;
    let search = search.dyn_into::<HtmlInputElement>().ok()?;
    // Hidden beside what is open on a phone.
    let is_shown = search.get_bounding_client_rect().width() > 0.0
        && window()
            .match_media("(width < 48rem)")
            .ok()
            .flatten()
            .is_none_or(|narrow| {
                !narrow.matches()
                    || search
                        .closest(".conversations-open")
                        .ok()
                        .flatten()
                        .is_none()
            });
    is_shown.then_some(search)
}
