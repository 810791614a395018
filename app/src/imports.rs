//! Imports: history, a new one, and one of them.

use crate::{
    i18n::{t_string, use_i18n},
    ui::{PageHeader, say},
};
use leptos::prelude::*;

#[component]
pub fn ImportsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <PageHeader title=say(move || t_string!(i18n, imports.title)) /> }
}

#[component]
pub fn NewImportPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <PageHeader title=say(move || t_string!(i18n, imports.title)) /> }
}

#[component]
pub fn ImportPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <PageHeader title=say(move || t_string!(i18n, imports.title)) /> }
}
