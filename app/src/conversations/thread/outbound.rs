//! A message of the shop: who wrote it, how far it has come, and what can be done about it.

use super::Thread;
use crate::{
    conversations::{day::Hour, wording},
    i18n::{t, use_i18n},
    session::When,
    ui::{Button, ButtonKind, Icon, use_toasts},
};
use chrono::{DateTime, Utc};
use domain::{
    conversation::{Delivery, EntryKind},
    ids::MessageId,
    permission::Permission,
};
use icondata_core::Icon as IconData;
use icondata_lu as lu;
use leptos::prelude::*;

const fn icon(delivery: Delivery) -> IconData {
    match delivery {
        Delivery::Queued => lu::LuClock,
        Delivery::Sending => lu::LuHourglass,
        Delivery::Sent => lu::LuCheck,
        Delivery::Delivered => lu::LuCheckCheck,
        Delivery::Undelivered | Delivery::Failed => lu::LuCircleAlert,
        Delivery::Blocked => lu::LuBan,
        Delivery::Cancelled => lu::LuUndo2,
        Delivery::Unknown => lu::LuCircleHelp,
    }
}

#[component]
pub(super) fn Outbound(
    thread: Thread,
    id: MessageId,
    at: DateTime<Utc>,
    message: EntryKind,
    asking: RwSignal<Option<MessageId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let EntryKind::Outbound {
        text,
        origin,
        by,
        delivery,
        trouble,
        next_try_at,
        segments,
    } = message
    else {
        return ().into_any();
    };
    let author = move || wording::author(i18n.get_locale(), origin, by.as_deref());
    let state = move || wording::delivery(i18n.get_locale(), delivery);
    let why = trouble.map(|trouble| move || wording::trouble(i18n.get_locale(), trouble));
    let long = (segments > 1).then(|| {
        let said = move || {
            count!(
                i18n.get_locale(),
                u64::from(segments),
                messaging.segments_one | segments_many
            )
        };
        view! { <span>{said}</span> }
    });
    let next = next_try_at.filter(|_| trouble.is_some()).map(|next| {
        view! { <span>{t!(i18n, conversations.next_try)} " " <When at=next/></span> }
    });
    let unknown = (delivery == Delivery::Unknown)
        .then(|| view! { <p class="text-sm">{t!(i18n, conversations.unknown_text)}</p> });
    let stopped = thread.is_stopped();
    let may_retry = thread.may(Permission::SendMessages) && delivery.may_be_retried();
    let retry = move |_| {
        if delivery == Delivery::Unknown {
            asking.set(Some(id));
        } else {
            thread.retry(id, toasts, i18n.get_locale_untracked());
        }
    };
    let retry = move || {
        (may_retry && !stopped.get()).then(|| {
            view! { <Button small=true on:click=retry>{t!(i18n, conversations.retry)}</Button> }
        })
    };
    let cancel = (thread.may(Permission::SendMessages) && delivery == Delivery::Queued).then(|| {
        let cancel = move |_| thread.cancel(id, toasts, i18n.get_locale_untracked());
        view! {
            <Button small=true kind=ButtonKind::Quiet on:click=cancel>{t!(i18n, conversations.take_back)}</Button>
        }
    });
    let failed = delivery.needs_attention();
    view! {
        <div class="bubble bubble-ours" class:bubble-failed=failed>
            <p class="bubble-text">
                <span class="sr-only">{t!(i18n, conversations.we_wrote)} " "</span>
                {text}
            </p>
        </div>
        <p class="bubble-about">
            <span>{author}</span>
            <Hour at/>
            {long}
            <span class="inline-flex items-center gap-1" class:text-error=failed class:font-medium=failed>
                <Icon icon=icon(delivery)/>
                {state}
            </span>
            {next}
        </p>
        {why.map(|why| view! { <p class="bubble-why">{why}</p> })}
        {unknown}
        <div class="flex justify-end gap-2 empty:hidden">{retry} {cancel}</div>
    }
    .into_any()
}
