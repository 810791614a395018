//! `/settings/new-account`

use super::api;
use crate::{
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    routes,
    session::{Shop, ShopFields, leave_for, tell_other_tabs},
    ui::{Button, ButtonKind, Form, PageHeader, say},
};
use domain::account::Country;
use leptos::prelude::*;

#[component]
pub fn NewAccountPage() -> impl IntoView {
    let i18n = use_i18n();
    let shop = Shop::here();
    let create = Action::new_local(
        move |(name, country, time_zone): &(String, Country, String)| {
            let (name, country, time_zone) = (name.clone(), *country, time_zone.clone());
            async move {
                let account =
                    data::ask(|| api::create_account(name.clone(), country, time_zone.clone()))
                        .await?;
                tell_other_tabs(Some(account.to_string()));
                leave_for(routes::HOME);
                Ok::<(), AppError>(())
            }
        },
    );
    let submit = move || {
        if let Some(shop) = shop.parse() {
            create.dispatch_local(shop);
        }
    };
    let error = move || create.value().get().and_then(Result::err);
    let busy = Signal::derive(move || {
        create.pending().get() || matches!(create.value().get(), Some(Ok(())))
    });
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, settings.new_account_title))
            text=say(move || t_string!(i18n, settings.new_account_text))
        />
        <div class="max-w-md">
            <Form on_submit=submit>
                <ShopFields shop=shop />
                {move || error().map(|error| view! { <ErrorNotice error=error /> })}
                <div>
                    <Button submit=true kind=ButtonKind::Primary busy=busy>
                        {t!(i18n, settings.new_account_create)}
                    </Button>
                </div>
            </Form>
        </div>
    }
}
