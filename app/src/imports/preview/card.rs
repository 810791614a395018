//! One row at a time, for narrow screens: problems first, with the next one a tap away.

use super::{
    super::desk::Desk,
    Shown,
    cell::{Cell, note},
    grid::RowStateCell,
    shown_columns,
    window::follow,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::Button,
    words::number,
};
use leptos::prelude::*;
use sheets::preview::{PreviewRow, RowState, RowView};

#[component]
pub(super) fn RowCards(desk: Desk, #[prop(into)] view: Signal<RowView>) -> impl IntoView {
    let i18n = use_i18n();
    let at = RwSignal::new(0_u32);
    let columns = shown_columns(desk);
    let window = follow(desk, Signal::derive(move || (at.get(), 1)), view);
    let total =
        Memo::new(move |_| window.with(|window| window.as_ref().map_or(0, |window| window.total)));
    Effect::new(move |_| {
        view.track();
        at.set(0);
    });
    // A mended row leaves the list of problems: the last place moves up.
    Effect::new(move || {
        let total = total.get();
        if total > 0 && at.get_untracked() >= total {
            at.set(total - 1);
        }
    });
    let row = Memo::new(move |_| {
        window.with(|window| {
            window
                .as_ref()
                .and_then(|window| window.rows.first().cloned())
        })
    });
    let line = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.line)));
    let place = move || {
        let locale = i18n.get_locale();
        let (at, total) = (u64::from(at.get()) + 1, u64::from(total.get()));
        t_string!(
            i18n,
            imports.row_of,
            at = number(locale, at.min(total)),
            total = number(locale, total)
        )
    };
    let first = Signal::derive(move || at.get() == 0);
    let last = Signal::derive(move || at.get() + 1 >= total.get());
    view! {
        <div class="flex flex-col gap-3 md:hidden">
            <div class="flex items-center justify-between gap-2">
                <Button small=true disabled=first on:click=move |_| at.update(|at| *at = at.saturating_sub(1))>
                    {t!(i18n, imports.row_before)}
                </Button>
                <span class="text-sm tabular-nums" aria-live="polite">
                    {place}
                </span>
                <Button small=true disabled=last on:click=move |_| at.update(|at| *at += 1)>
                    {t!(i18n, imports.row_after)}
                </Button>
            </div>
            {move || line.get().map(|line| view! { <RowCard desk=desk line=line row=row columns=columns /> })}
        </div>
    }
}

#[component]
fn RowCard(
    desk: Desk,
    line: u32,
    row: Memo<Option<PreviewRow>>,
    columns: Memo<Vec<Shown>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let state =
        Memo::new(move |_| row.with(|row| row.as_ref().map_or(RowState::Ready, |row| row.state)));
    let bad = |row: &PreviewRow, column: &Shown| {
        row.cells
            .get(column.index)
            .is_some_and(|cell| cell.problem.is_some())
    };
    // Problems as they were when the card came up stand first, and stay there while they are mended.
    let ordered = Memo::new(move |_| {
        let mut columns = columns.get();
        row.with_untracked(|row| {
            if let Some(row) = row {
                columns.sort_by_key(|column| !bad(row, column));
            }
        });
        columns
    });
    let cells = move || {
        let cell = |column: Shown| view! { <CardCell desk=desk line=line column=column row=row /> };
        ordered.get().into_iter().map(cell).collect_view()
    };
    view! {
        <article class="card gap-3 p-4" aria-label=move || t_string!(i18n, imports.line_n, line = line)>
            <header class="flex flex-col gap-1">
                <h3 class="font-semibold">{move || t_string!(i18n, imports.line_n, line = line)}</h3>
                {move || view! { <RowStateCell desk=desk line=line state=state.get() /> }}
            </header>
            <dl class="flex flex-col gap-2">{cells}</dl>
        </article>
    }
}

#[component]
fn CardCell(desk: Desk, line: u32, column: Shown, row: Memo<Option<PreviewRow>>) -> impl IntoView {
    let i18n = use_i18n();
    let index = u32::try_from(column.index).unwrap_or(u32::MAX);
    let cell = Memo::new(move |_| {
        row.with(|row| {
            row.as_ref()
                .and_then(|row| row.cells.get(column.index).cloned())
        })
    });
    let bad = Memo::new(move |_| {
        cell.with(|cell| cell.as_ref().is_some_and(|cell| cell.problem.is_some()))
    });
    let note =
        move || cell.with(|cell| cell.as_ref().and_then(|cell| note(i18n.get_locale(), cell)));
    view! {
        <div class="border-t border-base-300 pt-2">
            <dt class="muted text-sm">{column.header.clone()}</dt>
            <dd>
                <Cell desk=desk line=line column=index header=column.header cell=cell />
                <p class="text-sm" class:text-error=bad class:muted=move || !bad.get()>
                    {note}
                </p>
            </dd>
        </div>
    }
}
