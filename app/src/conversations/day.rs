//! Days and times of day, in the shop's time zone. Only the browser knows time zones and what day it is: until the page
//! runs, days are those of UTC, and times are not shown.

use super::wording;
use crate::{
    feed::use_feed,
    i18n::use_i18n,
    session::use_me,
    sync,
    ui::{local_date, local_day, local_hour},
    words,
};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug)]
pub(super) struct Today(RwSignal<Option<NaiveDate>>);

/// Called by the frame of the conversations.
pub(super) fn provide_today() {
    let today = Today(RwSignal::new(None));
    provide_context(today);
    let me = use_me();
    let look = move || {
        let now = me.with_untracked(|me| local_date(sync::now(), &me.account.time_zone));
        if today.0.try_get_untracked().is_some_and(|day| day != now) {
            today.0.set(now);
        }
    };
    Effect::new(look);
    use_feed().on_move(move || {
        look();
        std::future::ready(())
    });
}

pub(super) fn use_today() -> Today {
    expect_context::<Today>()
}

impl Today {
    pub(super) fn get(self) -> Option<NaiveDate> {
        self.0.get()
    }
}

/// The day of a point in time, for lists of days.
pub(super) fn day_of(at: DateTime<Utc>, time_zone: &str, is_running: bool) -> NaiveDate {
    is_running
        .then(|| local_date(at, time_zone))
        .flatten()
        .unwrap_or_else(|| at.date_naive())
}

/// "14:05", and the whole date for who asks.
#[component]
pub(super) fn Hour(at: DateTime<Utc>) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let local = RwSignal::new(None::<String>);
    Effect::new(move || {
        let language = words::language_code(i18n.get_locale());
        local.set(me.with(|me| local_hour(at, language, &me.account.time_zone)));
    });
    view! { <time datetime=at.to_rfc3339() class="whitespace-nowrap tabular-nums">{move || local.get()}</time> }
}

/// The time of today, "Yesterday", or the day.
#[component]
pub(super) fn Lately(at: DateTime<Utc>) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let today = use_today();
    let local = RwSignal::new(None::<String>);
    Effect::new(move || {
        let locale = i18n.get_locale();
        let language = words::language_code(locale);
        let zone = me.with(|me| me.account.time_zone.clone());
        let day = local_date(at, &zone);
        let said = match (today.get(), day) {
            (Some(today), Some(day)) if day >= today => local_hour(at, language, &zone),
            (Some(today), Some(day)) if today.pred_opt() == Some(day) => {
                Some(wording::day(locale, day, Some(today)))
            }
            _ => local_day(at, language, &zone),
        };
        local.set(said);
    });
    let text = move || {
        local
            .get()
            .unwrap_or_else(|| at.format("%Y-%m-%d").to_string())
    };
    view! { <time datetime=at.to_rfc3339() class="whitespace-nowrap tabular-nums">{text}</time> }
}
