//! Name, country and time zone of a shop: at set-up, for a new account, and in Settings.

use crate::{
    i18n::{t_string, use_i18n},
    ui::{Choice, Select, TextField, say},
    words,
};
use domain::{
    account::{Account, Country},
    error::Invalid,
};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// What is in the fields.
#[derive(Clone, Copy, Debug)]
pub struct Shop {
    pub name: RwSignal<String>,
    pub country: RwSignal<String>,
    pub time_zone: RwSignal<String>,
    checked: RwSignal<bool>,
}

impl Shop {
    pub fn of(account: &Account) -> Self {
        Self {
            name: RwSignal::new(account.name.clone()),
            country: RwSignal::new(account.country.to_string()),
            time_zone: RwSignal::new(account.time_zone.clone()),
            checked: RwSignal::new(false),
        }
    }

    /// Blank but for what the browser knows of where it is.
    pub fn here() -> Self {
        let blank = || RwSignal::new(String::new());
        let shop = Self {
            name: blank(),
            country: blank(),
            time_zone: blank(),
            checked: RwSignal::new(false),
        };
        Effect::new(move || {
            let (country, time_zone) = (browser_country(), browser_time_zone());
            shop.country
                .set(country.unwrap_or_else(|| Country::CANADA.to_string()));
            shop.time_zone.set(time_zone.unwrap_or_default());
        });
        shop
    }

    /// Company, country and time zone, if all are there; marks the missing ones.
    pub fn parse(self) -> Option<(String, Country, String)> {
        self.checked.set(true);
        let (name, time_zone) = (self.name.get_untracked(), self.time_zone.get_untracked());
        let country = Country::parse(&self.country.get_untracked()).ok()?;
        (!name.trim().is_empty() && !time_zone.is_empty())
            .then(|| (name.trim().to_owned(), country, time_zone))
    }
}

#[component]
pub fn ShopFields(shop: Shop, #[prop(optional, into)] disabled: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let missing = move |value: RwSignal<String>| {
        Signal::derive(move || {
            let blank = shop.checked.get() && value.with(|value| value.trim().is_empty());
            blank.then(|| words::invalid(i18n.get_locale(), &Invalid::Empty))
        })
    };
    let countries = Signal::derive(move || {
        let unchosen = Choice::new("", t_string!(i18n, session.choose));
        let all = words::countries(i18n.get_locale())
            .into_iter()
            .map(|(code, name)| Choice::new(code, name));
        std::iter::once(unchosen).chain(all).collect::<Vec<_>>()
    });
    let time_zones = Signal::derive(move || {
        let unchosen = Choice::new("", t_string!(i18n, session.choose));
        let current = shop.time_zone.get();
        let unlisted = (!current.is_empty() && words::time_zones().all(|zone| zone != current))
            .then_some(current);
        let all = words::time_zones().map(|zone| Choice::new(zone, zone.replace('_', " ")));
        std::iter::once(unchosen)
            .chain(unlisted.map(|zone| Choice::new(zone.clone(), zone)))
            .chain(all)
            .collect::<Vec<_>>()
    });
    view! {
        <TextField
            id="company"
            label=say(move || t_string!(i18n, session.company_name))
            autocomplete="organization"
            value=shop.name
            error=missing(shop.name)
            disabled=disabled
        />
        <Select
            id="country"
            label=say(move || t_string!(i18n, session.country))
            hint=say(move || t_string!(i18n, session.country_hint))
            choices=countries
            value=shop.country
            error=missing(shop.country)
            disabled=disabled
        />
        <Select
            id="time-zone"
            label=say(move || t_string!(i18n, session.time_zone))
            choices=time_zones
            value=shop.time_zone
            error=missing(shop.time_zone)
            disabled=disabled
        />
    }
}

fn browser_time_zone() -> Option<String> {
    let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new())
        .resolved_options();
    js_sys::Reflect::get(&options, &JsValue::from_str("timeZone"))
        .ok()?
        .as_string()
}

/// The region of the browser's language: `CA` of `fr-CA`.
fn browser_country() -> Option<String> {
    let language = window().navigator().language()?;
    let (_, region) = language.rsplit_once('-')?;
    Country::parse(region)
        .ok()
        .map(|country| country.to_string())
}
