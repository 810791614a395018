//! One conversation of the list.

use crate::{
    conversations::{
        day::Lately, desk::use_desk, list::beside, view_model::list_view::ListView, wording,
    },
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{Badge, BadgeKind, Icon},
};
use domain::conversation::ConversationRow;
use icondata_lu::LuCircleAlert;
use leptos::prelude::*;

#[component]
pub(super) fn Row(row: ConversationRow, view: StoredValue<ListView>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let ConversationRow {
        id,
        contact,
        last_at,
        preview,
        is_ours,
        delivery,
        unread,
        assignee,
        ..
    } = row;
    let href = view.with_value(|view| beside(&routes::conversation(id), view));
    let here = move || (desk.open.get() == Some(id)).then_some("page");
    let is_unread = unread > 0;
    let name = wording::contact(&contact);
    let preview = move || wording::preview(i18n.get_locale(), &preview, is_ours);
    let unread_mark = is_unread.then(|| {
        let said = move || {
            count!(
                i18n.get_locale(),
                u64::from(unread),
                conversations.unread_one | unread_many
            )
        };
        view! {
            <span class="badge badge-primary badge-sm tabular-nums">
                <span aria-hidden="true">{unread}</span>
                <span class="sr-only">{said}</span>
            </span>
        }
    });
    let trouble = delivery
        .filter(|delivery| delivery.needs_attention())
        .map(|delivery| {
            let said = move || wording::delivery(i18n.get_locale(), delivery);
            view! {
                <span class="text-error inline-flex" title=said>
                    <Icon icon=LuCircleAlert/>
                    <span class="sr-only">{said}</span>
                </span>
            }
        });
    let assignee = assignee.map(|assignee| {
        let initials = wording::initials(&assignee.name);
        let said = Memo::new(move |_| {
            t_string!(
                i18n,
                conversations.assigned_to,
                name = assignee.name.clone()
            )
        });
        view! {
            <span class="initials" title=move || said.get()>
                <span aria-hidden="true">{initials}</span>
                <span class="sr-only">{move || said.get()}</span>
            </span>
        }
    });
    let stopped = contact.unsubscribed.then(|| {
        view! { <Badge kind=BadgeKind::Error>{t!(i18n, consent.status_unsubscribed)}</Badge> }
    });
    view! {
        <a href=href class="conversation-row" class:conversation-unread=is_unread data-conversation="" aria-current=here>
            <span class="flex items-baseline gap-2">
                <span class="conversation-name grow truncate">{name}</span>
                <span class="muted shrink-0 text-xs"><Lately at=last_at/></span>
            </span>
            <span class="flex items-center gap-2">
                <span class="conversation-preview grow truncate">{preview}</span>
                {trouble}
                {stopped}
                {assignee}
                {unread_mark}
            </span>
        </a>
    }
}
