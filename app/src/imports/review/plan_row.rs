//! One row of Review: what would become of it, cell by cell.

use super::super::wording;
use crate::{
    customers::wording as customers,
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{Badge, BadgeKind, Button},
};
use domain::{
    attribute::Attribute,
    import::plan::{PlanCell, PlanRow, RowConflict, RowOutcome},
    value::Value,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

const fn badge(outcome: RowOutcome) -> BadgeKind {
    match outcome {
        RowOutcome::New => BadgeKind::Success,
        RowOutcome::Changed => BadgeKind::Info,
        RowOutcome::Conflict => BadgeKind::Warning,
        RowOutcome::Failed => BadgeKind::Error,
        RowOutcome::Same | RowOutcome::Skipped => BadgeKind::Plain,
    }
}

#[component]
pub(super) fn PlanRowView(
    row: PlanRow,
    attributes: StoredValue<Vec<Attribute>>,
    headers: StoredValue<Vec<String>>,
    /// Goes to the row at a line, where its file is still open.
    correct: Option<Callback<u32>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (line, outcome) = (row.line, row.outcome);
    let name = match row.customer {
        Some(customer) => view! {
            <a class="link font-medium break-words" href=routes::customer(customer)>
                {row.name}
            </a>
        }
        .into_any(),
        None => view! { <span class="font-medium break-words">{row.name}</span> }.into_any(),
    };
    let skipped = row.skipped.map(|reason| {
        view! { <p class="muted text-sm">{move || wording::skip_reason(i18n.get_locale(), reason)}</p> }
    });
    let failed = row
        .failed
        .into_iter()
        .map(|reason| {
            let said = move || {
                headers
                    .with_value(|headers| wording::row_reason(i18n.get_locale(), &reason, headers))
            };
            view! { <p class="muted text-sm">{said}</p> }
        })
        .collect_view();
    let version = row.version.map(|why| {
        view! { <p class="muted text-sm">{move || wording::version_ignored(i18n.get_locale(), why)}</p> }
    });
    let phones = StoredValue::new(row.phones);
    let changed = outcome != RowOutcome::New;
    let cells = row
        .cells
        .into_iter()
        .map(|cell| view! { <PlanCellView cell=cell attributes=attributes phones=phones changed=changed /> })
        .collect_view();
    view! {
        <li class="flex flex-col gap-2 px-4 py-3 md:flex-row md:gap-4">
            <div class="flex items-center gap-2 md:w-44 md:shrink-0 md:items-start">
                <Badge kind=badge(outcome)>{move || wording::outcome(i18n.get_locale(), outcome)}</Badge>
                <span class="muted text-sm">{move || t_string!(i18n, imports.line_n, line = line)}</span>
            </div>
            <div class="min-w-0 grow">
                {name}
                {row.conflict.map(|conflict| view! { <Conflict line=line conflict=conflict correct=correct /> })}
                {version} {skipped} {failed}
                <dl class="mt-1 grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2 xl:grid-cols-3">{cells}</dl>
            </div>
        </li>
    }
}

#[component]
fn Conflict(line: u32, conflict: RowConflict, correct: Option<Callback<u32>>) -> impl IntoView {
    let i18n = use_i18n();
    let other = match &conflict {
        RowConflict::PhoneTaken { customer, name }
        | RowConflict::ReferenceTaken { customer, name } => Some((*customer, name.clone())),
        RowConflict::SameAsLine { .. } => None,
    };
    let link = other.map(|(customer, name)| {
        view! {
            " "
            <a class="link" href=routes::customer(customer)>
                {name}
            </a>
        }
    });
    let correct = correct.map(|correct| {
        view! {
            <Button small=true on:click=move |_| correct.run(line)>
                {move || t_string!(i18n, imports.correct_line, line = line)}
            </Button>
        }
    });
    view! {
        <p class="text-warning text-sm">
            {move || wording::conflict(i18n.get_locale(), &conflict)} {link}
        </p>
        <div class="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
            <p class="muted text-sm">{t!(i18n, imports.conflict_left_out)}</p>
            {correct}
        </div>
    }
}

#[component]
fn PlanCellView(
    cell: PlanCell,
    attributes: StoredValue<Vec<Attribute>>,
    phones: StoredValue<BTreeMap<String, String>>,
    changed: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let slot = cell.slot;
    let name = move || {
        attributes.with_value(|attributes| customers::slot(i18n.get_locale(), slot, attributes))
    };
    let say = move |value: Option<Value>| {
        move || {
            value.as_ref().map(|value| {
                let kind =
                    attributes.with_value(|attributes| customers::slot_kind(slot, attributes));
                phones.with_value(|phones| customers::value(i18n.get_locale(), kind, value, phones))
            })
        }
    };
    let before = cell.before.clone();
    let after = match cell.after {
        Some(after) => view! { <span class="break-words">{say(Some(after))}</span> }.into_any(),
        None => view! { <span class="muted">{t!(i18n, imports.erased)}</span> }.into_any(),
    };
    let before = changed.then(|| {
        let old = match before {
            Some(before) => {
                view! { <del class="muted break-words">{say(Some(before))}</del> }.into_any()
            }
            None => view! { <span class="muted">{t!(i18n, imports.blank)}</span> }.into_any(),
        };
        view! {
            {old}
            <span aria-hidden="true">" → "</span>
            <span class="sr-only">{t!(i18n, imports.becomes)}</span>
        }
    });
    view! {
        <div class="min-w-0">
            <dt class="muted text-xs">{name}</dt>
            <dd>{before} {after}</dd>
        </div>
    }
}
