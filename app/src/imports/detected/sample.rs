//! The first rows, as the file says them: whether it was read well is seen at a glance.

use super::super::desk::Desk;
use crate::i18n::{t, t_string, use_i18n};
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};
use sheets::preview::{PreviewRow, RowView};

const ROWS: u32 = 5;
/// Enough to recognise a table by.
const COLUMNS: usize = 30;

#[component]
pub(super) fn Sample(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let rows = RwSignal::new(Vec::<PreviewRow>::new());
    Effect::new(move || {
        desk.version().track();
        spawn_local_scoped_with_cancellation(async move {
            if let Some(window) = desk.rows(0, ROWS, RowView::All).await {
                rows.set(window.rows);
            }
        });
    });
    let headers = move || {
        let titles = desk.mapping().with(|mapping| {
            mapping
                .columns
                .iter()
                .take(COLUMNS)
                .map(|column| column.header.clone())
                .collect::<Vec<_>>()
        });
        titles
            .into_iter()
            .map(|title| view! { <th scope="col">{title}</th> })
            .collect_view()
    };
    let body = move || {
        let row = |row: PreviewRow| {
            let cells = row
                .cells
                .into_iter()
                .take(COLUMNS)
                .map(|cell| view! { <td class="max-w-56 truncate">{cell.raw}</td> });
            view! {
                <tr>
                    <th scope="row" class="muted font-normal tabular-nums">
                        {row.line}
                    </th>
                    {cells.collect_view()}
                </tr>
            }
        };
        rows.get().into_iter().map(row).collect_view()
    };
    view! {
        <div class="card">
            <div
                class="overflow-x-auto"
                role="region"
                tabindex="0"
                aria-label=move || t_string!(i18n, imports.first_rows)
            >
                <table class="table table-sm whitespace-nowrap">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, imports.line)}</th>
                            {headers}
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </div>
    }
}
