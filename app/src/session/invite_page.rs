//! `/invite/{token}`: somebody joins an account, as a new person or as the one who is signed in.

use super::{
    Secret, api, leave_for,
    setup_page::{Newcomer, NewcomerFields},
    tell_other_tabs, use_session,
};
use crate::{
    data,
    error::{AppError, ErrorNotice},
    frame::Plain,
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{Button, ButtonKind, EmptyState, Form, LinkButton, Skeleton, say},
    words,
};
use domain::person::{InviteOffer, Me};
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn InvitePage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let token = Memo::new(move |_| {
        params
            .with(|params| params.get("token"))
            .unwrap_or_default()
    });
    let offer = data::resource(move || token.try_get(), api::read_invite);
    let me = use_session().me();
    let title = move || match offer.get() {
        Some(Ok(Some(offer))) => {
            t_string!(i18n, session.invite_title, account = offer.account_name)
        }
        _ => t_string!(i18n, common.app_name).to_owned(),
    };
    let content = move || {
        let me = me.clone();
        Suspend::new(async move {
            match offer.await {
                Ok(Some(offer)) => view! { <Offer offer=offer token=token me=me /> }.into_any(),
                Ok(None) => view! {
                    <EmptyState
                        icon=lu::LuLink
                        title=say(move || t_string!(i18n, session.invite_gone_title))
                        text=say(move || t_string!(i18n, session.invite_gone_text))
                    />
                }
                .into_any(),
                Err(error) => {
                    view! { <ErrorNotice error=error retry=move |()| offer.refetch() /> }.into_any()
                }
            }
        })
    };
    view! {
        <Suspense fallback=move || {
            view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) lines=3 /> }
        }>
            <Plain title=Signal::derive(title)>{content}</Plain>
        </Suspense>
    }
}

#[component]
fn Offer(offer: InviteOffer, token: Memo<String>, me: Option<Me>) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || {
        let role = words::role(i18n.get_locale(), offer.role);
        t_string!(
            i18n,
            session.invite_text,
            name = offer.invited_by.clone(),
            account = offer.account_name.clone(),
            role = role
        )
    };
    let way_in = match me {
        Some(me) => view! { <AcceptAsMe me=me token=token /> }.into_any(),
        None => view! { <AcceptAsNew token=token /> }.into_any(),
    };
    view! {
        <p class="mb-4">{text}</p>
        {way_in}
    }
}

/// Goes into the account that has just been joined.
async fn enter() {
    if let Ok(me) = api::who_am_i().await {
        tell_other_tabs(Some(me.account.id.to_string()));
    }
    leave_for(routes::HOME);
}

#[component]
fn AcceptAsMe(me: Me, token: Memo<String>) -> impl IntoView {
    let i18n = use_i18n();
    let accept = Action::new_local(move |(): &()| async move {
        api::accept_invite(token.get_untracked()).await?;
        enter().await;
        Ok::<(), AppError>(())
    });
    let error = move || accept.value().get().and_then(Result::err);
    let name = me.name;
    view! {
        <p class="muted mb-4">{move || t_string!(i18n, session.invite_as_me, name = name.clone())}</p>
        {move || error().map(|error| view! { <ErrorNotice error=error /> })}
        <div>
            <Button
                kind=ButtonKind::Primary
                busy=accept.pending()
                on:click=move |_| drop(accept.dispatch_local(()))
            >
                {t!(i18n, session.invite_accept)}
            </Button>
        </div>
    }
}

#[component]
fn AcceptAsNew(token: Memo<String>) -> impl IntoView {
    let i18n = use_i18n();
    let you = Newcomer::new();
    let accept = Action::new_local(move |(name, email, password): &(String, String, Secret)| {
        let (name, email, password) = (name.clone(), email.clone(), password.clone());
        async move {
            api::accept_invite_as_new(token.get_untracked(), name, email, password).await?;
            enter().await;
            Ok::<(), AppError>(())
        }
    });
    let submit = move || {
        if let Some(newcomer) = you.parse() {
            accept.dispatch_local(newcomer);
        }
    };
    let error = move || accept.value().get().and_then(Result::err);
    view! {
        <Form on_submit=submit>
            <NewcomerFields you=you />
            {move || error().map(|error| view! { <ErrorNotice error=error /> })}
            <div class="flex flex-wrap gap-2">
                <Button submit=true kind=ButtonKind::Primary busy=accept.pending()>
                    {t!(i18n, session.invite_new)}
                </Button>
                <LinkButton
                    href=routes::sign_in_then(&routes::invite(&token.get_untracked()))
                    kind=ButtonKind::Quiet
                    attr:rel="external"
                >
                    {t!(i18n, session.invite_have)}
                </LinkButton>
            </div>
        </Form>
    }
}
