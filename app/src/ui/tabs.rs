//! Several views of one thing, of which one is shown.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub key: &'static str,
    pub label: String,
}

/// The row of tabs. The panel below it is the caller's: `<div role="tabpanel" id="{id}-panel" aria-labelledby="{id}-{key}">`.
#[component]
pub fn Tabs(
    #[prop(into)] id: String,
    /// What the tabs are views of, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] tabs: Signal<Vec<Tab>>,
    #[prop(into)] selected: Signal<&'static str>,
    #[prop(into)] on_select: Callback<&'static str>,
) -> impl IntoView {
    let select = {
        let id = id.clone();
        move |key: &'static str| {
            on_select.run(key);
            let button = document().get_element_by_id(&format!("{id}-{key}"));
            if let Some(button) =
                button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok())
            {
                drop(button.focus());
            }
        }
    };
    let move_by_key = move |event: KeyboardEvent| {
        let keys: Vec<_> = tabs.with_untracked(|tabs| tabs.iter().map(|tab| tab.key).collect());
        let at = keys
            .iter()
            .position(|key| *key == selected.get_untracked())
            .unwrap_or_default();
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % keys.len().max(1),
            "ArrowLeft" => (at + keys.len().saturating_sub(1)) % keys.len().max(1),
            "Home" => 0,
            "End" => keys.len().saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        if let Some(key) = keys.get(to) {
            select(key);
        }
    };
    let panel = format!("{id}-panel");
    view! {
        <div role="tablist" class="tabs tabs-border" aria-label=move || label.get() on:keydown=move_by_key>
            {move || {
                tabs.get()
                    .into_iter()
                    .map(|tab| {
                        let key = tab.key;
                        let here = Memo::new(move |_| selected.get() == key);
                        view! {
                            <button
                                role="tab"
                                type="button"
                                class="tab"
                                class:tab-active=here
                                id=format!("{id}-{key}")
                                aria-selected=move || here.get().to_string()
                                aria-controls=panel.clone()
                                tabindex=move || if here.get() { "0" } else { "-1" }
                                on:click=move |_| on_select.run(key)
                            >
                                {tab.label}
                            </button>
                        }
                    })
                    .collect_view()
            }}
        </div>
    }
}
