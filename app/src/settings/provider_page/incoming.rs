//! How the provider learns where to bring what customers write.

use crate::{
    i18n::{t, t_string, tu_string, use_i18n},
    ui::{CopyField, say, use_toasts},
};
use leptos::prelude::*;

#[component]
pub(super) fn Incoming(url: String) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    view! {
        <section aria-labelledby="incoming-heading">
            <h2 id="incoming-heading" class="font-semibold">
                {t!(i18n, messaging.incoming_title)}
            </h2>
            <p class="muted mb-3">{t!(i18n, messaging.incoming_text)}</p>
            <CopyField
                id="incoming-url"
                label=say(move || t_string!(i18n, messaging.incoming_url))
                text=url
                hint=say(move || t_string!(i18n, messaging.incoming_url_hint))
                copy=say(move || t_string!(i18n, common.copy))
                on_copied=move |()| toasts.done(tu_string!(i18n, common.copied))
            />
            <ol class="mt-3 flex list-decimal flex-col gap-1 ps-6">
                <li>{t!(i18n, messaging.incoming_step_open)}</li>
                <li>{t!(i18n, messaging.incoming_step_number)}</li>
                <li>{t!(i18n, messaging.incoming_step_service)}</li>
                <li>{t!(i18n, messaging.incoming_step_save)}</li>
                <li>{t!(i18n, messaging.incoming_step_try)}</li>
            </ol>
        </section>
    }
}
