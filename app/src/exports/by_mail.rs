//! **Also e-mail it to me**.

use super::choice::Chosen;
use crate::{
    i18n::{t, t_string, use_i18n},
    session::use_me,
};
use domain::mail::Mailing;
use leptos::prelude::*;

#[component]
pub(super) fn ByMail(chosen: Chosen, mailing: Mailing) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let why = match mailing {
        Mailing::Possible => t!(i18n, exports.by_mail_text).into_any(),
        Mailing::NotSetUp => t!(i18n, exports.by_mail_not_set_up).into_any(),
        Mailing::BadAddress => t!(i18n, exports.by_mail_bad_address).into_any(),
    };
    let label = move || {
        let email = me.with(|me| me.email.to_string());
        t_string!(i18n, exports.by_mail, email = email)
    };
    let possible = mailing == Mailing::Possible;
    view! {
        <div>
            <label class="flex min-h-8 items-center gap-2" class:cursor-pointer=possible>
                <input
                    type="checkbox"
                    class="checkbox checkbox-sm shrink-0"
                    aria-describedby="by-mail-text"
                    disabled=!possible
                    prop:checked=move || possible && chosen.by_mail.get()
                    on:change=move |event| chosen.by_mail.set(event_target_checked(&event))
                />
                <span class="break-words min-w-0">{label}</span>
            </label>
            <p id="by-mail-text" class="muted ml-7 text-sm">
                {why}
            </p>
        </div>
    }
}
