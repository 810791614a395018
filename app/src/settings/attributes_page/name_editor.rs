//! The name of an attribute, changed in place.

use super::state::AttributeList;
use crate::{
    customers::{view_model::attribute_list::of_same_name, wording},
    i18n::{t_string, use_i18n},
    ui::{IconButton, say},
};
use domain::{attribute::AttributeName, ids::AttributeId, mutation::Intent};
use icondata_lu as lu;
use leptos::{ev, html, prelude::*, task::spawn_local};

#[component]
pub(super) fn NameEditor(
    list: AttributeList,
    id: AttributeId,
    name: Memo<String>,
    #[prop(into)] may_edit: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let editing = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let place = NodeRef::<html::Div>::new();
    let input = NodeRef::<html::Input>::new();
    let open = move || {
        typed.set(name.get_untracked());
        error.set(None);
        editing.set(true);
        request_animation_frame(move || {
            if let Some(input) = input.try_get_untracked().flatten() {
                drop(input.focus());
                input.select();
            }
        });
    };
    let close = move || {
        editing.set(false);
        request_animation_frame(move || {
            use wasm_bindgen::JsCast;
            let pen = place
                .try_get_untracked()
                .flatten()
                .and_then(|place| place.query_selector("button").ok().flatten());
            if let Some(pen) = pen.and_then(|pen| pen.dyn_into::<web_sys::HtmlElement>().ok()) {
                drop(pen.focus());
            }
        });
    };
    let save = move || {
        // A focused input that is taken away still reports that it was left.
        if editing.try_get_untracked() != Some(true) {
            return;
        }
        let locale = i18n.get_locale_untracked();
        let (from, to) = (
            AttributeName::parse(&name.get_untracked()),
            AttributeName::parse(&typed.get_untracked()),
        );
        let (Ok(from), Ok(to)) = (from, to.clone()) else {
            error.set(
                to.err()
                    .map(|why| wording::attribute_name_error(locale, why).to_owned()),
            );
            return;
        };
        let known = untrack(|| list.attributes());
        if let Some(other) = of_same_name(&to, &known).filter(|other| other.id != id) {
            let kind = wording::kind(locale, other.kind);
            error.set(Some(t_string!(
                i18n,
                customers.name_taken,
                name = other.name.to_string(),
                kind = kind
            )));
            return;
        }
        close();
        if from != to {
            spawn_local(async move {
                let new_name = to.to_string();
                if list
                    .send(Intent::RenameAttribute {
                        attribute: id,
                        from,
                        to,
                    })
                    .await
                {
                    list.say(|i18n| {
                        t_string!(i18n, customers.attributes_was_renamed, name = new_name)
                    });
                }
            });
        }
    };
    let on_keydown = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            save();
        }
        "Escape" => {
            event.prevent_default();
            close();
        }
        _ => {}
    };
    let error_id = format!("attribute-{id}-error");
    let described_by = error_id.clone();
    let editor = move || {
        view! {
            <input
                node_ref=input
                class="input input-sm w-full max-w-72"
                maxlength=AttributeName::MAX.to_string()
                autocomplete="off"
                aria-label=move || t_string!(i18n, customers.attributes_name_of, name = name.get())
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by.clone()
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=on_keydown
                on:blur=move |_| {
                    if document().has_focus().unwrap_or(true) {
                        save();
                    }
                }
            />
        }
        .into_any()
    };
    let reading = move || {
        view! {
            <span class="flex items-center gap-1">
                <span class="min-w-0 truncate font-medium">{name}</span>
                {move || {
                    may_edit
                        .get()
                        .then(|| {
                            view! {
                                <IconButton
                                    icon=lu::LuPencil
                                    label=say(move || t_string!(i18n, customers.attributes_rename, name = name.get()))
                                    on:click=move |_| open()
                                />
                            }
                        })
                }}
            </span>
        }
        .into_any()
    };
    view! {
        <div node_ref=place>
            {move || if editing.get() { editor() } else { reading() }}
            <p id=error_id class="text-error text-sm empty:hidden" role="alert">
                {move || editing.get().then(|| error.get()).flatten()}
            </p>
        </div>
    }
}
