//! A value as it is read on a profile.

use super::wording;
use crate::{
    i18n::{t, use_i18n},
    ui::Badge,
};
use domain::{slot::SlotKind, value::Value};
use leptos::prelude::*;
use std::collections::BTreeMap;

#[component]
pub fn ValueText(
    kind: SlotKind,
    #[prop(into)] value: Signal<Option<Value>>,
    /// The national form of numbers.
    #[prop(into)]
    phones: Signal<BTreeMap<String, String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    move || match value.get() {
        None => view! { <span class="muted">{t!(i18n, customers.no_value)}</span> }.into_any(),
        Some(Value::Texts(texts)) if kind == SlotKind::Texts => view! {
            <span class="flex flex-wrap gap-1">
                {texts.into_iter().map(|text| view! { <Badge>{text}</Badge> }).collect_view()}
            </span>
        }
        .into_any(),
        Some(value) => {
            let text =
                phones.with(|phones| wording::value(i18n.get_locale(), kind, &value, phones));
            view! { <span class="break-words whitespace-pre-line">{text}</span> }.into_any()
        }
    }
}
