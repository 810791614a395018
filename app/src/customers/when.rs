//! Points in time, in the shop's time zone and the reader's language.

use crate::{
    i18n::use_i18n,
    session::use_me,
    ui::{Moment, local_date, local_day},
    words,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_i18n::Locale as _;

/// Date and time.
#[component]
pub fn When(at: DateTime<Utc>) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let time_zone = Signal::derive(move || me.with(|me| me.account.time_zone.clone()));
    let language = Signal::derive(move || i18n.get_locale().as_str().to_owned());
    view! { <Moment at time_zone language/> }
}

/// The day only. As [`Moment`], it is in UTC until the browser knows better.
#[component]
pub fn Day(at: DateTime<Utc>) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let local = RwSignal::new(None);
    Effect::new(move || local.set(me.with_untracked(|me| local_date(at, &me.account.time_zone))));
    let text = move || {
        words::date(
            i18n.get_locale(),
            local.get().unwrap_or_else(|| at.date_naive()),
        )
    };
    view! { <time datetime=at.to_rfc3339()>{text}</time> }
}

/// The day in few words, for narrow places.
#[component]
pub fn ShortDay(at: DateTime<Utc>) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let local = RwSignal::new(None);
    Effect::new(move || {
        let language = words::language_code(i18n.get_locale());
        local.set(me.with_untracked(|me| local_day(at, language, &me.account.time_zone)));
    });
    let text = move || local.get().unwrap_or_else(|| at.date_naive().to_string());
    view! { <time datetime=at.to_rfc3339()>{text}</time> }
}
