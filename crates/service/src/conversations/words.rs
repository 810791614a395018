//! What a message says to its customer.

use domain::{
    account::Country,
    customer::Values,
    keyword::Language,
    phone::E164,
    slot::{Field, Slot, SlotKind},
    template::{Template, worded},
    value::Value,
};

/// The language that a customer is written to in.
pub(crate) fn language(values: &Values) -> Language {
    Language::from_code(values.text(Field::Language)).unwrap_or(Language::English)
}

/// The text as it is sent: filled in and trimmed.
pub(crate) fn message_to(values: &Values, text: &Template, country: Country) -> String {
    let language = language(values);
    let text = text.render(values, |slot, value| match slot {
        Slot::Field(field) if matches!(field.kind(), SlotKind::Phone | SlotKind::Phones) => {
            phones(value, country)
        }
        _ => worded(value, language),
    });
    text.trim().to_owned()
}

fn phones(value: &Value, country: Country) -> String {
    let shown = |text: &String| {
        E164::new(text).map_or_else(|_| text.clone(), |phone| phone.display(country))
    };
    match value {
        Value::Text(text) => shown(text),
        Value::Texts(texts) => texts.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
