//! The customer panel: every field with its pen, the attributes, and a way to the profile. It stands on the profile
//! itself and beside whatever else is about a customer.

use super::{
    inline_field::InlineField,
    new_attribute::{AddAttribute, NewAttribute},
    profile::Profile,
    trouble::{Trouble, TroubleText},
    view_model::answer::problems,
    wording,
};
use crate::{
    consent::{ConsentStatus, Unsubscribe, consent_of},
    i18n::{t, t_string, use_i18n},
    routes,
    ui::use_toasts,
};
use domain::{
    attribute::Attribute,
    consent::Screen,
    ids::AttributeId,
    mutation::{Change, Intent},
    slot::{Field, Slot, SlotKind},
};
use leptos::prelude::*;
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;

/// In the order of how often they are looked for. Notes have a place of their own.
const CONTACT: [Field; 4] = [
    Field::CellPhone,
    Field::OtherPhones,
    Field::Email,
    Field::Language,
];
const IDENTITY: [Field; 5] = [
    Field::FirstName,
    Field::LastName,
    Field::Company,
    Field::Reference,
    Field::BirthDate,
];
const ADDRESS: [Field; 5] = [
    Field::Street,
    Field::City,
    Field::Region,
    Field::PostalCode,
    Field::Country,
];

#[component]
pub fn CustomerPanel(
    profile: Profile,
    /// The screen that it stands beside: with the name on top, as the way to the profile, with **Unsubscribe**, and with
    /// the notes.
    #[prop(optional)]
    aside: Option<Screen>,
    /// What stands below the attributes.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let i18n = use_i18n();
    let fields = move |fields: &[Field]| {
        fields
            .iter()
            .map(|field| view! { <FieldOf profile of=Slot::Field(*field)/> })
            .collect_view()
    };
    let heading = aside.map(|screen| {
        let name = profile.name(move || i18n.get_locale());
        let known = consent_of(profile);
        view! {
            <h2 class="text-lg font-semibold wrap-anywhere">
                <a class="link link-hover" href=routes::customer(profile.id) title=move || t_string!(i18n, customers.open_profile)>
                    {name}
                </a>
            </h2>
            <ConsentStatus profile known/>
            // A conversation has it at its own top right.
            {(screen != Screen::Conversation).then(|| view! { <Unsubscribe of=profile screen/> })}
        }
    });
    let notes = aside.map(|_| view! { <FieldOf profile of=Slot::Field(Field::Notes)/> });
    view! {
        <div class=if aside.is_some() { "panel" } else { "panel panel-wide" }>
            {heading}
            <div class="panel-column">
                <section class="card-section" aria-labelledby="panel-contact">
                    <h2 id="panel-contact" class="section-title">{t!(i18n, customers.section_contact)}</h2>
                    {fields(&CONTACT)}
                </section>
                <section class="card-section" aria-labelledby="panel-identity">
                    <h2 id="panel-identity" class="section-title">{t!(i18n, customers.section_identity)}</h2>
                    {fields(&IDENTITY)}
                </section>
                <section class="card-section" aria-labelledby="panel-address">
                    <h2 id="panel-address" class="section-title">{t!(i18n, customers.section_address)}</h2>
                    {fields(&ADDRESS)}
                    {notes}
                </section>
            </div>
            <div class="panel-column">
                <PanelAttributes profile/>
                {children.map(|children| children())}
            </div>
        </div>
    }
}

/// A slot with its name on this account's screens.
#[component]
pub fn FieldOf(profile: Profile, of: Slot, #[prop(optional)] bare: bool) -> impl IntoView {
    let i18n = use_i18n();
    let kind = profile
        .attributes
        .with_untracked(|attributes| wording::slot_kind(of, attributes));
    let label = Signal::derive(move || {
        profile
            .attributes
            .with(|attributes| wording::slot(i18n.get_locale(), of, attributes))
    });
    view! { <InlineField profile of kind label bare/> }
}

#[component]
fn PanelAttributes(profile: Profile) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let trouble = RwSignal::new(None::<Trouble>);
    let shown = move || {
        let attributes = profile.attributes.get();
        attributes
            .into_iter()
            .filter(|attribute| !attribute.retired)
            .map(|attribute| attribute.id)
            .collect::<Vec<_>>()
    };
    let add = Action::new_local(move |new: &NewAttribute| {
        let intents = intents_for(
            profile,
            new,
            wording::punctuation(i18n.get_locale_untracked()),
        );
        async move {
            let answer = profile.push(intents).await;
            profile.refresh_attributes().await;
            let problem = match answer {
                Ok(outcomes) => problems(&outcomes)
                    .into_iter()
                    .find_map(|(_, answer)| answer.into()),
                Err(error) => Some(Trouble::Failed(error)),
            };
            if problem.is_none() {
                toasts.done(t_string!(i18n, customers.attribute_added));
            }
            trouble.try_set(problem);
        }
    });
    view! {
        <section class="card-section" aria-labelledby="panel-attributes">
            <h2 id="panel-attributes" class="section-title">{t!(i18n, customers.section_attributes)}</h2>
            {move || shown().is_empty().then(|| view! { <p class="muted mb-2">{t!(i18n, customers.no_attributes)}</p> })}
            <For each=shown key=|id| *id let:id>
                <FieldOf profile of=Slot::Attribute(id)/>
            </For>
            {profile
                .may_edit
                .then(|| {
                    view! {
                        <div class="mt-3">
                            <AddAttribute
                                known=profile.attributes
                                on_add=Callback::new(move |new| drop(add.dispatch_local(new)))
                                on_existing=Callback::new(press_pen)
                            />
                            <TroubleText
                                id="panel-attribute-trouble"
                                kind=SlotKind::Text
                                trouble
                                phones=Signal::stored(BTreeMap::new())
                                on_choice=Callback::new(|_| ())
                            />
                        </div>
                    }
                })}
        </section>
    }
}

/// The attribute, and this customer's value of it, in one push.
fn intents_for(
    profile: Profile,
    new: &NewAttribute,
    punctuation: super::view_model::number::Punctuation,
) -> Vec<Intent> {
    let Attribute { id, name, kind, .. } = new.attribute.clone();
    let mut intents = vec![Intent::AddAttribute {
        attribute: id,
        attribute_name: name,
        kind,
    }];
    if let Ok(Some(value)) = new.draft.value(kind.into(), punctuation) {
        let changes = vec![Change {
            slot: Slot::Attribute(id),
            from: None,
            to: Some(value),
        }];
        intents.push(Intent::SetCustomerFields {
            customer: profile.id,
            changes,
        });
    }
    intents
}

/// Opens the editor of an attribute that is on the panel already.
fn press_pen(id: AttributeId) {
    let pen = document().get_element_by_id(&super::inline_field::pen_id(Slot::Attribute(id)));
    if let Some(pen) = pen.and_then(|pen| pen.dyn_into::<web_sys::HtmlElement>().ok()) {
        pen.click();
    }
}
