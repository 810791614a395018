//! **Unsubscribe** of one customer, or of a number: one tap and one confirmation, wherever they are shown.

use super::Subscriber;
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, ConfirmDialog, Icon, Menu, say, use_toasts},
    words,
};
use domain::{consent::Screen, mutation::Status};
use icondata_lu::{LuBellOff, LuEllipsisVertical};
use leptos::prelude::*;

/// The button, as the help page words it on a desk. It is not there for who is unsubscribed.
#[component]
pub fn Unsubscribe(#[prop(into)] of: Subscriber, screen: Screen) -> impl IntoView {
    let i18n = use_i18n();
    let asking = RwSignal::new(false);
    let off = !of.may_unsubscribe;
    let why = move || off.then(|| t_string!(i18n, consent.not_allowed));
    view! {
        <Show when=move || !of.is_stopped.get()>
            <Button icon=LuBellOff disabled=off attr:title=why on:click=move |_| asking.set(true)>
                {t!(i18n, consent.unsubscribe)}
            </Button>
        </Show>
        <Ask
            id="unsubscribe"
            of
            screen
            asking
            confirm=say(move || t_string!(i18n, consent.yes))
        />
    }
}

/// The options menu, as the help page words it on a phone.
#[component]
pub fn UnsubscribeMenu(
    #[prop(into)] of: Subscriber,
    screen: Screen,
    /// Items that stand before it.
    #[prop(optional, into)]
    others: ViewFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let asking = RwSignal::new(false);
    let off = !of.may_unsubscribe;
    let others = StoredValue::new(others);
    view! {
        <Show when=move || !of.is_stopped.get()>
            <Menu
                id="customer-options"
                label=say(move || t_string!(i18n, consent.options))
                class="btn btn-plain btn-square"
                trigger=|| view! { <Icon icon=LuEllipsisVertical/> }
            >
                {others.with_value(ViewFn::run)}
                <li>
                    <button type="button" disabled=off on:click=move |_| asking.set(true)>
                        <Icon icon=LuBellOff/>
                        {t!(i18n, consent.unsubscribe_from_messages)}
                    </button>
                </li>
            </Menu>
        </Show>
        <Ask
            id="unsubscribe-from-menu"
            of
            screen
            asking
            confirm=say(move || t_string!(i18n, consent.unsubscribe))
        />
    }
}

#[component]
fn Ask(
    id: &'static str,
    of: Subscriber,
    screen: Screen,
    asking: RwSignal<bool>,
    #[prop(into)] confirm: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let name = of.name;
    let trouble = RwSignal::new(None::<String>);
    let unsubscribe = Action::new_local(move |(): &()| {
        let name = name.get_untracked();
        let answer = of.unsubscribe(screen);
        async move {
            let answer = answer.await;
            let locale = i18n.get_locale_untracked();
            match answer {
                Ok(outcome) => {
                    asking.try_set(false);
                    let problem = outcome
                        .as_ref()
                        .and_then(|outcome| outcome.problems.first());
                    match problem {
                        Some(problem) => toasts.failed(words::reason(locale, &problem.reason)),
                        None if outcome
                            .as_ref()
                            .is_some_and(|outcome| outcome.status == Status::Noop) =>
                        {
                            toasts.done(t_string!(i18n, consent.already, name = name));
                        }
                        None => toasts.done(t_string!(i18n, consent.done, name = name)),
                    }
                }
                Err(error) => {
                    let why = words::app_error(locale, &error);
                    trouble.try_set(Some(t_string!(
                        i18n,
                        consent.not_yet,
                        name = name,
                        why = why
                    )));
                }
            }
        }
    });
    view! {
        <ConfirmDialog
            id
            title=say(move || t_string!(i18n, consent.ask_one, name = name.get()))
            text=say(move || t_string!(i18n, consent.ask_text))
            confirm
            cancel=say(move || t_string!(i18n, consent.keep))
            open=asking
            busy=unsubscribe.pending()
            trouble
            on_confirm=move |()| drop(unsubscribe.dispatch_local(()))
            on_cancel=move |()| asking.set(false)
        />
    }
}
