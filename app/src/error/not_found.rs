//! The page for an address that leads nowhere.

use crate::{
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{ButtonKind, EmptyState, LinkButton, say},
};
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn NotFoundPage() -> impl IntoView {
    let i18n = use_i18n();
    #[cfg(feature = "ssr")]
    crate::request::set_status(http::StatusCode::NOT_FOUND);
    view! {
        <Title text=move || t_string!(i18n, common.not_found_title) />
        <main>
            <EmptyState
                icon=lu::LuCompass
                title=say(move || t_string!(i18n, common.not_found_title))
                text=say(move || t_string!(i18n, common.not_found_text))
            >
                <LinkButton kind=ButtonKind::Primary href=routes::HOME>
                    {t!(i18n, common.to_customers)}
                </LinkButton>
            </EmptyState>
        </main>
    }
}
