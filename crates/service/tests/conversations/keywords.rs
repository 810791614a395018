//! STOP, START and HELP, and the answers to them.

use crate::{
    shop::Shop,
    talk::{ANA, BEA},
};
use chrono::Duration;
use domain::{
    consent::Status,
    conversation::{Delivery, EntryKind, Origin},
    keyword::Verdict,
    slot::Field,
};
use sqlx::PgPool;

async fn answers(shop: &Shop, number: &str) -> Vec<String> {
    let said = shop
        .said(shop.with_number(number).await.id)
        .await
        .into_iter();
    said.filter_map(|text| text.strip_prefix("> ").map(str::to_owned))
        .collect()
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn each_change_is_confirmed_once_in_the_language_of_the_words(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.add_customer(&[(Field::CellPhone, BEA), (Field::Language, "fr")])
        .await;
    for (text, status) in [
        ("Arrêt svp", Status::Unsubscribed),
        ("arret", Status::Unsubscribed),
        ("Début", Status::Express),
        ("DEBUT", Status::Express),
        ("unsubscribe", Status::Unsubscribed),
        ("yes", Status::Express),
        ("yes", Status::Express),
    ] {
        shop.hear(ANA, text).await;
        assert_eq!(shop.with_number(ANA).await.consent, status, "{text}");
    }
    let said = answers(&shop, ANA).await;
    let begin: Vec<&str> = said.iter().map(|text| &text[..30]).collect();
    assert_eq!(
        begin,
        [
            "Garage Bélanger: désabonneme",
            "Garage Bélanger: abonnement c",
            "Garage Bélanger: you are unsu",
            "Garage Bélanger: you are subs",
        ]
    );
    assert!(
        said.iter().all(|text| text.ends_with('.')),
        "no number is known: {said:?}"
    );
    // STOP is of both languages: the customer's own decides.
    shop.hear(BEA, "STOP").await;
    assert!(answers(&shop, BEA).await[0].contains("désabonnement"));
}

/// HELP and YES are English words that people of every language are told to send.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_french_customer_is_answered_in_french_whatever_the_keyword(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.add_customer(&[(Field::CellPhone, BEA), (Field::Language, "fr")])
        .await;
    for text in ["HELP", "INFO", "STOP", "YES", "unsubscribe", "START"] {
        shop.hear(BEA, text).await;
        shop.clock.advance(Duration::seconds(1));
    }
    let said = answers(&shop, BEA).await;
    let first_words: Vec<_> = said.iter().map(|text| text.split(' ').nth(2)).collect();
    let [help, stopped, started] = ["pour", "désabonnement", "abonnement"].map(Some);
    assert_eq!(
        first_words,
        [help, help, stopped, started, stopped, started]
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_confirmation_of_stop_may_go_out_and_that_of_start_is_service(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for text in ["STOP", "HELP", "START"] {
        shop.hear(ANA, text).await;
        shop.clock.advance(Duration::seconds(1));
    }
    let purposes: Vec<(String, String)> = sqlx::query_as(
        "select purpose, origin from message where kind = 'outbound' order by position",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let keyword = |purpose: &str| (purpose.to_owned(), "keyword".to_owned());
    assert_eq!(
        purposes,
        [keyword("answer"), keyword("answer"), keyword("service")]
    );
    let entries = shop.entries(shop.with_number(ANA).await.id).await;
    let kinds: Vec<bool> = entries
        .iter()
        .map(|entry| matches!(entry.kind, EntryKind::Inbound { .. }))
        .collect();
    assert_eq!(
        kinds,
        [true, false, true, false, true, false],
        "behind what they answer"
    );
    for entry in entries {
        if let EntryKind::Outbound {
            origin,
            by,
            delivery,
            ..
        } = entry.kind
        {
            assert_eq!(
                (origin, by, delivery),
                (Origin::Keyword, None, Delivery::Queued)
            );
        }
    }
    assert_eq!(
        shop.with_number(ANA).await.unread,
        3,
        "an answer of ours is nobody's look"
    );
}

/// Machines that answer each other must come to an end.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn help_is_answered_three_times_an_hour(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for _ in 0..8 {
        shop.hear(ANA, "HELP").await;
        shop.clock.advance(Duration::seconds(20));
    }
    assert_eq!(answers(&shop, ANA).await.len(), 3);
    shop.hear(BEA, "AIDE").await;
    assert_eq!(answers(&shop, BEA).await.len(), 1, "of one number");
    shop.clock.advance(Duration::hours(1));
    shop.hear(ANA, "info").await;
    assert_eq!(answers(&shop, ANA).await.len(), 4);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_the_provider_answered_is_not_answered_twice(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.hear_with(ANA, "adios", Verdict::Stop).await;
    assert_eq!(shop.with_number(ANA).await.consent, Status::Unsubscribed);
    shop.hear_with(ANA, "START", Verdict::Start).await;
    assert_eq!(shop.with_number(ANA).await.consent, Status::Express);
    shop.hear_with(ANA, "hello", Verdict::Help).await;
    assert_eq!(answers(&shop, ANA).await, Vec::<String>::new());
    // START needs both.
    shop.hear(ANA, "STOP").await;
    shop.hear_with(ANA, "hello", Verdict::Start).await;
    assert_eq!(shop.with_number(ANA).await.consent, Status::Unsubscribed);
}

/// The shop's number stands in the answers once there is one.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn answers_say_how_to_reach_the_shop(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    sqlx::query("insert into provider values ($1, 'AC1', '\\x00', '+14185550100', 1, $2, now())")
        .bind(shop.owner.account.uuid())
        .bind(shop.owner.person.uuid())
        .execute(&pool)
        .await
        .unwrap();
    shop.hear(ANA, "help").await;
    assert!(answers(&shop, ANA).await[0].contains("call (418) 555-0100"));
}

/// The person asked on another number; their START on this one lifts that, and is confirmed.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_start_that_lifts_what_the_person_asked_is_confirmed(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop
        .add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, ANA)])
        .await;
    shop.hear(ANA, "START").await;
    let other = domain::mutation::Change {
        slot: domain::slot::Slot::Field(Field::OtherPhones),
        from: None,
        to: domain::value::Value::texts([BEA]),
    };
    shop.apply(crate::shop::set(ana, vec![other])).await;
    shop.hear(BEA, "STOP").await;
    let thread = shop.with_number(ANA).await;
    assert!(thread.contact.unsubscribed && thread.consent == Status::Express);
    let before = answers(&shop, ANA).await.len();
    shop.hear(ANA, "START").await;
    let thread = shop.with_number(ANA).await;
    assert!(!thread.contact.unsubscribed);
    assert_eq!(answers(&shop, ANA).await.len(), before + 1);
}
