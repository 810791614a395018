//! The rows of one list: those in sight are drawn, those ahead are fetched.

use super::{
    empty::EmptyList,
    header::{ListHeader, header_id},
    keyboard::walk,
    row::{ROW_HEIGHT, Row, RowSkeleton},
    scroll::Scrolled,
    selection_bar::SelectionBar,
};
use crate::{
    customers::{
        api,
        list_memory::{LeftList, ListMemory},
        view_model::{
            list_view::ListView,
            loaded::Loaded,
            selection::Selection,
            window::{pixels, rows_in_sight},
        },
    },
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    ui::focus_element,
};
use domain::{
    customer::CustomerRow,
    query::{PAGE_MAX, Page, Sort},
};
use leptos::{html, prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;

/// A list this short ends without saying so.
const SHORT: usize = 20;

/// The rows that are there, and the fetching of more.
#[derive(Clone, Copy)]
struct Feed {
    view: StoredValue<ListView>,
    loaded: RwSignal<Loaded>,
    fetching: RwSignal<bool>,
    failed: RwSignal<Option<AppError>>,
}

impl Feed {
    fn new(view: ListView, page: Page<CustomerRow>) -> Self {
        Self {
            view: StoredValue::new(view),
            loaded: RwSignal::new(Loaded::new(page, None)),
            fetching: RwSignal::new(false),
            failed: RwSignal::new(None),
        }
    }

    async fn count(self) {
        let query = self.view.with_value(|view| view.query(None, 1));
        if let Ok(total) = data::ask(|| api::count_customers(query.clone())).await {
            self.loaded.try_update(|loaded| loaded.set_total(total));
        }
    }

    /// Whether the page arrived.
    async fn fetch(self, after: String, limit: u16) -> bool {
        self.fetching.set(true);
        let query = self.view.with_value(|view| view.query(Some(after), limit));
        let answer = data::ask(|| api::list_customers(query.clone())).await;
        let arrived = answer.is_ok();
        // The list may have been left in the meantime.
        self.fetching.try_set(false);
        match answer {
            Ok(page) => {
                self.loaded.try_update(|loaded| loaded.append(page));
            }
            Err(error) => {
                self.failed.try_set(Some(error));
            }
        }
        arrived
    }

    fn fetch_ahead(self, end: usize) {
        let wanted = self.loaded.with(|loaded| loaded.wanted(end));
        if let Some((after, limit)) = wanted
            && !self.fetching.get()
            && self.failed.with(Option::is_none)
        {
            spawn_local(async move {
                self.fetch(after, limit).await;
            });
        }
    }

    async fn fetch_all(self) {
        while let Some(after) = self
            .loaded
            .try_with_untracked(|loaded| loaded.next().map(str::to_owned))
            .flatten()
        {
            if !self.fetch(after, PAGE_MAX).await {
                return;
            }
        }
    }
}

#[component]
pub fn CustomerRows(
    view: ListView,
    page: Page<CustomerRow>,
    selection: RwSignal<Selection>,
    /// The header that was pressed to get this list.
    pressed: StoredValue<Option<Sort>>,
    on_sort: Callback<ListView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let memory = expect_context::<ListMemory>();
    let left_at = memory.take_place(&view);
    let narrowed = view.is_narrowed();
    if page.rows.is_empty() {
        return view! { <EmptyList narrowed/> }.into_any();
    }
    let feed = Feed::new(view.clone(), page);
    let loaded = feed.loaded;
    let selecting = RwSignal::new(false);
    let node = NodeRef::<html::Div>::new();
    let scrolled = Scrolled::watch(node);
    let length = Memo::new(move |_| loaded.with(Loaded::length));
    let sight = Memo::new(move |_| {
        rows_in_sight(
            scrolled.top.get(),
            scrolled.height.get(),
            ROW_HEIGHT,
            length.get(),
        )
    });
    Effect::new(move || {
        if !loaded.with_untracked(Loaded::is_complete) {
            spawn_local(feed.count());
        }
        if let Some(sort) = pressed.try_update_value(Option::take).flatten() {
            request_animation_frame(move || focus_element(&header_id(sort)));
        }
        if let Some(top) = left_at {
            // After the browser's own attempt, which came before there were rows.
            request_animation_frame(move || request_animation_frame(move || scrolled.go_to(top)));
        }
    });
    Effect::new(move || feed.fetch_ahead(sight.with(|sight| sight.end)));
    let path = use_location().pathname;
    on_cleanup(move || {
        if let Some((loaded, view)) = loaded.try_get_untracked().zip(feed.view.try_get_value()) {
            let scroll_top = scrolled.top.try_get_untracked().unwrap_or_default();
            path.with_untracked(|path| {
                memory.leave(
                    LeftList {
                        view,
                        loaded,
                        scroll_top,
                    },
                    path,
                );
            });
        }
    });
    let select_all = Callback::new(move |()| {
        selecting.set(true);
        spawn_local(async move {
            feed.fetch_all().await;
            if let Some(loaded) = loaded.try_get_untracked() {
                selection.update(|selection| selection.set_all(loaded.rows(), true));
                selecting.set(false);
            }
        });
    });
    let told = move || match loaded.with(Loaded::total) {
        Some(total) => count!(
            i18n.get_locale(),
            total,
            customers.one_customer | many_customers
        ),
        None => t_string!(i18n, customers.counting).to_owned(),
    };
    let retry = Callback::new(move |()| feed.failed.set(None));
    let ended = move || loaded.with(|loaded| loaded.is_complete() && loaded.rows().len() > SHORT);
    let header = view! {
        <ListHeader
            view
            all_selected=Signal::derive(move || loaded.with(|loaded| selection.with(|s| s.has_all(loaded.rows()))))
            on_select_all=Callback::new(move |ticked| {
                loaded.with_untracked(|loaded| selection.update(|selection| selection.set_all(loaded.rows(), ticked)));
            })
            on_sort
        />
    }
    .into_any();
    let rows = view! {
        <div
            role="rowgroup"
            node_ref=node
            class="relative"
            style:height=move || format!("{}px", pixels(length.get()) * ROW_HEIGHT)
            on:keydown=move |event| walk(&event, length.get_untracked(), scrolled)
        >
            <For each=move || sight.get() key=|index| *index let:index>
                {
                    let row = Memo::new(move |_| loaded.with(|loaded| loaded.rows().get(index).cloned()));
                    view! {
                        <div class="list-place" role="presentation" style=format!("top:{}px", pixels(index) * ROW_HEIGHT)>
                            {move || match row.get() {
                                Some(row) => view! { <Row index row selection/> }.into_any(),
                                None => view! { <RowSkeleton index/> }.into_any(),
                            }}
                        </div>
                    }
                }
            </For>
        </div>
    }
    .into_any();
    view! {
        <div class="list-status">
            <p class="muted tabular-nums" role="status">{told}</p>
            <SelectionBar selection loaded on_select_all=select_all selecting/>
        </div>
        <div
            role="table"
            class="list-table"
            aria-label=move || t_string!(i18n, customers.title)
            aria-rowcount=move || loaded.with(|loaded| loaded.total().map_or_else(|| "-1".to_owned(), |total| (total + 1).to_string()))
        >
            {header}
            {rows}
        </div>
        {move || {
            feed.failed
                .get()
                .map(|error| {
                    view! {
                        <p class="mt-4">{t!(i18n, customers.rows_failed)}</p>
                        <ErrorNotice error retry/>
                    }
                })
        }}
        {move || ended().then(|| view! { <p class="muted py-4 text-center text-sm">{t!(i18n, customers.end_of_list)}</p> })}
    }
    .into_any()
}
