//! Names of fields and attribute types, and values as the reader's language writes them.

use super::view_model::number::{Punctuation, write_number};
use crate::{i18n::Locale, words};
use domain::{
    account::Country,
    attribute::{Attribute, AttributeKind, AttributeNameError},
    customer::Values,
    query::Operator,
    slot::{Field, Slot, SlotKind},
    value::Value,
};
use leptos_i18n::td_string;
use std::collections::BTreeMap;

pub const fn punctuation(locale: Locale) -> Punctuation {
    match locale {
        Locale::en => Punctuation::ENGLISH,
        Locale::fr => Punctuation::FRENCH,
    }
}

pub fn field(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::Reference => td_string!(locale, customers.field_reference),
        Field::FirstName => td_string!(locale, customers.field_first_name),
        Field::LastName => td_string!(locale, customers.field_last_name),
        Field::Company => td_string!(locale, customers.field_company),
        Field::CellPhone => td_string!(locale, customers.field_cell_phone),
        Field::OtherPhones => td_string!(locale, customers.field_other_phones),
        Field::Email => td_string!(locale, customers.field_email),
        Field::Street => td_string!(locale, customers.field_street),
        Field::City => td_string!(locale, customers.field_city),
        Field::Region => td_string!(locale, customers.field_region),
        Field::PostalCode => td_string!(locale, customers.field_postal_code),
        Field::Country => td_string!(locale, customers.field_country),
        Field::BirthDate => td_string!(locale, customers.field_birth_date),
        Field::Language => td_string!(locale, customers.field_language),
        Field::Notes => td_string!(locale, customers.field_notes),
    }
}

pub fn kind(locale: Locale, kind: AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Text => td_string!(locale, customers.kind_text),
        AttributeKind::Texts => td_string!(locale, customers.kind_texts),
        AttributeKind::Date => td_string!(locale, customers.kind_date),
        AttributeKind::Number => td_string!(locale, customers.kind_number),
    }
}

pub fn operator(locale: Locale, operator: Operator, kind: AttributeKind) -> &'static str {
    match (operator, kind) {
        (Operator::Is, _) => td_string!(locale, customers.operator_is),
        (Operator::Contains, _) => td_string!(locale, customers.operator_contains),
        (Operator::Less, AttributeKind::Date) => td_string!(locale, customers.operator_before),
        (Operator::Greater, AttributeKind::Date) => td_string!(locale, customers.operator_after),
        (Operator::Less, _) => td_string!(locale, customers.operator_less),
        (Operator::Greater, _) => td_string!(locale, customers.operator_greater),
        (Operator::IsEmpty, _) => td_string!(locale, customers.operator_is_empty),
        (Operator::IsNotEmpty, _) => td_string!(locale, customers.operator_is_not_empty),
    }
}

pub fn attribute_name_error(locale: Locale, error: AttributeNameError) -> &'static str {
    match error {
        AttributeNameError::Empty => td_string!(locale, customers.name_needed),
        AttributeNameError::TooLong => td_string!(locale, customers.name_too_long),
    }
}

/// What a slot is called on this account's screens.
pub fn slot(locale: Locale, slot: Slot, attributes: &[Attribute]) -> String {
    match slot {
        Slot::Field(field) => self::field(locale, field).to_owned(),
        Slot::Attribute(id) => attributes
            .iter()
            .find(|attribute| attribute.id == id)
            .map_or_else(
                || td_string!(locale, customers.history_removed_attribute).to_owned(),
                |attribute| attribute.name.to_string(),
            ),
    }
}

/// What a slot accepts; an attribute that is gone is taken for text.
pub fn slot_kind(slot: Slot, attributes: &[Attribute]) -> SlotKind {
    match slot {
        Slot::Field(field) => field.kind(),
        Slot::Attribute(id) => attributes
            .iter()
            .find(|attribute| attribute.id == id)
            .map_or(SlotKind::LongText, |attribute| attribute.kind.into()),
    }
}

/// A value as it is read. `phones` has the national form of numbers.
pub fn value(
    locale: Locale,
    kind: SlotKind,
    value: &Value,
    phones: &BTreeMap<String, String>,
) -> String {
    let phone = |number: &str| phones.get(number).map_or(number, String::as_str).to_owned();
    match (kind, value) {
        (SlotKind::Phone, Value::Text(number)) => phone(number),
        (SlotKind::Phones, Value::Texts(numbers)) => numbers
            .iter()
            .map(|number| phone(number))
            .collect::<Vec<_>>()
            .join(", "),
        (SlotKind::Country, Value::Text(code)) => Country::parse(code).map_or_else(
            |_| code.clone(),
            |country| words::country_name(locale, country),
        ),
        (SlotKind::Language, Value::Text(code)) => {
            language(locale, code).unwrap_or(code).to_owned()
        }
        (_, Value::Date(date)) => words::date(locale, *date),
        (_, Value::Number(number)) => write_number(*number, punctuation(locale)),
        (_, value) => value.to_string(),
    }
}

/// What a person calls this customer; words for it when the profile has nothing to call it by.
pub fn name(locale: Locale, values: &Values, phones: &BTreeMap<String, String>) -> String {
    match values.name() {
        name if name.is_empty() => td_string!(locale, customers.no_name).to_owned(),
        name => phones.get(&name).unwrap_or(&name).clone(),
    }
}

/// The languages that a form offers, as code and name.
pub fn languages(locale: Locale) -> [(&'static str, &'static str); 12] {
    [
        ("en", td_string!(locale, customers.language_en)),
        ("fr", td_string!(locale, customers.language_fr)),
        ("es", td_string!(locale, customers.language_es)),
        ("pt", td_string!(locale, customers.language_pt)),
        ("it", td_string!(locale, customers.language_it)),
        ("de", td_string!(locale, customers.language_de)),
        ("ar", td_string!(locale, customers.language_ar)),
        ("zh", td_string!(locale, customers.language_zh)),
        ("hi", td_string!(locale, customers.language_hi)),
        ("pa", td_string!(locale, customers.language_pa)),
        ("vi", td_string!(locale, customers.language_vi)),
        ("ru", td_string!(locale, customers.language_ru)),
    ]
}

fn language(locale: Locale, code: &str) -> Option<&'static str> {
    languages(locale)
        .into_iter()
        .find(|(other, _)| *other == code)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(locale: Locale, kind: SlotKind, value: Value) -> String {
        let phones = BTreeMap::from([("+15145550199".to_owned(), "(514) 555-0199".to_owned())]);
        super::value(locale, kind, &value, &phones)
    }

    #[test]
    fn values_are_written_as_the_reader_writes_them() {
        let day = Value::Date("1980-03-04".parse().unwrap());
        assert_eq!(written(Locale::fr, SlotKind::Date, day), "4 mars 1980");
        assert_eq!(
            written(
                Locale::fr,
                SlotKind::Number,
                Value::Number("1234.5".parse().unwrap())
            ),
            "1\u{202f}234,5"
        );
        assert_eq!(
            written(
                Locale::en,
                SlotKind::Phone,
                Value::Text("+15145550199".to_owned())
            ),
            "(514) 555-0199"
        );
        assert_eq!(
            written(Locale::en, SlotKind::Language, Value::Text("fr".to_owned())),
            "French"
        );
        assert_eq!(
            written(Locale::en, SlotKind::Language, Value::Text("eu".to_owned())),
            "eu"
        );
        assert_eq!(
            written(Locale::fr, SlotKind::Country, Value::Text("US".to_owned())),
            "États-Unis"
        );
    }
}
