//! Throwing an unfinished import away.

use super::api;
use crate::{
    data,
    i18n::{t, t_string, use_i18n},
    ui::{Button, ButtonKind, ConfirmDialog, say, use_toasts},
    words,
};
use domain::ids::ImportId;
use leptos::prelude::*;

#[component]
pub(super) fn DiscardButton(
    import: ImportId,
    #[prop(into)] on_done: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let discard = Action::new_local(move |(): &()| async move {
        let answer = data::ask(|| api::cancel_import(import)).await;
        open.set(false);
        match answer {
            Ok(()) => {
                toasts.done(t_string!(i18n, imports.discarded));
                on_done.try_run(());
            }
            Err(error) => toasts.failed(words::app_error(i18n.get_locale_untracked(), &error)),
        }
    });
    view! {
        <Button kind=ButtonKind::Quiet on:click=move |_| open.set(true)>
            {t!(i18n, imports.discard)}
        </Button>
        <ConfirmDialog
            id=format!("discard-{import}")
            title=say(move || t_string!(i18n, imports.discard_title))
            text=say(move || t_string!(i18n, imports.discard_text))
            confirm=say(move || t_string!(i18n, imports.discard_yes))
            cancel=say(move || t_string!(i18n, common.cancel))
            open=open
            busy=discard.pending()
            on_confirm=move |()| drop(discard.dispatch_local(()))
            on_cancel=move |()| open.set(false)
        />
    }
}
