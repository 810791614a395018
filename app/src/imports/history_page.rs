//! `/imports`: the imports that wait to be finished, and the history of all others.

use super::{
    api,
    discard::DiscardButton,
    report::{ByWhom, state_badge},
    wording,
};
use crate::{
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    routes,
    session::use_me,
    ui::{Badge, Button, ButtonKind, EmptyState, LinkButton, PageHeader, Skeleton, say},
    words::number,
};
use domain::{
    import::report::{ImportState, ImportSummary, ReportTotals, Staging},
    permission::Permission,
    query::Page,
};
use icondata_lu as lu;
use leptos::prelude::*;

async fn load(may_import: bool) -> Result<(Vec<Staging>, Page<ImportSummary>), AppError> {
    let open = if may_import {
        data::ask(api::open_imports).await?
    } else {
        Vec::new()
    };
    let history = data::ask(|| api::list_imports(None)).await?;
    Ok((open, history))
}

#[component]
pub fn ImportsPage() -> impl IntoView {
    let i18n = use_i18n();
    let may = use_me().with_untracked(|me| me.role.may(Permission::ImportCustomers));
    let version = RwSignal::new(0_u32);
    let loaded = data::resource(move || version.try_get(), move |_| load(may));
    let again = Callback::new(move |()| version.update(|version| *version += 1));
    let content = move || {
        Suspend::new(async move {
            match loaded.await {
                Ok((open, history)) => {
                    view! { <Lists open=open history=history on_change=again may=may /> }.into_any()
                }
                Err(error) => view! { <ErrorNotice error=error retry=again /> }.into_any(),
            }
        })
    };
    view! {
        <PageHeader title=say(move || t_string!(i18n, imports.title))>
            {may
                .then(|| {
                    view! {
                        <LinkButton href=routes::NEW_IMPORT kind=ButtonKind::Primary icon=lu::LuUpload>
                            {t!(i18n, imports.new_title)}
                        </LinkButton>
                    }
                })}
        </PageHeader>
        <Transition fallback=move || {
            view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }
        }>{content}</Transition>
    }
}

#[component]
fn Lists(
    open: Vec<Staging>,
    history: Page<ImportSummary>,
    on_change: Callback<()>,
    may: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    // What is unfinished stands above.
    let finished = |page: Page<ImportSummary>| {
        page.rows
            .into_iter()
            .filter(|summary| summary.state != ImportState::Staging)
            .collect::<Vec<_>>()
    };
    let next = RwSignal::new(history.next.clone());
    let rows = RwSignal::new(finished(history));
    if open.is_empty() && next.with_untracked(Option::is_none) && rows.with_untracked(Vec::is_empty)
    {
        return view! {
            <EmptyState
                icon=lu::LuFileSpreadsheet
                title=say(move || t_string!(i18n, imports.none_title))
                text=say(move || t_string!(i18n, imports.none_text))
            >
                {may.then(|| {
                    view! {
                        <LinkButton href=routes::NEW_IMPORT icon=lu::LuUpload>
                            {t!(i18n, imports.new_title)}
                        </LinkButton>
                    }
                })}
            </EmptyState>
        }
        .into_any();
    }
    let more = Action::new_local(move |(): &()| async move {
        let after = next.get_untracked();
        let page = data::ask(|| api::list_imports(after.clone())).await?;
        next.set(page.next.clone());
        rows.update(|rows| rows.extend(finished(page)));
        Ok::<_, AppError>(())
    });
    let error = move || more.value().get().and_then(Result::err);
    let unfinished = (!open.is_empty()).then(|| {
        let items = open
            .into_iter()
            .map(|staging| view! { <OpenImport staging=staging on_change=on_change /> });
        view! {
            <section class="mb-6" aria-labelledby="open-title">
                <h2 id="open-title" class="mb-2 font-semibold">
                    {t!(i18n, imports.unfinished)}
                </h2>
                <ul class="flex flex-col gap-2">{items.collect_view()}</ul>
            </section>
        }
    });
    view! {
        {unfinished}
        <Show when=move || !rows.with(Vec::is_empty)>
            <section class="card" aria-labelledby="history-title">
                <h2 id="history-title" class="sr-only">
                    {t!(i18n, imports.history)}
                </h2>
                <ul class="divide-y divide-base-300">
                    <For each=move || rows.get() key=|summary| summary.id let:summary>
                        <Finished summary=summary />
                    </For>
                </ul>
            </section>
        </Show>
        {move || error().map(|error| view! { <ErrorNotice error=error /> })}
        <Show when=move || next.with(Option::is_some)>
            <div class="p-3 text-center">
                <Button busy=more.pending() on:click=move |_| drop(more.dispatch_local(()))>
                    {t!(i18n, imports.more_imports)}
                </Button>
            </div>
        </Show>
    }
    .into_any()
}

#[component]
fn OpenImport(staging: Staging, on_change: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (import, rows, complete) = (
        staging.summary.id,
        u64::from(staging.rows),
        staging.missing.is_empty(),
    );
    let how = move || {
        let rows = count!(i18n.get_locale(), rows, imports.rows_one | rows_many);
        let state = if complete {
            t_string!(i18n, imports.waits_for_review)
        } else {
            t_string!(i18n, imports.waits_for_rest)
        };
        format!("{rows} · {state}")
    };
    view! {
        <li class="card flex-row flex-wrap items-center justify-between gap-2 p-4">
            <div class="min-w-0">
                <p class="font-medium break-all">{staging.summary.file_name.clone()}</p>
                <p class="muted text-sm">
                    {how} " · " <ByWhom summary=staging.summary />
                </p>
            </div>
            <div class="flex flex-wrap gap-2">
                <LinkButton href=routes::import(import) kind=ButtonKind::Primary>
                    {t!(i18n, imports.continue_it)}
                </LinkButton>
                <DiscardButton import=import on_done=on_change />
            </div>
        </li>
    }
}

#[component]
fn Finished(summary: ImportSummary) -> impl IntoView {
    let i18n = use_i18n();
    let state = summary.state;
    let totals = summary.totals.map(|totals| view! { <p class="text-sm tabular-nums">{move || said(i18n.get_locale(), &totals)}</p> });
    view! {
        <li class="flex flex-col gap-1 px-4 py-3 md:flex-row md:items-center md:gap-4">
            <div class="min-w-0 grow">
                <a class="link link-hover font-medium break-all" href=routes::import(summary.id)>
                    {summary.file_name.clone()}
                </a>
                <p class="muted text-sm">
                    <ByWhom summary=summary />
                </p>
            </div>
            {totals}
            <div class="md:w-28 md:text-right">
                <Badge kind=state_badge(state)>{move || wording::state(i18n.get_locale(), state)}</Badge>
            </div>
        </li>
    }
}

/// What is worth saying of an import in one line.
fn said(locale: crate::i18n::Locale, totals: &ReportTotals) -> String {
    use leptos_i18n::td_string;
    let parts = [
        (totals.new, td_string!(locale, imports.total_new)),
        (totals.changed, td_string!(locale, imports.total_changed)),
        (totals.same, td_string!(locale, imports.total_same)),
        (totals.skipped, td_string!(locale, imports.total_skipped)),
        (totals.failed, td_string!(locale, imports.total_failed)),
    ];
    let part =
        |(count, name): (u32, &'static str)| format!("{} {name}", number(locale, u64::from(count)));
    parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(part)
        .collect::<Vec<_>>()
        .join(" · ")
}
