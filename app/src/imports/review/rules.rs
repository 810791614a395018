//! The merge rules of the columns, which can still be changed in Review.

use super::super::{
    api, belongs,
    pick::{Group, Pick},
    wording,
};
use crate::{
    customers::wording as customers,
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    ui::{Choice, say},
};
use domain::{
    attribute::Attribute,
    ids::ImportId,
    import::{chunk::ImportColumn, plan::PlanTotals},
};
use leptos::prelude::*;

#[component]
pub(super) fn Rules(
    import: ImportId,
    columns: RwSignal<Vec<ImportColumn>>,
    totals: RwSignal<PlanTotals>,
    attributes: StoredValue<Vec<Attribute>>,
    /// While the plan is made again by another rule, what is shown is not what would happen.
    planning: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let save = Action::new_local(move |wanted: &Vec<ImportColumn>| {
        let wanted = wanted.clone();
        async move {
            planning.set(true);
            let answer = data::ask(|| api::set_rules(import, wanted.clone())).await;
            planning.set(false);
            if let Ok(planned) = &answer {
                columns.set(wanted);
                totals.set(*planned);
            } else {
                // The menus show again what holds.
                columns.notify();
            }
            answer
        }
    });
    let error = move || save.value().get().and_then(Result::<_, AppError>::err);
    let count = columns.with_untracked(Vec::len);
    let menu = move |index: usize| {
        let Some(slot) =
            columns.with_untracked(|columns| columns.get(index).map(|column| column.slot))
        else {
            return ().into_any();
        };
        let name = move || {
            attributes.with_value(|attributes| customers::slot(i18n.get_locale(), slot, attributes))
        };
        let current = move || {
            let rule = columns
                .with(|columns| columns.get(index).map(|column| column.rule))
                .unwrap_or_default();
            belongs::rule_key(rule).to_owned()
        };
        let groups = move || {
            let kind = attributes.with_value(|attributes| customers::slot_kind(slot, attributes));
            let choice = |rule| {
                Choice::new(
                    belongs::rule_key(rule),
                    wording::rule(i18n.get_locale(), rule),
                )
            };
            Group::plain(
                belongs::rules_of(Some(kind))
                    .into_iter()
                    .map(choice)
                    .collect(),
            )
        };
        let pick = move |key: String| {
            let Some(rule) = belongs::rule_from_key(&key) else {
                return;
            };
            let mut wanted = columns.get_untracked();
            if let Some(column) = wanted.get_mut(index) {
                column.rule = rule;
            }
            save.dispatch_local(wanted);
        };
        view! {
            <li>
                <Pick
                    id=format!("plan-rule-{index}")
                    label=say(name)
                    current=Signal::derive(current)
                    groups=Signal::derive(groups)
                    on_pick=pick
                    disabled=save.pending()
                />
            </li>
        }
        .into_any()
    };
    view! {
        <details class="card px-4 py-3">
            <summary class="cursor-pointer font-medium">{t!(i18n, imports.rules_title)}</summary>
            <p class="muted my-2 text-sm">{t!(i18n, imports.rules_text)}</p>
            <ul class="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">{(0..count).map(menu).collect_view()}</ul>
            {move || error().map(|error| view! { <ErrorNotice error=error /> })}
            <p role="status" class="sr-only">
                {move || save.pending().get().then(|| t_string!(i18n, imports.planning))}
            </p>
        </details>
    }
}
