//! One customer of the list.

use crate::{
    customers::{view_model::selection::Selection, when::ShortDay},
    i18n::{t_string, use_i18n},
    routes,
};
use domain::customer::CustomerRow;
use leptos::prelude::*;

/// The height of a row in CSS pixels; `--row` of the style sheet is the same.
pub(super) const ROW_HEIGHT: f64 = 56.0;

#[component]
pub fn Row(
    /// Counted from 0.
    index: usize,
    row: CustomerRow,
    selection: RwSignal<Selection>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = row.id;
    let ticked = Memo::new(move |_| selection.with(|selection| selection.has(id)));
    let given_name = row.name.clone();
    let name = Signal::derive(move || {
        if given_name.is_empty() {
            t_string!(i18n, customers.no_name).to_owned()
        } else {
            given_name.clone()
        }
    });
    let phone = row.cell_phone_shown.clone();
    let email = row.email.clone().unwrap_or_default();
    let reference = row
        .reference
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let at = row.last_activity_at;
    let (has_phone, stopped) = (row.cell_phone.is_some(), row.unsubscribed_at.is_some());
    let state = move || {
        if stopped {
            t_string!(i18n, consent.status_unsubscribed)
        } else if has_phone {
            t_string!(i18n, consent.subscribed)
        } else {
            ""
        }
    };
    view! {
        <div role="row" aria-rowindex=(index + 2).to_string() data-index=index.to_string() class="list-columns list-row" class:list-row-ticked=ticked>
            <div role="cell" class="list-tick">
                <input
                    type="checkbox"
                    class="checkbox checkbox-sm"
                    aria-label=move || t_string!(i18n, customers.select_row, name = name.get())
                    prop:checked=ticked
                    on:change=move |event| {
                        let checked = event_target_checked(&event);
                        selection.update(|selection| selection.set(&row, checked));
                    }
                />
            </div>
            <div role="cell" class="min-w-0">
                <a href=routes::customer(id) class="list-link">{name}</a>
                <div class="muted truncate text-xs max-md:hidden">{email}</div>
                <div class="muted truncate text-xs tabular-nums md:hidden">
                    {phone.clone()}
                    {stopped.then(|| view! { " · " <span class="text-error">{state}</span> })}
                </div>
            </div>
            <div role="cell" class="truncate tabular-nums max-md:hidden">{phone}</div>
            <div role="cell" class="truncate max-md:hidden">{reference}</div>
            <div role="cell" class="truncate max-md:hidden" class:text-error=stopped class:muted=!stopped>{state}</div>
            <div role="cell" class="muted truncate max-md:hidden"><ShortDay at=at/></div>
        </div>
    }
}

/// A row that is known of but not loaded yet.
#[component]
pub fn RowSkeleton(index: usize) -> impl IntoView {
    view! {
        <div role="row" aria-rowindex=(index + 2).to_string() aria-busy="true" class="list-columns list-row">
            <div role="cell"></div>
            <div role="cell"><div class="skeleton h-4 w-2/3"></div></div>
        </div>
    }
}
