//! The provider, for those who may set it.

use super::{explained::PhoneSimulator, incoming::Incoming, twilio_form::TwilioForm};
use crate::{
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, tu_string, use_i18n},
    settings::api,
    ui::{Button, ConfirmDialog, Notice, NoticeKind, Skeleton, say, use_toasts},
    words,
};
use domain::provider::{ProviderSettings, TwilioSettings};
use icondata_lu::LuUnplug;
use leptos::prelude::*;

#[component]
pub(super) fn Managed() -> impl IntoView {
    let i18n = use_i18n();
    let settings = Resource::new(|| (), |()| data::ask(api::provider_settings));
    let again = Callback::new(move |()| settings.refetch());
    view! {
        <Transition fallback=move || view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }>
            {move || Suspend::new(async move {
                match settings.await {
                    Ok(settings) => view! { <Shown settings again /> }.into_any(),
                    Err(error) => view! { <ErrorNotice error retry=again /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Shown(settings: ProviderSettings, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let ProviderSettings {
        twilio,
        can_keep_secrets,
        inbound_url,
    } = settings;
    let simulated = twilio.is_none();
    let no_key = move || {
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{t!(i18n, messaging.no_key)}</p>
            </Notice>
        }
        .into_any()
    };
    let body = match twilio {
        Some(twilio) if twilio.from_environment => view! { <FromEnvironment twilio /> }.into_any(),
        Some(twilio) => view! {
            {if can_keep_secrets {
                view! { <TwilioForm current=Some(twilio) on_saved=again /> }.into_any()
            } else {
                view! { {no_key()} <Values twilio /> }.into_any()
            }}
            <Remove on_removed=again />
        }
        .into_any(),
        None if can_keep_secrets => view! { <TwilioForm current=None on_saved=again /> }.into_any(),
        None => no_key(),
    };
    let incoming = (can_keep_secrets || !simulated).then(|| view! { <Incoming url=inbound_url /> });
    view! {
        <div class="flex flex-col gap-8">
            {simulated.then(|| view! { <PhoneSimulator /> })}
            <section class="flex flex-col gap-4" aria-labelledby="twilio-heading">
                <div>
                    <h2 id="twilio-heading" class="font-semibold">
                        "Twilio"
                    </h2>
                    <p class="muted">
                        {move || {
                            if simulated {
                                t_string!(i18n, messaging.twilio_not_set)
                            } else {
                                t_string!(i18n, messaging.twilio_set)
                            }
                        }}
                    </p>
                </div>
                {body}
            </section>
            {incoming}
        </div>
    }
}

#[component]
fn FromEnvironment(twilio: TwilioSettings) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Notice>{t!(i18n, messaging.from_environment)}</Notice>
        <Values twilio />
    }
}

/// The settings, to read only.
#[component]
fn Values(twilio: TwilioSettings) -> impl IntoView {
    let i18n = use_i18n();
    let TwilioSettings {
        account_sid,
        sender,
        per_second,
        ..
    } = twilio;
    view! {
        <dl class="grid gap-x-6 gap-y-1 sm:grid-cols-[auto_1fr]">
            <dt class="muted">{t!(i18n, messaging.account_sid)}</dt>
            <dd class="break-all">{account_sid}</dd>
            <dt class="muted">{t!(i18n, messaging.sender)}</dt>
            <dd class="break-all">{sender}</dd>
            <dt class="muted">{t!(i18n, messaging.per_second)}</dt>
            <dd>{move || words::number(i18n.get_locale(), u64::from(per_second))}</dd>
        </dl>
    }
}

#[component]
fn Remove(on_removed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let remove = Action::new_local(move |(): &()| async move {
        let answer: Result<(), AppError> = data::ask(api::remove_provider).await;
        asking.try_set(false);
        match answer {
            Ok(()) => {
                toasts.done(tu_string!(i18n, messaging.provider_removed));
                on_removed.try_run(());
            }
            Err(error) => toasts.failed(words::app_error(i18n.get_locale_untracked(), &error)),
        }
    });
    view! {
        <div>
            <Button icon=LuUnplug on:click=move |_| asking.set(true)>
                {t!(i18n, messaging.remove_provider)}
            </Button>
        </div>
        <ConfirmDialog
            id="remove-provider"
            title=say(move || t_string!(i18n, messaging.remove_title))
            text=say(move || t_string!(i18n, messaging.remove_text))
            confirm=say(move || t_string!(i18n, messaging.remove_yes))
            cancel=say(move || t_string!(i18n, common.cancel))
            open=asking
            busy=remove.pending()
            on_confirm=move |()| drop(remove.dispatch_local(()))
            on_cancel=move |()| asking.set(false)
        />
    }
}
