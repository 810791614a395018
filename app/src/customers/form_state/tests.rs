use super::*;
use domain::{
    attribute::{AttributeKind, AttributeName},
    ids::MutationId,
    mutation::{Problem, Reason},
    value::Value,
};
use uuid::Uuid;

const CITY: Slot = Slot::Field(Field::City);
const PHONE: Slot = Slot::Field(Field::CellPhone);

fn customer() -> CustomerId {
    CustomerId::new(Uuid::from_u128(1))
}

fn with_form(test: impl FnOnce(FormState)) {
    let owner = Owner::new();
    owner.with(|| {
        let values = [(CITY, Value::Text("Laval".to_owned()))]
            .into_iter()
            .collect();
        test(FormState::new(
            &values,
            Vec::new(),
            &BTreeMap::new(),
            Punctuation::ENGLISH,
        ));
    });
}

fn write(form: FormState, field: Field, text: &str) {
    form.field(field)
        .unwrap()
        .draft
        .set(Draft::Line(text.to_owned()));
}

fn intents(form: FormState) -> Vec<Intent> {
    form.intents_to_change(customer(), Punctuation::ENGLISH)
        .unwrap()
}

fn outcome(status: Status, problems: Vec<Problem>) -> Outcome {
    Outcome {
        mutation: MutationId::new(Uuid::nil()),
        status,
        problems,
    }
}

#[test]
fn only_what_was_changed_is_sent_with_what_was_seen() {
    with_form(|form| {
        assert!(!form.is_changed() && intents(form).is_empty());
        write(form, Field::City, "Québec");
        let change = Change {
            slot: CITY,
            from: Value::text("Laval"),
            to: Value::text("Québec"),
        };
        assert_eq!(
            intents(form),
            [Intent::SetCustomerFields {
                customer: customer(),
                changes: vec![change]
            }]
        );
    });
}

#[test]
fn a_field_that_is_wrong_stops_the_save_and_keeps_what_was_typed() {
    with_form(|form| {
        write(form, Field::Email, "ana@");
        assert!(
            form.intents_to_change(customer(), Punctuation::ENGLISH)
                .is_err()
        );
        let email = form.field(Field::Email).unwrap();
        assert!(email.trouble.get_untracked().is_some());
        assert_eq!(email.draft.get_untracked(), Draft::Line("ana@".to_owned()));
    });
}

#[test]
fn after_a_save_in_part_only_the_refused_field_is_sent_again() {
    with_form(|form| {
        write(form, Field::City, "Québec");
        write(form, Field::CellPhone, "12");
        let sent = intents(form);
        let refused = Problem {
            slot: Some(PHONE),
            reason: Reason::Invalid(domain::error::Invalid::NotAPhone),
        };
        assert!(!form.take(&sent, &[outcome(Status::Merged, vec![refused])]));
        let again = Change {
            slot: PHONE,
            from: None,
            to: Value::text("12"),
        };
        assert!(
            form.field(Field::CellPhone)
                .unwrap()
                .trouble
                .get_untracked()
                .is_some()
        );
        assert_eq!(
            intents(form),
            [Intent::SetCustomerFields {
                customer: customer(),
                changes: vec![again]
            }]
        );
    });
}

#[test]
fn choosing_my_value_replaces_the_one_that_came_in_between() {
    with_form(|form| {
        write(form, Field::City, "Québec");
        let city = form.field(Field::City).unwrap();
        city.choose(
            Value::text("Lévis"),
            true,
            &BTreeMap::new(),
            Punctuation::ENGLISH,
        );
        let change = Change {
            slot: CITY,
            from: Value::text("Lévis"),
            to: Value::text("Québec"),
        };
        assert_eq!(
            intents(form),
            [Intent::SetCustomerFields {
                customer: customer(),
                changes: vec![change]
            }]
        );
        city.choose(
            Value::text("Lévis"),
            false,
            &BTreeMap::new(),
            Punctuation::ENGLISH,
        );
        assert_eq!(city.draft.get_untracked(), Draft::Line("Lévis".to_owned()));
        assert!(intents(form).is_empty());
    });
}

#[test]
fn a_new_attribute_is_added_before_its_value_and_only_once() {
    with_form(|form| {
        let id = AttributeId::new(Uuid::from_u128(9));
        let name = AttributeName::parse("Plate").unwrap();
        let attribute = Attribute {
            id,
            name: name.clone(),
            kind: AttributeKind::Text,
            retired: false,
        };
        form.add(attribute, Draft::Line("ABC 123".to_owned()));
        assert!(form.is_changed() && form.is_new(Slot::Attribute(id)));
        let sent = intents(form);
        assert_eq!(
            sent[0],
            Intent::AddAttribute {
                attribute: id,
                attribute_name: name,
                kind: AttributeKind::Text
            }
        );
        assert_eq!(sent.len(), 2);
        assert!(form.take(
            &sent,
            &[
                outcome(Status::Applied, vec![]),
                outcome(Status::Applied, vec![])
            ]
        ));
        assert!(!form.is_changed() && intents(form).is_empty());
    });
}

#[test]
fn a_refusal_of_the_whole_keeps_every_field_to_be_sent_again() {
    with_form(|form| {
        write(form, Field::City, "Québec");
        let sent = intents(form);
        let gone = Problem {
            slot: None,
            reason: Reason::CustomerGone,
        };
        assert!(!form.take(&sent, &[outcome(Status::Rejected, vec![gone])]));
        assert_eq!(
            form.trouble.get_untracked(),
            Some(Trouble::Refused(Reason::CustomerGone))
        );
        assert_eq!(intents(form), sent);
    });
}
