//! Between the values of a profile and the columns of its row.

use crate::{StoreError, attribute::Kinds};
use chrono::NaiveDate;
use domain::{
    attribute::AttributeKind,
    customer::Values,
    ids::AttributeId,
    slot::{Field, Slot},
    value::Value,
};
use serde_json::{Map, Value as Json};

/// The text of a field, null when it has none.
pub(super) fn text(values: &Values, field: Field) -> Option<&str> {
    Some(values.text(field)).filter(|text| !text.is_empty())
}

pub(super) fn texts(values: &Values, field: Field) -> Option<&[String]> {
    match values.field(field) {
        Some(Value::Texts(texts)) => Some(texts),
        _ => None,
    }
}

pub(super) fn date(values: &Values, field: Field) -> Option<NaiveDate> {
    match values.field(field) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}

/// The column `attributes`: text, date and number as a string, a collection as an array of strings.
pub(crate) fn attributes(values: &Values) -> Json {
    let attributes = values.iter().filter_map(|(slot, value)| match slot {
        Slot::Attribute(id) => Some((id.to_string(), json(value))),
        Slot::Field(_) => None,
    });
    Json::Object(attributes.collect())
}

/// A value without its type, which its slot knows.
pub(crate) fn json(value: &Value) -> Json {
    match value {
        Value::Texts(texts) => Json::from(texts.clone()),
        single => Json::from(single.to_string()),
    }
}

/// The fields that are columns of type text.
pub(crate) const TEXT_FIELDS: [Field; 13] = [
    Field::Reference,
    Field::FirstName,
    Field::LastName,
    Field::Company,
    Field::CellPhone,
    Field::Email,
    Field::Street,
    Field::City,
    Field::Region,
    Field::PostalCode,
    Field::Country,
    Field::Language,
    Field::Notes,
];

/// The columns of a profile as its values; `texts` in the order of [`TEXT_FIELDS`].
pub(crate) fn profile(
    texts: impl IntoIterator<Item = Option<String>>,
    other_phones: Option<Vec<String>>,
    birth_date: Option<NaiveDate>,
    attributes: Json,
    kinds: &Kinds,
) -> Result<Values, StoreError> {
    let mut values: Values = TEXT_FIELDS
        .into_iter()
        .zip(texts)
        .filter_map(|(field, text)| Some((Slot::Field(field), Value::Text(text?))))
        .collect();
    values.set(
        Slot::Field(Field::OtherPhones),
        other_phones.map(Value::Texts),
    );
    values.set(Slot::Field(Field::BirthDate), birth_date.map(Value::Date));
    let Json::Object(attributes) = attributes else {
        return Err(CORRUPT);
    };
    read_attributes(&mut values, attributes, kinds)?;
    Ok(values)
}

const CORRUPT: StoreError = StoreError::Corrupt {
    table: "customer",
    column: "attributes",
};

/// Reads the column `attributes` back into `values`.
fn read_attributes(
    values: &mut Values,
    attributes: Map<String, Json>,
    kinds: &Kinds,
) -> Result<(), StoreError> {
    for (key, json) in attributes {
        let id: AttributeId = key.parse().map_err(|_| CORRUPT)?;
        let kind = kinds.get(&id).ok_or(CORRUPT)?;
        let value = read_attribute(*kind, json).ok_or(CORRUPT)?;
        values.set(Slot::Attribute(id), Some(value));
    }
    Ok(())
}

fn read_attribute(kind: AttributeKind, json: Json) -> Option<Value> {
    match (kind, json) {
        (AttributeKind::Text, Json::String(text)) => Some(Value::Text(text)),
        (AttributeKind::Texts, texts @ Json::Array(_)) => {
            serde_json::from_value(texts).ok().map(Value::Texts)
        }
        (AttributeKind::Date, Json::String(date)) => date.parse().ok().map(Value::Date),
        (AttributeKind::Number, Json::String(number)) => number.parse().ok().map(Value::Number),
        _ => None,
    }
}
