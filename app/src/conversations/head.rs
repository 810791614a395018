//! The top of a thread: who it is with, who takes care of it, and what can be done with it.

mod assignee;

use super::{list::beside, thread::Thread, view_model::list_view::ListView, wording};
use crate::{
    consent::{Subscriber, Unsubscribe, UnsubscribeMenu},
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{Badge, BadgeKind, Button, Icon, LinkButton, use_toasts},
};
use assignee::Assignee;
use domain::{consent::Screen, mutation::Intent, permission::Permission};
use icondata_lu::{LuArchive, LuArchiveRestore, LuArrowLeft, LuSmartphone, LuUser, LuUserPlus};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

fn subscriber(thread: Thread, name: Signal<String>) -> Subscriber {
    let phone = thread
        .conversation
        .with_untracked(|thread| thread.contact.phone.clone());
    let is_stopped = thread.is_stopped().into();
    match thread.profile {
        Some(profile) => Subscriber::in_thread(profile, phone, is_stopped),
        None => Subscriber::number(
            thread.account,
            phone,
            name,
            is_stopped,
            thread.may(Permission::UnsubscribeCustomers),
        ),
    }
}

#[component]
pub(super) fn Head(
    thread: Thread,
    /// The customer's panel, where there is no room for it beside the thread.
    panel: RwSignal<bool>,
    simulator: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let shown = Memo::new(move |_| thread.conversation.with(|thread| thread.contact.clone()));
    let name: Signal<String> = match thread.profile {
        Some(profile) => profile.name(move || i18n.get_locale()).into(),
        None => Signal::derive(move || shown.with(wording::contact)),
    };
    let params = use_query_map();
    let list = move || {
        let view = params
            .try_with(|params| ListView::from_params(|key| params.get(key)))
            .unwrap_or_default();
        beside(routes::CONVERSATIONS, &view)
    };
    let exists = thread.exists();
    let closed = Memo::new(move |_| thread.conversation.with(|thread| thread.closed));
    let stopped = thread.is_stopped();
    let of = subscriber(thread, name);
    let title = match thread.profile {
        Some(profile) => view! {
            <a class="link link-hover" href=routes::customer(profile.id) title=move || t_string!(i18n, customers.open_profile)>
                {move || name.get()}
            </a>
        }
        .into_any(),
        None => view! { {move || name.get()} }.into_any(),
    };
    let who = view! {
        <a class="btn btn-ghost btn-square btn-sm md:hidden" href=list aria-label=move || t_string!(i18n, conversations.back)>
            <Icon icon=LuArrowLeft/>
        </a>
        <div class="min-w-0 grow">
            <h1 class="truncate text-lg font-semibold" tabindex="-1">{title}</h1>
            <p class="muted flex flex-wrap items-center gap-2 text-sm">
                {(thread.profile.is_some())
                    .then(|| view! { <span class="tabular-nums">{move || shown.with(|contact| contact.phone_shown.clone())}</span> })}
                {move || stopped.get().then(|| view! { <Badge kind=BadgeKind::Error>{t!(i18n, consent.status_unsubscribed)}</Badge> })}
                {move || closed.get().then(|| view! { <Badge>{t!(i18n, conversations.closed)}</Badge> })}
            </p>
        </div>
    }
    .into_any();
    let turn = move |_| {
        let now = !closed.get_untracked();
        let intent = Intent::CloseConversation {
            conversation: thread.id(),
            closed: now,
        };
        thread
            .conversation
            .update(|conversation| conversation.closed = now);
        thread.decide(intent, toasts, i18n.get_locale_untracked());
    };
    let closing = move || {
        (exists.get() && thread.may(Permission::SendMessages)).then(|| {
            let said = move || {
                if closed.get() {
                    view! { <Icon icon=LuArchiveRestore/> {t!(i18n, conversations.reopen)} }
                        .into_any()
                } else {
                    view! { <Icon icon=LuArchive/> {t!(i18n, conversations.close)} }.into_any()
                }
            };
            // One button for both: a second one in its place would do what the first did.
            view! { <Button small=true on:click=turn>{said}</Button> }
        })
    };
    let customer = match thread.profile {
        Some(_) => Some(
            view! {
                <button
                    type="button"
                    class="btn btn-plain btn-sm thread-panel-button"
                    aria-expanded=move || panel.get().to_string()
                    on:click=move |_| panel.update(|open| *open = !*open)
                >
                    <Icon icon=LuUser/>
                    {t!(i18n, conversations.customer)}
                </button>
            }
            .into_any(),
        ),
        None if thread.may(Permission::EditCustomers) => Some(
            view! {
                {move || {
                    exists
                        .get()
                        .then(|| {
                            view! {
                                <LinkButton icon=LuUserPlus href=routes::new_customer_of(thread.id())>
                                    {t!(i18n, conversations.add_customer)}
                                </LinkButton>
                            }
                        })
                }}
            }
            .into_any(),
        ),
        None => None,
    };
    let phone = (thread.is_simulated && thread.may(Permission::SendMessages)).then(|| {
        view! {
            <button
                type="button"
                class="btn btn-plain btn-sm"
                aria-pressed=move || simulator.get().to_string()
                on:click=move |_| simulator.update(|open| *open = !*open)
            >
                <Icon icon=LuSmartphone/>
                {t!(i18n, conversations.simulator)}
            </button>
        }
    });
    view! {
        <Title text=move || name.try_get().unwrap_or_default()/>
        <header class="thread-head">
            <div class="flex items-center gap-2">
                {who}
                <div class="max-md:hidden">
                    <Unsubscribe of screen=Screen::Conversation/>
                </div>
                <div class="md:hidden">
                    <UnsubscribeMenu of screen=Screen::Conversation/>
                </div>
            </div>
            <div class="flex flex-wrap items-center gap-2">
                {move || exists.get().then(|| view! { <Assignee thread/> })}
                {closing}
                {customer}
                {phone}
            </div>
        </header>
    }
    .into_any()
}
