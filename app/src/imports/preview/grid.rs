//! The table of rows, of which only those in sight are drawn. For screens wide enough for a table.

use super::{
    super::{desk::Desk, wording},
    Shown,
    cell::Cell,
    scroll::{height, sight},
    shown_columns,
    window::{follow, rows_at_once},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::Button,
};
use domain::import::chunk::SkipReason;
use leptos::{html, prelude::*};
use sheets::{
    preview::{PreviewRow, RowState, RowView, RowWindow},
    protocol::Ask,
};

/// Columns drawn side by side; more are reached page by page.
const COLUMNS_AT_ONCE: usize = 16;
/// Rows drawn before it is known how many there are: few enough to be there without a pause.
const FIRST: u32 = 14;
/// What the frame is taken for until the browser has told its size.
const FRAME: f64 = 560.0;

#[component]
pub(super) fn RowGrid(desk: Desk, #[prop(into)] view: Signal<RowView>) -> impl IntoView {
    let i18n = use_i18n();
    let frame = NodeRef::<html::Div>::new();
    let place = RwSignal::new((0.0, FRAME));
    let columns = shown_columns(desk);
    let page = RwSignal::new(0_usize);
    let drawn = Memo::new(move |_| {
        let start = page.get() * COLUMNS_AT_ONCE;
        columns.with(|columns| {
            columns
                .iter()
                .skip(start)
                .take(COLUMNS_AT_ONCE)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let total = RwSignal::new(0_u32);
    let all = Memo::new(move |_| desk.mapping().with(|mapping| mapping.columns.len()));
    let seen = Memo::new(move |_| {
        let (top, frame) = place.get();
        // Until the first answer nobody knows how many rows there are.
        let total = total.get().max(1);
        sight(top, frame, total, rows_at_once(all.get()))
    });
    let wanted = Signal::derive(move || {
        let seen = seen.get();
        (seen.from, seen.count.max(FIRST))
    });
    let window = follow(desk, wanted, view);
    Effect::new(move || {
        if let Some(rows) = window.with(|window| window.as_ref().map(|window| window.total)) {
            total.set(rows);
        }
    });
    // Another view of the rows begins at its top.
    Effect::new(move |earlier: Option<RowView>| {
        let view = view.get();
        if let (true, Some(frame)) = (
            earlier.is_some_and(|earlier| earlier != view),
            frame.get_untracked(),
        ) {
            frame.set_scroll_top(0);
        }
        view
    });
    let scrolled = move |_| {
        if let Some(frame) = frame.get_untracked() {
            place.set((
                f64::from(frame.scroll_top()),
                f64::from(frame.client_height()),
            ));
        }
    };
    let top = move || {
        let from = window.with(|window| window.as_ref().map_or(0, |window| window.from));
        let seen = seen.get();
        // Rows of the answer before stay where they belong until the new ones are there.
        seen.top + (f64::from(from) - f64::from(seen.from)) * super::scroll::ROW
    };
    let lines = move || {
        window.with(|window| {
            window
                .iter()
                .flat_map(|window| &window.rows)
                .map(|row| row.line)
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div class="max-md:hidden">
            <ColumnPages columns=columns page=page />
            <div
                node_ref=frame
                class="card grid-frame"
                role="region"
                tabindex="0"
                aria-label=move || t_string!(i18n, imports.rows_title)
                on:scroll=scrolled
            >
                <div class="relative" style:height=move || format!("{}px", height(total.get()) + super::scroll::ROW)>
                    <table
                        class="grid-table absolute left-0"
                        style:top=move || format!("{}px", top().max(0.0))
                        aria-rowcount=move || total.get() + 1
                    >
                        <Head columns=drawn />
                        <tbody>
                            <For each=lines key=|line| *line let:line>
                                <Row desk=desk line=line window=window columns=drawn />
                            </For>
                        </tbody>
                    </table>
                </div>
            </div>
        </div>
    }
}

#[component]
fn Head(columns: Memo<Vec<Shown>>) -> impl IntoView {
    let i18n = use_i18n();
    let titles = move || {
        let title = |column: Shown| {
            let header = column.header.clone();
            view! {
                <th scope="col" class="truncate" title=header>
                    {column.header}
                </th>
            }
        };
        columns.get().into_iter().map(title).collect_view()
    };
    view! {
        <thead>
            <tr>
                <th scope="col">
                    {t!(i18n, imports.line)}
                </th>
                <th scope="col">
                    {t!(i18n, imports.row_state)}
                </th>
                {titles}
            </tr>
        </thead>
    }
}

#[component]
fn Row(
    desk: Desk,
    line: u32,
    window: RwSignal<Option<RowWindow>>,
    columns: Memo<Vec<Shown>>,
) -> impl IntoView {
    let row = Memo::new(move |_| {
        window.with(|window| {
            window
                .as_ref()
                .and_then(|window| window.rows.iter().find(|row| row.line == line).cloned())
        })
    });
    let state =
        Memo::new(move |_| row.with(|row| row.as_ref().map_or(RowState::Ready, |row| row.state)));
    let cells = move || {
        let cell = |column: Shown| {
            let cell = Memo::new(move |_| {
                row.with(|row| {
                    row.as_ref()
                        .and_then(|row: &PreviewRow| row.cells.get(column.index).cloned())
                })
            });
            let index = u32::try_from(column.index).unwrap_or(u32::MAX);
            view! { <td><Cell desk=desk line=line column=index header=column.header cell=cell /></td> }
        };
        columns.get().into_iter().map(cell).collect_view()
    };
    view! {
        <tr
            class:row-failed=move || state.get() == RowState::Failed
            class:opacity-60=move || matches!(state.get(), RowState::Skipped(_))
        >
            <th scope="row" class="font-normal tabular-nums">
                {line}
            </th>
            <td>{move || view! { <RowStateCell desk=desk line=line state=state.get() /> }}</td>
            {cells}
        </tr>
    }
}

/// What becomes of the row, and the button that leaves it out or takes it back.
#[component]
pub(super) fn RowStateCell(desk: Desk, line: u32, state: RowState) -> impl IntoView {
    let i18n = use_i18n();
    let by_person = state == RowState::Skipped(SkipReason::ByPerson);
    let can_skip = by_person || matches!(state, RowState::Ready | RowState::Failed);
    let text = move || wording::row_state(i18n.get_locale(), state);
    let toggle = move |_| {
        desk.edit(
            Ask::SkipRow {
                line,
                skip: !by_person,
            },
            |_| (),
        );
    };
    view! {
        <span class="flex items-center justify-between gap-2">
            <span class="truncate text-sm" class:text-error=state == RowState::Failed title=text>
                {text}
            </span>
            {can_skip
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="btn btn-ghost btn-xs"
                            aria-label=move || {
                                if by_person {
                                    t_string!(i18n, imports.take_row, line = line)
                                } else {
                                    t_string!(i18n, imports.skip_row, line = line)
                                }
                            }
                            on:click=toggle
                        >
                            {move || if by_person { t_string!(i18n, imports.take) } else { t_string!(i18n, imports.skip) }}
                        </button>
                    }
                })}
        </span>
    }
}

/// Only for files with very many columns.
#[component]
fn ColumnPages(columns: Memo<Vec<Shown>>, page: RwSignal<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| columns.with(Vec::len));
    let range = move || {
        let first = page.get() * COLUMNS_AT_ONCE;
        t_string!(
            i18n,
            imports.columns_range,
            first = first + 1,
            last = (first + COLUMNS_AT_ONCE).min(count.get()),
            all = count.get()
        )
    };
    let at_end = Signal::derive(move || (page.get() + 1) * COLUMNS_AT_ONCE >= count.get());
    let at_start = Signal::derive(move || page.get() == 0);
    view! {
        <Show when=move || { count.get() > COLUMNS_AT_ONCE }>
            <div class="mb-2 flex items-center gap-2 text-sm">
                <Button small=true disabled=at_start on:click=move |_| page.update(|page| *page = page.saturating_sub(1))>
                    {t!(i18n, imports.columns_before)}
                </Button>
                <span aria-live="polite">{range}</span>
                <Button small=true disabled=at_end on:click=move |_| page.update(|page| *page += 1)>
                    {t!(i18n, imports.columns_after)}
                </Button>
            </div>
        </Show>
    }
}
