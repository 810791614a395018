//! The **Consent** tab of the profile: the state of each number, the clock of implied consent, the whole history.

use super::{entry::Entry, wording};
use crate::{
    data::Latest,
    error::ErrorNotice,
    i18n::{t, t_string, use_i18n},
    routes,
    session::When,
    ui::{LinkButton, Skeleton, say},
};
use domain::{
    consent::{CustomerConsent, PhoneConsent, Status},
    ids::CustomerId,
};
use icondata_lu::LuFileCheck;
use leptos::prelude::*;

#[component]
pub fn ConsentTab(customer: CustomerId, known: Latest<CustomerConsent>) -> impl IntoView {
    let i18n = use_i18n();
    let retry = Callback::new(move |()| known.fetch());
    view! {
        {move || known.failed.get().map(|error| view! { <ErrorNotice error retry/> })}
        {move || match known.shown.get() {
            Some(consent) => view! { <Known customer consent/> }.into_any(),
            None if known.failed.with(Option::is_some) => ().into_any(),
            None => view! { <Skeleton label=say(move || t_string!(i18n, common.loading))/> }.into_any(),
        }}
    }
}

#[component]
fn Known(customer: CustomerId, consent: CustomerConsent) -> impl IntoView {
    let i18n = use_i18n();
    let CustomerConsent {
        phones,
        entries,
        older_left_out,
        last_business_at,
        implied_until,
        ..
    } = consent;
    let implied = phones
        .iter()
        .any(|phone| phone.status == Status::Implied)
        .then(|| {
            view! {
                <p class="muted mt-2 text-sm">
                    {t!(i18n, consent.implied_until)} " " <When at=implied_until/> ", "
                    {t!(i18n, consent.implied_why)} " " <When at=last_business_at/> "."
                </p>
            }
        });
    let numbers = if phones.is_empty() {
        view! { <p class="muted">{t!(i18n, consent.no_numbers)}</p> }.into_any()
    } else {
        let rows = phones
            .into_iter()
            .map(|phone| view! { <Number phone/> })
            .collect_view();
        view! { <ul class="flex flex-col gap-1">{rows}</ul> }.into_any()
    };
    let history = if entries.is_empty() {
        view! { <p class="muted">{t!(i18n, consent.history_empty)}</p> }.into_any()
    } else {
        let items = entries
            .into_iter()
            .map(|entry| view! { <Entry entry/> })
            .collect_view();
        view! { <ol class="flex flex-col">{items}</ol> }.into_any()
    };
    view! {
        <section aria-labelledby="consent-numbers">
            <h2 id="consent-numbers" class="section-title">{t!(i18n, consent.numbers)}</h2>
            {numbers}
            {implied}
        </section>
        <section class="mt-4" aria-labelledby="consent-history">
            <h2 id="consent-history" class="section-title">{t!(i18n, consent.history)}</h2>
            {history}
            {older_left_out.then(|| view! { <p class="muted mt-2 text-sm">{t!(i18n, consent.older_left_out)}</p> })}
        </section>
        <div class="mt-4">
            <LinkButton icon=LuFileCheck href=routes::evidence(customer)>{t!(i18n, consent.evidence)}</LinkButton>
            <p class="muted mt-1 text-sm">{t!(i18n, consent.evidence_text)}</p>
        </div>
    }
}

#[component]
fn Number(phone: PhoneConsent) -> impl IntoView {
    let i18n = use_i18n();
    let PhoneConsent {
        phone,
        is_cell,
        status,
        since,
    } = phone;
    let since = since.map(|at| {
        view! {
            <span class="muted text-sm">{t!(i18n, consent.since)} " " <When at/></span>
        }
    });
    view! {
        <li class="flex flex-wrap items-center gap-x-3">
            <span class="tabular-nums">{phone}</span>
            {is_cell.then(|| view! { <span class="muted text-sm">{t!(i18n, consent.cell_phone)}</span> })}
            <span class="font-medium">{move || wording::status(i18n.get_locale(), status)}</span>
            {since}
        </li>
    }
}
