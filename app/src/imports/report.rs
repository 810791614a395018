//! What an import did: numbers that add up, what failed, how the columns were mapped, and **Undo import**.

mod failed;
mod undo;

use super::{
    review::all_attributes,
    totals::{ReportTiles, StackedBar, report_parts},
    wording,
};
use crate::{
    customers::wording as customers,
    i18n::{t, t_string, use_i18n},
    routes,
    session::use_me,
    ui::{Badge, BadgeKind, ButtonKind, LinkButton, Moment},
    words,
};
use domain::{
    attribute::Attribute,
    import::report::{ImportDetail, ImportState, ImportSummary, ReportTotals},
    permission::Permission,
};
use failed::FailedRowsButton;
use leptos::prelude::*;
use undo::UndoImport;
pub(super) use undo::Undone;

pub(super) const fn state_badge(state: ImportState) -> BadgeKind {
    match state {
        ImportState::Staging => BadgeKind::Warning,
        ImportState::Committed => BadgeKind::Success,
        ImportState::Undone | ImportState::Cancelled => BadgeKind::Plain,
    }
}

/// By whom and when.
#[component]
pub(super) fn ByWhom(summary: ImportSummary) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let time_zone = Signal::derive(move || me.with(|me| me.account.time_zone.clone()));
    let language = Signal::derive(move || words::language_code(i18n.get_locale()).to_owned());
    view! {
        <span class="break-words">{summary.by}</span>
        " · "
        <Moment at=summary.finished_at.unwrap_or(summary.started_at) time_zone=time_zone language=language />
    }
}

#[component]
pub(super) fn Report(
    detail: ImportDetail,
    attributes: Vec<Attribute>,
    on_undone: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let summary = detail.summary.clone();
    let state = summary.state;
    let may_undo = use_me().with_untracked(|me| me.role.may(Permission::UndoImports));
    let totals = summary.totals.map(|totals| view! { <Totals import=summary.id name=summary.file_name.clone() totals=totals /> });
    let undo = (state == ImportState::Committed && may_undo)
        .then(|| view! { <UndoImport import=summary.id on_undone=on_undone /> });
    view! {
        <div class="flex flex-col gap-4">
            <div class="flex flex-wrap items-center gap-2">
                <Badge kind=state_badge(state)>{move || wording::state(i18n.get_locale(), state)}</Badge>
                <span class="muted text-sm">
                    <ByWhom summary=summary.clone() />
                </span>
            </div>
            {totals}
            <div class="flex flex-wrap items-center gap-2">
                <LinkButton href=routes::CUSTOMERS kind=ButtonKind::Primary>
                    {t!(i18n, imports.to_customers)}
                </LinkButton>
                <LinkButton href=routes::NEW_IMPORT>{t!(i18n, imports.another_import)}</LinkButton>
                {undo}
            </div>
            <MappingTable detail=detail attributes=attributes />
        </div>
    }
}

#[component]
fn Totals(import: domain::ids::ImportId, name: String, totals: ReportTotals) -> impl IntoView {
    let failed = (totals.failed > 0)
        .then(|| view! { <FailedRowsButton import=import name=name count=totals.failed /> });
    view! {
        <section class="card gap-4 p-4">
            <ReportTiles totals=totals />
            <StackedBar parts=report_parts(&totals) />
            {failed}
        </section>
    }
}

#[component]
fn MappingTable(detail: ImportDetail, attributes: Vec<Attribute>) -> impl IntoView {
    let i18n = use_i18n();
    let attributes = StoredValue::new(all_attributes(attributes, &detail.new_attributes));
    let headers = detail.headers;
    let rows = detail
        .columns
        .into_iter()
        .map(|column| {
            let header = headers
                .get(column.source as usize)
                .cloned()
                .unwrap_or_default();
            let name = move || {
                attributes.with_value(|attributes| {
                    customers::slot(i18n.get_locale(), column.slot, attributes)
                })
            };
            view! {
                <tr>
                    <th scope="row" class="font-normal break-words">
                        {header}
                    </th>
                    <td>{name}</td>
                    <td>{move || wording::rule(i18n.get_locale(), column.rule)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="card px-4 py-3">
            <summary class="cursor-pointer font-medium">{t!(i18n, imports.columns_title_report)}</summary>
            <div
                class="mt-2 overflow-x-auto"
                role="region"
                tabindex="0"
                aria-label=move || t_string!(i18n, imports.columns_title_report)
            >
                <table class="table table-sm">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, imports.column)}</th>
                            <th scope="col">{t!(i18n, imports.belongs_to)}</th>
                            <th scope="col">{t!(i18n, imports.rule)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}
