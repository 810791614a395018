//! The rows of one list: they follow what happens, and the next ones are fetched before they are in sight.

use super::{empty::EmptyList, keyboard::walk, row::Row};
use crate::{
    conversations::{
        api,
        desk::{LeftList, use_desk},
        view_model::{
            list_view::ListView,
            loaded::{FIRST_PAGE, Loaded},
        },
    },
    data::{self, Order},
    error::{AppError, ErrorNotice},
    feed::use_feed,
    i18n::{t, use_i18n},
};
use domain::{conversation::ConversationRow, ids::ConversationId, query::Page};
use leptos::{html, prelude::*, task::spawn_local};

/// Pixels of rows that should be there below what can be seen.
const AHEAD: i32 = 1_200;

#[derive(Clone, Copy)]
struct ListFeed {
    view: StoredValue<ListView>,
    loaded: RwSignal<Loaded>,
    fetching: RwSignal<bool>,
    failed: RwSignal<Option<AppError>>,
    open: RwSignal<Option<ConversationId>>,
    order: Order,
}

impl ListFeed {
    async fn fetch(self, after: String) {
        self.fetching.set(true);
        let query = self
            .view
            .with_value(|view| view.query(Some(after), FIRST_PAGE));
        let answer = data::ask(|| api::list_conversations(query.clone())).await;
        // The list may have been left in the meantime.
        match answer {
            Ok(page) => {
                self.loaded.try_update(|loaded| loaded.append(page));
            }
            Err(error) => {
                self.failed.try_set(Some(error));
            }
        }
        self.fetching.try_set(false);
    }

    /// When it cannot be asked, what is shown stays.
    async fn refresh(self) {
        let Some(span) = self.loaded.try_with_untracked(Loaded::span) else {
            return;
        };
        let Some(query) = self.view.try_with_value(|view| view.query(None, span)) else {
            return;
        };
        let turn = self.order.begin();
        if let Ok(page) = data::ask(|| api::list_conversations(query.clone())).await
            && turn.may_be_shown()
        {
            let open = self.open.try_get_untracked().flatten();
            self.failed.try_set(None);
            self.loaded.try_update(|loaded| loaded.refresh(page, open));
        }
    }

    fn fetch_ahead(self, node: NodeRef<html::Div>) {
        let Some(pane) = node.try_get_untracked().flatten() else {
            return;
        };
        let left = pane.scroll_height() - pane.scroll_top() - pane.client_height();
        let next = self
            .loaded
            .with_untracked(|loaded| loaded.next().map(str::to_owned));
        if let Some(after) = next
            && left < AHEAD
            && !self.fetching.get_untracked()
            && self.failed.with_untracked(Option::is_none)
        {
            spawn_local(self.fetch(after));
        }
    }
}

#[component]
pub(super) fn ConversationRows(view: ListView, page: Page<ConversationRow>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let left_at = desk.take_place(&view);
    let empty = view.clone();
    let feed = ListFeed {
        view: StoredValue::new(view),
        loaded: RwSignal::new(Loaded::new(page)),
        fetching: RwSignal::new(false),
        failed: RwSignal::new(None),
        open: desk.open,
        order: Order::new(),
    };
    let loaded = feed.loaded;
    let node = NodeRef::<html::Div>::new();
    let scrolled = StoredValue::new(0);
    Effect::new(move || {
        let Some(top) = left_at else { return };
        // It was left some time ago.
        spawn_local(feed.refresh());
        request_animation_frame(move || {
            if let Some(pane) = node.try_get_untracked().flatten() {
                pane.set_scroll_top(top);
            }
        });
    });
    use_feed().on_move(move || feed.refresh());
    // What stayed in the list because it was open goes when it is not any more.
    Effect::new(move |before: Option<Option<ConversationId>>| {
        let open = desk.open.get();
        if before.flatten().is_some_and(|before| Some(before) != open) {
            spawn_local(feed.refresh());
        }
        open
    });
    Effect::new(move || {
        loaded.track();
        feed.failed.track();
        feed.fetching.track();
        request_animation_frame(move || feed.fetch_ahead(node));
    });
    on_cleanup(move || {
        if let Some((loaded, view)) = loaded.try_get_untracked().zip(feed.view.try_get_value()) {
            let scroll_top = scrolled.try_get_value().unwrap_or_default();
            desk.leave(LeftList {
                view,
                loaded,
                scroll_top,
            });
        }
    });
    let on_scroll = move |_| {
        if let Some(pane) = node.get_untracked() {
            scrolled.set_value(pane.scroll_top());
        }
        feed.fetch_ahead(node);
    };
    let ids =
        move || loaded.with(|loaded| loaded.rows().iter().map(|row| row.id).collect::<Vec<_>>());
    let is_empty = Memo::new(move |_| loaded.with(|loaded| loaded.rows().is_empty()));
    let retry = Callback::new(move |()| feed.failed.set(None));
    view! {
        <div node_ref=node class="conversation-rows" on:scroll=on_scroll on:keydown=move |event| walk(&event)>
            {move || is_empty.get().then(|| view! { <EmptyList view=empty.clone()/> })}
            <ul>
                <For each=ids key=|id| *id let:id>
                    {
                        let row = Memo::new(move |_| loaded.with(|loaded| loaded.row(id).cloned()));
                        view! {
                            <li class="conversation-item">
                                {move || row.get().map(|row| view! { <Row row view=feed.view/> })}
                            </li>
                        }
                    }
                </For>
            </ul>
            {move || {
                feed.failed
                    .get()
                    .map(|error| {
                        view! {
                            <div class="p-3">
                                <p>{t!(i18n, conversations.rows_failed)}</p>
                                <ErrorNotice error retry/>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
