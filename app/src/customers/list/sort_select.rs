//! The order of the list, where there are no headers to click: on phones.

use super::header::column_name;
use crate::{
    customers::view_model::list_view::{ListView, Param},
    i18n::{t, t_string, use_i18n},
    ui::{IconButton, say},
};
use domain::query::Sort;
use icondata_lu::{LuArrowDownWideNarrow, LuArrowUpNarrowWide};
use leptos::prelude::*;

#[component]
pub fn SortSelect(view: Memo<ListView>, on_change: Callback<ListView>) -> impl IntoView {
    let i18n = use_i18n();
    let choose = move |key: String| {
        if let Some(sort) = Sort::from_param(&key) {
            on_change.run(view.get_untracked().sorted_by(sort));
        }
    };
    let turn = move |_| {
        let view = view.get_untracked();
        on_change.run(ListView {
            descending: !view.descending,
            ..view
        });
    };
    let options = Sort::ALL.iter().map(|sort| {
        let sort = *sort;
        view! {
            <option value=sort.param() selected=move || view.get().sort == sort>
                {move || column_name(i18n.get_locale(), sort)}
            </option>
        }
    });
    view! {
        <div class="flex flex-col gap-1 md:hidden">
            <label for="customer-sort" class="text-sm font-medium">{t!(i18n, customers.sort_by)}</label>
            <div class="flex items-center gap-1">
                <select
                    id="customer-sort"
                    class="select select-sm w-full"
                    on:change=move |event| choose(event_target_value(&event))
                >
                    {options.collect_view()}
                </select>
                <IconButton
                    icon=Signal::derive(move || {
                        if view.get().descending { LuArrowDownWideNarrow } else { LuArrowUpNarrowWide }
                    })
                    label=say(move || {
                        if view.get().descending {
                            t_string!(i18n, customers.order_descending)
                        } else {
                            t_string!(i18n, customers.order_ascending)
                        }
                    })
                    on:click=turn
                />
            </div>
        </div>
    }
}
