//! `/customers/new`

use super::{
    api,
    escape::on_escape,
    form::{CustomerForm, focus_first_input, focus_first_refused},
    form_state::FormState,
    giving_up::GivingUp,
    list_memory::ListMemory,
    trouble::{Trouble, TroubleText},
    unsaved::UnsavedGuard,
    wording,
};
use crate::{
    data,
    error::ErrorNotice,
    i18n::{t, t_string, use_i18n},
    routes,
    session::use_me,
    sync,
    ui::{Button, ButtonKind, Form, LinkButton, Skeleton, say, use_toasts},
};
use domain::{
    attribute::Attribute,
    customer::Values,
    ids::CustomerId,
    mutation::Reason,
    slot::{Field, Slot, SlotKind},
};
use icondata_lu::LuCheck;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::collections::BTreeMap;

#[component]
pub fn NewCustomerPage() -> impl IntoView {
    let i18n = use_i18n();
    let attributes = Resource::new(|| (), |()| data::ask(api::list_attributes));
    let retry = Callback::new(move |()| attributes.refetch());
    view! {
        <Suspense fallback=move || view! { <Skeleton label=say(move || t_string!(i18n, common.loading))/> }>
            {move || Suspend::new(async move {
                match attributes.await {
                    Ok(attributes) => view! { <NewCustomer attributes/> }.into_any(),
                    Err(error) => view! { <ErrorNotice error retry/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn NewCustomer(attributes: Vec<Attribute>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let me = use_me();
    let memory = expect_context::<ListMemory>();
    let navigate = StoredValue::new(use_navigate());
    let punctuation = move || wording::punctuation(i18n.get_locale_untracked());
    let form = FormState::new(
        &Values::default(),
        attributes,
        &BTreeMap::new(),
        punctuation(),
    );
    // Made once: when an answer is lost, sending the same customer again finds it there and makes no second one.
    let id = StoredValue::new(None::<CustomerId>);
    let leaving = RwSignal::new(false);
    let unsaved = Memo::new(move |_| form.is_changed() && !leaving.get());

    let save = Action::new_local(move |(): &()| async move {
        let customer = id
            .get_value()
            .unwrap_or_else(|| CustomerId::new(sync::new_id()));
        id.set_value(Some(customer));
        let Ok(intents) = form.intents_to_create(customer, punctuation()) else {
            return;
        };
        let account = me.with_untracked(|me| me.account.id);
        match sync::push_all(account, intents.clone()).await {
            Ok(outcomes) => {
                let all_saved = form.take(&intents, &outcomes);
                let there_already = form
                    .trouble
                    .with_untracked(|trouble| *trouble == Some(Trouble::Refused(Reason::IdTaken)));
                if all_saved || there_already {
                    leaving.set(true);
                    memory.forget();
                    toasts.done(t_string!(i18n, customers.created, name = name_of(form)));
                    navigate.with_value(|navigate| {
                        navigate(&routes::customer(customer), NavigateOptions::default());
                    });
                } else {
                    focus_first_refused();
                }
            }
            Err(error) => form.trouble.set(Some(Trouble::Failed(error))),
        }
    });
    let giving_up = RwSignal::new(false);
    let leave = Callback::new(move |()| {
        leaving.set(true);
        navigate.with_value(|navigate| navigate(&memory.address(), NavigateOptions::default()));
    });
    on_escape(move || {
        if unsaved.get_untracked() {
            giving_up.set(true);
        } else {
            leave.run(());
        }
    });
    Effect::new(focus_first_input);
    view! {
        <UnsavedGuard unsaved/>
        <GivingUp open=giving_up on_leave=leave/>
        <Form on_submit=move || drop(save.dispatch_local(()))>
            <div class="save-bar">
                <Title text=move || t_string!(i18n, customers.new_title)/>
                <h1 class="min-w-0 truncate text-xl font-semibold" tabindex="-1">{t!(i18n, customers.new_title)}</h1>
                <div class="flex shrink-0 gap-2">
                    <LinkButton href=memory.address()>{t!(i18n, customers.cancel)}</LinkButton>
                    <Button kind=ButtonKind::Primary submit=true icon=LuCheck busy=save.pending()>
                        {t!(i18n, customers.create)}
                    </Button>
                </div>
            </div>
            <TroubleText
                id="form-trouble"
                kind=SlotKind::Text
                trouble=form.trouble
                phones=Signal::stored(BTreeMap::new())
                on_choice=Callback::new(|_| ())
            />
            <CustomerForm form phones=Signal::stored(BTreeMap::new())/>
        </Form>
    }
}

/// What to call the customer who was just made, from what was typed.
fn name_of(form: FormState) -> String {
    let typed = |field: Field| {
        let draft = form.field(field)?.draft.get_untracked();
        let value = draft
            .value(
                field.kind(),
                super::view_model::number::Punctuation::ENGLISH,
            )
            .ok()??;
        Some((Slot::Field(field), value))
    };
    Field::ALL
        .iter()
        .filter_map(|field| typed(*field))
        .collect::<Values>()
        .name()
}
