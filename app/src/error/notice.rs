//! An error where the content would have been.

use super::AppError;
use crate::{
    i18n::{t, use_i18n},
    ui::{Button, Notice, NoticeKind},
    words,
};
use leptos::prelude::*;

/// Says what happened and what to do; offers to reload when the page is out of date, else to try again if `retry` can.
#[component]
pub fn ErrorNotice(
    #[prop(into)] error: AppError,
    #[prop(into, optional)] retry: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let stale = error == AppError::OutOfDate;
    let text = move || words::app_error(i18n.get_locale(), &error);
    let reload = move |_| drop(window().location().reload());
    view! {
        <Notice kind=NoticeKind::Error>
            <span>{text}</span>
            {if stale {
                Some(view! { <Button on:click=reload>{t!(i18n, common.reload)}</Button> }.into_any())
            } else {
                retry.map(|retry| {
                    view! { <Button on:click=move |_| retry.run(())>{t!(i18n, common.retry)}</Button> }.into_any()
                })
            }}
        </Notice>
    }
}
