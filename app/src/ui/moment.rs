//! A point in time, in the shop's time zone.

use chrono::{DateTime, Utc};
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
    let options = js_sys::Object::new();
    for (key, value) in [
        ("dateStyle", "medium"),
        ("timeStyle", "short"),
        ("timeZone", time_zone),
    ] {
        js_sys::Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value)).ok()?;
    }
    let language = if language == "en" { "en-CA" } else { language };
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of this era are exact in a double"
    )]
    let date = js_sys::Date::new(&JsValue::from_f64(at.timestamp_millis() as f64));
    let date: &js_sys::Object = date.as_ref();
    let to_text: js_sys::Function =
        js_sys::Reflect::get(date, &JsValue::from_str("toLocaleString"))
            .ok()?
            .into();
    to_text
        .call2(date, &JsValue::from_str(language), &options)
        .ok()?
        .as_string()
}
