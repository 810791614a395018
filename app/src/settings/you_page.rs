//! `/settings/you`: language and password.

use super::api;
use crate::{
    data,
    error::{AppError, ErrorNotice},
    i18n::{Locale, t, t_string, tu_string, use_i18n},
    session::{NewPassword, Secret, check_new_password, use_me},
    ui::{Button, ButtonKind, Choice, Form, PageHeader, Select, TextField, say, use_toasts},
    words,
};
use leptos::prelude::*;

#[component]
pub fn YouPage() -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let text = say(move || {
        me.with(|me| {
            t_string!(
                i18n,
                settings.you_text,
                name = me.name.clone(),
                email = me.email.to_string()
            )
        })
    });
    view! {
        <PageHeader title=say(move || t_string!(i18n, settings.you_title)) text=text />
        <div class="flex max-w-md flex-col gap-8">
            <Language />
            <Password />
        </div>
    }
}

#[component]
fn Language() -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(words::language_code(i18n.get_locale_untracked()).to_owned());
    Effect::new(move || chosen.set(words::language_code(i18n.get_locale()).to_owned()));
    Effect::new(move || {
        if let Ok(locale) = chosen.get().parse::<Locale>()
            && locale != i18n.get_locale_untracked()
        {
            i18n.set_locale(locale);
        }
    });
    let choices = Signal::derive(move || {
        vec![
            Choice::new(
                words::language_code(Locale::en),
                t_string!(i18n, common.language_en),
            ),
            Choice::new(
                words::language_code(Locale::fr),
                t_string!(i18n, common.language_fr),
            ),
        ]
    });
    view! {
        <Select
            id="language"
            label=say(move || t_string!(i18n, settings.language_title))
            hint=say(move || t_string!(i18n, settings.language_text))
            choices=choices
            value=chosen
        />
    }
}

#[component]
fn Password() -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let current = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let refused = move || {
        let locale = i18n.get_locale();
        checked
            .get()
            .then(|| new.with(|new| check_new_password(locale, new)))
            .flatten()
    };
    let change = Action::new_local(move |(old, fresh): &(Secret, Secret)| {
        let (old, fresh) = (old.clone(), fresh.clone());
        async move {
            data::ask(|| api::change_password(old.clone(), fresh.clone())).await?;
            checked.set(false);
            current.set(String::new());
            new.set(String::new());
            toasts.done(tu_string!(i18n, settings.password_changed));
            Ok::<(), AppError>(())
        }
    });
    let submit = move || {
        checked.set(true);
        let (old, fresh) = (current.get_untracked(), new.get_untracked());
        if check_new_password(i18n.get_locale_untracked(), &fresh).is_none() {
            change.dispatch_local((old.into(), fresh.into()));
        }
    };
    let error = move || change.value().get().and_then(Result::err);
    view! {
        <section aria-labelledby="password-heading">
            <h2 id="password-heading" class="font-semibold">
                {t!(i18n, settings.password_title)}
            </h2>
            <p class="muted mb-3">{t!(i18n, settings.password_text)}</p>
            <Form on_submit=submit>
                <TextField
                    id="current-password"
                    label=say(move || t_string!(i18n, settings.password_current))
                    kind="password"
                    autocomplete="current-password"
                    value=current
                />
                <NewPassword
                    id="new-password"
                    label=say(move || t_string!(i18n, settings.password_new))
                    value=new
                    error=Signal::derive(refused)
                />
                {move || error().map(|error| view! { <ErrorNotice error=error /> })}
                <div>
                    <Button submit=true kind=ButtonKind::Primary busy=change.pending()>
                        {t!(i18n, settings.password_change)}
                    </Button>
                </div>
            </Form>
        </section>
    }
}
