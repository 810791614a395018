//! "+ Add new attribute": name, type, value.

use super::{
    trouble::{Trouble, TroubleText},
    value_input::ValueInput,
    view_model::{attribute_list::of_same_name, draft::Draft},
    wording,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    sync,
    ui::{Button, ButtonKind, Choice, Select, TextField, say},
};
use domain::{
    attribute::{Attribute, AttributeKind, AttributeName},
    ids::AttributeId,
    slot::SlotKind,
};
use icondata_lu::LuPlus;
use leptos::{ev, html, prelude::*};
use std::collections::BTreeMap;

/// An attribute to be made, and the value that this customer gets.
#[derive(Clone, Debug)]
pub struct NewAttribute {
    pub attribute: Attribute,
    pub draft: Draft,
}

#[component]
pub fn AddAttribute(
    /// The attributes that are there, retired ones too.
    #[prop(into)]
    known: Signal<Vec<Attribute>>,
    #[prop(into)] on_add: Callback<NewAttribute>,
    /// The person wants the attribute that has the name already.
    #[prop(into)]
    on_existing: Callback<AttributeId>,
    /// In settings there is no customer to give a value to.
    #[prop(default = true)]
    with_value: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let opener = NodeRef::<html::Div>::new();
    let close = move || {
        open.set(false);
        request_animation_frame(move || focus_button(opener));
    };
    let form = move || {
        view! {
            <NewAttributeForm
                known
                with_value
                on_add=Callback::new(move |new| {
                    close();
                    on_add.run(new);
                })
                on_existing=Callback::new(move |id| {
                    open.set(false);
                    on_existing.run(id);
                })
                on_cancel=Callback::new(move |()| close())
            />
        }
    };
    let button = move || {
        view! {
            <div node_ref=opener>
                <Button icon=LuPlus on:click=move |_| open.set(true)>{t!(i18n, customers.add_attribute_open)}</Button>
            </div>
        }
    };
    move || {
        if open.get() {
            form().into_any()
        } else {
            button().into_any()
        }
    }
}

fn focus_button(place: NodeRef<html::Div>) {
    use wasm_bindgen::JsCast;
    let button = place
        .try_get_untracked()
        .flatten()
        .and_then(|place| place.query_selector("button").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(button.focus());
    }
}

#[component]
fn NewAttributeForm(
    known: Signal<Vec<Attribute>>,
    with_value: bool,
    on_add: Callback<NewAttribute>,
    on_existing: Callback<AttributeId>,
    on_cancel: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = RwSignal::new(String::new());
    let kind_key = RwSignal::new(AttributeKind::Text.key().to_owned());
    let kind = Memo::new(move |_| {
        kind_key
            .with(|key| AttributeKind::from_key(key))
            .unwrap_or(AttributeKind::Text)
    });
    let slot_kind = move || SlotKind::from(kind.get());
    let draft = RwSignal::new(Draft::blank(SlotKind::LongText));
    let tried = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Trouble>);
    Effect::new(move |earlier: Option<AttributeKind>| {
        let kind = kind.get();
        if earlier.is_some_and(|earlier| earlier != kind) {
            draft.set(Draft::blank(kind.into()));
            trouble.set(None);
        }
        kind
    });
    let clash = Memo::new(move |_| {
        let name = AttributeName::parse(&name.get()).ok()?;
        known.with(|known| of_same_name(&name, known).cloned())
    });
    let name_error = Signal::derive(move || {
        let locale = i18n.get_locale();
        match (clash.get(), AttributeName::parse(&name.get())) {
            (Some(existing), _) if existing.retired => Some(t_string!(
                i18n,
                customers.name_taken_retired,
                name = existing.name.to_string()
            )),
            (Some(existing), _) => {
                let kind = wording::kind(locale, existing.kind);
                Some(t_string!(
                    i18n,
                    customers.name_taken,
                    name = existing.name.to_string(),
                    kind = kind
                ))
            }
            (None, Err(error)) if tried.get() => {
                Some(wording::attribute_name_error(locale, error).to_owned())
            }
            _ => None,
        }
    });
    let add = move || {
        tried.set(true);
        let punctuation = wording::punctuation(i18n.get_locale_untracked());
        let invalid = draft
            .with_untracked(|draft| draft.value(kind.get_untracked().into(), punctuation))
            .err();
        trouble.set(invalid.clone().map(Trouble::Invalid));
        if let (Ok(name), None, None) = (
            AttributeName::parse(&name.get_untracked()),
            clash.get_untracked(),
            invalid,
        ) {
            let id = AttributeId::new(sync::new_id());
            let attribute = Attribute {
                id,
                name,
                kind: kind.get_untracked(),
                retired: false,
            };
            on_add.run(NewAttribute {
                attribute,
                draft: draft.get_untracked(),
            });
        }
    };
    let on_keydown = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            on_cancel.run(());
        }
        // The form around this one must not be saved by it.
        "Enter" if !event.default_prevented() && !event.is_composing() && !is_button(&event) => {
            event.prevent_default();
            event.stop_propagation();
            add();
        }
        _ => {}
    };
    let kinds = Signal::derive(move || {
        AttributeKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.key(), wording::kind(i18n.get_locale(), *kind)))
            .collect::<Vec<_>>()
    });
    let value = move || {
        view! {
            <div class="flex flex-col gap-1">
                <label for="new-attribute-value" class="font-medium">{t!(i18n, customers.attribute_value)}</label>
                <ValueInput
                    id="new-attribute-value"
                    kind=slot_kind()
                    draft
                    on_change=Callback::new(move |changed| draft.set(changed))
                    trouble=Signal::derive(move || trouble.with(Option::is_some).then(|| "new-attribute-trouble".to_owned()))
                />
                <TroubleText
                    id="new-attribute-trouble"
                    kind=slot_kind()
                    trouble
                    phones=Signal::stored(BTreeMap::new())
                    on_choice=Callback::new(|_| ())
                />
            </div>
        }
    };
    view! {
        <div
            role="group"
            aria-label=move || t_string!(i18n, customers.add_attribute_open)
            class="border-base-300 bg-base-200/50 flex flex-col gap-3 rounded-lg border p-3"
            on:keydown=on_keydown
        >
            <TextField
                id="new-attribute-name"
                label=say(move || t_string!(i18n, customers.attribute_name))
                value=name
                error=name_error
                autofocus=true
            />
            {move || {
                clash
                    .get()
                    .filter(|existing| !existing.retired)
                    .map(|existing| {
                        view! {
                            <Button small=true on:click=move |_| on_existing.run(existing.id)>
                                {t!(i18n, customers.use_existing)}
                            </Button>
                        }
                    })
            }}
            <Select
                id="new-attribute-type"
                label=say(move || t_string!(i18n, customers.attribute_type))
                value=kind_key
                choices=kinds
            />
            {with_value.then_some(value)}
            <div class="flex flex-wrap gap-2">
                <Button kind=ButtonKind::Primary on:click=move |_| add()>{t!(i18n, customers.add_attribute)}</Button>
                <Button on:click=move |_| on_cancel.run(())>{t!(i18n, customers.cancel)}</Button>
            </div>
        </div>
    }
}

fn is_button(event: &ev::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    event
        .target()
        .is_some_and(|target| target.has_type::<web_sys::HtmlButtonElement>())
}
