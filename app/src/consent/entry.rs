//! One event of the history.

use super::wording;
use crate::{
    i18n::{t, use_i18n},
    routes,
    session::When,
    ui::Icon,
};
use domain::consent::{ConsentEntry, EntrySource, Kind};
use icondata_lu::{LuBellOff, LuBellRing};
use leptos::prelude::*;

/// What was said is told apart from when it was recorded, where the two differ by more than this.
const AT_ONCE: chrono::TimeDelta = chrono::TimeDelta::minutes(2);

#[component]
pub(super) fn Entry(entry: ConsentEntry) -> impl IntoView {
    let i18n = use_i18n();
    let icon = match entry.kind {
        Kind::OptOut => LuBellOff,
        Kind::Start => LuBellRing,
    };
    let (at, occurred_at) = (entry.arrived_at, entry.occurred_at);
    let import = match &entry.source {
        EntrySource::Import { import, .. } => Some(*import),
        _ => None,
    };
    let told = StoredValue::new(entry);
    let event = move || told.with_value(|entry| wording::event(i18n.get_locale(), entry));
    let by = move || told.with_value(|entry| wording::source(i18n.get_locale(), &entry.source));
    let by = match import {
        Some(import) => view! { <a class="link" href=routes::import(import)>{by}</a> }.into_any(),
        None => view! { <span>{by}</span> }.into_any(),
    };
    let earlier = (at - occurred_at > AT_ONCE).then(|| {
        view! {
            " · "
            {t!(i18n, consent.column_happened)}
            " "
            <When at=occurred_at/>
        }
    });
    view! {
        <li class="history-entry">
            <span class="history-icon"><Icon icon/></span>
            <div class="min-w-0">
                <p class="break-words">{event}</p>
                <p class="muted text-sm"><When at/> " · " {by} {earlier}</p>
            </div>
        </li>
    }
}
