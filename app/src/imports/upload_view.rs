//! What is shown while rows go to the server.

use super::desk::Desk;
use crate::{
    data::Pause,
    i18n::{t, t_string, use_i18n},
    ui::{Button, ProgressBar, say},
    words::number,
};
use leptos::prelude::*;

#[component]
pub(super) fn SendingRows(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let sending = desk.sending();
    let label = move || match sending.get().pause {
        None => t_string!(i18n, imports.sending).to_owned(),
        Some(Pause::Offline) => t_string!(i18n, imports.sending_offline).to_owned(),
        Some(Pause::Retrying) => t_string!(i18n, imports.sending_retrying).to_owned(),
    };
    let counts = move || {
        let sending = sending.get();
        if sending.chunks == 0 {
            return String::new();
        }
        let share = u64::from(sending.rows) * u64::from(sending.done) / u64::from(sending.chunks);
        let locale = i18n.get_locale();
        t_string!(
            i18n,
            imports.rows_of,
            done = number(locale, share),
            total = number(locale, u64::from(sending.rows))
        )
    };
    view! {
        <div class="card p-4 flex max-w-2xl flex-col gap-4">
            <ProgressBar
                label=say(label)
                counts=say(counts)
                done=Signal::derive(move || u64::from(sending.get().done))
                total=Signal::derive(move || u64::from(sending.get().chunks))
            />
            <p class="muted text-sm">{t!(i18n, imports.sending_text)}</p>
            <div>
                <Button on:click=move |_| desk.cancel_sending()>{t!(i18n, common.cancel)}</Button>
            </div>
        </div>
    }
}
