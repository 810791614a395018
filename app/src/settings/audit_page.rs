//! `/settings/audit`: who did what that the shop must be able to answer for.

use super::api;
use crate::{
    customers::wording,
    data,
    error::{AppError, ErrorNotice},
    i18n::{Locale, t, t_string, use_i18n},
    session::When,
    ui::{Button, EmptyState, PageHeader, Skeleton, say},
    words,
};
use domain::{
    audit::{self, AuditEntry, AuditedColumn, AuditedList},
    export::ExportFormat,
    query::Page,
    slot::Field,
};
use icondata_lu::LuScrollText;
use leptos::prelude::*;
use leptos_i18n::td_string;

#[component]
pub fn AuditPage() -> impl IntoView {
    let i18n = use_i18n();
    let first = Resource::new(|| (), |()| data::ask(|| api::audit(None)));
    let retry = Callback::new(move |()| first.refetch());
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, settings.audit_title))
            text=say(move || t_string!(i18n, settings.audit_text))
        />
        <Suspense fallback=move || view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(page) if page.rows.is_empty() => view! { <Nothing /> }.into_any(),
                    Ok(page) => view! { <Entries first=page /> }.into_any(),
                    Err(error) => view! { <ErrorNotice error=error retry=retry /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <EmptyState
            icon=LuScrollText
            title=say(move || t_string!(i18n, settings.audit_nothing))
            text=say(move || t_string!(i18n, settings.audit_nothing_text))
        />
    }
}

#[component]
fn Entries(first: Page<AuditEntry>) -> impl IntoView {
    let i18n = use_i18n();
    let entries = RwSignal::new(first.rows);
    let next = RwSignal::new(first.next);
    let more = Action::new_local(move |(): &()| async move {
        let after = next.get_untracked();
        let page = data::ask(|| api::audit(after.clone())).await?;
        entries.update(|entries| entries.extend(page.rows));
        next.set(page.next);
        Ok::<_, AppError>(())
    });
    let row = move |entry: AuditEntry| {
        let AuditEntry { at, by, action, .. } = entry;
        view! {
            <tr>
                <td class="max-md:text-xs"><When at=at /></td>
                <td>{by}</td>
                <td>{move || said(i18n.get_locale(), &action)}</td>
            </tr>
        }
    };
    let failed = move || more.value().get().and_then(Result::err);
    view! {
        <div class="overflow-x-auto" tabindex="0" role="region" aria-label=move || t_string!(i18n, settings.audit_title)>
            <table class="table table-stacked">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, settings.audit_when)}</th>
                        <th scope="col">{t!(i18n, settings.audit_who)}</th>
                        <th scope="col">{t!(i18n, settings.audit_what)}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || entries.get() key=|entry| entry.id children=row />
                </tbody>
            </table>
        </div>
        {move || failed().map(|error| view! { <ErrorNotice error=error /> })}
        <Show when=move || next.with(Option::is_some)>
            <Button busy=more.pending() on:click=move |_| drop(more.dispatch_local(()))>
                {t!(i18n, settings.audit_more)}
            </Button>
        </Show>
    }
}

fn said(locale: Locale, action: &audit::Action) -> String {
    match action {
        audit::Action::Exported {
            list,
            format,
            rows,
            columns,
        } => {
            let columns: Vec<&str> = columns
                .iter()
                .map(|column| column_name(locale, column))
                .collect();
            td_string!(
                locale,
                settings.audit_exported,
                list = list_name(locale, list),
                rows = words::number(locale, u64::from(*rows)),
                format = format_name(*format),
                columns = columns.join(", ")
            )
        }
        audit::Action::Mailed { list, format } => td_string!(
            locale,
            settings.audit_mailed,
            list = list_name(locale, list),
            format = format_name(*format)
        ),
        audit::Action::ProviderSet { sender } => {
            td_string!(locale, settings.audit_provider_set, sender = sender.clone())
        }
        audit::Action::ProviderRemoved { sender } => {
            td_string!(
                locale,
                settings.audit_provider_removed,
                sender = sender.clone()
            )
        }
    }
}

const fn format_name(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Xlsx => "XLSX",
        ExportFormat::Csv => "CSV",
    }
}

fn list_name(locale: Locale, list: &AuditedList) -> String {
    match list {
        AuditedList::All => td_string!(locale, settings.audit_all).to_owned(),
        AuditedList::WithoutCellPhone => {
            td_string!(locale, settings.audit_without_cell_phone).to_owned()
        }
        AuditedList::Shown => td_string!(locale, settings.audit_shown).to_owned(),
        AuditedList::Unsubscribed { since, until } => {
            let day = |day: &Option<chrono::NaiveDate>| {
                day.map_or_else(|| "…".to_owned(), |day| day.to_string())
            };
            td_string!(
                locale,
                settings.audit_unsubscribed,
                since = day(since),
                until = day(until)
            )
        }
    }
}

fn column_name(locale: Locale, column: &AuditedColumn) -> &str {
    match column {
        AuditedColumn::Attribute(name) => name,
        AuditedColumn::Field(key) => key
            .parse::<Field>()
            .map_or(key, |field| wording::field(locale, field)),
    }
}
