//! What there is to know, and nothing to set.

use crate::{
    i18n::{t, t_string, use_i18n},
    routes,
    session::use_me,
    ui::LinkButton,
};
use domain::permission::Permission;
use icondata_lu::LuSmartphone;
use leptos::prelude::*;

/// The way that messages go when there is no provider.
#[component]
pub(super) fn PhoneSimulator() -> impl IntoView {
    let i18n = use_i18n();
    let may_write = use_me().with_untracked(|me| me.role.may(Permission::SendMessages));
    view! {
        <section class="card-section" aria-labelledby="simulator-heading">
            <h2 id="simulator-heading" class="mb-2 font-semibold">
                {t!(i18n, messaging.simulator)}
            </h2>
            <p>{t!(i18n, messaging.simulator_what)}</p>
            <p class="mt-2">{t!(i18n, messaging.simulator_how)}</p>
            {may_write
                .then(|| {
                    view! {
                        <div class="mt-3">
                            <LinkButton icon=LuSmartphone href=routes::SIMULATOR>
                                {t!(i18n, messaging.simulator_open)}
                            </LinkButton>
                        </div>
                    }
                })}
        </section>
    }
}

#[component]
pub(super) fn QuietTime() -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let hours = move || {
        let zone = me.with(|me| me.account.time_zone.clone());
        t_string!(i18n, messaging.quiet_hours, zone = zone)
    };
    view! {
        <section aria-labelledby="quiet-heading">
            <h2 id="quiet-heading" class="font-semibold">
                {t!(i18n, messaging.quiet_title)}
            </h2>
            <p>{hours}</p>
            <p class="muted">{t!(i18n, messaging.quiet_text)}</p>
        </section>
    }
}
