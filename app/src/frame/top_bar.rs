//! The bar at the top: search, connection, who and where.

use super::{account_menu::AccountMenu, search::Search};
use crate::{
    data::use_connection,
    i18n::{t, t_string, use_i18n},
    routes,
    session::use_me,
    ui::{Icon, local_time},
    words,
};
use chrono::{DateTime, Utc};
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub(super) fn TopBar() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <header class="top-bar print:hidden">
            <A href=routes::HOME attr:class="brand">
                <Icon icon=lu::LuRepeat2 size="1.5rem" />
                <span class="sr-only sm:not-sr-only">{t!(i18n, common.app_name)}</span>
            </A>
            <Search />
            <ConnectionChip />
            <AccountMenu />
        </header>
    }
}

#[component]
fn ConnectionChip() -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let connection = use_connection();
    let offline_since = move || {
        let since = connection.offline_since()?;
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
        let since = DateTime::<Utc>::from_timestamp_millis(since as i64)?;
        local_time(
            since,
            words::language_code(i18n.get_locale()),
            &me.with(|me| me.account.time_zone.clone()),
        )
    };
    let text = move || match (connection.offline_since().is_some(), offline_since()) {
        (false, _) => t_string!(i18n, common.online).to_owned(),
        (true, Some(time)) => t_string!(i18n, common.offline_since, time = time),
        (true, None) => t_string!(i18n, common.offline).to_owned(),
    };
    let online = move || connection.offline_since().is_none();
    view! {
        <div
            class="chip"
            class:chip-offline=move || !online()
            role="status"
            title=move || if online() { "" } else { t_string!(i18n, common.offline_text) }
        >
            {move || {
                let icon = if online() { lu::LuWifi } else { lu::LuWifiOff };
                view! { <Icon icon=icon /> }
            }}
            // A phone has no room for the time beside the search.
            <Show when=move || !online()>
                <span class="md:hidden" aria-hidden="true">{t!(i18n, common.offline)}</span>
            </Show>
            <span class=move || if online() { "sr-only" } else { "max-md:sr-only" }>{text}</span>
        </div>
    }
}
