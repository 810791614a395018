//! `/conversations/{id}`, where the id may be `new`, and `/customers/{id}/conversation`

use super::{
    api,
    composer::Composer,
    desk::use_desk,
    head::Head,
    new_page::{Recipient, use_go},
    opened::{Opened, open},
    thread::{Messages, Thread, WishBanner, mark_read_while_seen},
};
use crate::{
    customers::panel::CustomerPanel,
    data,
    error::{AppError, ErrorNotice},
    feed::use_feed,
    i18n::{t, t_string, use_i18n},
    routes,
    simulator::SimulatorPane,
    ui::{EmptyState, IconButton, LinkButton, Skeleton, on_key, say},
};
use domain::{
    consent::Screen,
    ids::{ConversationId, CustomerId},
};
use icondata_lu::{LuMessageSquare, LuMessagesSquare, LuX};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// `/conversations`, where there is room beside the list.
#[component]
pub fn NoConversationPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <EmptyState
            icon=LuMessagesSquare
            title=say(move || t_string!(i18n, conversations.select))
            text=say(move || t_string!(i18n, conversations.select_text))
        />
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Address {
    New,
    Thread(Option<ConversationId>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Recipient,
    /// The thread with a number, from before its first message on.
    Begun,
    Thread,
}

/// One page for a thread that begins and the same one afterwards: the address changes with the first message, and whoever writes
/// on keeps the field.
#[component]
pub fn ConversationPage() -> impl IntoView {
    let params = use_params_map();
    let address = Memo::new(move |_| {
        params.with(|params| match params.get("id").as_deref() {
            Some("new") => Address::New,
            id => Address::Thread(id.and_then(|id| id.parse().ok())),
        })
    });
    let begun = RwSignal::new(None::<Opened>);
    let is_of_begun = move |id: Option<ConversationId>| {
        begun.with(|begun| {
            begun
                .as_ref()
                .is_some_and(|begun| Some(begun.conversation.id) == id)
        })
    };
    Effect::new(move |before: Option<Address>| {
        let address = address.get();
        let goes_on = match address {
            Address::New => before.is_none_or(|before| before == Address::New),
            Address::Thread(id) => untrack(|| is_of_begun(id)),
        };
        if !goes_on {
            begun.set(None);
        }
        address
    });
    let shown = Memo::new(move |_| match address.get() {
        Address::New if begun.with(Option::is_some) => Shown::Begun,
        Address::New => Shown::Recipient,
        Address::Thread(id) if is_of_begun(id) => Shown::Begun,
        Address::Thread(_) => Shown::Thread,
    });
    move || match shown.get() {
        Shown::Recipient => view! { <Recipient opened=begun/> }.into_any(),
        Shown::Begun => begun
            .get_untracked()
            .map(|opened| {
                let reopen = Callback::new(move |()| begun.set(None));
                view! { <BegunThread opened reopen/> }
            })
            .into_any(),
        Shown::Thread => view! { <KnownThread address/> }.into_any(),
    }
}

#[component]
fn BegunThread(opened: Opened, reopen: Callback<()>) -> impl IntoView {
    let go = use_go();
    view! { <ConversationView opened reopen on_begun=go/> }
}

#[component]
fn KnownThread(address: Memo<Address>) -> impl IntoView {
    let opened = data::resource(
        move || address.try_get(),
        |address| async move {
            let Address::Thread(Some(id)) = address else {
                return Err(AppError::NotFound);
            };
            open(data::ask(|| api::get_conversation(id)).await?).await
        },
    );
    view! { <Opening opened missing=Signal::derive(|| routes::CONVERSATIONS.to_owned())/> }
}

/// The thread with a customer, whether it has begun or not.
#[component]
pub fn CustomerConversationPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<CustomerId>().ok()));
    let opened = data::resource(
        move || id.try_get(),
        |id| async move {
            let id = id.ok_or(AppError::NotFound)?;
            open(data::ask(|| api::conversation_with_customer(id)).await?).await
        },
    );
    // Without a cell phone there is no thread: it is added on the profile.
    let profile = move || {
        id.try_get()
            .flatten()
            .map_or_else(|| routes::CUSTOMERS.to_owned(), routes::customer)
    };
    view! { <Opening opened missing=Signal::derive(profile)/> }
}

#[component]
fn Opening(
    opened: Resource<Result<Opened, AppError>>,
    /// Where to go on from a thread that is not there.
    missing: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let reopen = Callback::new(move |()| opened.refetch());
    view! {
        <Suspense fallback=move || {
            view! {
                <div class="p-4">
                    <Skeleton lines=8 label=say(move || t_string!(i18n, common.loading))/>
                </div>
            }
        }>
            {move || Suspend::new(async move {
                match opened.await {
                    Ok(opened) => view! { <ConversationView opened reopen/> }.into_any(),
                    Err(AppError::NotFound) => view! { <NoSuchConversation missing/> }.into_any(),
                    Err(error) => view! { <div class="p-4"><ErrorNotice error retry=reopen/></div> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn NoSuchConversation(missing: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Title text=move || t_string!(i18n, conversations.not_found)/>
        <EmptyState
            icon=LuMessageSquare
            title=say(move || t_string!(i18n, conversations.not_found))
            text=say(move || t_string!(i18n, conversations.not_found_text))
        >
            <LinkButton href=missing>{t!(i18n, common.back)}</LinkButton>
        </EmptyState>
    }
}

#[component]
pub(super) fn ConversationView(
    opened: Opened,
    /// Loads the thread anew.
    reopen: Callback<()>,
    /// The first message made it.
    #[prop(optional)]
    on_begun: Option<Callback<ConversationId>>,
) -> impl IntoView {
    let desk = use_desk();
    let on_begun = on_begun.unwrap_or_else(|| Callback::new(|_| ()));
    let thread = Thread::new(opened, reopen, on_begun);
    let id = Signal::derive(move || thread.conversation.with(|thread| thread.id));
    Effect::new(move || desk.open.set(Some(id.get())));
    let first = thread.id();
    on_cleanup(move || {
        // Another thread may be on the screen by now.
        desk.open.try_update(|open| {
            if *open == Some(first) {
                *open = None;
            }
        });
    });
    use_feed().on_move(move || thread.refresh());
    mark_read_while_seen(thread);
    let panel = RwSignal::new(false);
    let simulator = RwSignal::new(false);
    on_key("Escape", move || panel.set(false));
    let beside = thread.profile.map(|profile| {
        view! {
            <aside class="thread-panel" class:thread-panel-open=panel>
                <ClosePanel panel/>
                <CustomerPanel profile aside=Screen::Conversation/>
            </aside>
        }
        .into_any()
    });
    view! {
        <div class="thread-place" class:thread-place-phone=simulator>
            <section class="thread">
                <Head thread panel simulator/>
                <WishBanner thread/>
                <Messages thread/>
                <Composer thread/>
            </section>
            {beside}
            <Show when=move || simulator.get()>
                <SimulatorPane conversation=id on_close=move |()| simulator.set(false)/>
            </Show>
        </div>
    }
    .into_any()
}

#[component]
fn ClosePanel(panel: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="thread-panel-close">
            <IconButton
                icon=LuX
                label=say(move || t_string!(i18n, common.close))
                on:click=move |_| panel.set(false)
            />
        </div>
    }
}
