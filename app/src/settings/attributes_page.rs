//! `/settings/attributes`

use crate::{
    i18n::{t_string, use_i18n},
    ui::{PageHeader, say},
};
use leptos::prelude::*;

#[component]
pub fn AttributesPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <PageHeader title=say(move || t_string!(i18n, settings.attributes)) /> }
}
