//! Every row of the file as it will be imported: problems with their reasons, mended in place.

mod card;
mod cell;
mod grid;
mod groups;
mod scroll;
mod window;

use super::{desk::Desk, mapping::RowsInShort, state::Event, totals::StackedBar};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, ButtonKind, Notice},
};
use card::RowCards;
use grid::RowGrid;
use groups::ProblemGroups;
use leptos::prelude::*;
use sheets::{
    mapping::{Belongs, MappingProblem},
    preview::RowView,
    protocol::Ask,
};

/// A mapped column, as the preview names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) index: usize,
    pub(super) header: String,
}

/// The columns that are imported, in the order of the file.
pub(super) fn shown_columns(desk: Desk) -> Memo<Vec<Shown>> {
    Memo::new(move |_| {
        desk.mapping().with(|mapping| {
            let used = mapping
                .columns
                .iter()
                .enumerate()
                .filter(|(_, column)| column.belongs != Belongs::Ignore);
            used.map(|(index, column)| Shown {
                index,
                header: column.header.clone(),
            })
            .collect()
        })
    })
}

#[component]
pub(super) fn PreviewStep(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let summary = desk.summary();
    let view = desk.view();
    let only_line = Memo::new(move |_| match view.get() {
        RowView::Line(line) => Some(line),
        RowView::All | RowView::OnlyProblems => None,
    });
    // Whoever comes to the rows on another way wants to see them.
    on_cleanup(move || {
        view.try_update(|view| {
            if matches!(view, RowView::Line(_)) {
                *view = RowView::All;
            }
        });
    });
    let failed = Memo::new(move |_| summary.with(|summary| summary.failed));
    let blocked = Memo::new(move |_| {
        desk.mapping()
            .with(|mapping| mapping.problems.iter().any(MappingProblem::blocks))
    });
    let bar = move || {
        let parts = summary.with(|summary| {
            vec![
                ("fill-success", summary.ready),
                ("fill-error", summary.failed),
                ("fill-base-300", summary.skipped),
            ]
        });
        view! { <StackedBar parts=parts /> }
    };
    let folded = move || {
        let folded = summary.with(|summary| summary.folded);
        (folded > 0).then(|| {
            let text = count!(
                i18n.get_locale(),
                u64::from(folded),
                imports.folded_one | folded_many
            );
            view! { <Notice>{text}</Notice> }
        })
    };
    let unsubscribes = move || {
        let stops = summary.with(|summary| summary.unsubscribes);
        (stops > 0).then(|| {
            let text = count!(
                i18n.get_locale(),
                u64::from(stops),
                imports.unsubscribes_one | unsubscribes_many
            );
            view! { <Notice>{text}</Notice> }
        })
    };
    let clean = move || view.get() == RowView::OnlyProblems && failed.get() == 0;
    let only_problems = move |event| {
        view.set(if event_target_checked(&event) {
            RowView::OnlyProblems
        } else {
            RowView::All
        });
    };
    view! {
        <div class="flex flex-col gap-4">
            <div class="flex flex-col gap-2">
                <h2 class="text-lg font-semibold">{t!(i18n, imports.rows_title)}</h2>
                <RowsInShort desk=desk />
                {bar}
            </div>
            {folded}
            {unsubscribes}
            <div class="flex flex-wrap items-center gap-4">
                {move || {
                    only_line
                        .get()
                        .map(|line| {
                            view! {
                                <p>{move || t_string!(i18n, imports.only_line, line = line)}</p>
                                <Button small=true on:click=move |_| view.set(RowView::All)>
                                    {t!(i18n, imports.all_rows)}
                                </Button>
                            }
                        })
                }}
                <label class="flex items-center gap-2">
                    <input
                        type="checkbox"
                        class="toggle toggle-sm"
                        prop:checked=move || view.get() == RowView::OnlyProblems
                        on:change=only_problems
                    />
                    {t!(i18n, imports.only_problems)}
                </label>
                <Show when=move || { failed.get() > 0 }>
                    <Button small=true on:click=move |_| desk.edit(Ask::SkipProblemRows, |_| ())>
                        {t!(i18n, imports.skip_problem_rows)}
                    </Button>
                </Show>
            </div>
            <ProblemGroups desk=desk />
            <p role="status">{move || clean().then_some(t!(i18n, imports.no_problems))}</p>
            <RowGrid desk=desk view=view />
            <RowCards desk=desk view=view />
            <p class="muted text-sm max-md:hidden">{t!(i18n, imports.grid_help)}</p>
            <div class="action-bar">
                <Button kind=ButtonKind::Primary disabled=blocked on:click=move |_| desk.send()>
                    {t!(i18n, imports.review)}
                </Button>
                <Button on:click=move |_| desk.go(Event::ToColumns)>{t!(i18n, common.back)}</Button>
                <p class="muted text-sm" aria-live="polite">
                    {move || (failed.get() > 0).then(|| t_string!(i18n, imports.failed_stay_behind))}
                </p>
            </div>
        </div>
    }
}
