//! `/customers/{id}`

use super::{
    api,
    delete::DeleteCustomer,
    list_memory::ListMemory,
    message::{Message, MessageItem},
    panel::CustomerPanel,
    profile::Profile,
    profile_edit::ProfileEdit,
    profile_tabs::ProfileTabs,
    when::Day,
};
use crate::{
    consent::{ConsentStatus, Unsubscribe, UnsubscribeMenu, consent_of},
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{Button, EmptyState, Icon, LinkButton, Skeleton, focus_element, on_key, say},
};
use domain::{attribute::Attribute, consent::Screen, customer::Customer, ids::CustomerId};
use icondata_lu::{LuArrowLeft, LuPencil, LuUserX};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_params_map},
};

const EDIT_BUTTON: &str = "edit-profile";

async fn load(id: Option<CustomerId>) -> Result<(Customer, Vec<Attribute>), AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let (customer, attributes) = futures::join!(
        data::ask(|| api::get_customer(id)),
        data::ask(api::list_attributes)
    );
    Ok((customer?, attributes?))
}

#[component]
pub fn CustomerPage() -> impl IntoView {
    let i18n = use_i18n();
    let memory = expect_context::<ListMemory>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<CustomerId>().ok()));
    let loaded = data::resource(move || id.try_get(), load);
    let retry = Callback::new(move |()| loaded.refetch());
    let path = use_location().pathname;
    on_cleanup(move || path.with_untracked(|path| memory.go_on(path)));
    view! {
        <Suspense fallback=move || view! { <Skeleton lines=10 label=say(move || t_string!(i18n, common.loading))/> }>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok((customer, attributes)) => view! { <ProfileView customer attributes/> }.into_any(),
                    Err(AppError::NotFound) => view! { <NoSuchCustomer/> }.into_any(),
                    Err(error) => view! { <ErrorNotice error retry/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn NoSuchCustomer() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Title text=move || t_string!(i18n, customers.customer_not_found)/>
        <EmptyState
            icon=LuUserX
            title=say(move || t_string!(i18n, customers.customer_not_found))
            text=say(move || t_string!(i18n, customers.customer_not_found_text))
        >
            <LinkButton href=routes::CUSTOMERS>{t!(i18n, common.to_customers)}</LinkButton>
        </EmptyState>
    }
}

#[component]
fn ProfileView(customer: Customer, attributes: Vec<Attribute>) -> impl IntoView {
    let i18n = use_i18n();
    let profile = Profile::new(customer, attributes);
    let editing = RwSignal::new(false);
    let name = profile.name(move || i18n.get_locale());
    on_key("e", move || {
        if profile.may_edit {
            editing.set(true);
        }
    });
    let close = Callback::new(move |()| {
        editing.set(false);
        request_animation_frame(|| focus_element(EDIT_BUTTON));
    });
    view! {
        // From one profile to another, the title of the first is asked for once more when it is gone.
        <Title text=move || name.try_get().unwrap_or_default()/>
        {move || {
            if editing.get() {
                view! { <ProfileEdit profile on_close=close/> }.into_any()
            } else {
                view! { <ProfileRead profile name on_edit=Callback::new(move |()| editing.set(true))/> }.into_any()
            }
        }}
    }
}

#[component]
fn ProfileRead(profile: Profile, name: Memo<String>, on_edit: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let created_at = profile
        .customer()
        .with_untracked(|customer| customer.created_at);
    let memory = expect_context::<ListMemory>();
    let consent = consent_of(profile);
    let navigate = StoredValue::new(use_navigate());
    let gone = Callback::new(move |()| {
        navigate.with_value(|navigate| navigate(&memory.address(), NavigateOptions::default()));
    });
    let actions = view! {
        <div class="mb-2 flex flex-wrap items-center justify-between gap-2">
            <a class="link link-hover inline-flex items-center gap-1" href=memory.address()>
                <Icon icon=LuArrowLeft/>
                {t!(i18n, customers.back_to_list)}
            </a>
            <div class="md:hidden">
                <UnsubscribeMenu
                    of=profile
                    screen=Screen::Profile
                    others=move || view! { <MessageItem profile/> }
                />
            </div>
            <div class="flex gap-2 max-md:w-full">
                {profile
                    .may_edit
                    .then(|| {
                        view! {
                            <Button icon=LuPencil attr:id=EDIT_BUTTON on:click=move |_| on_edit.run(())>{t!(i18n, customers.edit)}</Button>
                        }
                    })}
                <DeleteCustomer profile name on_deleted=gone/>
            </div>
        </div>
    }
    .into_any();
    view! {
        {actions}
        <header class="mb-4">
            <h1 class="text-2xl font-semibold break-words" tabindex="-1">{name}</h1>
            <p class="muted text-sm">
                {t!(i18n, customers.customer_since)} " " <Day at=created_at/>
            </p>
            {(!profile.may_edit).then(|| view! { <p class="muted mt-1">{t!(i18n, customers.edit_not_allowed)}</p> })}
            <div class="mt-2">
                <ConsentStatus profile known=consent/>
                <div class="mt-2 flex flex-wrap items-center gap-2">
                    <Message profile/>
                    <div class="max-md:hidden">
                        <Unsubscribe of=profile screen=Screen::Profile/>
                    </div>
                </div>
            </div>
        </header>
        <CustomerPanel profile>
            <ProfileTabs profile consent/>
        </CustomerPanel>
    }
}
