//! A wish that nobody has decided yet.

use super::{due::Due, wording};
use crate::{
    conversations::api,
    data,
    i18n::{t, t_string, tu_string, use_i18n},
    routes,
    session::{When, use_me},
    sync,
    ui::{Button, ButtonKind, Icon, use_toasts},
    words,
};
use domain::{
    conversation::{Contact, UncertainWish},
    ids::MessageId,
    mutation::{Intent, Reason},
    permission::Permission,
};
use icondata_lu::{LuBellOff, LuMessageSquare};
use leptos::prelude::*;

#[component]
pub(super) fn OpenWish(wish: UncertainWish, on_gone: Callback<MessageId>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let (account, may) = use_me()
        .with_untracked(|me| (me.account.id, me.role.may(Permission::UnsubscribeCustomers)));
    let UncertainWish {
        id,
        conversation,
        contact,
        text,
        reason,
        heard_at,
        due_on,
        ..
    } = wish;
    let name = StoredValue::new(wording::name(&contact));
    let settle = Action::new_local(move |stop: &bool| {
        let stop = *stop;
        async move {
            let answer = sync::push(account, Intent::SettleWish { wish: id, stop }).await;
            let locale = i18n.get_locale_untracked();
            let problem = match answer {
                Ok(outcome) => outcome.problems.into_iter().next(),
                Err(error) => {
                    toasts.failed(words::app_error(locale, &error));
                    return;
                }
            };
            match problem.map(|problem| problem.reason) {
                None => {
                    let name = name.try_get_value().unwrap_or_default();
                    toasts.done(if stop {
                        tu_string!(i18n, messaging.wish_stopped, name = name)
                    } else {
                        tu_string!(i18n, messaging.wish_kept, name = name)
                    });
                    on_gone.try_run(id);
                }
                Some(reason @ Reason::AlreadySettled) => {
                    let decision = decision(id)
                        .await
                        .map(|settled| wording::decision(locale, &settled));
                    toasts.failed(match decision {
                        Some(decision) => {
                            tu_string!(i18n, messaging.wish_already, decision = decision)
                        }
                        None => words::reason(locale, &reason),
                    });
                    on_gone.try_run(id);
                }
                Some(reason) => toasts.failed(words::reason(locale, &reason)),
            }
        }
    });
    let actions = if may {
        view! {
            <Button
                kind=ButtonKind::Primary
                icon=LuBellOff
                busy=settle.pending()
                attr:aria-describedby=format!("wish-{id}")
                on:click=move |_| drop(settle.dispatch_local(true))
            >
                {t!(i18n, messaging.wish_yes)}
            </Button>
            <Button
                busy=settle.pending()
                attr:aria-describedby=format!("wish-{id}")
                on:click=move |_| drop(settle.dispatch_local(false))
            >
                {t!(i18n, messaging.wish_no)}
            </Button>
        }
        .into_any()
    } else {
        view! { <p class="muted">{t!(i18n, messaging.wish_not_allowed)}</p> }.into_any()
    };
    view! {
        <li class="card-section flex flex-col gap-3">
            <div class="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                <Whose contact />
                <span class="flex flex-wrap items-center gap-x-2">
                    <Due on=due_on />
                </span>
            </div>
            <blockquote id=format!("wish-{id}") class="border-base-300 border-l-4 ps-3 break-words whitespace-pre-line">
                {text}
            </blockquote>
            <p class="muted text-sm">
                {move || wording::reason(i18n.get_locale(), reason)} " " {t!(i18n, messaging.wish_heard)} " " <When at=heard_at />
            </p>
            <div class="flex flex-wrap items-center gap-2">
                {actions}
                <a class="link inline-flex items-center gap-1" href=routes::conversation(conversation)>
                    <Icon icon=LuMessageSquare />
                    {move || t_string!(i18n, messaging.wish_conversation)}
                </a>
            </div>
        </li>
    }
}

/// Who wrote: the customer and their number, or the number alone.
#[component]
pub(super) fn Whose(contact: Contact) -> impl IntoView {
    let named = wording::name(&contact);
    let phone = (named != contact.phone_shown).then(|| {
        view! { <span class="muted ms-2 font-normal tabular-nums">{contact.phone_shown.clone()}</span> }
    });
    let name = match contact.customer {
        Some(id) => {
            view! { <a class="link link-hover" href=routes::customer(id)>{named}</a> }.into_any()
        }
        None => view! { <span class="tabular-nums">{named}</span> }.into_any(),
    };
    view! {
        <h2 class="font-medium break-words">{name} {phone}</h2>
    }
}

/// What somebody else decided, if it can be found out: it is among the latest.
async fn decision(id: MessageId) -> Option<domain::conversation::SettledWish> {
    let page = data::ask(|| api::uncertain_wishes(true, None)).await.ok()?;
    page.rows.into_iter().find(|wish| wish.id == id)?.settled
}
