//! Asks before a form with unsaved changes is closed on its own page.

use crate::{
    i18n::{t_string, use_i18n},
    ui::{ConfirmDialog, say},
};
use leptos::prelude::*;

#[component]
pub fn GivingUp(open: RwSignal<bool>, on_leave: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <ConfirmDialog
            id="giving-up"
            title=say(move || t_string!(i18n, customers.unsaved_title))
            text=say(move || t_string!(i18n, customers.unsaved_text))
            confirm=say(move || t_string!(i18n, customers.unsaved_leave))
            cancel=say(move || t_string!(i18n, customers.unsaved_stay))
            open
            on_confirm=move |()| {
                open.set(false);
                on_leave.run(());
            }
            on_cancel=move |()| open.set(false)
        />
    }
}
