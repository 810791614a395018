//! A point in time as the person reads it.

use super::use_me;
use crate::{
    i18n::use_i18n,
    ui::{Moment, say},
    words,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// Date and time in the time zone of the account and the language of the screens.
#[component]
pub fn When(at: DateTime<Utc>) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    view! {
        <Moment
            at=at
            time_zone=say(move || me.with(|me| me.account.time_zone.clone()))
            language=say(move || words::language_code(i18n.get_locale()))
        />
    }
}
