//! Under the name: since when, by whom and from where the customer is unsubscribed, and how that can change.

use super::wording;
use crate::{
    customers::profile::Profile,
    data::Latest,
    i18n::{t, t_string, use_i18n},
    session::When,
    ui::{Badge, BadgeKind, Button, Dialog, say},
};
use domain::consent::CustomerConsent;
use leptos::prelude::*;

#[component]
pub fn ConsentStatus(profile: Profile, known: Latest<CustomerConsent>) -> impl IntoView {
    let i18n = use_i18n();
    let since = Memo::new(move |_| profile.customer().with(|customer| customer.unsubscribed_at));
    let explaining = RwSignal::new(false);
    let by = move || {
        let locale = i18n.get_locale();
        known.shown.with(|consent| {
            let entry = consent.as_ref()?.unsubscribed.as_ref()?;
            Some(format!(" · {}", wording::source(locale, &entry.source)))
        })
    };
    view! {
        {move || {
            since
                .get()
                .map(|at| {
                    view! {
                        <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                            <p>
                                <Badge kind=BadgeKind::Error>
                                    <span>{t!(i18n, consent.unsubscribed_since)} " " <When at/></span>
                                </Badge>
                                <span class="muted text-sm">{by}</span>
                            </p>
                            <Button small=true on:click=move |_| explaining.set(true)>
                                {t!(i18n, consent.subscribe_again)}
                            </Button>
                        </div>
                    }
                })
        }}
        <Dialog
            id="subscribe-again"
            title=say(move || t_string!(i18n, consent.subscribe_again_title))
            open=explaining
            on_close=move |()| explaining.set(false)
        >
            <p>{t!(i18n, consent.subscribe_again_text)}</p>
            <div class="modal-action">
                <Button on:click=move |_| explaining.set(false)>{t!(i18n, consent.close)}</Button>
            </div>
        </Dialog>
    }
}
