//! `/conversations/new`, before its thread begins: to a customer, or to a number that somebody types.

mod found;

use super::{
    api,
    list::beside,
    opened::{Opened, open},
    view_model::list_view::ListView,
};
use crate::{
    data,
    error::AppError,
    i18n::{t, t_string, use_i18n},
    routes,
    session::Permitted,
    ui::{Button, ButtonKind, Icon, say},
    words,
};
use domain::{ids::ConversationId, permission::Permission};
use found::FoundCustomers;
use icondata_lu::{LuArrowLeft, LuSearch, LuSend};
use leptos::{ev, html, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

/// The fewest digits of a number that can be written to.
const DIGITS_MIN: usize = 7;

fn is_perhaps_a_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= DIGITS_MIN && !text.chars().any(char::is_alphabetic)
}

/// Goes to a thread in place of the page, the list beside it as it is.
pub(super) fn use_go() -> Callback<ConversationId> {
    let params = use_query_map();
    let navigate = StoredValue::new(use_navigate());
    Callback::new(move |id: ConversationId| {
        let view = params.with_untracked(|params| ListView::from_params(|key| params.get(key)));
        let options = NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        };
        let address = beside(&routes::conversation(id), &view);
        navigate.with_value(|navigate| navigate(&address, options));
    })
}

/// Who may not write is told so at once.
#[component]
pub(super) fn Recipient(opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let i18n = use_i18n();
    let params = use_query_map();
    let list = move || {
        let view = params
            .try_with(|params| ListView::from_params(|key| params.get(key)))
            .unwrap_or_default();
        beside(routes::CONVERSATIONS, &view)
    };
    view! {
        <Title text=move || t_string!(i18n, conversations.new)/>
        <div class="flex flex-col gap-4 p-4">
            <header class="flex items-center gap-2">
                <a class="btn btn-ghost btn-square btn-sm md:hidden" href=list aria-label=move || t_string!(i18n, conversations.back)>
                    <Icon icon=LuArrowLeft/>
                </a>
                <h1 class="text-xl font-semibold" tabindex="-1">{t!(i18n, conversations.new)}</h1>
            </header>
            <Permitted to=Permission::SendMessages>
                <AskRecipient opened/>
            </Permitted>
        </div>
    }
    .into_any()
}

/// Asks for it. The number does not stand in the address: until the thread has begun, it is in `opened`.
#[component]
fn AskRecipient(opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let i18n = use_i18n();
    let go = use_go();
    let node = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    let failed = RwSignal::new(None::<AppError>);
    Effect::new(move || {
        if let Some(input) = node.get() {
            drop(input.focus());
        }
    });
    let is_number = Memo::new(move |_| typed.with(|text| is_perhaps_a_number(text)));
    let begin = Action::new_local(move |(): &()| {
        let number = typed.get_untracked().trim().to_owned();
        failed.set(None);
        async move {
            let thread = match data::ask(|| api::conversation_with_number(number.clone())).await {
                Ok(thread) if thread.exists => {
                    go.try_run(thread.id);
                    return;
                }
                Ok(thread) => open(thread).await,
                Err(error) => Err(error),
            };
            match thread {
                Ok(thread) => {
                    opened.try_set(Some(thread));
                }
                Err(error) => {
                    failed.try_set(Some(error));
                }
            }
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_number.get_untracked() {
            begin.dispatch_local(());
        }
    };
    let why = move || {
        failed.with(|failed| {
            failed
                .as_ref()
                .map(|error| words::app_error(i18n.get_locale(), error))
        })
    };
    view! {
        <form role="search" method="post" class="flex max-w-xl flex-col gap-2" on:submit=submit>
            <label for="recipient" class="font-medium">{t!(i18n, conversations.to)}</label>
            <div class="input w-full">
                <Icon icon=LuSearch/>
                <input
                    node_ref=node
                    id="recipient"
                    type="search"
                    autocomplete="off"
                    placeholder=move || t_string!(i18n, conversations.to_hint)
                    aria-describedby="recipient-wrong"
                    aria-invalid=move || failed.with(Option::is_some).then_some("true")
                    on:input=move |event| {
                        failed.set(None);
                        typed.set(event_target_value(&event));
                    }
                />
            </div>
            <p id="recipient-wrong" role="alert" class="text-error text-sm empty:hidden">{why}</p>
            <Show when=move || is_number.get()>
                <div>
                    <Button kind=ButtonKind::Primary submit=true icon=LuSend busy=begin.pending()>
                        {move || t_string!(i18n, conversations.write_to, number = typed.get().trim().to_owned())}
                    </Button>
                </div>
            </Show>
        </form>
        <FoundCustomers typed label=say(move || t_string!(i18n, conversations.found))/>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_any_usual_spelling_are_perhaps_a_number() {
        for number in ["514 555-0199", "+1 (514) 555-0199", "5550199"] {
            assert!(is_perhaps_a_number(number), "{number}");
        }
        for other in ["", "0199", "Ana 5145550199", "Roy"] {
            assert!(!is_perhaps_a_number(other), "{other}");
        }
    }
}
