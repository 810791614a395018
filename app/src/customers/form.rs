//! The whole form of a profile, the same for a new customer and an old one.

use super::{
    form_state::{FormField, FormState},
    new_attribute::{AddAttribute, NewAttribute},
    trouble::{Choice, TroubleText},
    value_input::ValueInput,
    wording,
};
use crate::{
    i18n::{t, use_i18n},
    ui::{focus_element, is_writing},
};
use domain::{
    ids::AttributeId,
    slot::{Field, Slot},
};
use leptos::prelude::*;
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;

const IDENTITY: [Field; 6] = [
    Field::FirstName,
    Field::LastName,
    Field::Company,
    Field::Reference,
    Field::BirthDate,
    Field::Language,
];
const CONTACT: [Field; 3] = [Field::CellPhone, Field::OtherPhones, Field::Email];
const ADDRESS: [Field; 5] = [
    Field::Street,
    Field::City,
    Field::Region,
    Field::PostalCode,
    Field::Country,
];

/// The inputs, without buttons: they belong to the page.
#[component]
pub fn CustomerForm(
    form: FormState,
    /// The national form of numbers.
    #[prop(into)]
    phones: Signal<BTreeMap<String, String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let section = move |fields: &[Field]| {
        let inputs = fields.iter().filter_map(|field| form.field(*field));
        inputs
            .map(|field| view! { <FormInput form field phones/> })
            .collect_view()
    };
    let attributes = view! {
        <section class="card-section" aria-labelledby="form-attributes">
            <h2 id="form-attributes" class="section-title">{t!(i18n, customers.section_attributes)}</h2>
            <div class="flex flex-col gap-4">
                {move || {
                    form.attributes
                        .with(Vec::is_empty)
                        .then(|| view! { <p class="muted">{t!(i18n, customers.no_attributes)}</p> })
                }}
                <For each=move || form.attributes.get() key=|field| field.slot let:field>
                    <FormInput form field phones/>
                </For>
                <AddAttribute
                    known=form.known
                    on_add=Callback::new(move |new: NewAttribute| form.add(new.attribute, new.draft))
                    on_existing=Callback::new(focus_attribute)
                />
            </div>
        </section>
    }
    .into_any();
    view! {
        <div class="grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
            <div class="flex flex-col gap-6">
                <section class="card-section" aria-labelledby="form-identity">
                    <h2 id="form-identity" class="section-title">{t!(i18n, customers.section_identity)}</h2>
                    <div class="grid gap-4 sm:grid-cols-2">{section(&IDENTITY)}</div>
                </section>
                <section class="card-section" aria-labelledby="form-contact">
                    <h2 id="form-contact" class="section-title">{t!(i18n, customers.section_contact)}</h2>
                    <div class="grid gap-4 sm:grid-cols-2">{section(&CONTACT)}</div>
                </section>
                <section class="card-section" aria-labelledby="form-address">
                    <h2 id="form-address" class="section-title">{t!(i18n, customers.section_address)}</h2>
                    <div class="grid gap-4 sm:grid-cols-2">{section(&ADDRESS)}</div>
                </section>
                <section class="card-section" aria-labelledby="form-more">
                    <h2 id="form-more" class="section-title">{t!(i18n, customers.section_more)}</h2>
                    {section(&[Field::Notes])}
                </section>
            </div>
            <div>{attributes}</div>
        </div>
    }
}

fn input_id(slot: Slot) -> String {
    format!("form-{slot}")
}

fn focus_attribute(id: AttributeId) {
    focus_element(&input_id(Slot::Attribute(id)));
}

/// Once the view has followed, for what was refused.
pub(super) fn focus_first_refused() {
    request_animation_frame(|| {
        let input = document()
            .query_selector("form [aria-invalid=true]")
            .ok()
            .flatten();
        if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlElement>().ok()) {
            drop(input.focus());
        }
    });
}

/// Once the view has followed, for what has just appeared.
pub(super) fn focus_first_input() {
    request_animation_frame(|| {
        if !is_writing() {
            focus_element(&input_id(Slot::Field(IDENTITY[0])));
        }
    });
}

#[component]
fn FormInput(
    form: FormState,
    field: FormField,
    phones: Signal<BTreeMap<String, String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = input_id(field.slot);
    let trouble_id = format!("{id}-trouble");
    let label = move || {
        form.known
            .with(|known| wording::slot(i18n.get_locale(), field.slot, known))
    };
    let is_new = move || form.is_new(field.slot);
    let choose = move |choice: Choice| {
        let punctuation = wording::punctuation(i18n.get_locale_untracked());
        phones.with_untracked(|phones| {
            field.choose(choice.conflict.theirs, choice.mine, phones, punctuation);
        });
    };
    let described_by = {
        let trouble_id = trouble_id.clone();
        Signal::derive(move || {
            field
                .trouble
                .with(Option::is_some)
                .then(|| trouble_id.clone())
        })
    };
    view! {
        <div class="flex min-w-0 flex-col gap-1">
            <label for=id.clone() class="font-medium">{label}</label>
            <ValueInput
                id
                kind=field.kind
                draft=field.draft
                on_change=Callback::new(move |draft| field.draft.set(draft))
                trouble=described_by
            />
            {move || is_new().then(|| view! { <p class="muted text-xs">{t!(i18n, customers.pending_attribute)}</p> })}
            <TroubleText id=trouble_id kind=field.kind trouble=field.trouble phones on_choice=Callback::new(choose)/>
        </div>
    }
}
