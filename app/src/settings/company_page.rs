//! `/settings/company`

use super::api;
use crate::{
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, tu_string, use_i18n},
    session::{Shop, ShopFields, set_me, use_me},
    ui::{Button, ButtonKind, Form, Notice, PageHeader, say, use_toasts},
};
use domain::{account::Country, permission::Permission};
use leptos::prelude::*;

#[component]
pub fn CompanyPage() -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let toasts = use_toasts();
    let may = me.with_untracked(|me| me.role.may(Permission::ManageCompany));
    let shop = me.with_untracked(|me| Shop::of(&me.account));
    let save = Action::new_local(
        move |(name, country, time_zone): &(String, Country, String)| {
            let (name, country, time_zone) = (name.clone(), *country, time_zone.clone());
            async move {
                data::ask(|| api::update_company(name.clone(), country, time_zone.clone())).await?;
                set_me(me, |me| {
                    for choice in me
                        .accounts
                        .iter_mut()
                        .filter(|choice| choice.id == me.account.id)
                    {
                        choice.name.clone_from(&name);
                    }
                    me.account.name = name;
                    me.account.country = country;
                    me.account.time_zone = time_zone;
                });
                toasts.done(tu_string!(i18n, settings.saved));
                Ok::<(), AppError>(())
            }
        },
    );
    let submit = move || {
        if let Some(shop) = shop.parse() {
            save.dispatch_local(shop);
        }
    };
    let error = move || save.value().get().and_then(Result::err);
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, settings.company_title))
            text=say(move || t_string!(i18n, settings.company_text))
        />
        <div class="max-w-md">
            <Form on_submit=submit>
                {(!may).then(|| view! { <Notice>{t!(i18n, settings.only_managers)}</Notice> })}
                <ShopFields shop=shop disabled=Signal::derive(move || !may) />
                {move || error().map(|error| view! { <ErrorNotice error=error /> })}
                {may
                    .then(|| {
                        view! {
                            <div>
                                <Button submit=true kind=ButtonKind::Primary busy=save.pending()>
                                    {t!(i18n, common.save)}
                                </Button>
                            </div>
                        }
                    })}
            </Form>
        </div>
    }
}
