//! The column headers: a click sorts, another one turns the order round.

use crate::{
    customers::view_model::list_view::{ListView, Param},
    i18n::{Locale, t, t_string, use_i18n},
    ui::Icon,
};
use domain::query::Sort;
use icondata_lu::{LuArrowDown, LuArrowUp};
use leptos::prelude::*;
use leptos_i18n::td_string;

pub(super) fn column_name(locale: Locale, sort: Sort) -> &'static str {
    match sort {
        Sort::Name => td_string!(locale, customers.column_name),
        Sort::CellPhone => td_string!(locale, customers.column_cell_phone),
        Sort::Reference => td_string!(locale, customers.column_reference),
        Sort::LastActivity => td_string!(locale, customers.column_last_activity),
    }
}

/// The id of the button that sorts by a column.
pub(super) fn header_id(sort: Sort) -> String {
    format!("sort-{}", sort.param())
}

#[component]
pub fn ListHeader(
    view: ListView,
    #[prop(into)] all_selected: Signal<bool>,
    on_select_all: Callback<bool>,
    on_sort: Callback<ListView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let columns = [
        Sort::Name,
        Sort::CellPhone,
        Sort::Reference,
        Sort::LastActivity,
    ];
    view! {
        <div role="rowgroup" class="list-header">
            <div role="row" aria-rowindex="1" class="list-columns h-full">
                <div role="columnheader">
                    <input
                        type="checkbox"
                        class="checkbox checkbox-sm"
                        aria-label=move || t_string!(i18n, customers.select_loaded)
                        prop:checked=all_selected
                        on:change=move |event| on_select_all.run(event_target_checked(&event))
                    />
                </div>
                {columns
                    .map(|sort| {
                        let chosen = view.sort == sort;
                        let order = match (chosen, view.descending) {
                            (false, _) => "none",
                            (true, false) => "ascending",
                            (true, true) => "descending",
                        };
                        let next = view.sorted_by(sort);
                        // Behind the reference stands the state, by which nothing is sorted.
                        let state = (sort == Sort::LastActivity)
                            .then(|| view! { <div role="columnheader" class="max-md:hidden">{t!(i18n, consent.state)}</div> });
                        view! {
                            {state}
                            <div role="columnheader" aria-sort=order class=if sort == Sort::Name { "" } else { "max-md:hidden" }>
                                <button type="button" id=header_id(sort) class="list-sort" on:click=move |_| on_sort.run(next.clone())>
                                    {move || column_name(i18n.get_locale(), sort)}
                                    {chosen.then(|| {
                                        let icon = if view.descending { LuArrowDown } else { LuArrowUp };
                                        view! { <Icon icon/> }
                                    })}
                                </button>
                            </div>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
}
