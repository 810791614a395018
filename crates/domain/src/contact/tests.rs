use super::*;
use proptest::prelude::*;

const KINDS: &[SlotKind] = &[
    SlotKind::Reference,
    SlotKind::Text,
    SlotKind::LongText,
    SlotKind::Phone,
    SlotKind::Phones,
    SlotKind::Email,
    SlotKind::Country,
    SlotKind::Language,
    SlotKind::Date,
    SlotKind::Number,
    SlotKind::Texts,
];

fn read(kind: SlotKind, text: &str) -> Result<Option<String>, Invalid> {
    parse(kind, text, &E164Only).map(|value| value.map(|v| v.to_string()))
}

#[test]
fn blank_is_no_value_in_every_kind() {
    for kind in KINDS {
        assert_eq!(read(*kind, " \t "), Ok(None), "{kind:?}");
    }
}

#[test]
fn a_reference_keeps_its_leading_zeros_and_compares_without_case() {
    let reference = Reference::parse(" 00a7 ").unwrap();
    assert_eq!(reference.as_str(), "00a7");
    assert_eq!(reference.key(), Reference::parse("00A7").unwrap().key());
}

#[test]
fn emails_are_told_from_texts() {
    assert_eq!(
        read(SlotKind::Email, " Amélie.Roy@Example.com "),
        Ok(Some("amélie.roy@example.com".to_owned()))
    );
    for text in [
        "a",
        "a@",
        "@b.c",
        "a@b",
        "a b@c.d",
        "a@b..c",
        "a@-b.c",
        "<a@b.c>",
        "a@b@c.d",
        "a@b.c, d@e.f",
    ] {
        assert_eq!(
            read(SlotKind::Email, text),
            Err(Invalid::NotAnEmail),
            "{text}"
        );
    }
}

#[test]
fn numbers_are_exact_and_lose_only_trailing_zeros() {
    assert_eq!(
        read(SlotKind::Number, "0012.50"),
        Ok(Some("12.5".to_owned()))
    );
    assert_eq!(
        read(SlotKind::Number, "1e10"),
        Ok(Some("10000000000".to_owned()))
    );
    assert_eq!(read(SlotKind::Number, "-0"), Ok(Some("0".to_owned())));
    assert_eq!(read(SlotKind::Number, "12,5"), Err(Invalid::NotANumber));
    assert_eq!(read(SlotKind::Number, "1e99"), Err(Invalid::NotANumber));
}

#[test]
fn dates_that_do_not_exist_are_refused() {
    assert_eq!(
        read(SlotKind::Date, "2024-02-29"),
        Ok(Some("2024-02-29".to_owned()))
    );
    assert_eq!(read(SlotKind::Date, "2023-02-29"), Err(Invalid::NotADate));
    assert_eq!(read(SlotKind::Date, "1984"), Err(Invalid::NotADate));
}

#[test]
fn collections_drop_blanks_and_repetitions() {
    assert_eq!(
        read(SlotKind::Texts, "brakes, tires,, brakes \n oil"),
        Ok(Some("brakes, tires, oil".to_owned()))
    );
}

#[test]
fn texts_are_limited_in_characters_not_bytes() {
    assert!(read(SlotKind::Text, &"é".repeat(TEXT_MAX)).is_ok());
    assert_eq!(
        read(SlotKind::Text, &"é".repeat(TEXT_MAX + 1)),
        Err(Invalid::TooLong { max: 200 })
    );
}

#[test]
fn a_value_of_another_type_is_refused() {
    assert_eq!(
        check(SlotKind::Number, Value::Text("1".to_owned()), &E164Only),
        Err(Invalid::WrongType)
    );
    assert_eq!(
        check(
            SlotKind::Text,
            Value::Texts(vec!["a".to_owned()]),
            &E164Only
        ),
        Err(Invalid::WrongType)
    );
}

proptest! {
    #[test]
    fn what_prints_reads_back_as_itself(kind in prop::sample::select(KINDS), text in "\\PC{0,40}") {
        if let Ok(Some(value)) = parse(kind, &text, &E164Only) {
            prop_assert_eq!(check(kind, value.clone(), &E164Only), Ok(Some(value.clone())), "checked twice");
            prop_assert_eq!(parse(kind, &value.to_string(), &E164Only), Ok(Some(value)), "printed and read");
        }
    }

    #[test]
    fn every_collection_that_is_accepted_reads_back_as_itself(texts in prop::collection::vec("[a-c,;\" \n'é]{0,8}|\\PC{0,12}", 0..6)) {
        if let Ok(Some(value)) = check(SlotKind::Texts, Value::Texts(texts), &E164Only) {
            prop_assert_eq!(parse(SlotKind::Texts, &value.to_string(), &E164Only), Ok(Some(value)));
        }
    }
}
