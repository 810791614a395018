//! **Delete**: says what is lost for good and what is not, and asks.

use super::profile::Profile;
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, ConfirmDialog, say, use_toasts},
    words,
};
use icondata_lu::LuTrash2;
use leptos::prelude::*;

#[component]
pub fn DeleteCustomer(
    profile: Profile,
    name: Memo<String>,
    on_deleted: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let delete = Action::new_local(move |(): &()| {
        let name = name.get_untracked();
        async move {
            let answer = profile.delete().await;
            let locale = i18n.get_locale_untracked();
            asking.try_set(false);
            match answer {
                Ok(outcome) => match outcome.problems.first() {
                    None => {
                        toasts.done(t_string!(i18n, customers.deleted, name = name));
                        on_deleted.try_run(());
                    }
                    Some(problem) => toasts.failed(words::reason(locale, &problem.reason)),
                },
                Err(error) => toasts.failed(words::app_error(locale, &error)),
            }
        }
    });
    let lost = move || {
        let parts = [
            t_string!(i18n, customers.delete_profile),
            t_string!(i18n, customers.delete_notes),
            t_string!(i18n, customers.delete_history),
            t_string!(i18n, customers.delete_conversation),
        ];
        format!(
            "{}\n• {}\n\n{}",
            t_string!(i18n, customers.delete_text),
            parts.join("\n• "),
            t_string!(i18n, customers.delete_stays)
        )
    };
    view! {
        <Button
            icon=LuTrash2
            disabled=!profile.may_delete
            attr:title=move || (!profile.may_delete).then(|| t_string!(i18n, customers.delete_not_allowed))
            on:click=move |_| asking.set(true)
        >
            {t!(i18n, customers.delete)}
        </Button>
        <ConfirmDialog
            id="delete-customer"
            title=say(move || t_string!(i18n, customers.delete_title, name = name.get()))
            text=say(lost)
            confirm=say(move || t_string!(i18n, customers.delete_confirm))
            cancel=say(move || t_string!(i18n, customers.delete_keep))
            open=asking
            busy=delete.pending()
            on_confirm=move |()| drop(delete.dispatch_local(()))
            on_cancel=move |()| asking.set(false)
        />
    }
}
