//! What the customer will read: the variables filled in. The server fills them in once more when it sends.

use domain::{
    customer::{Customer, Values},
    keyword::Language,
    slot::{Field, Slot, SlotKind},
    template::{Template, worded},
    value::Value,
};
use std::collections::BTreeMap;

/// Of a number without a customer nothing is known.
pub(super) fn filled_in(template: &Template, customer: Option<&Customer>) -> String {
    let nothing = Values::default();
    let no_phones = BTreeMap::new();
    let (values, phones) = customer.map_or((&nothing, &no_phones), |customer| {
        (&customer.values, &customer.phones)
    });
    let language = Language::from_code(values.text(Field::Language)).unwrap_or(Language::English);
    template.render(values, |slot, value| match slot {
        Slot::Field(field) if matches!(field.kind(), SlotKind::Phone | SlotKind::Phones) => {
            numbers(value, phones)
        }
        _ => worded(value, language),
    })
}

/// As people of the shop's country write them.
fn numbers(value: &Value, phones: &BTreeMap<String, String>) -> String {
    let shown = |number: &String| phones.get(number).unwrap_or(number).clone();
    match value {
        Value::Text(number) => shown(number),
        Value::Texts(numbers) => numbers.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use domain::ids::CustomerId;
    use uuid::Uuid;

    fn customer(language: &str) -> Customer {
        let text = |field, text: &str| (Slot::Field(field), Value::Text(text.to_owned()));
        Customer {
            id: CustomerId::new(Uuid::from_u128(1)),
            rev: 1,
            values: [
                text(Field::Language, language),
                text(Field::CellPhone, "+15145550199"),
                (
                    Slot::Field(Field::BirthDate),
                    Value::Date("1980-03-04".parse().unwrap()),
                ),
            ]
            .into_iter()
            .collect(),
            phones: [("+15145550199".to_owned(), "(514) 555-0199".to_owned())].into(),
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            unsubscribed_at: None,
        }
    }

    fn read(text: &str, customer: Option<&Customer>) -> String {
        filled_in(&text.parse().unwrap(), customer)
    }

    #[test]
    fn values_are_worded_in_the_customers_language() {
        let text = "{birth_date} {cell_phone}{first_name|!}";
        assert_eq!(
            read(text, Some(&customer("fr"))),
            "4 mars 1980 (514) 555-0199!"
        );
        assert_eq!(
            read(text, Some(&customer("pt"))),
            "March 4, 1980 (514) 555-0199!"
        );
    }

    #[test]
    fn a_number_of_nobody_gets_what_stands_instead() {
        assert_eq!(read("Hello {first_name|there}", None), "Hello there");
    }
}
