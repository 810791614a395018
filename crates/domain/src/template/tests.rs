use super::*;
use crate::{ids::AttributeId, slot::Field};
use TemplateErrorKind::{Nested, Unclosed, Unknown, Unnamed, Unopened};
use proptest::prelude::*;
use uuid::Uuid;

fn attribute(number: u128) -> Slot {
    Slot::Attribute(AttributeId::new(Uuid::from_u128(number)))
}

fn names() -> Names {
    [
        ("First name", Slot::Field(Field::FirstName)),
        ("Prénom", Slot::Field(Field::FirstName)),
        ("Last name", Slot::Field(Field::LastName)),
        ("Vehicle", attribute(1)),
        // Reads as a key, as a name that is taken, and as syntax.
        ("first_name", attribute(2)),
        ("LAST  NÂME", attribute(3)),
        ("Size | color {new}\\", attribute(4)),
        ("Birth date", Slot::Field(Field::BirthDate)),
    ]
    .into_iter()
    .collect()
}

fn parse(text: &str) -> Result<Template, TemplateError> {
    Template::parse(text, &names())
}

fn customer() -> Values {
    [
        (Slot::Field(Field::FirstName), Value::Text("Ana".to_owned())),
        (
            attribute(1),
            Value::Texts(vec!["Civic".to_owned(), "Golf".to_owned()]),
        ),
    ]
    .into_iter()
    .collect()
}

fn render(text: &str) -> String {
    parse(text)
        .unwrap()
        .render(&customer(), |_, value| value.to_string())
}

#[test]
fn variables_become_what_the_customer_has_or_the_fall_back() {
    for (text, message) in [
        ("Hello {first name|there}!", "Hello Ana!"),
        ("Hello {last name|there}!", "Hello there!"),
        ("Hello { LAST   NAME }!", "Hello !"),
        ("{prénom} {PRENOM} {first_name}", "Ana Ana Ana"),
        ("Your {vehicle|car}", "Your Civic, Golf"),
        ("{last name|dear | customer}", "dear | customer"),
        ("{last name|  }.", "."),
        ("a | b", "a | b"),
        (
            r"\{first name\} \\ \n \| {last name|\{\}\|}",
            r"{first name} \ \n | {}|",
        ),
        ("", ""),
    ] {
        assert_eq!(render(text), message, "{text}");
    }
}

#[test]
fn a_value_is_worded_by_who_knows_the_reader_and_blank_words_count_as_none() {
    let template = parse("{first name|x}").unwrap();
    assert_eq!(template.render(&customer(), |_, _| " ".to_owned()), "x");
    assert_eq!(
        template.render(&customer(), |slot, _| format!("<{slot}>")),
        "<first_name>"
    );
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (text, at, kind) in [
        ("é {first name", 2, Unclosed),
        ("{first name|a", 0, Unclosed),
        ("éé}", 2, Unopened),
        ("{first name} }", 13, Unopened),
        ("{first {name}}", 7, Nested),
        ("{first name|{x}}", 12, Nested),
        ("a{}", 1, Unnamed),
        ("{ |x}", 0, Unnamed),
        ("é{nick name}", 1, Unknown),
        (r"\{{city}", 2, Unknown),
        (r"{first name\}", 0, Unclosed),
    ] {
        assert_eq!(parse(text), Err(TemplateError { at, kind }), "{text}");
    }
}

#[test]
fn a_template_is_kept_by_keys_and_shown_by_names() {
    let template = parse("Hi {FIRST name|you}, {vehicle} {Size \\| color \\{new\\}\\\\}").unwrap();
    let kept = template.to_string();
    assert_eq!(
        kept,
        "Hi {first_name|you}, {00000000-0000-0000-0000-000000000001} {00000000-0000-0000-0000-000000000004}"
    );
    assert_eq!(kept.parse(), Ok(template.clone()));
    assert_eq!(
        template.print(&names()),
        r"Hi {First name|you}, {Vehicle} {Size \| color \{new\}\\}"
    );
    assert_eq!(
        serde_json::from_str::<Template>(&serde_json::to_string(&template).unwrap()).unwrap(),
        template
    );
}

#[test]
fn a_name_that_means_another_variable_is_shown_as_key() {
    for (slot, shown) in [
        (attribute(2), "{00000000-0000-0000-0000-000000000002}"),
        (attribute(3), "{00000000-0000-0000-0000-000000000003}"),
        (Slot::Field(Field::FirstName), "{First name}"),
    ] {
        let template = Template {
            parts: vec![Part::Variable {
                slot,
                fallback: None,
            }],
        };
        assert_eq!(template.print(&names()), shown);
        assert_eq!(parse(shown), Ok(template));
    }
}

#[test]
fn holes_are_variables_without_value_and_fall_back() {
    let template =
        parse("{first name} {last name} {last name|x} {last name} {birth date}").unwrap();
    assert_eq!(
        template.holes(&customer()),
        [Slot::Field(Field::LastName), Slot::Field(Field::BirthDate)]
    );
    assert_eq!(template.slots().len(), 3);
}

fn templates() -> impl Strategy<Value = Template> {
    let slots: Vec<Slot> = names().names_for_tests();
    let text = "[ab {}|\\\\é\n]{1,8}";
    let variable =
        (prop::sample::select(slots), prop::option::of(text)).prop_map(|(slot, fallback)| {
            Part::Variable {
                slot,
                fallback: fallback.filter(|text| !text.trim().is_empty()),
            }
        });
    let part = prop_oneof![text.prop_map(Part::Text), variable];
    prop::collection::vec(part, 0..6).prop_map(|mut parts| {
        parts.dedup_by(|a, b| matches!((a, b), (Part::Text(_), Part::Text(_))));
        Template { parts }
    })
}

impl Names {
    fn names_for_tests(&self) -> Vec<Slot> {
        (1..=4)
            .map(attribute)
            .chain(Field::ALL.iter().copied().map(Slot::Field))
            .filter(|slot| self.slot(&slot.to_string()).is_some())
            .collect()
    }
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_as_the_same(template in templates()) {
        prop_assert_eq!(parse(&template.print(&names())), Ok(template.clone()));
        prop_assert_eq!(template.to_string().parse(), Ok(template));
    }

    #[test]
    fn any_text_is_read_or_refused_at_a_place_in_it(text in "[a{}|\\\\]{0,12}|\\PC*") {
        match parse(&text) {
            Ok(template) => prop_assert_eq!(parse(&template.print(&names())), Ok(template)),
            Err(error) => prop_assert!(error.at < text.chars().count()),
        }
    }

    #[test]
    fn text_without_braces_and_backslashes_is_sent_as_it_is(text in "[^{}\\\\]*") {
        prop_assert_eq!(render(&text), text.replace('\0', ""), "but for what cannot be kept");
    }
}
