//! Writing on the simulated phone.

use crate::{
    conversations::api,
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    ui::{Icon, use_ready},
};
use domain::{ids::ConversationId, phone::E164};
use icondata_lu::LuSendHorizontal;
use leptos::{ev::SubmitEvent, html, prelude::*};

/// The longest message that a phone sends at once.
const TEXT_MAX: &str = "1600";

/// The words that everybody should try, and the field.
#[component]
pub(super) fn Writing(
    #[prop(into)] phone: Signal<Option<E164>>,
    on_sent: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let ready = use_ready();
    let field = NodeRef::<html::Input>::new();
    let text = RwSignal::new(String::new());
    let send = Action::new_local(move |words: &String| {
        let words = words.clone();
        let number = phone.get_untracked();
        async move {
            let Some(number) = number else { return Ok(()) };
            let sent: Result<ConversationId, AppError> =
                data::ask(|| api::simulate_text(number.to_string(), words.clone())).await;
            sent?;
            // What was typed meanwhile stays.
            text.try_update(|text| {
                if *text == words {
                    text.clear();
                }
            });
            on_sent.try_run(());
            Ok::<(), AppError>(())
        }
    });
    let off =
        Signal::derive(move || send.pending().get() || phone.with(Option::is_none) || !ready.get());
    let say = move |words: String| {
        if !words.trim().is_empty() && !off.get_untracked() {
            send.dispatch_local(words);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        say(text.get_untracked());
        if let Some(field) = field.get_untracked() {
            drop(field.focus());
        }
    };
    let quick = move |words: Signal<&'static str>| {
        view! {
            <button
                type="button"
                class="phone-quick"
                disabled=move || off.get()
                on:click=move |_| say(words.get_untracked().to_owned())
            >
                {words}
            </button>
        }
    };
    let failed = move || send.value().get().and_then(Result::err);
    view! {
        <div class="phone-writing">
            {move || failed().map(|error| view! { <ErrorNotice error /> })}
            <div class="flex flex-wrap gap-2" role="group" aria-label=move || t_string!(i18n, messaging.phone_quick)>
                {quick(Signal::derive(move || t_string!(i18n, messaging.phone_stop)))}
                {quick(Signal::derive(move || t_string!(i18n, messaging.phone_help)))}
                {quick(Signal::derive(move || t_string!(i18n, messaging.phone_start)))}
            </div>
            <form method="post" class="flex gap-2" on:submit=submit>
                <input
                    node_ref=field
                    type="text"
                    id="phone-text"
                    name="phone-text"
                    class="input grow rounded-full"
                    autocomplete="off"
                    maxlength=TEXT_MAX
                    aria-label=move || t_string!(i18n, messaging.phone_text)
                    placeholder=move || t_string!(i18n, messaging.phone_text)
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
                <button
                    type="submit"
                    class="btn btn-primary rounded-full"
                    disabled=move || off.get()
                    aria-busy=move || send.pending().get().then_some("true")
                >
                    <Icon icon=LuSendHorizontal />
                    <span>{t!(i18n, messaging.phone_send)}</span>
                </button>
            </form>
        </div>
    }
    .into_any()
}
