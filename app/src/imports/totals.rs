//! What becomes of the rows, as numbers that add up and as a bar.

use crate::{
    i18n::{Locale, t_string, use_i18n},
    words::{is_one, number},
};
use domain::import::{
    plan::{PlanTotals, RowOutcome},
    report::ReportTotals,
};
use leptos::prelude::*;
use leptos_i18n::td_string;

fn outcome_name(locale: Locale, outcome: RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::New => td_string!(locale, imports.total_new),
        RowOutcome::Changed => td_string!(locale, imports.total_changed),
        RowOutcome::Same => td_string!(locale, imports.total_same),
        RowOutcome::Conflict => td_string!(locale, imports.total_conflicts),
        RowOutcome::Skipped => td_string!(locale, imports.total_skipped),
        RowOutcome::Failed => td_string!(locale, imports.total_failed),
    }
}

const fn colour(outcome: RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::New => "fill-success",
        RowOutcome::Changed => "fill-info",
        RowOutcome::Same => "fill-base-300",
        RowOutcome::Conflict => "fill-warning",
        RowOutcome::Skipped => "fill-neutral",
        RowOutcome::Failed => "fill-error",
    }
}

const fn planned(totals: &PlanTotals, outcome: RowOutcome) -> u32 {
    match outcome {
        RowOutcome::New => totals.new,
        RowOutcome::Changed => totals.changed,
        RowOutcome::Same => totals.same,
        RowOutcome::Conflict => totals.conflicts,
        RowOutcome::Skipped => totals.skipped,
        RowOutcome::Failed => totals.failed,
    }
}

/// The outcomes that a report knows: at commit, a conflict is a failed row.
fn reported(totals: &ReportTotals) -> [(RowOutcome, u32); 5] {
    [
        (RowOutcome::New, totals.new),
        (RowOutcome::Changed, totals.changed),
        (RowOutcome::Same, totals.same),
        (RowOutcome::Skipped, totals.skipped),
        (RowOutcome::Failed, totals.failed),
    ]
}

pub(super) fn plan_parts(totals: &PlanTotals) -> Vec<(&'static str, u32)> {
    RowOutcome::ALL
        .iter()
        .map(|outcome| (colour(*outcome), planned(totals, *outcome)))
        .collect()
}

pub(super) fn report_parts(totals: &ReportTotals) -> Vec<(&'static str, u32)> {
    reported(totals)
        .map(|(outcome, count)| (colour(outcome), count))
        .to_vec()
}

/// One number with its name.
#[component]
fn Tile(
    id: &'static str,
    #[prop(into)] name: Signal<String>,
    /// The sign before it in a sum.
    #[prop(optional)]
    sign: &'static str,
    children: Children,
) -> impl IntoView {
    let term = format!("total-{id}");
    view! {
        <div class="flex flex-col-reverse">
            <dt id=term.clone() class="muted text-sm">
                {move || name.get()}
            </dt>
            <dd aria-labelledby=term class="sum-part text-xl font-semibold tabular-nums" data-sign=sign>
                {children()}
            </dd>
        </div>
    }
}

/// The numbers of Review. Each shows the rows behind it.
#[component]
pub(super) fn PlanTiles(
    totals: RwSignal<PlanTotals>,
    filter: RwSignal<Option<RowOutcome>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let tile = move |outcome: Option<RowOutcome>| {
        let count = move || {
            totals.with(|totals| outcome.map_or(totals.rows, |outcome| planned(totals, outcome)))
        };
        let shown = move || number(i18n.get_locale(), u64::from(count()));
        let name = Signal::derive(move || {
            let locale = i18n.get_locale();
            outcome
                .map_or(td_string!(locale, imports.total_rows), |outcome| {
                    outcome_name(locale, outcome)
                })
                .to_owned()
        });
        let chosen = Memo::new(move |_| filter.get() == outcome);
        view! {
            <Tile id=outcome.map_or("rows", RowOutcome::key) name=name>
                <button
                    type="button"
                    class="btn btn-sm text-lg"
                    class:btn-primary=chosen
                    aria-pressed=move || chosen.get().to_string()
                    aria-label=move || t_string!(i18n, imports.show_rows, count = shown(), what = name.get())
                    on:click=move |_| filter.set(outcome)
                >
                    {shown}
                </button>
            </Tile>
        }
    };
    let outcomes = RowOutcome::ALL
        .iter()
        .map(|outcome| tile(Some(*outcome)))
        .collect_view();
    // Of values, not of rows: until a person chooses, a row may be the same for all of them.
    let clashes = Memo::new(move |_| totals.with(|totals| u64::from(totals.clashes)));
    let clashing = Signal::derive(move || {
        let locale = i18n.get_locale();
        if is_one(locale, clashes.get()) {
            td_string!(locale, imports.total_clashes_one).to_owned()
        } else {
            td_string!(locale, imports.total_clashes_many).to_owned()
        }
    });
    view! {
        <dl class="flex flex-wrap gap-x-4 gap-y-3" aria-label=move || t_string!(i18n, imports.totals)>
            {tile(None)} {outcomes}
            <Show when=move || { clashes.get() > 0 }>
                <Tile id="clashes" name=clashing>
                    <span class="flex h-8 items-center text-lg">
                        {move || number(i18n.get_locale(), clashes.get())}
                    </span>
                </Tile>
            </Show>
        </dl>
    }
}

