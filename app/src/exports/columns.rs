//! Which columns.

use super::{choice::Chosen, wording};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::Button,
};
use leptos::prelude::*;

#[component]
pub(super) fn Columns(chosen: Chosen) -> impl IntoView {
    let i18n = use_i18n();
    let columns = chosen.columns.get_value();
    let all = columns.len() + 1;
    let summary = move || {
        t_string!(
            i18n,
            exports.columns_of,
            chosen = chosen.chosen_columns().len() + usize::from(chosen.versions.get()),
            all = all
        )
    };
    let set_all = move |to: bool| {
        chosen.columns.with_value(|columns| {
            for column in columns {
                column.chosen.set(to);
            }
        });
        chosen.versions.set(to);
    };
    let boxes = columns
        .into_iter()
        .map(|column| {
            let chosen = column.chosen;
            view! {
                <label class="flex min-h-8 min-w-0 cursor-pointer items-center gap-2">
                    <input
                        type="checkbox"
                        class="checkbox checkbox-sm shrink-0"
                        prop:checked=move || chosen.get()
                        on:change=move |event| chosen.set(event_target_checked(&event))
                    />
                    <span class="truncate">{move || wording::column(i18n.get_locale(), &column)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <details class="card p-4">
            <summary class="cursor-pointer font-medium">
                {t!(i18n, exports.columns)} " " <span class="muted font-normal">{summary}</span>
            </summary>
            <div class="mt-2 flex gap-2">
                <Button on:click=move |_| set_all(true)>{t!(i18n, exports.all_columns)}</Button>
                <Button on:click=move |_| set_all(false)>{t!(i18n, exports.no_columns)}</Button>
            </div>
            <fieldset class="mt-2 grid grid-cols-1 gap-x-4 sm:grid-cols-3">
                <legend class="sr-only">{t!(i18n, exports.columns)}</legend>
                {boxes}
                <label class="flex min-h-8 min-w-0 cursor-pointer items-center gap-2">
                    <input
                        type="checkbox"
                        class="checkbox checkbox-sm shrink-0"
                        aria-describedby="versions-about"
                        prop:checked=move || chosen.versions.get()
                        on:change=move |event| chosen.versions.set(event_target_checked(&event))
                    />
                    <span>{t!(i18n, exports.versions)}</span>
                </label>
            </fieldset>
            <p id="versions-about" class="muted mt-2 text-sm">
                {t!(i18n, exports.versions_about)}
            </p>
        </details>
    }
}
