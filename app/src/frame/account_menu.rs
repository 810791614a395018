//! Who I am, which account; switching, language, signing out.

use crate::{
    data,
    i18n::{Locale, t, t_string, tu_string, use_i18n},
    routes,
    session::{api, leave_for, tell_other_tabs, use_me},
    ui::{Badge, Icon, Menu, say, use_toasts},
    words,
};
use domain::{ids::AccountId, person::AccountChoice};
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub(super) fn AccountMenu() -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let toasts = use_toasts();
    let name = move || me.with(|me| me.name.clone());
    let company = move || me.with(|me| me.account.name.clone());

    let switch = Action::new_local(move |account: &AccountId| {
        let account = *account;
        async move {
            match data::ask(|| api::switch_account(account)).await {
                Ok(()) => {
                    tell_other_tabs(Some(account.to_string()));
                    leave_for(routes::HOME);
                }
                Err(error) => toasts.failed(words::app_error(i18n.get_locale_untracked(), &error)),
            }
        }
    });
    let sign_out = Action::new_local(move |(): &()| async move {
        match api::sign_out().await {
            Ok(()) => {
                tell_other_tabs(None);
                leave_for(routes::SIGN_IN);
            }
            Err(error) => toasts.failed(words::app_error(i18n.get_locale_untracked(), &error)),
        }
    });
    let account_item = move |choice: AccountChoice| {
        let id = choice.id;
        let here = me.with(|me| me.account.id == id);
        let role = move || words::role(i18n.get_locale(), choice.role);
        view! {
            <li>
                <button
                    type="button"
                    disabled=here
                    aria-current=here.then_some("true")
                    on:click=move |_| drop(switch.dispatch_local(id))
                >
                    <Icon icon=if here { lu::LuCheck } else { lu::LuStore } />
                    <span class="grow">{choice.name.clone()}</span>
                    <Badge>{role}</Badge>
                </button>
            </li>
        }
    };
    let language_item = move |locale: Locale, label: &'static str| {
        let here = move || i18n.get_locale() == locale;
        view! {
            <li>
                <button
                    type="button"
                    lang=words::language_code(locale)
                    aria-pressed=move || here().to_string()
                    on:click=move |_| i18n.set_locale(locale)
                >
                    {move || {
                        let icon = if here() { lu::LuCheck } else { lu::LuLanguages };
                        view! { <Icon icon=icon /> }
                    }}
                    {label}
                </button>
            </li>
        }
    };
    view! {
        <Menu
            id="account-menu"
            class="btn btn-ghost btn-sm max-w-56"
            label=say(move || t_string!(i18n, common.account_menu, name = name(), account = company()))
            trigger=move || {
                view! {
                    <Icon icon=lu::LuCircleUser size="1.25rem" />
                    <span class="hidden truncate md:inline">{company}</span>
                    <Icon icon=lu::LuChevronDown />
                }
            }
        >
            <li class="menu-title">{t!(i18n, common.your_accounts)}</li>
            {move || me.with(|me| me.accounts.clone()).into_iter().map(account_item).collect_view()}
            <li>
                <A href=routes::NEW_ACCOUNT>
                    <Icon icon=lu::LuPlus />
                    {t!(i18n, common.new_account)}
                </A>
            </li>
            <li class="menu-title">{t!(i18n, common.language)}</li>
            {language_item(Locale::en, tu_string!(i18n, common.language_en))}
            {language_item(Locale::fr, tu_string!(i18n, common.language_fr))}
            <li class="menu-title">{name}</li>
            <li>
                <A href=routes::YOU>
                    <Icon icon=lu::LuUserCog />
                    {t!(i18n, settings.yours)}
                </A>
            </li>
            <li>
                <button type="button" on:click=move |_| drop(sign_out.dispatch_local(()))>
                    <Icon icon=lu::LuLogOut />
                    {t!(i18n, common.sign_out)}
                </button>
            </li>
        </Menu>
    }
}