/// The numbers of a report, as the sum that they are.
#[component]
pub(super) fn ReportTiles(totals: ReportTotals) -> impl IntoView {
    let i18n = use_i18n();
    let shown = move |count: u32| move || number(i18n.get_locale(), u64::from(count));
    let parts = reported(&totals)
        .into_iter()
        .enumerate()
        .map(|(index, (outcome, count))| {
            let name = Signal::derive(move || outcome_name(i18n.get_locale(), outcome).to_owned());
            view! {
                <Tile id=outcome.key() name=name sign=if index == 0 { "=" } else { "+" }>
                    {shown(count)}
                </Tile>
            }
        })
        .collect_view();
    view! {
        <dl class="flex flex-wrap items-start gap-x-4 gap-y-3" aria-label=move || t_string!(i18n, imports.totals)>
            <Tile id="rows" name=Signal::derive(move || t_string!(i18n, imports.total_rows).to_owned())>
                {shown(totals.rows)}
            </Tile>
            {parts}
        </dl>
    }
}

/// Parts of a whole as colour and count. The numbers themselves stand beside it in words.
#[component]
pub(super) fn StackedBar(parts: Vec<(&'static str, u32)>) -> impl IntoView {
    let widths = widths(&parts.iter().map(|(_, count)| *count).collect::<Vec<_>>());
    let mut x = 0.0;
    let bars = parts
        .into_iter()
        .zip(widths)
        .filter(|((_, count), _)| *count > 0)
        .map(|((colour, _), width)| {
            let from = x;
            x += width;
            view! { <rect class=colour x=from y="0" width=width height="1"></rect> }
        })
        .collect_view();
    // A drawing, because the content security policy allows no widths in the markup.
    view! {
        <svg class="h-2 w-full rounded-full" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            {bars}
        </svg>
    }
}

/// The share of each count in percent. What is there is never too narrow to be seen.
fn widths(counts: &[u32]) -> Vec<f64> {
    const NARROWEST: f64 = 1.5;
    let total: f64 = counts.iter().copied().map(f64::from).sum();
    let raw: Vec<f64> = counts
        .iter()
        .map(|count| {
            if *count == 0 {
                0.0
            } else {
                (f64::from(*count) / total * 100.0).max(NARROWEST)
            }
        })
        .collect();
    let sum: f64 = raw.iter().sum();
    raw.into_iter()
        .map(|width| if sum > 0.0 { width / sum * 100.0 } else { 0.0 })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_in_a_million_can_be_seen() {
        let widths = widths(&[1_000_000, 1, 0]);
        assert!(widths[1] > 1.0 && widths[2] == 0.0);
        assert!((widths.iter().sum::<f64>() - 100.0).abs() < 1e-9);
    }

    #[test]
    fn the_parts_of_a_report_add_up_to_the_rows_read() {
        let totals = ReportTotals {
            rows: 15,
            new: 1,
            changed: 2,
            same: 3,
            skipped: 4,
            failed: 5,
        };
        assert_eq!(
            report_parts(&totals)
                .iter()
                .map(|(_, count)| count)
                .sum::<u32>(),
            totals.rows
        );
    }

    #[test]
    fn an_empty_whole_has_no_parts() {
        assert_eq!(widths(&[0, 0]), [0.0, 0.0]);
    }
}
