//! **Unsubscribe** of one customer: one tap and one confirmation, wherever the customer is shown.

use crate::{
    customers::profile::Profile,
    i18n::{t, t_string, use_i18n},
    sync,
    ui::{Button, ConfirmDialog, Icon, Menu, say, use_toasts},
    words,
};
use domain::{
    consent::Screen,
    mutation::{Intent, Status},
    phone::E164,
};
use icondata_lu::{LuBellOff, LuEllipsisVertical};
use leptos::prelude::*;

/// The button, as the help page words it on a desk. It is not there for who is unsubscribed.
#[component]
pub fn Unsubscribe(profile: Profile, screen: Screen) -> impl IntoView {
    let i18n = use_i18n();
    let asking = RwSignal::new(false);
    let stopped = stopped(profile);
    let off = !profile.may_unsubscribe;
    let why = move || off.then(|| t_string!(i18n, consent.not_allowed));
    view! {
        <Show when=move || !stopped.get()>
            <Button icon=LuBellOff disabled=off attr:title=why on:click=move |_| asking.set(true)>
                {t!(i18n, consent.unsubscribe)}
            </Button>
        </Show>
        <Ask
            id="unsubscribe"
            profile
            screen
            asking
            confirm=say(move || t_string!(i18n, consent.yes))
        />
    }
}

/// The options menu, as the help page words it on a phone.
#[component]
pub fn UnsubscribeMenu(profile: Profile, screen: Screen) -> impl IntoView {
    let i18n = use_i18n();
    let asking = RwSignal::new(false);
    let stopped = stopped(profile);
    let off = !profile.may_unsubscribe;
    view! {
        <Show when=move || !stopped.get()>
            <Menu
                id="customer-options"
                label=say(move || t_string!(i18n, consent.options))
                class="btn btn-plain btn-square"
                trigger=|| view! { <Icon icon=LuEllipsisVertical/> }
            >
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
            profile
            screen
            asking
            confirm=say(move || t_string!(i18n, consent.unsubscribe))
        />
    }
}

fn stopped(profile: Profile) -> Memo<bool> {
    Memo::new(move |_| {
        profile
            .customer()
            .with(|customer| customer.unsubscribed_at.is_some())
    })
}

/// The numbers as they are on the screen.
fn numbers(profile: Profile) -> Vec<E164> {
    profile.customer().with_untracked(|customer| {
        customer
            .phones
            .keys()
            .filter_map(|phone| E164::new(phone).ok())
            .collect()
    })
}

#[component]
fn Ask(
    id: &'static str,
    profile: Profile,
    screen: Screen,
    asking: RwSignal<bool>,
    #[prop(into)] confirm: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let name = profile.name(move || i18n.get_locale());
    let unsubscribe = Action::new_local(move |(): &()| {
        let name = name.get_untracked();
        let intent = Intent::UnsubscribeCustomer {
            customer: profile.id,
            phones: numbers(profile),
            screen,
            occurred_at: sync::now(),
        };
        async move {
            let answer = profile.push(vec![intent]).await;
            let locale = i18n.get_locale_untracked();
            asking.try_set(false);
            match answer {
                Ok(outcomes) => {
                    let first = outcomes.first();
                    let problem = first.and_then(|outcome| outcome.problems.first());
                    match problem {
                        Some(problem) => toasts.failed(words::reason(locale, &problem.reason)),
                        None if first.is_some_and(|outcome| outcome.status == Status::Noop) => {
                            toasts.done(t_string!(i18n, consent.already, name = name));
                        }
                        None => toasts.done(t_string!(i18n, consent.done, name = name)),
                    }
                }
                Err(error) => toasts.failed(words::app_error(locale, &error)),
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
            on_confirm=move |()| drop(unsubscribe.dispatch_local(()))
            on_cancel=move |()| asking.set(false)
        />
    }
}
