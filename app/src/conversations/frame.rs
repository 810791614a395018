//! The list of conversations, and beside it the one that is open. On a phone either of them has the whole screen.

use super::{day::provide_today, list::ConversationList};
use crate::routes;
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

#[component]
pub fn ConversationsFrame() -> impl IntoView {
    provide_today();
    let path = use_location().pathname;
    let is_list =
        Memo::new(move |_| path.with(|path| path.trim_end_matches('/') == routes::CONVERSATIONS));
    view! {
        <div class="conversations" class:conversations-open=move || !is_list.get()>
            <ConversationList is_list/>
            <div class="conversations-place">
                <Outlet/>
            </div>
        </div>
    }
    .into_any()
}
