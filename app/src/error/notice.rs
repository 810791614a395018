//! An error where the content would have been.

use super::AppError;
use crate::{
    data::use_connection,
    i18n::{t, use_i18n},
    ui::{Button, Notice, NoticeKind},
    words,
};
use leptos::prelude::*;

/// Says what happened and what to do; offers to reload when the page is out of date, else to try again if `retry` can. What
/// failed for want of a connection is tried again by itself when that is back.
#[component]
pub fn ErrorNotice(
    #[prop(into)] error: AppError,
    #[prop(into, optional)] retry: Option<Callback<()>>,
    /// Trying again decides something anew: nobody but the person does it.
    #[prop(optional)]
    by_hand: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let stale = error == AppError::OutOfDate;
    let pressed = StoredValue::new(false);
    if let (AppError::Offline, Some(retry), false) = (&error, retry, by_hand) {
        use_connection().on_return(move || {
            // The answer to the person's own try brings the connection back too.
            if !pressed.get_value() {
                retry.run(());
            }
        });
    }
    let text = move || words::app_error(i18n.get_locale(), &error);
    let reload = move |_| drop(window().location().reload());
    view! {
        <Notice kind=NoticeKind::Error>
            <span>{text}</span>
            {if stale {
                Some(view! { <Button on:click=reload>{t!(i18n, common.reload)}</Button> }.into_any())
            } else {
                retry.map(|retry| {
                    let press = move |_| {
                        pressed.set_value(true);
                        retry.run(());
                    };
                    view! { <Button on:click=press>{t!(i18n, common.retry)}</Button> }.into_any()
                })
            }}
        </Notice>
    }
}
