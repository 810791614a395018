//! `/customers/{id}/consent`: the evidence, to print or to take along as a file.

use super::{api, evidence, wording};
use crate::{
    customers::{api as customers, wording as customer_wording},
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    routes,
    session::{When, use_me},
    ui::{Button, ButtonKind, Icon, Skeleton, download, say, use_toasts},
};
use domain::{
    consent::{ConsentEntry, CustomerConsent},
    customer::Customer,
    ids::CustomerId,
};
use icondata_lu::{LuArrowLeft, LuFileDown, LuPrinter};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

async fn load(id: Option<CustomerId>) -> Result<(Customer, CustomerConsent), AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let (customer, consent) = futures::join!(
        data::ask(|| customers::get_customer(id)),
        data::ask(|| api::get_consent(id))
    );
    Ok((customer?, consent?))
}

#[component]
pub fn EvidencePage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<CustomerId>().ok()));
    let loaded = data::resource(move || id.try_get(), load);
    let retry = Callback::new(move |()| loaded.refetch());
    view! {
        <Suspense fallback=move || view! { <Skeleton lines=10 label=say(move || t_string!(i18n, common.loading))/> }>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok((customer, consent)) => view! { <Evidence customer consent/> }.into_any(),
                    Err(error) => view! { <ErrorNotice error retry/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Evidence(customer: Customer, consent: CustomerConsent) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let toasts = use_toasts();
    let id = customer.id;
    let name = Memo::new(move |_| {
        customer_wording::name(i18n.get_locale(), &customer.values, &customer.phones)
    });
    let entries = StoredValue::new(consent.entries);
    let save = move |_| {
        let locale = i18n.get_locale_untracked();
        let text = entries.with_value(|entries| evidence::csv(entries, locale));
        let file = t_string!(i18n, consent.file, name = name.get_untracked());
        if !download(&text.into(), "text/csv", &format!("{file}.csv")) {
            toasts.failed(t_string!(i18n, consent.csv_failed));
        }
    };
    let print = move |_| drop(window().print());
    let numbers = consent
        .phones
        .into_iter()
        .map(|phone| {
            let status = move || wording::status(i18n.get_locale(), phone.status);
            view! { <li><span class="tabular-nums">{phone.phone}</span> ": " {status}</li> }
        })
        .collect_view();
    let title = move || t_string!(i18n, consent.evidence_title, name = name.get());
    let rows = move || {
        entries.with_value(|entries| {
            entries
                .iter()
                .rev()
                .cloned()
                .map(|entry| view! { <Row entry/> })
                .collect_view()
        })
    };
    let empty = entries.with_value(Vec::is_empty);
    let table = if empty {
        view! { <p class="muted">{t!(i18n, consent.history_empty)}</p> }.into_any()
    } else {
        view! {
            <div class="overflow-x-auto" tabindex="0" role="region" aria-label=move || t_string!(i18n, consent.history)>
                <table class="table table-sm">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, consent.column_place)}</th>
                            <th scope="col">{t!(i18n, consent.column_event)}</th>
                            <th scope="col">{t!(i18n, consent.column_source)}</th>
                            <th scope="col">{t!(i18n, consent.column_happened)}</th>
                            <th scope="col">{t!(i18n, consent.column_arrived)}</th>
                            <th scope="col">{t!(i18n, consent.column_changed)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows()}</tbody>
                </table>
            </div>
            <p class="muted mt-2 text-sm">{t!(i18n, consent.chain_text)}</p>
        }
        .into_any()
    };
    view! {
        <Title text=title/>
        <div class="mb-4 flex flex-wrap items-center justify-between gap-2 print:hidden">
            <a class="link link-hover inline-flex items-center gap-1" href=routes::customer(id)>
                <Icon icon=LuArrowLeft/>
                {name}
            </a>
            <div class="flex flex-wrap gap-2">
                <Button kind=ButtonKind::Primary icon=LuPrinter on:click=print>{t!(i18n, consent.print)}</Button>
                <Button icon=LuFileDown on:click=save>{t!(i18n, consent.csv)}</Button>
            </div>
        </div>
        <h1 class="text-2xl font-semibold break-words" tabindex="-1">{title}</h1>
        <p class="muted mb-4">{move || me.with(|me| me.account.name.clone())}</p>
        <h2 class="section-title">{t!(i18n, consent.numbers)}</h2>
        <ul class="mb-4">{numbers}</ul>
        <h2 class="section-title">{t!(i18n, consent.history)}</h2>
        {consent.older_left_out.then(|| view! { <p class="mb-2">{t!(i18n, consent.older_left_out)}</p> })}
        {table}
    }
}

#[component]
fn Row(entry: ConsentEntry) -> impl IntoView {
    let i18n = use_i18n();
    let (happened, arrived, changed) = (entry.occurred_at, entry.arrived_at, entry.changed);
    let (seq, hash) = (entry.seq.to_string(), entry.hash.clone());
    let told = StoredValue::new(entry);
    view! {
        <tr>
            <td class="tabular-nums">{seq}</td>
            <td>
                {move || told.with_value(|entry| wording::event(i18n.get_locale(), entry))}
                <div class="muted font-mono text-xs break-all">{hash}</div>
            </td>
            <td>{move || told.with_value(|entry| wording::source(i18n.get_locale(), &entry.source))}</td>
            <td><When at=happened/></td>
            <td><When at=arrived/></td>
            <td>{move || evidence::changed(i18n.get_locale(), changed)}</td>
        </tr>
    }
}
