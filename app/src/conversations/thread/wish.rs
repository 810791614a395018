//! The customer perhaps wishes to stop: a person decides, by a day.

use super::Thread;
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, ButtonKind, Notice, NoticeKind, use_toasts},
    words,
};
use domain::{conversation::UncertainWish, mutation::Intent, permission::Permission};
use leptos::prelude::*;

#[component]
pub(in crate::conversations) fn WishBanner(thread: Thread) -> impl IntoView {
    let wish = Memo::new(move |_| {
        thread
            .conversation
            .with(|thread| thread.wish.clone())
            .filter(|wish| wish.settled.is_none())
    });
    move || wish.get().map(|wish| view! { <Undecided thread wish/> })
}

#[component]
fn Undecided(thread: Thread, wish: UncertainWish) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let UncertainWish {
        id, text, due_on, ..
    } = wish;
    let settle = move |stop: bool| {
        let intent = Intent::SettleWish { wish: id, stop };
        thread.decide(intent, toasts, i18n.get_locale_untracked());
    };
    let said = move || {
        t_string!(
            i18n,
            conversations.wish_text,
            text = text.clone(),
            day = words::date(i18n.get_locale(), due_on)
        )
    };
    let buttons = thread.may(Permission::UnsubscribeCustomers).then(|| {
        view! {
            <span class="flex flex-wrap gap-2">
                <Button small=true kind=ButtonKind::Danger on:click=move |_| settle(true)>
                    {t!(i18n, consent.yes)}
                </Button>
                <Button small=true on:click=move |_| settle(false)>{t!(i18n, conversations.wish_no)}</Button>
            </span>
        }
    });
    view! {
        <div class="p-3 pb-0">
            <Notice kind=NoticeKind::Warning>
                <span class="break-words">{said}</span>
                {buttons}
            </Notice>
        </div>
    }
}
