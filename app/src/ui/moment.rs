//! A point in time, in the shop's time zone.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Shows date and time. The server does not know time zones, so the first view is UTC, and the browser puts its words in
/// its place as soon as the page is ready.
#[component]
pub fn Moment(
    at: DateTime<Utc>,
    /// IANA name.
    #[prop(into)]
    time_zone: Signal<String>,
    /// `en` or `fr`.
    #[prop(into)]
    language: Signal<String>,
) -> impl IntoView {
    let local = RwSignal::new(None::<String>);
    Effect::new(move || local.set(local_time(at, &language.get(), &time_zone.get())));
    let text = move || {
        local
            .get()
            .unwrap_or_else(|| at.format("%Y-%m-%d %H:%M UTC").to_string())
    };
    view! {
        <time datetime=at.to_rfc3339() class="whitespace-nowrap">
            {text}
        </time>
    }
}

/// Date and time in words of the language, in the time zone; `None` if the browser does not know the zone. Browser only.
pub fn local_time(at: DateTime<Utc>, language: &str, time_zone: &str) -> Option<String> {
    let options = [
        ("dateStyle", "medium"),
        ("timeStyle", "short"),
        ("timeZone", time_zone),
    ];
    in_words(at, "toLocaleString", of_canada(language), &options)
}

fn of_canada(language: &str) -> &str {
    if language == "en" { "en-CA" } else { language }
}

/// The time of day in words of the language, in the time zone; `None` if the browser does not know the zone. Browser only.
pub fn local_hour(at: DateTime<Utc>, language: &str, time_zone: &str) -> Option<String> {
    let options = [("timeStyle", "short"), ("timeZone", time_zone)];
    in_words(at, "toLocaleTimeString", of_canada(language), &options)
}

/// The day in few words of the language, in the time zone; `None` if the browser does not know the zone. Browser only.
pub fn local_day(at: DateTime<Utc>, language: &str, time_zone: &str) -> Option<String> {
    let options = [("dateStyle", "medium"), ("timeZone", time_zone)];
    in_words(at, "toLocaleDateString", of_canada(language), &options)
}

/// The calendar date in the time zone; `None` if the browser does not know the zone. Browser only.
pub fn local_date(at: DateTime<Utc>, time_zone: &str) -> Option<NaiveDate> {
    // Sweden writes dates as ISO 8601 does.
    let text = in_words(
        at,
        "toLocaleDateString",
        "sv-SE",
        &[("timeZone", time_zone)],
    )?;
    text.parse().ok()
}

fn in_words(
    at: DateTime<Utc>,
    method: &str,
    language: &str,
    options: &[(&str, &str)],
) -> Option<String> {
    let chosen = js_sys::Object::new();
    for (key, value) in options {
        js_sys::Reflect::set(&chosen, &JsValue::from_str(key), &JsValue::from_str(value)).ok()?;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of this era are exact in a double"
    )]
    let date = js_sys::Date::new(&JsValue::from_f64(at.timestamp_millis() as f64));
    let date: &js_sys::Object = date.as_ref();
    let to_text: js_sys::Function = js_sys::Reflect::get(date, &JsValue::from_str(method))
        .ok()?
        .into();
    to_text
        .call2(date, &JsValue::from_str(language), &chosen)
        .ok()?
        .as_string()
}
