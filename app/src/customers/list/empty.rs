//! A list with nobody in it.

use crate::{
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{EmptyState, LinkButton, say},
};
use icondata_lu::{LuSearchX, LuUsers};
use leptos::prelude::*;

#[component]
pub fn EmptyList(
    /// Somebody was left out by the search or the filter.
    narrowed: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    if narrowed {
        view! {
            <EmptyState
                icon=LuSearchX
                title=say(move || t_string!(i18n, customers.nobody_title))
                text=say(move || t_string!(i18n, customers.nobody_text))
            >
                <LinkButton href=routes::CUSTOMERS>{t!(i18n, customers.clear_all)}</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <EmptyState
                icon=LuUsers
                title=say(move || t_string!(i18n, customers.empty_title))
                text=say(move || t_string!(i18n, customers.empty_text))
            />
        }
        .into_any()
    }
}
