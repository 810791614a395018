//! `/setup/{token}`: makes the first account and its owner.

use super::{
    Secret, Shop, ShopFields,
    api::{self, NewShop},
    check_new_password, leave_for,
    password::NewPassword,
};
use crate::{
    data,
    error::{AppError, ErrorNotice},
    frame::Plain,
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{Button, ButtonKind, EmptyState, Form, Skeleton, TextField, say},
    words,
};
use domain::{contact::Email, error::Invalid};
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn SetupPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let token = Memo::new(move |_| {
        params
            .with(|params| params.get("token"))
            .unwrap_or_default()
    });
    let open = data::resource(move || token.try_get(), api::setup_is_open);
    let content = move || {
        Suspend::new(async move {
            match open.await {
                Ok(true) => view! { <SetupForm token=token /> }.into_any(),
                Ok(false) => view! { <LinkGone /> }.into_any(),
                Err(error) => {
                    view! { <ErrorNotice error=error retry=move |()| open.refetch() /> }.into_any()
                }
            }
        })
    };
    view! {
        <Plain title=say(move || t_string!(i18n, session.setup_title))>
            <Suspense fallback=move || {
                view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) lines=6 /> }
            }>{content}</Suspense>
        </Plain>
    }
}

/// Used, too old, or replaced by a newer one.
#[component]
fn LinkGone() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <EmptyState
            icon=lu::LuLink
            title=say(move || t_string!(i18n, session.setup_gone_title))
            text=say(move || t_string!(i18n, session.setup_gone_text))
        />
    }
}

#[component]
fn SetupForm(token: Memo<String>) -> impl IntoView {
    let i18n = use_i18n();
    let shop = Shop::here();
    let you = Newcomer::new();
    let finish = Action::new_local(move |shop: &NewShop| {
        let (token, shop) = (token.get_untracked(), shop.clone());
        async move {
            api::set_up(token, shop).await?;
            leave_for(routes::HOME);
            Ok::<(), AppError>(())
        }
    });
    let submit = move || {
        let (shop, you) = (shop.parse(), you.parse());
        if let (Some((company, country, time_zone)), Some((name, email, password))) = (shop, you) {
            finish.dispatch_local(NewShop {
                company,
                country,
                time_zone,
                name,
                email,
                password,
            });
        }
    };
    let error = move || finish.value().get().and_then(Result::err);
    // Somebody else may use the link while this form is filled in.
    let gone = Memo::new(move |_| error() == Some(AppError::NotFound));
    let busy = Signal::derive(move || {
        finish.pending().get() || matches!(finish.value().get(), Some(Ok(())))
    });
    view! {
        <Show when=move || !gone.get() fallback=LinkGone>
            <p class="muted mb-4">{t!(i18n, session.setup_text)}</p>
            <Form on_submit=submit>
                <h2 class="font-semibold">{t!(i18n, session.setup_shop)}</h2>
                <ShopFields shop=shop />
                <h2 class="mt-2 font-semibold">{t!(i18n, session.setup_you)}</h2>
                <NewcomerFields you=you />
                {move || error().map(|error| view! { <ErrorNotice error=error /> })}
                <div>
                    <Button submit=true kind=ButtonKind::Primary busy=busy>
                        {t!(i18n, session.setup_finish)}
                    </Button>
                </div>
            </Form>
        </Show>
    }
}

/// Somebody who signs in for the first time: name, e-mail, password.
#[derive(Clone, Copy)]
pub(super) struct Newcomer {
    name: RwSignal<String>,
    email: RwSignal<String>,
    password: RwSignal<String>,
    checked: RwSignal<bool>,
}

impl Newcomer {
    pub(super) fn new() -> Self {
        let blank = || RwSignal::new(String::new());
        Self {
            name: blank(),
            email: blank(),
            password: blank(),
            checked: RwSignal::new(false),
        }
    }

    /// Name, e-mail and password, if all can be used; marks those that cannot.
    pub(super) fn parse(self) -> Option<(String, String, Secret)> {
        self.checked.set(true);
        let name = self.name.get_untracked().trim().to_owned();
        let email = Email::parse(&self.email.get_untracked()).ok()?;
        let password = self.password.get_untracked();
        let usable =
            !name.is_empty() && check_new_password(crate::i18n::Locale::en, &password).is_none();
        usable.then(|| (name, email.to_string(), password.into()))
    }
}

#[component]
pub(super) fn NewcomerFields(you: Newcomer) -> impl IntoView {
    let i18n = use_i18n();
    let name_error = move || {
        let blank = you.checked.get() && you.name.with(|name| name.trim().is_empty());
        blank.then(|| words::invalid(i18n.get_locale(), &Invalid::Empty))
    };
    let email_error = move || {
        let refused = you
            .checked
            .get()
            .then(|| you.email.with(|email| Email::parse(email).err()))
            .flatten();
        refused.map(|why| words::invalid(i18n.get_locale(), &why))
    };
    let password_error = move || {
        let locale = i18n.get_locale();
        you.checked
            .get()
            .then(|| {
                you.password
                    .with(|password| check_new_password(locale, password))
            })
            .flatten()
    };
    view! {
        <TextField
            id="name"
            label=say(move || t_string!(i18n, session.your_name))
            autocomplete="name"
            value=you.name
            error=Signal::derive(name_error)
        />
        <TextField
            id="email"
            label=say(move || t_string!(i18n, session.email))
            kind="email"
            autocomplete="username"
            value=you.email
            error=Signal::derive(email_error)
        />
        <NewPassword
            id="new-password"
            label=say(move || t_string!(i18n, session.new_password))
            value=you.password
            error=Signal::derive(password_error)
        />
    }
}
