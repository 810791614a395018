//! E-mail and password, on the sign-in page and in the dialog over an expired session.

use super::Secret;
use crate::{
    error::AppError,
    i18n::{t, t_string, use_i18n},
    ui::{Button, ButtonKind, Form, Notice, NoticeKind, TextField, say},
    words,
};
use leptos::prelude::*;

#[component]
pub(super) fn SignInForm(
    /// Makes the ids of the fields unique.
    id: &'static str,
    /// Fixed, when it is known who has to sign in.
    #[prop(optional, into)]
    email: Option<String>,
    #[prop(into)] busy: Signal<bool>,
    #[prop(into)] error: Signal<Option<AppError>>,
    #[prop(into)] on_submit: Callback<(String, Secret)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let known = email.is_some();
    let email = RwSignal::new(email.unwrap_or_default());
    let password = RwSignal::new(String::new());
    let refused = move || {
        error
            .get()
            .map(|error| words::app_error(i18n.get_locale(), &error))
    };
    view! {
        <Form on_submit=move || on_submit.run((email.get_untracked(), password.get_untracked().into()))>
            {move || refused().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
            <TextField
                id=format!("{id}-email")
                label=say(move || t_string!(i18n, session.email))
                kind="email"
                autocomplete="username"
                value=email
                disabled=Signal::derive(move || known)
                autofocus=!known
            />
            <TextField
                id=format!("{id}-password")
                label=say(move || t_string!(i18n, session.password))
                kind="password"
                autocomplete="current-password"
                value=password
                autofocus=known
            />
            <div>
                <Button submit=true kind=ButtonKind::Primary busy=busy>
                    {t!(i18n, session.sign_in)}
                </Button>
            </div>
        </Form>
    }
}
