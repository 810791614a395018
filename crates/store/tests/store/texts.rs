//! What the database computes from texts is what `domain` computes from them.

use chrono::{DateTime, NaiveDate};
use domain::{
    attribute::{AttributeKind, AttributeName},
    contact::Reference,
    customer::Values,
    fold::fold,
    ids::{AccountId, AttributeId, CustomerId, PersonId},
    search::haystack,
    slot::{Field, Slot},
    value::Value,
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sqlx::PgPool;
use store::{
    Store,
    account::NewAccount,
    attribute::{self, Author},
    customer,
};
use uuid::Uuid;

/// Letters of every script that people of a shop may write in, and the marks on them. Both sides may know other versions
/// of Unicode, so that letters added lately are left out.
fn letters() -> impl Iterator<Item = char> {
    let blocks = [
        1..=0x2fff,
        0x3041..=0x30ff,
        0xa640..=0xa69f,
        0xac00..=0xd7a3,
        0xf900..=0xfa6d,
        0xfb00..=0xfeff,
        0x1f600..=0x1f64f,
    ];
    // Assigned after Unicode 13, or without a case there.
    let late = [0x1c80..=0x1c8f, 0x2c2f..=0x2c2f, 0x2c5f..=0x2c5f];
    blocks
        .into_iter()
        .flatten()
        .filter(move |code| !late.iter().any(|late| late.contains(code)))
        .filter_map(char::from_u32)
}

async fn sql(pool: &PgPool, function: &str, texts: &[String]) -> Vec<String> {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "select {function}(text) from unnest($1::text[]) with ordinality t (text, place) order by place"
    )))
    .bind(texts)
    .fetch_all(pool)
    .await
    .unwrap()
}

fn samples<T: std::fmt::Debug>(count: usize, strategy: impl Strategy<Value = T>) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..count)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .collect()
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_database_folds_every_letter_as_the_domain_does(pool: PgPool) {
    let texts: Vec<String> = letters().map(|c| format!("a{c}B")).collect();
    for (text, folded) in texts.iter().zip(sql(&pool, "fold_text", &texts).await) {
        assert_eq!(folded, fold(text), "{}", text.escape_unicode());
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_database_folds_every_text_as_the_domain_does(pool: PgPool) {
    let texts = samples(
        3_000,
        "[a-zA-Z \u{300}-\u{36f}À-ÿĀ-žΑ-ωА-яא-ת\u{591}-\u{5bd}ا-ي\u{64b}-\u{652}가-힣İıßẞ]{0,24}",
    );
    for (text, folded) in texts.iter().zip(sql(&pool, "fold_text", &texts).await) {
        assert_eq!(folded, fold(text), "{}", text.escape_unicode());
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_database_compares_references_as_the_domain_does(pool: PgPool) {
    let texts: Vec<String> = samples(2_000, "[a-zA-Z0-9À-ÿΑ-ωА-я./-]{1,12}")
        .into_iter()
        .filter(|text| Reference::parse(text).is_ok())
        .collect();
    for (text, key) in texts.iter().zip(sql(&pool, "reference_key", &texts).await) {
        assert_eq!(key, Reference::parse(text).unwrap().key(), "{text}");
    }
}

fn word() -> impl Strategy<Value = String> {
    "[A-Za-zÀ-ÿ]{1,6}([ '-][A-Za-zÀ-ÿ]{1,6})?"
}

fn values() -> impl Strategy<Value = Values> {
    let fields = [
        Field::FirstName,
        Field::LastName,
        Field::Company,
        Field::Street,
        Field::City,
        Field::Region,
        Field::PostalCode,
        Field::Notes,
    ];
    let texts = prop::collection::vec(prop::option::of(word()), fields.len());
    let attributes = (
        prop::option::of(word()),
        prop::option::of(prop::collection::vec(word(), 1..4)),
        prop::option::of(0..30_000i32),
        prop::option::of(-99_999i64..99_999),
    );
    (
        texts,
        attributes,
        prop::collection::vec("[2-9][0-9]{9}", 0..3),
    )
        .prop_map(move |(texts, attributes, phones)| {
            let (text, list, days, number) = attributes;
            let mut values = Values::default();
            for (field, text) in fields.into_iter().zip(texts) {
                values.set(Slot::Field(field), text.map(Value::Text));
            }
            let phones = phones.iter().map(|digits| format!("+1{digits}"));
            values.set(Slot::Field(Field::OtherPhones), Value::texts(phones));
            let date = days.and_then(NaiveDate::from_num_days_from_ce_opt);
            let number = number.map(|n| Value::Number(domain::value::Number::new(n.into())));
            let attributes = [
                text.map(Value::Text),
                list.and_then(Value::texts),
                date.map(Value::Date),
                number,
            ];
            for (id, value) in (1..).zip(attributes) {
                values.set(
                    Slot::Attribute(AttributeId::new(Uuid::from_u128(id))),
                    value,
                );
            }
            values
        })
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn profiles_come_back_as_they_were_written_and_are_searched_and_sorted_alike(pool: PgPool) {
    let store = Store::new(pool.clone());
    let author = Author {
        person: PersonId::new(Uuid::from_u128(1)),
        at: DateTime::UNIX_EPOCH,
    };
    let shop = NewAccount {
        id: AccountId::new(Uuid::from_u128(1)),
        name: "Shop".to_owned(),
        country: domain::account::Country::CANADA,
        time_zone: "UTC".to_owned(),
        at: author.at,
    };
    let mut tx = store.create(&shop).await.unwrap();
    for (id, kind) in (1..).zip(AttributeKind::ALL) {
        let name = AttributeName::parse(kind.key()).unwrap();
        attribute::insert(
            &mut tx,
            AttributeId::new(Uuid::from_u128(id)),
            &name,
            *kind,
            author,
        )
        .await
        .unwrap();
    }
    // The kinds in the order of `AttributeKind::ALL` are those of `values`.
    let profiles = samples(300, values());
    for (number, values) in (1..).zip(&profiles) {
        let id = CustomerId::new(Uuid::from_u128(number));
        customer::insert(&mut tx, id, values, author).await.unwrap();
        assert_eq!(
            customer::find(&mut tx, id).await.unwrap().unwrap().values,
            *values
        );
    }
    tx.commit().await.unwrap();
    let rows: Vec<(String, Option<String>)> =
        sqlx::query_as("select search, sort_name from customer order by customer_id")
            .fetch_all(&pool)
            .await
            .unwrap();
    assert_eq!(rows.len(), profiles.len());
    for ((search, sort_name), values) in rows.into_iter().zip(profiles) {
        assert_eq!(search, haystack(&values));
        assert_eq!(sort_name, values.sort_name());
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_keyed_hash_is_the_one_of_the_standard(pool: PgPool) {
    // RFC 4231, test case 2.
    let hash: String =
        sqlx::query_scalar("select keyed_hash('Jefe'::bytea, 'what do ya want for nothing?')")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(
        hash,
        "hmac-sha256:5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
}
