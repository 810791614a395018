//! `/simulator`: writing to the shop from a phone that it does not know yet.

use crate::{
    conversations::api,
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    routes,
    session::use_me,
    ui::{
        Button, ButtonKind, EmptyState, Form, LinkButton, Notice, PageHeader, Skeleton, TextArea,
        TextField, say,
    },
    words,
};
use domain::{error::Invalid, permission::Permission, provider::Provider};
use icondata_lu::{LuRadioTower, LuSend};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

#[component]
pub fn SimulatorPage() -> impl IntoView {
    let i18n = use_i18n();
    let provider = Resource::new(|| (), |()| data::ask(api::provider));
    let retry = Callback::new(move |()| provider.refetch());
    let may_write = use_me().with_untracked(|me| me.role.may(Permission::SendMessages));
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, messaging.simulator))
            text=say(move || t_string!(i18n, messaging.simulator_page_text))
        />
        <Suspense fallback=move || view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }>
            {move || Suspend::new(async move {
                match provider.await {
                    Ok(Provider::Simulator) if may_write => view! { <AnotherPhone /> }.into_any(),
                    Ok(Provider::Simulator) => {
                        view! { <Notice>{t!(i18n, messaging.not_allowed)}</Notice> }.into_any()
                    }
                    Ok(Provider::Twilio { .. }) => view! { <Off /> }.into_any(),
                    Err(error) => view! { <ErrorNotice error retry /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Off() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <EmptyState
            icon=LuRadioTower
            title=say(move || t_string!(i18n, messaging.simulator_off))
            text=say(move || t_string!(i18n, messaging.phone_off))
        >
            <LinkButton href=routes::MESSAGES>{t!(i18n, messaging.phone_off_link)}</LinkButton>
        </EmptyState>
    }
}

#[component]
fn AnotherPhone() -> impl IntoView {
    let i18n = use_i18n();
    let number = RwSignal::new(String::new());
    let text = RwSignal::new(String::new());
    let text_missing = RwSignal::new(false);
    let number_error = RwSignal::new(None::<Invalid>);
    let navigate = StoredValue::new(use_navigate());
    let send = Action::new_local(move |(from, words): &(String, String)| {
        let (from, words) = (from.clone(), words.clone());
        async move {
            match data::ask(|| api::simulate_text(from.clone(), words.clone())).await {
                Ok(id) => {
                    navigate.try_with_value(|navigate| {
                        navigate(&routes::conversation(id), NavigateOptions::default());
                    });
                    Ok(())
                }
                Err(AppError::Invalid(why)) => {
                    number_error.try_set(Some(why.unwrap_or(Invalid::NotAPhone)));
                    Ok(())
                }
                Err(error) => Err(error),
            }
        }
    });
    let submit = move || {
        let (from, words) = (number.get_untracked(), text.get_untracked());
        let (no_number, no_text) = (from.trim().is_empty(), words.trim().is_empty());
        number_error.set(no_number.then_some(Invalid::NotAPhone));
        text_missing.set(no_text);
        if !no_number && !no_text {
            send.dispatch_local((from, words));
        }
    };
    let number_trouble = Signal::derive(move || {
        let why = number_error.get()?;
        Some(words::invalid(i18n.get_locale(), &why))
    });
    let text_trouble = Signal::derive(move || {
        text_missing
            .get()
            .then(|| t_string!(i18n, messaging.another_text_needed).to_owned())
    });
    let failed = move || send.value().get().and_then(Result::err);
    view! {
        <div class="max-w-md">
            <Form on_submit=submit>
                <h2 class="font-semibold">{t!(i18n, messaging.another_title)}</h2>
                <TextField
                    id="another-number"
                    kind="tel"
                    inputmode="tel"
                    label=say(move || t_string!(i18n, messaging.another_number))
                    hint=say(move || t_string!(i18n, messaging.another_number_hint))
                    value=number
                    error=number_trouble
                    required=true
                />
                <TextArea
                    id="another-text"
                    label=say(move || t_string!(i18n, messaging.another_text))
                    value=text
                    error=text_trouble
                    rows=3
                />
                {move || failed().map(|error| view! { <ErrorNotice error /> })}
                <div>
                    <Button submit=true kind=ButtonKind::Primary icon=LuSend busy=send.pending()>
                        {t!(i18n, messaging.another_send)}
                    </Button>
                </div>
            </Form>
        </div>
    }
}
