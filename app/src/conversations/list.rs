//! The list of conversations.

mod empty;
mod filter_tabs;
mod keyboard;
mod row;
mod rows;
mod search;

use super::{
    api,
    desk::use_desk,
    view_model::{list_view::ListView, loaded::FIRST_PAGE},
};
use crate::{
    data,
    error::ErrorNotice,
    i18n::{t_string, use_i18n},
    routes,
    session::use_me,
    ui::{IconButton, Skeleton, on_key, say},
};
use domain::permission::Permission;
use filter_tabs::{FilterTabs, PANEL, tab_id};
use icondata_lu::LuPlus;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
    params::ParamsMap,
};
use rows::ConversationRows;
use search::ListSearch;

/// A page of the conversations, with the list beside it as it is.
pub(super) fn beside(page: &str, view: &ListView) -> String {
    let mut params = ParamsMap::new();
    for (key, value) in view.params() {
        params.insert(key, value);
    }
    format!("{page}{}", params.to_query_string())
}

#[component]
pub(super) fn ConversationList(
    /// Nothing else is open.
    #[prop(into)]
    is_list: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let params = use_query_map();
    let view =
        Memo::new(move |_| params.with(|params| ListView::from_params(|key| params.get(key))));
    // Rows travel with the view they are of: the address may have moved on when they arrive.
    let first = data::resource(
        move || view.try_get(),
        move |view| async move {
            let page = match desk.recall(&view) {
                Some(left) => left.page(),
                None => data::ask(|| api::list_conversations(view.query(None, FIRST_PAGE))).await?,
            };
            Ok((view, page))
        },
    );
    let navigate = StoredValue::new(use_navigate());
    let pathname = use_location().pathname;
    let path = Signal::derive(move || pathname.try_get());
    let show = Callback::new(move |view: ListView| {
        // What is open beside the list stays.
        let page = path
            .get_untracked()
            .filter(|path| path.starts_with(routes::CONVERSATIONS));
        let address = beside(page.as_deref().unwrap_or(routes::CONVERSATIONS), &view);
        navigate.with_value(|navigate| navigate(&address, routes::in_place()));
    });
    let may_send = use_me().with_untracked(|me| me.role.may(Permission::SendMessages));
    let begin = move || {
        let address = beside(routes::NEW_CONVERSATION, &view.get_untracked());
        navigate.with_value(|navigate| navigate(&address, NavigateOptions::default()));
    };
    on_key("n", move || {
        if may_send {
            begin();
        }
    });
    let retry = Callback::new(move |()| first.refetch());
    let title = move || t_string!(i18n, conversations.title);
    // The page is about what is open, if anything is.
    let heading = move || {
        if is_list.get() {
            view! {
                <Title text=title/>
                <h1 class="grow text-xl font-semibold" tabindex="-1">{title}</h1>
            }
            .into_any()
        } else {
            view! { <h2 class="grow text-xl font-semibold">{title}</h2> }.into_any()
        }
    };
    view! {
        <section class="conversation-list" aria-label=title>
            <div class="flex flex-col gap-2 p-3 pb-0">
                <div class="flex items-center gap-2">
                    {heading}
                    {may_send
                        .then(|| {
                            view! {
                                <IconButton
                                    icon=LuPlus
                                    label=say(move || t_string!(i18n, conversations.new))
                                    attr:aria-keyshortcuts="n"
                                    on:click=move |_| begin()
                                />
                            }
                        })}
                </div>
                <ListSearch view on_change=show/>
                <FilterTabs view on_change=show/>
            </div>
            <div
                role="tabpanel"
                id=PANEL
                aria-labelledby=move || tab_id(view.get().filter)
                class="min-h-0 grow"
            >
                <Transition fallback=move || {
                    view! {
                        <div class="px-3">
                            <Skeleton lines=8 label=say(move || t_string!(i18n, common.loading))/>
                        </div>
                    }
                }>
                    {move || Suspend::new(async move {
                        match first.await {
                            Ok((view, page)) => view! { <ConversationRows view page/> }.into_any(),
                            Err(error) => view! { <div class="p-3"><ErrorNotice error retry/></div> }.into_any(),
                        }
                    })}
                </Transition>
            </div>
        </section>
    }
    .into_any()
}
