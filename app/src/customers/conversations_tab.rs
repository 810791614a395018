//! The **Conversations** tab of the profile: a line for each number that messages went to or came from.

use super::{message::Message, profile::Profile, when::When};
use crate::{
    conversations::{api, wording},
    data::Latest,
    error::ErrorNotice,
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{Badge, BadgeKind, EmptyState, Skeleton, say},
};
use domain::conversation::ConversationRow;
use icondata_lu::LuMessagesSquare;
use leptos::prelude::*;

#[component]
pub fn ConversationsTab(profile: Profile) -> impl IntoView {
    let i18n = use_i18n();
    let threads = Latest::of(move || api::conversations_of_customer(profile.id));
    // Another number brings another thread.
    profile.on_change(move || threads.fetch());
    let retry = Callback::new(move |()| threads.fetch());
    let list = move |rows: Vec<ConversationRow>| {
        if rows.is_empty() {
            return view! {
                <EmptyState
                    icon=LuMessagesSquare
                    title=say(move || t_string!(i18n, messaging.no_conversation))
                    text=say(move || t_string!(i18n, messaging.no_conversation_text))
                >
                    <Message profile/>
                </EmptyState>
            }
            .into_any();
        }
        let items = rows
            .into_iter()
            .map(|row| view! { <ThreadLine row/> })
            .collect_view();
        view! { <ul class="flex flex-col">{items}</ul> }.into_any()
    };
    view! {
        {move || threads.failed.get().map(|error| view! { <ErrorNotice error retry/> })}
        {move || match threads.shown.get() {
            Some(rows) => list(rows),
            None if threads.failed.with(Option::is_some) => ().into_any(),
            None => view! { <Skeleton lines=3 label=say(move || t_string!(i18n, common.loading))/> }.into_any(),
        }}
    }
}

#[component]
fn ThreadLine(row: ConversationRow) -> impl IntoView {
    let i18n = use_i18n();
    let ConversationRow {
        id,
        contact,
        last_at,
        preview,
        is_ours,
        unread,
        closed,
        ..
    } = row;
    let said = move || wording::preview(i18n.get_locale(), &preview, is_ours);
    let unread = (unread > 0).then(|| {
        view! {
            <Badge kind=BadgeKind::Info>
                {move || {
                    count!(i18n.get_locale(), u64::from(unread), messaging.thread_unread_one | thread_unread_many)
                }}
            </Badge>
        }
    });
    let closed = closed.then(|| view! { <Badge>{t!(i18n, messaging.thread_closed)}</Badge> });
    view! {
        <li class="border-base-300/60 flex flex-col gap-1 border-b py-3 last:border-b-0">
            <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                <a class="link link-hover font-medium tabular-nums" href=routes::conversation(id)>
                    {contact.phone_shown}
                </a>
                {unread}
                {closed}
                <span class="muted ms-auto text-sm"><When at=last_at/></span>
            </div>
            <p class="muted line-clamp-2 break-words">{said}</p>
        </li>
    }
}
