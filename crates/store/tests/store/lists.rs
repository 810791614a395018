//! The list against a plain model of it: every question, page by page.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{
    account::Country,
    attribute::{AttributeKind, AttributeName},
    consent::{ContactPoint, NewEvent, Screen, Source},
    customer::Values,
    fold::fold,
    ids::{AccountId, AttributeId, CustomerId, PersonId},
    phone::E164,
    query::{AttributeRule, CustomerQuery, Filter, Operator, Sort},
    search::{Search, haystack},
    slot::{Field, Slot},
    value::{Number, Value},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sqlx::PgPool;
use std::cmp::Ordering;
use store::{
    AccountTx, Store, StoreError,
    account::NewAccount,
    attribute::{self, Author},
    consent, customer,
};
use uuid::Uuid;

const CUSTOMERS: usize = 250;
const QUESTIONS: usize = 400;

#[derive(Clone, Debug)]
struct Profile {
    id: CustomerId,
    values: Values,
    at: DateTime<Utc>,
    unsubscribed: bool,
}

const fn attribute_id(kind: AttributeKind) -> AttributeId {
    AttributeId::new(Uuid::from_u128(0xa0 + kind as u128))
}

fn some<T: std::fmt::Debug>(
    strategy: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<T>> {
    prop::option::weighted(0.6, strategy)
}

fn name() -> impl Strategy<Value = String> {
    "(É|e|Al|zo|St-|d'|%|_)[aeé]{0,2}(n| Roy)?"
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (2020..2024i32, 1..3u32)
        .prop_map(|(year, month)| NaiveDate::from_ymd_opt(year, month, 1).unwrap())
}

fn number() -> impl Strategy<Value = Number> {
    prop::sample::select(vec!["-2", "0", "0.5", "9", "10", "100"])
        .prop_map(|text| text.parse().unwrap())
}

/// A small alphabet, so that much is equal and much is absent.
fn profile() -> impl Strategy<Value = Values> {
    let texts = (some(name()), some(name()), some(name()), some("[12]{3}"));
    let attributes = (
        some(name()),
        some(prop::collection::vec(name(), 1..3)),
        some(date()),
        some(number()),
    );
    (texts, attributes).prop_map(
        |((first, last, company, email), (text, list, date, number))| {
            let mut values = Values::default();
            values.set(Slot::Field(Field::FirstName), first.map(Value::Text));
            values.set(Slot::Field(Field::LastName), last.map(Value::Text));
            values.set(Slot::Field(Field::Company), company.map(Value::Text));
            values.set(
                Slot::Field(Field::Email),
                email.map(|digits| Value::Text(format!("e{digits}@example.com"))),
            );
            let attribute = |kind| Slot::Attribute(attribute_id(kind));
            values.set(attribute(AttributeKind::Text), text.map(Value::Text));
            values.set(attribute(AttributeKind::Texts), list.and_then(Value::texts));
            values.set(attribute(AttributeKind::Date), date.map(Value::Date));
            values.set(attribute(AttributeKind::Number), number.map(Value::Number));
            values
        },
    )
}

fn rule() -> impl Strategy<Value = AttributeRule> {
    use AttributeKind::{Date, Number, Text, Texts};
    use Operator::{Contains, Greater, Is, IsEmpty, IsNotEmpty, Less};
    let made = |kind, operator, value| AttributeRule {
        attribute: attribute_id(kind),
        operator,
        value,
    };
    prop_oneof![
        (
            prop::sample::select(AttributeKind::ALL),
            prop::sample::select(vec![IsEmpty, IsNotEmpty])
        )
            .prop_map(move |(kind, operator)| made(kind, operator, None)),
        (
            prop::sample::select(vec![Text, Texts]),
            prop::sample::select(vec![Is, Contains]),
            name()
        )
            .prop_map(move |(kind, operator, text)| made(
                kind,
                operator,
                Some(Value::Text(text))
            )),
        (prop::sample::select(vec![Is, Less, Greater]), number())
            .prop_map(move |(operator, value)| made(Number, operator, Some(Value::Number(value)))),
        (prop::sample::select(vec![Is, Less, Greater]), date())
            .prop_map(move |(operator, value)| made(Date, operator, Some(Value::Date(value)))),
    ]
}

fn question() -> impl Strategy<Value = CustomerQuery> {
    let text = prop_oneof![
        3 => Just(String::new()),
        1 => "[eé1Rz%_'-]{1,2}",
        2 => "[eénaolr12@.% -]{3,4}",
        1 => prop::sample::select(vec!["ROY", "élan", "st-", "example", "41855", "(418) 555", "0418", "001", "A-1", "+1418", "  zo   roy "])
            .prop_map(str::to_owned),
    ];
    let filter = prop_oneof![
        2 => Just(Filter::All),
        1 => Just(Filter::WithCellPhone),
        1 => Just(Filter::WithoutCellPhone),
        1 => Just(Filter::Unsubscribed),
        2 => rule().prop_map(Filter::Attribute),
    ];
    let sort = prop::sample::select(vec![
        Sort::Name,
        Sort::CellPhone,
        Sort::Reference,
        Sort::LastActivity,
    ]);
    (
        text,
        filter,
        sort,
        any::<bool>(),
        prop::sample::select(vec![1, 7, 60, 500]),
    )
        .prop_map(|(text, filter, sort, descending, limit)| CustomerQuery {
            text,
            filter,
            sort,
            descending,
            after: None,
            limit,
        })
}

/// What the answer must be: the filter, the search and the sort, said as plainly as can be.
fn model(profiles: &[Profile], question: &CustomerQuery) -> Vec<CustomerId> {
    let search = Search::parse(&question.text);
    let mut found: Vec<&Profile> = profiles
        .iter()
        .filter(|profile| {
            search
                .as_ref()
                .is_none_or(|search| search.matches(&haystack(&profile.values)))
        })
        .filter(|profile| passes(profile, &question.filter))
        .collect();
    found.sort_by(|a, b| {
        let keys = (sort_key(a, question.sort), sort_key(b, question.sort));
        let order = match keys {
            (None, Some(_)) => return Ordering::Greater,
            (Some(_), None) => return Ordering::Less,
            (a_key, b_key) => a_key.cmp(&b_key).then(a.id.cmp(&b.id)),
        };
        if question.descending {
            order.reverse()
        } else {
            order
        }
    });
    found.into_iter().map(|profile| profile.id).collect()
}

fn sort_key(profile: &Profile, sort: Sort) -> Option<String> {
    let text =
        |field| Some(profile.values.text(field).to_lowercase()).filter(|text| !text.is_empty());
    match sort {
        Sort::Name => profile.values.sort_name(),
        Sort::CellPhone => text(Field::CellPhone),
        Sort::Reference => text(Field::Reference),
        Sort::LastActivity => Some(profile.at.to_rfc3339()),
    }
}

fn passes(profile: &Profile, filter: &Filter) -> bool {
    let has_phone = profile.values.field(Field::CellPhone).is_some();
    match filter {
        Filter::All => true,
        Filter::WithCellPhone => has_phone,
        Filter::WithoutCellPhone => !has_phone,
        Filter::Unsubscribed => profile.unsubscribed,
        Filter::Attribute(rule) => obeys(profile.values.get(Slot::Attribute(rule.attribute)), rule),
    }
}

fn obeys(value: Option<&Value>, rule: &AttributeRule) -> bool {
    let texts: Vec<String> = match value {
        Some(Value::Text(text)) => vec![fold(text)],
        Some(Value::Texts(texts)) => texts.iter().map(|text| fold(text)).collect(),
        _ => Vec::new(),
    };
    match (rule.operator, &rule.value) {
        (Operator::IsEmpty, _) => value.is_none(),
        (Operator::IsNotEmpty, _) => value.is_some(),
        (Operator::Is, Some(Value::Text(text))) => texts.contains(&fold(text)),
        (Operator::Contains, Some(Value::Text(text))) => {
            texts.iter().any(|t| t.contains(&fold(text)))
        }
        (Operator::Is, wanted) => value == wanted.as_ref(),
        (Operator::Less, Some(wanted)) => value.is_some_and(|value| value < wanted),
        (Operator::Greater, Some(wanted)) => value.is_some_and(|value| value > wanted),
        _ => false,
    }
}

async fn shop(store: &Store, profiles: &[Profile]) -> AccountId {
    let id = AccountId::new(Uuid::from_u128(1));
    let at = DateTime::UNIX_EPOCH;
    let person = PersonId::new(Uuid::from_u128(1));
    let new = NewAccount {
        id,
        name: "Shop".to_owned(),
        country: Country::CANADA,
        time_zone: "UTC".to_owned(),
        at,
    };
    let mut tx = store.create(&new).await.unwrap();
    for kind in AttributeKind::ALL {
        let name = AttributeName::parse(kind.key()).unwrap();
        attribute::insert(
            &mut tx,
            attribute_id(*kind),
            &name,
            *kind,
            Author { person, at },
        )
        .await
        .unwrap();
    }
    // Some said so before they were customers, some afterwards.
    let (before, after): (Vec<_>, Vec<_>) = profiles
        .iter()
        .filter(|profile| profile.unsubscribed)
        .map(|profile| {
            let phone = E164::new(profile.values.text(Field::CellPhone)).unwrap();
            let source = Source::Staff {
                person,
                screen: Screen::List,
            };
            NewEvent::opt_out(ContactPoint::sms(phone), source, at)
        })
        .enumerate()
        .partition(|(number, _)| number % 2 == 0);
    let events = |events: Vec<(usize, NewEvent)>| events.into_iter().map(|(_, e)| e).collect();
    consent::record(&mut tx, events(before), at).await.unwrap();
    for profile in profiles {
        customer::insert(
            &mut tx,
            profile.id,
            &profile.values,
            Author {
                person,
                at: profile.at,
            },
        )
        .await
        .unwrap();
    }
    consent::record(&mut tx, events(after), at).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// `count` profiles. Phones and references are unique, and absent from some.
fn profiles(count: usize) -> Vec<Profile> {
    let mut runner = TestRunner::deterministic();
    (0..count)
        .map(|number| {
            let mut values = profile().new_tree(&mut runner).unwrap().current();
            if number % 3 != 0 {
                let phone = format!("+1418555{:04}", (number * 7919) % 10_000);
                values.set(Slot::Field(Field::CellPhone), Some(Value::Text(phone)));
            }
            if number % 4 != 1 {
                let reference = format!(
                    "{}-{}",
                    ["a", "A", "0"][number % 3],
                    number % 100 + number / 100 * 1000
                );
                values.set(Slot::Field(Field::Reference), Some(Value::Text(reference)));
            }
            let id = CustomerId::new(Uuid::from_u128(
                ((number as u128 * 0x9e37_79b9) << 64) | number as u128,
            ));
            let unsubscribed = number % 5 < 2 && values.field(Field::CellPhone).is_some();
            Profile {
                id,
                values,
                unsubscribed,
                at: DateTime::UNIX_EPOCH
                    + Duration::microseconds(i64::try_from(number * 31 % 17).unwrap()),
            }
        })
        .collect()
}

/// Every page, one after the other, as a person scrolls.
async fn all_pages(tx: &mut AccountTx, question: &CustomerQuery) -> Vec<CustomerId> {
    let (mut ids, mut question) = (Vec::new(), question.clone());
    loop {
        let page = customer::page(tx, &question).await.unwrap();
        assert!(
            page.rows.len() <= usize::from(question.limit),
            "{question:?}"
        );
        assert!(
            page.next.is_none() || page.rows.len() == usize::from(question.limit),
            "{question:?}"
        );
        ids.extend(page.rows.iter().map(|row| row.id));
        match page.next {
            Some(next) => question.after = Some(next),
            None => return ids,
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn every_question_is_answered_as_the_model_does(pool: PgPool) {
    let store = Store::new(pool);
    let profiles = profiles(CUSTOMERS);
    let shop = shop(&store, &profiles).await;
    let mut runner = TestRunner::deterministic();
    let mut found_something = 0;
    for _ in 0..QUESTIONS {
        let question = question().new_tree(&mut runner).unwrap().current();
        let question = CustomerQuery {
            limit: if question.limit == 1 {
                20
            } else {
                question.limit
            },
            ..question
        };
        let expected = model(&profiles, &question);
        let mut tx = store.read(shop).await.unwrap();
        assert_eq!(
            all_pages(&mut tx, &question).await,
            expected,
            "{question:?}"
        );
        assert_eq!(
            customer::count(&mut tx, &question).await.unwrap(),
            expected.len() as u64,
            "{question:?}"
        );
        found_something += usize::from(!expected.is_empty() && expected.len() < CUSTOMERS);
    }
    assert!(
        found_something > QUESTIONS / 3,
        "the questions are too easy: {found_something}"
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn common_and_rare_fragments_are_found_in_a_list_longer_than_what_is_walked(pool: PgPool) {
    let store = Store::new(pool);
    let mut profiles = profiles(3_300);
    for (number, profile) in profiles.iter_mut().enumerate() {
        let last = if number % 1_000 == 7 { "Zyx" } else { "Abc" };
        profile.values.set(
            Slot::Field(Field::LastName),
            Some(Value::Text(last.to_owned())),
        );
    }
    let shop = shop(&store, &profiles).await;
    let mut tx = store.read(shop).await.unwrap();
    for (text, limit) in [
        ("abc", 500),
        ("zyx", 2),
        ("zy", 100),
        ("zyx", 100),
        ("418555", 500),
    ] {
        for descending in [false, true] {
            let question = CustomerQuery {
                text: text.to_owned(),
                limit,
                descending,
                ..CustomerQuery::default()
            };
            assert_eq!(
                all_pages(&mut tx, &question).await,
                model(&profiles, &question),
                "{question:?}"
            );
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn rows_that_come_and_go_between_pages_shift_nothing(pool: PgPool) {
    let store = Store::new(pool);
    let profiles = profiles(30);
    let shop = shop(&store, &profiles).await;
    let question = CustomerQuery {
        limit: 10,
        ..CustomerQuery::default()
    };
    let expected = model(&profiles, &question);
    let mut tx = store.read(shop).await.unwrap();
    let first = customer::page(&mut tx, &question).await.unwrap();
    drop(tx);
    let mut tx = store.write(shop).await.unwrap();
    // The very row that the next page begins behind.
    customer::erase(&mut tx, expected[9]).await.unwrap();
    customer::erase(&mut tx, expected[2]).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.read(shop).await.unwrap();
    let rest = all_pages(
        &mut tx,
        &CustomerQuery {
            after: first.next,
            ..question
        },
    )
    .await;
    assert_eq!(rest, expected[10..]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_cursor_of_another_question_is_refused(pool: PgPool) {
    let store = Store::new(pool);
    let shop = shop(&store, &profiles(30)).await;
    let mut tx = store.read(shop).await.unwrap();
    let by_name = CustomerQuery {
        limit: 10,
        ..CustomerQuery::default()
    };
    let next = customer::page(&mut tx, &by_name).await.unwrap().next;
    for question in [
        CustomerQuery {
            sort: Sort::LastActivity,
            after: next.clone(),
            ..by_name.clone()
        },
        CustomerQuery {
            descending: true,
            after: next,
            ..by_name.clone()
        },
        CustomerQuery {
            after: Some("'; drop table customer".to_owned()),
            ..by_name
        },
    ] {
        let refused = customer::page(&mut tx, &question).await.unwrap_err();
        assert!(matches!(refused, StoreError::Cursor), "{refused}");
    }
}
