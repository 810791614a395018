//! **Unsubscribe** of the customers that are ticked in the list and are not unsubscribed, one or many.

use crate::{
    i18n::{Locale, t, t_string, use_i18n},
    session::use_me,
    sync,
    ui::{Button, ConfirmDialog, say, use_toasts},
    words,
};
use domain::{
    consent::Screen,
    ids::CustomerId,
    mutation::{Intent, Outcome, PUSH_MAX, Status},
    permission::Permission,
    phone::E164,
};
use icondata_lu::LuBellOff;
use leptos::prelude::*;

/// How it went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Done {
    now: u64,
    already: u64,
    failed: u64,
}

impl Done {
    fn add(&mut self, outcome: &Outcome) {
        match outcome.status {
            Status::Applied | Status::Merged => self.now += 1,
            Status::Noop => self.already += 1,
            Status::Conflict | Status::Rejected => self.failed += 1,
        }
    }

    fn told(self, locale: Locale) -> String {
        let mut parts = vec![count!(locale, self.now, consent.done_one | done_many)];
        if self.already > 0 {
            parts.push(count!(
                locale,
                self.already,
                consent.already_one | already_many
            ));
        }
        if self.failed > 0 {
            parts.push(count!(
                locale,
                self.failed,
                consent.failed_one | failed_many
            ));
        }
        parts.join(" ")
    }
}

#[component]
pub fn UnsubscribeSelected(
    /// Those who are not unsubscribed, each with the cell phone that the list shows.
    #[prop(into)]
    selected: Signal<Vec<(CustomerId, Option<E164>)>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// These are unsubscribed now.
    on_done: Callback<Vec<CustomerId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let (account, may) = use_me()
        .with_untracked(|me| (me.account.id, me.role.may(Permission::UnsubscribeCustomers)));
    let asking = RwSignal::new(false);
    let done = RwSignal::new(0_u64);
    let stopping = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let ticked =
        Memo::new(move |_| selected.with(|ids| u64::try_from(ids.len()).unwrap_or(u64::MAX)));
    // The count stays what was asked for, while those who are done leave the selection.
    let total = RwSignal::new(0_u64);
    let unsubscribe = Action::new_local(move |(): &()| {
        let (wanted, occurred_at) = (selected.get_untracked(), sync::now());
        done.set(0);
        total.set(ticked.get_untracked());
        stopping.set(false);
        async move {
            let mut how = Done::default();
            let mut failure = None;
            for part in wanted.chunks(PUSH_MAX) {
                if stopping.try_get_untracked().unwrap_or(true) {
                    break;
                }
                let intents = part
                    .iter()
                    .map(|(customer, phone)| Intent::UnsubscribeCustomer {
                        customer: *customer,
                        phones: phone.iter().cloned().collect(),
                        screen: Screen::List,
                        occurred_at,
                    })
                    .collect();
                match sync::push_all(account, intents).await {
                    Ok(outcomes) => {
                        let stopped = part.iter().zip(&outcomes).filter(|(_, outcome)| {
                            matches!(outcome.status, Status::Applied | Status::Noop)
                        });
                        on_done.try_run(stopped.map(|((id, _), _)| *id).collect());
                        for outcome in &outcomes {
                            how.add(outcome);
                        }
                        done.try_update(|done| *done += u64::try_from(part.len()).unwrap_or(0));
                    }
                    Err(error) => {
                        failure = Some(error);
                        break;
                    }
                }
            }
            let locale = i18n.get_locale_untracked();
            if how != Done::default() {
                toasts.done(how.told(locale));
            }
            match failure {
                None => {
                    asking.try_set(false);
                }
                Some(error) => {
                    let why = words::app_error(locale, &error);
                    trouble.try_set(Some(t_string!(i18n, consent.not_yet_many, why = why)));
                }
            }
        }
    });
    let text = move || {
        if unsubscribe.pending().get() {
            let locale = i18n.get_locale();
            if stopping.get() {
                return t_string!(i18n, consent.stopping).to_owned();
            }
            let number = |count| words::number(locale, count);
            t_string!(
                i18n,
                consent.unsubscribing,
                done = number(done.get()),
                total = number(total.get())
            )
        } else if ticked.get() == 1 {
            t_string!(i18n, consent.ask_text).to_owned()
        } else {
            t_string!(i18n, consent.ask_many_text).to_owned()
        }
    };
    let asked = move || {
        if unsubscribe.pending().get() {
            total.get()
        } else {
            ticked.get()
        }
    };
    let none = Memo::new(move |_| ticked.get() == 0);
    let why = move || {
        if !may {
            Some(t_string!(i18n, consent.not_allowed))
        } else if none.get() {
            Some(t_string!(i18n, consent.already_all))
        } else {
            None
        }
    };
    let confirm = move || {
        if asked() == 1 {
            t_string!(i18n, consent.yes_customer).to_owned()
        } else {
            let count = words::number(i18n.get_locale(), asked());
            t_string!(i18n, consent.yes_customers, count = count)
        }
    };
    view! {
        <Button
            small=true
            icon=LuBellOff
            disabled=Signal::derive(move || !may || disabled.get() || none.get())
            attr:title=why
            on:click=move |_| asking.set(true)
        >
            {t!(i18n, consent.unsubscribe)}
        </Button>
        <ConfirmDialog
            id="unsubscribe-selected"
            title=say(move || count!(i18n.get_locale(), asked(), consent.ask_many_one | ask_many_some))
            text=say(text)
            confirm=say(confirm)
            cancel=say(move || t_string!(i18n, consent.keep))
            open=asking
            busy=unsubscribe.pending()
            trouble
            on_confirm=move |()| drop(unsubscribe.dispatch_local(()))
            on_cancel=move |()| {
                if unsubscribe.pending().get_untracked() {
                    stopping.set(true);
                } else {
                    asking.set(false);
                }
            }
        />
    }
}
