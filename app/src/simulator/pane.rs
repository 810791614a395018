//! A customer's phone, beside their conversation; on a phone, over it.

use super::writing::Writing;
use crate::{
    conversations::api,
    data::Latest,
    error::{AppError, ErrorNotice},
    feed::use_feed,
    i18n::{t, t_string, use_i18n},
    routes,
    session::{When, use_me},
    ui::{IconButton, Skeleton, focus_element, say},
};
use domain::{
    conversation::{SimulatedMessage, SimulatedPhone},
    ids::{ConversationId, MessageId},
    permission::Permission,
};
use icondata_lu::LuX;
use leptos::{ev::KeyboardEvent, html, prelude::*};

const HEADING: &str = "phone-heading";

/// Where the pane covers the page, as in `simulator.css`.
const COVERS_THE_PAGE: &str = "(width < 48rem)";

/// From the end of the log, in pixels: nearer than this, the reader is at its end.
const AT_THE_END: i32 = 48;

#[component]
pub fn SimulatorPane(
    #[prop(into)] conversation: Signal<ConversationId>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let may_write = use_me().with_untracked(|me| me.role.may(Permission::SendMessages));
    let history = Latest::of(move || {
        let id = conversation.try_get_untracked();
        async move {
            // A pane that was closed has nothing to show.
            api::simulated_phone(id.ok_or(AppError::NotFound)?).await
        }
    });
    Effect::new(move |before: Option<ConversationId>| {
        let id = conversation.get();
        if before.is_some_and(|before| before != id) {
            history.forget();
        }
        history.fetch();
        id
    });
    use_feed().on_move(move || history.ask());
    let phone = Memo::new(move |_| {
        history
            .shown
            .with(|shown| shown.as_ref().map(|shown| shown.contact.phone.clone()))
    });
    let shop = Memo::new(move |_| {
        history.shown.with(|shown| {
            shown
                .as_ref()
                .map(|shown| shown.shop.clone())
                .unwrap_or_default()
        })
    });
    let owner = move || {
        history.shown.with(|shown| {
            let contact = &shown.as_ref()?.contact;
            let name = contact.name.trim();
            Some(if name.is_empty() {
                contact.phone_shown.clone()
            } else {
                format!("{name}, {}", contact.phone_shown)
            })
        })
    };
    // Where it lies over everything else, it takes the focus too.
    Effect::new(move || {
        let covers = window().match_media(COVERS_THE_PAGE).ok().flatten();
        if covers.is_some_and(|covers| covers.matches()) {
            focus_element(HEADING);
        }
    });
    let keydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            on_close.run(());
        }
    };
    let retry = Callback::new(move |()| history.fetch());
    let known = Memo::new(move |_| history.shown.with(Option::is_some));
    let screen = move || {
        if known.get() {
            view! { <Log history /> }.into_any()
        } else if history.failed.with(Option::is_some) {
            ().into_any()
        } else {
            view! {
                <div class="grow p-4">
                    <Skeleton label=say(move || t_string!(i18n, common.loading)) />
                </div>
            }
            .into_any()
        }
    };
    let trouble = move || {
        history.failed.get().map(|error| match error {
            AppError::NotFound => view! { <Off /> }.into_any(),
            error => view! {
                <div class="p-2">
                    <ErrorNotice error retry />
                </div>
            }
            .into_any(),
        })
    };
    view! {
        <section class="phone-pane" aria-labelledby=HEADING on:keydown=keydown>
            <header class="flex items-start justify-between gap-2">
                <div class="min-w-0">
                    <h2 id=HEADING class="font-semibold" tabindex="-1">
                        {t!(i18n, messaging.phone_title)}
                    </h2>
                    <p class="muted text-sm break-words">{owner}</p>
                </div>
                <IconButton
                    icon=LuX
                    label=say(move || t_string!(i18n, messaging.phone_close))
                    on:click=move |_| on_close.run(())
                />
            </header>
            <p class="muted text-sm">{t!(i18n, messaging.phone_note)}</p>
            <div class="phone">
                <p class="phone-top">{shop}</p>
                {trouble}
                {screen}
                {may_write.then(|| view! { <Writing phone on_sent=retry /> })}
            </div>
        </section>
    }
    .into_any()
}

/// The messages, the oldest first. It stays at its end, unless the reader has gone up.
#[component]
fn Log(history: Latest<SimulatedPhone>) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Div>::new();
    let at_end = StoredValue::new(true);
    let messages = move || {
        history.shown.with(|shown| {
            shown
                .as_ref()
                .map(|shown| shown.messages.clone())
                .unwrap_or_default()
        })
    };
    let last = Memo::new(move |_| -> Option<MessageId> {
        history
            .shown
            .with(|shown| Some(shown.as_ref()?.messages.last()?.id))
    });
    Effect::new(move || {
        last.get();
        if !at_end.get_value() {
            return;
        }
        // The new message is in the list by then.
        request_animation_frame(move || {
            if let Some(log) = node.try_get_untracked().flatten() {
                log.set_scroll_top(log.scroll_height());
            }
        });
    });
    let scrolled = move |_| {
        if let Some(log) = node.get_untracked() {
            let below = log.scroll_height() - log.scroll_top() - log.client_height();
            at_end.set_value(below < AT_THE_END);
        }
    };
    let none = move || last.with(Option::is_none);
    view! {
        <div
            node_ref=node
            class="phone-log"
            role="log"
            tabindex="0"
            aria-label=move || t_string!(i18n, messaging.phone_log)
            on:scroll=scrolled
        >
            <Show when=none>
                <p class="muted p-4 text-center">{t!(i18n, messaging.phone_empty)}</p>
            </Show>
            <For each=messages key=|message| message.id let:message>
                <Bubble message />
            </For>
        </div>
    }
}

#[component]
fn Bubble(message: SimulatedMessage) -> impl IntoView {
    let i18n = use_i18n();
    let SimulatedMessage {
        at, text, is_mine, ..
    } = message;
    let from = move || {
        if is_mine {
            t_string!(i18n, messaging.phone_mine)
        } else {
            t_string!(i18n, messaging.phone_theirs)
        }
    };
    view! {
        <div class=if is_mine { "phone-line phone-line-mine" } else { "phone-line" }>
            <p class="phone-bubble">
                <span class="sr-only">{from} " "</span>
                {text}
            </p>
            <span class="muted px-2 text-xs">
                <When at />
            </span>
        </div>
    }
}

/// A provider is set: what customers see is on their own phones.
#[component]
fn Off() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="p-4" role="status">
            {t!(i18n, messaging.phone_off)} " "
            <a class="link" href=routes::MESSAGES>
                {t!(i18n, messaging.phone_off_link)}
            </a>
        </p>
    }
}
