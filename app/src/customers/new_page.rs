//! `/customers/new`

use super::{
    api,
    escape::on_escape,
    form::{CustomerForm, focus_first_input, focus_first_refused},
    form_state::FormState,
    giving_up::GivingUp,
    list_memory::ListMemory,
    trouble::{Trouble, TroubleText},
    unsaved::{UnsavedGuard, WayOut},
    view_model::draft::Draft,
    wording,
};
use crate::{
    conversations::api::get_conversation,
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    routes,
    session::use_me,
    sync,
    ui::{Button, ButtonKind, Form, LinkButton, PageHeader, Skeleton, say, use_toasts},
};
use domain::{
    attribute::Attribute,
    conversation::Conversation,
    customer::Values,
    ids::{ConversationId, CustomerId},
    mutation::Reason,
    permission::Permission,
    slot::{Field, Slot, SlotKind},
};
use icondata_lu::LuCheck;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use std::collections::BTreeMap;

/// The attributes, and the thread of whose number a customer is made.
async fn load(
    conversation: Option<ConversationId>,
) -> Result<(Vec<Attribute>, Option<Conversation>), AppError> {
    let thread = async {
        match conversation {
            Some(id) => data::ask(|| get_conversation(id)).await.map(Some),
            None => Ok(None),
        }
    };
    let (attributes, thread) = futures::join!(data::ask(api::list_attributes), thread);
    Ok((attributes?, thread?))
}

#[component]
pub fn NewCustomerPage() -> impl IntoView {
    let i18n = use_i18n();
    if use_me().with_untracked(|me| me.role.may(Permission::EditCustomers)) {
        view! { <LoadedForm/> }.into_any()
    } else {
        view! {
            <PageHeader title=say(move || t_string!(i18n, customers.new_title))/>
            <ErrorNotice error=AppError::Forbidden/>
        }
        .into_any()
    }
}

#[component]
fn LoadedForm() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_query_map();
    let conversation = Memo::new(move |_| {
        params.with(|params| params.get("conversation")?.parse::<ConversationId>().ok())
    });
    let loaded = data::resource(move || conversation.try_get(), load);
    let retry = Callback::new(move |()| loaded.refetch());
    view! {
        <Suspense fallback=move || view! { <Skeleton label=say(move || t_string!(i18n, common.loading))/> }>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok((attributes, thread)) => view! { <NewCustomer attributes thread/> }.into_any(),
                    Err(error) => view! { <ErrorNotice error retry/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn NewCustomer(attributes: Vec<Attribute>, thread: Option<Conversation>) -> impl IntoView {
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
    // Whoever comes from a thread goes back to it.
    let back = thread.as_ref().map_or_else(
        || memory.address(),
        |thread| routes::conversation(thread.id),
    );
    let back = StoredValue::new(back);
    let from_thread = thread.is_some();
    if let (Some(thread), Some(field)) = (thread, form.field(Field::CellPhone)) {
        field.draft.set(Draft::Line(thread.contact.phone_shown));
    }
    // Made once: when an answer is lost, sending the same customer again finds it there and makes no second one.
    let id = StoredValue::new(None::<CustomerId>);
    let leaving = RwSignal::new(false);
    let way_out = WayOut::default();
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
                    if way_out.take() {
                        return;
                    }
                    let next = if from_thread {
                        back.get_value()
                    } else {
                        routes::customer(customer)
                    };
                    navigate.with_value(|navigate| navigate(&next, NavigateOptions::default()));
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
        let back = back.get_value();
        navigate.with_value(|navigate| navigate(&back, NavigateOptions::default()));
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
        <UnsavedGuard unsaved saving=save.pending() way_out/>
        <GivingUp open=giving_up on_leave=leave/>
        <Form on_submit=move || drop(save.dispatch_local(()))>
            <div class="save-bar">
                <Title text=move || t_string!(i18n, customers.new_title)/>
                <h1 class="min-w-0 truncate text-xl font-semibold" tabindex="-1">{t!(i18n, customers.new_title)}</h1>
                <div class="flex shrink-0 gap-2">
                    <LinkButton href=back.get_value()>{t!(i18n, customers.cancel)}</LinkButton>
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
