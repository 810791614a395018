//! `/sign-in`

use super::{Secret, api, leave_for, sign_in_form::SignInForm, tell_other_tabs};
use crate::{
    frame::Plain,
    i18n::{t, t_string, use_i18n},
    routes,
    ui::say,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn SignInPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let sign_in = Action::new_local(move |(email, password): &(String, Secret)| {
        let (email, password) = (email.clone(), password.clone());
        let next = query.with_untracked(|query| query.get("next"));
        async move {
            api::sign_in(email, password).await?;
            if let Ok(me) = api::who_am_i().await {
                tell_other_tabs(Some(me.account.id.to_string()));
            }
            leave_for(routes::safe_next(next.as_deref()));
            Ok(())
        }
    });
    let busy = Signal::derive(move || {
        sign_in.pending().get() || matches!(sign_in.value().get(), Some(Ok(())))
    });
    let error = Signal::derive(move || sign_in.value().get().and_then(Result::err));
    view! {
        <Plain title=say(move || t_string!(i18n, session.sign_in_title))>
            <SignInForm
                id="sign-in"
                busy=busy
                error=error
                on_submit=move |credentials| drop(sign_in.dispatch_local(credentials))
            />
            <p class="muted mt-6 text-sm">{t!(i18n, session.no_account_hint)}</p>
        </Plain>
    }
}
