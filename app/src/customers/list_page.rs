//! `/customers`

use super::{
    api,
    list::{
        actions::ListActions, filter::FilterSelect, rows::CustomerRows, sort_select::SortSelect,
    },
    list_memory::ListMemory,
    view_model::{list_view::ListView, loaded::FIRST_PAGE, selection::Selection},
};
use crate::{
    data,
    error::ErrorNotice,
    i18n::{t_string, use_i18n},
    routes,
    session::use_me,
    ui::{Skeleton, on_key, say},
};
use domain::{
    permission::Permission,
    query::{Page, Sort},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
    params::ParamsMap,
};

/// Where a list view lives.
pub(super) fn address(view: &ListView) -> String {
    address_of(routes::CUSTOMERS, view)
}

/// A page that is about a list view.
pub(super) fn address_of(page: &str, view: &ListView) -> String {
    let mut params = ParamsMap::new();
    for (key, value) in view.params() {
        params.insert(key, value);
    }
    format!("{page}{}", params.to_query_string())
}

#[component]
pub fn CustomersPage() -> impl IntoView {
    let i18n = use_i18n();
    let memory = expect_context::<ListMemory>();
    let params = use_query_map();
    let view =
        Memo::new(move |_| params.with(|params| ListView::from_params(|key| params.get(key))));
    let selection = RwSignal::new(Selection::default());
    // Rows travel with the view they are of: the address may have moved on when they arrive.
    let first = data::resource(
        move || view.try_get(),
        move |view| async move {
            let page = match memory.recall(&view) {
                Some(left) => Page {
                    rows: left.loaded.rows().to_vec(),
                    next: left.loaded.next().map(str::to_owned),
                },
                None => data::ask(|| api::list_customers(view.query(None, FIRST_PAGE))).await?,
            };
            Ok((view, page))
        },
    );
    let navigate = StoredValue::new(use_navigate());
    let show = Callback::new(move |view: ListView| {
        navigate.with_value(|navigate| navigate(&address(&view), routes::in_place()));
    });
    // Sorting makes new rows and a new header: the focus goes on to the button that was pressed.
    let pressed = StoredValue::new(None::<Sort>);
    let sort = Callback::new(move |view: ListView| {
        pressed.set_value(Some(view.sort));
        show.run(view);
    });
    let may_add = use_me().with_untracked(|me| me.role.may(Permission::EditCustomers));
    on_key("n", move || {
        if may_add {
            navigate
                .with_value(|navigate| navigate(routes::NEW_CUSTOMER, NavigateOptions::default()));
        }
    });
    let retry = Callback::new(move |()| first.refetch());
    view! {
        <Title text=move || t_string!(i18n, customers.title)/>
        <div class="list-page">
            <aside class="list-aside">
                <h1 class="text-xl font-semibold" tabindex="-1">{move || t_string!(i18n, customers.title)}</h1>
                <ListActions view/>
                <FilterSelect view on_change=show/>
                <SortSelect view on_change=show/>
            </aside>
            <section class="min-w-0" aria-label=move || t_string!(i18n, customers.title)>
                <Transition fallback=move || {
                    view! { <Skeleton lines=12 label=say(move || t_string!(i18n, common.loading))/> }
                }>
                    {move || Suspend::new(async move {
                        match first.await {
                            Ok((view, page)) => view! { <CustomerRows view page selection pressed on_sort=sort /> }.into_any(),
                            Err(error) => view! { <ErrorNotice error retry /> }.into_any(),
                        }
                    })}
                </Transition>
            </section>
        </div>
    }
}
