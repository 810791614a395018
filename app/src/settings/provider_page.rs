//! `/settings/messages`: which way messages go.

mod explained;
mod incoming;
mod managed;
mod twilio_form;

use crate::{
    conversations::api,
    data,
    error::ErrorNotice,
    i18n::{t, t_string, use_i18n},
    session::use_me,
    ui::{Notice, PageHeader, Skeleton, say},
};
use domain::{permission::Permission, provider::Provider};
use explained::{PhoneSimulator, QuietTime};
use leptos::prelude::*;
use managed::Managed;

#[component]
pub fn ProviderPage() -> impl IntoView {
    let i18n = use_i18n();
    let may = use_me().with_untracked(|me| me.role.may(Permission::ManageCompany));
    let way = if may {
        view! { <Managed /> }.into_any()
    } else {
        view! { <Told /> }.into_any()
    };
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, messaging.messages_title))
            text=say(move || t_string!(i18n, messaging.messages_text))
        />
        <div class="flex max-w-2xl flex-col gap-8">{way} <QuietTime /></div>
    }
}

/// For those who cannot change it.
#[component]
fn Told() -> impl IntoView {
    let i18n = use_i18n();
    let provider = Resource::new(|| (), |()| data::ask(api::provider));
    let retry = Callback::new(move |()| provider.refetch());
    view! {
        <Suspense fallback=move || view! { <Skeleton lines=3 label=say(move || t_string!(i18n, common.loading)) /> }>
            {move || Suspend::new(async move {
                let told = match provider.await {
                    Ok(Provider::Simulator) => view! { <PhoneSimulator /> }.into_any(),
                    Ok(Provider::Twilio { number: Some(number) }) => {
                        let number = number.to_string();
                        view! { <p>{move || t_string!(i18n, messaging.told_number, number = number.clone())}</p> }.into_any()
                    }
                    Ok(Provider::Twilio { number: None }) => view! { <p>{t!(i18n, messaging.told_service)}</p> }.into_any(),
                    Err(error) => view! { <ErrorNotice error retry /> }.into_any(),
                };
                view! {
                    {told}
                    <Notice>{t!(i18n, settings.only_managers)}</Notice>
                }
            })}
        </Suspense>
    }
}
