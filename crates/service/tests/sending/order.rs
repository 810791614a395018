//! Which message goes when.

use crate::{
    shop::{Shop, phone, refuse},
    twilio::Manner,
};
use chrono::TimeDelta;
use domain::conversation::{Delivery, Purpose, SendTrouble};
use futures::future::join_all;
use service::Worked;
use sqlx::PgPool;
use std::collections::BTreeSet;
use std::time::Duration;

const IDLE: Worked = Worked::Idle { again_in: None };

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_thread_goes_in_order_and_one_at_a_time(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.greeted_phone(1).await;
    let first = shop.write(&ana, "one").await;
    let second = shop.write(&ana, "two").await;
    let gate = shop.provider.hold_next(Manner::Take);
    let services = shop.services.clone();
    let sending = tokio::spawn(async move { services.send_next_message().await });
    gate.arrived().await;
    assert_eq!(shop.send().await, IDLE, "the second waits for the first");
    assert_eq!(shop.row(first).await.delivery, Delivery::Sending);
    gate.open();
    assert_eq!(sending.await.unwrap().unwrap(), Worked::Done);
    shop.send_all().await;
    assert_eq!(shop.provider.bodies(), ["one", "two"]);
    for (message, sid) in [(first, 1), (second, 2)] {
        let row = shop.row(message).await;
        assert_eq!(
            (row.delivery, row.trouble, row.tries),
            (Delivery::Sent, None, 1)
        );
        assert_eq!(row.provider_id, Some(format!("SM{sid:032x}")));
    }
    let callback = shop.provider.taken()[0].callback.clone();
    let expected = format!("https://shop.example/webhooks/twilio/1/status?message={first}");
    assert_eq!(callback, Some(expected));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_waits_holds_back_what_was_written_after_it(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (ana, bea) = (shop.greeted_phone(1).await, shop.greeted_phone(2).await);
    shop.provider.next([refuse(429, 20429)]);
    let first = shop.write(&ana, "one").await;
    assert_eq!(shop.send().await, Worked::Done);
    shop.write(&ana, "two").await;
    shop.write(&bea, "of another thread").await;
    shop.send_all().await;
    assert_eq!(shop.provider.bodies(), ["of another thread"]);
    let row = shop.row(first).await;
    assert_eq!(row.trouble, Some(SendTrouble::TooFast));
    let pause = row.next_try_at.unwrap() - shop.now();
    assert!(TimeDelta::seconds(29) < pause && pause <= TimeDelta::seconds(45));
    shop.pass(TimeDelta::seconds(45));
    shop.send_all().await;
    assert_eq!(shop.provider.bodies()[1..], ["one", "two"]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn answers_come_first_and_campaigns_last(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.greeted_phone(1).await;
    shop.customer(&ana).await;
    for purpose in [Purpose::Marketing, Purpose::Service, Purpose::Answer] {
        shop.queue(&ana, purpose.key(), purpose).await;
        shop.pass(TimeDelta::seconds(1));
    }
    shop.send_all().await;
    assert_eq!(shop.provider.bodies(), ["answer", "service", "marketing"]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn no_more_segments_go_in_a_second_than_the_rate_allows(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.at_rate(2);
    let mut phones = Vec::new();
    for n in 1..=4 {
        phones.push(shop.greeted_phone(n).await);
    }
    // Two segments.
    let long = "x".repeat(200);
    shop.write(&phones[0], &long).await;
    for phone in &phones[1..] {
        shop.write(phone, "short").await;
    }
    assert_eq!(shop.send().await, Worked::Done);
    let again_in = Some(Duration::from_millis(500));
    assert_eq!(shop.send().await, Worked::Idle { again_in });
    assert_eq!(shop.provider.asked(), 1);
    for sent in 2..=4 {
        shop.pass(TimeDelta::milliseconds(500));
        assert_eq!(shop.send().await, Worked::Done);
        assert!(matches!(shop.send().await, Worked::Idle { .. }));
        assert_eq!(shop.provider.asked(), sent);
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn any_number_of_servers_send_each_message_once(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut expected = BTreeSet::new();
    for n in 0..8 {
        let phone = shop.greeted_phone(n).await;
        for m in 0..5 {
            let text = format!("{n} {m}");
            shop.write(&phone, &text).await;
            expected.insert(text);
        }
    }
    let other = shop.other_server();
    let workers = (0..6).map(|n| {
        let services = if n % 2 == 0 {
            shop.services.clone()
        } else {
            other.clone()
        };
        async move { while services.send_next_message().await.unwrap() == Worked::Done {} }
    });
    join_all(workers).await;
    shop.send_all().await;
    let bodies = shop.provider.bodies();
    assert_eq!(bodies.len(), 40);
    assert_eq!(bodies.iter().cloned().collect::<BTreeSet<_>>(), expected);
    for n in 0..8 {
        let of_thread: Vec<_> = bodies
            .iter()
            .filter(|body| body.starts_with(&format!("{n} ")))
            .collect();
        assert!(of_thread.is_sorted(), "{of_thread:?}");
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn marketing_waits_for_the_morning_and_holds_nobody_else_back(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.greeted_phone(1).await;
    shop.customer(&ana).await;
    // Eleven in the evening in Toronto.
    shop.pass_to("2026-11-27T04:00:00Z");
    let marketing = shop.queue(&ana, "Winter tires", Purpose::Marketing).await;
    shop.write(&ana, "We saw your message").await;
    shop.send_all().await;
    assert_eq!(shop.provider.bodies(), ["We saw your message"]);
    let row = shop.row(marketing).await;
    let morning = "2026-11-27T13:00:00Z".parse().unwrap();
    assert_eq!(
        (row.delivery, row.next_try_at, row.tries),
        (Delivery::Queued, Some(morning), 0)
    );
    shop.pass_to("2026-11-27T12:59:59Z");
    assert_eq!(shop.send().await, IDLE);
    shop.pass_to("2026-11-27T13:00:00Z");
    shop.send_all().await;
    assert_eq!(shop.row(marketing).await.delivery, Delivery::Sent);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_message_that_is_queued_wakes_whoever_sends(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.customer(&phone(1)).await;
    shop.services.message_queued().await;
}
