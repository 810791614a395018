//! A list without conversations: why, and what to do next.

use crate::{
    conversations::{api, list::beside, view_model::list_view::ListView, wording},
    data,
    i18n::{t, t_string, use_i18n},
    routes,
    session::use_me,
    ui::{ButtonKind, EmptyState, LinkButton, say},
};
use domain::{conversation::ConversationFilter, permission::Permission, provider::Provider};
use icondata_lu::{LuMessagesSquare, LuPlus, LuSearchX};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn EmptyList(view: ListView) -> impl IntoView {
    let i18n = use_i18n();
    if view.is_search() {
        let all = ListView {
            text: String::new(),
            ..view
        };
        return view! {
            <EmptyState
                icon=LuSearchX
                title=say(move || t_string!(i18n, conversations.nothing_found))
                text=say(move || t_string!(i18n, conversations.nothing_found_text))
            >
                <LinkButton href=beside(routes::CONVERSATIONS, &all)>{t!(i18n, conversations.clear_search)}</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let filter = view.filter;
    let may_send = use_me().with_untracked(|me| me.role.may(Permission::SendMessages));
    let simulated = RwSignal::new(false);
    Effect::new(move || {
        if filter == ConversationFilter::Open {
            spawn_local(async move {
                if let Ok(provider) = data::ask(api::provider).await {
                    simulated.try_set(provider == Provider::Simulator);
                }
            });
        }
    });
    let begin = (may_send && filter == ConversationFilter::Open).then(|| {
        let href = beside(routes::NEW_CONVERSATION, &view);
        view! {
            <LinkButton kind=ButtonKind::Primary icon=LuPlus href=href>{t!(i18n, conversations.new)}</LinkButton>
        }
    });
    view! {
        <EmptyState
            icon=LuMessagesSquare
            title=say(move || wording::empty_title(i18n.get_locale(), filter))
            text=say(move || wording::empty_text(i18n.get_locale(), filter, simulated.get()))
        >
            {begin}
        </EmptyState>
    }
    .into_any()
}
