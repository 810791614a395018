//! Messages of which it is not known whether they were sent.

use crate::{
    shop::{Shop, carrier},
    twilio::Manner,
};
use ::twilio::MessageStatus;
use chrono::TimeDelta;
use domain::{
    conversation::{Delivery, SendTrouble},
    ids::MessageId,
    mutation::{Intent, Status},
    phone::E164,
};
use service::{Carrier, Worked};
use sqlx::PgPool;

const IN_DOUBT: (Delivery, Option<SendTrouble>) = (Delivery::Sending, Some(SendTrouble::NoAnswer));
const LEASE: TimeDelta = TimeDelta::seconds(45);

async fn open(pool: &PgPool) -> (Shop, E164) {
    let shop = Shop::open(pool).await;
    let ana = shop.greeted_phone(1).await;
    (shop, ana)
}

/// Sends a message whose answer does not come.
async fn lose(shop: &Shop, ana: &E164, text: &str, manner: Manner) -> MessageId {
    let message = shop.write(ana, text).await;
    shop.provider.next([manner]);
    assert_eq!(shop.send().await, Worked::Done);
    assert_eq!(shop.state(message).await, IN_DOUBT);
    message
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_the_provider_has_is_not_sent_again(pool: PgPool) {
    let (shop, ana) = open(&pool).await;
    for (n, manner) in [
        Manner::Cut { takes: true },
        Manner::Vague {
            status: 500,
            takes: true,
        },
        Manner::Vague {
            status: 201,
            takes: true,
        },
    ]
    .into_iter()
    .enumerate()
    {
        let message = lose(&shop, &ana, &format!("message {n}"), manner).await;
        shop.pass(LEASE - TimeDelta::seconds(1));
        assert_eq!(shop.send().await, Worked::Idle { again_in: None });
        shop.pass(TimeDelta::seconds(1));
        assert_eq!(shop.send().await, Worked::Done);
        let row = shop.row(message).await;
        assert_eq!(
            (row.delivery, row.trouble, row.tries),
            (Delivery::Sent, None, 1)
        );
        assert_eq!(row.provider_id, Some(format!("SM{:032x}", n + 1)));
    }
    assert_eq!(shop.provider.asked(), 3);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_the_provider_does_not_have_is_sent_again_once(pool: PgPool) {
    let (shop, ana) = open(&pool).await;
    for (n, manner) in [
        Manner::Cut { takes: false },
        Manner::Vague {
            status: 502,
            takes: false,
        },
    ]
    .into_iter()
    .enumerate()
    {
        let message = lose(&shop, &ana, &format!("message {n}"), manner).await;
        shop.pass(LEASE);
        shop.send_all().await;
        let row = shop.row(message).await;
        assert_eq!(
            (row.delivery, row.trouble, row.tries),
            (Delivery::Sent, None, 2)
        );
    }
    assert_eq!(shop.provider.bodies(), ["message 0", "message 1"]);
    assert_eq!(shop.provider.asked(), 4);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_server_that_stops_in_the_middle_loses_and_doubles_nothing(pool: PgPool) {
    let (shop, ana) = open(&pool).await;
    for (n, takes) in [true, false].into_iter().enumerate() {
        let message = shop.write(&ana, &format!("message {n}")).await;
        let gate = shop.provider.silence_next(takes);
        let services = shop.services.clone();
        let sending = tokio::spawn(async move { services.send_next_message().await });
        gate.arrived().await;
        sending.abort();
        assert!(sending.await.unwrap_err().is_cancelled());
        shop.pass(LEASE);
        shop.send_all().await;
        assert_eq!(shop.state(message).await, (Delivery::Sent, None));
    }
    assert_eq!(shop.provider.bodies(), ["message 0", "message 1"]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_message_is_found_on_a_later_page_and_not_taken_for_another_of_the_same_text(
    pool: PgPool,
) {
    let (shop, ana) = open(&pool).await;
    let first = shop.write(&ana, "Yes").await;
    shop.send_all().await;
    let second = lose(&shop, &ana, "Yes", Manner::Cut { takes: true }).await;
    // Others get to the provider meanwhile, from elsewhere.
    for n in 0..4 {
        shop.provider
            .take_from_elsewhere(&ana, &format!("other {n}"));
    }
    shop.pass(LEASE);
    shop.send_all().await;
    assert_eq!(shop.provider.lists(), 3);
    let third = lose(&shop, &ana, "Yes", Manner::Cut { takes: false }).await;
    shop.pass(LEASE);
    shop.send_all().await;
    let mut ids = Vec::new();
    for message in [first, second, third] {
        let row = shop.row(message).await;
        assert_eq!(row.delivery, Delivery::Sent);
        ids.push(row.provider_id.unwrap());
    }
    assert_eq!(ids, [1, 2, 7].map(|n| format!("SM{n:032x}")));
    let same = shop
        .provider
        .bodies()
        .iter()
        .filter(|body| *body == "Yes")
        .count();
    assert_eq!(same, 3);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_try_before_is_not_taken_for_the_one_in_doubt(pool: PgPool) {
    let (shop, ana) = open(&pool).await;
    let message = shop.write(&ana, "Hello").await;
    shop.send_all().await;
    let sid = format!("SM{:032x}", 1).parse().unwrap();
    shop.services
        .message_status(
            shop.owner.account,
            None,
            &sid,
            MessageStatus::Undelivered,
            None,
        )
        .await
        .unwrap();
    let retry = Intent::RetryMessage { message };
    assert_eq!(shop.push(retry).await, Status::Applied);
    shop.provider.next([Manner::Cut { takes: false }]);
    shop.send_all().await;
    shop.pass(LEASE);
    shop.send_all().await;
    assert_eq!(shop.provider.bodies(), ["Hello", "Hello"]);
    let row = shop.row(message).await;
    assert_eq!(row.provider_id, Some(format!("SM{:032x}", 2)));
    assert_eq!((row.delivery, row.trouble), (Delivery::Sent, None));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_stop_that_comes_meanwhile_holds_back_the_second_try(pool: PgPool) {
    let (shop, ana) = open(&pool).await;
    let message = lose(&shop, &ana, "Hello", Manner::Cut { takes: false }).await;
    shop.stop(&ana).await;
    shop.pass(LEASE);
    shop.send_all().await;
    let blocked = (Delivery::Blocked, Some(SendTrouble::Unsubscribed));
    assert_eq!(shop.state(message).await, blocked);
    assert_eq!(shop.provider.bodies(), [""; 0]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_provider_that_cannot_say_is_asked_again_later(pool: PgPool) {
    let (shop, ana) = open(&pool).await;
    let message = lose(&shop, &ana, "Hello", Manner::Cut { takes: true }).await;
    shop.provider.break_lists(2);
    for pause in [45, 45, 90] {
        assert_eq!(shop.send().await, Worked::Idle { again_in: None });
        assert_eq!(shop.state(message).await, IN_DOUBT);
        shop.pass(TimeDelta::seconds(pause));
        assert_eq!(shop.send().await, Worked::Done);
    }
    assert_eq!(shop.state(message).await, (Delivery::Sent, None));
    assert_eq!(shop.provider.lists(), 3);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn after_a_day_a_person_decides(pool: PgPool) {
    let (shop, ana) = open(&pool).await;
    let message = lose(&shop, &ana, "Hello", Manner::Cut { takes: true }).await;
    shop.provider.break_lists(2);
    shop.pass(TimeDelta::hours(23));
    shop.send_all().await;
    assert_eq!(shop.state(message).await, IN_DOUBT);
    shop.pass(TimeDelta::hours(1));
    shop.send_all().await;
    let unknown = (Delivery::Unknown, Some(SendTrouble::NoAnswer));
    assert_eq!(shop.state(message).await, unknown);
    assert_eq!(shop.provider.asked(), 1);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn another_provider_is_not_asked(pool: PgPool) {
    let (shop, ana) = open(&pool).await;
    let message = lose(&shop, &ana, "Hello", Manner::Cut { takes: true }).await;
    shop.carry_by(Carrier::Simulator);
    shop.pass(LEASE);
    shop.send_all().await;
    let unknown = (Delivery::Unknown, Some(SendTrouble::ProviderChanged));
    assert_eq!(shop.state(message).await, unknown);
    assert_eq!(shop.provider.lists(), 0);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_was_never_handed_to_anybody_goes_through_the_simulator(pool: PgPool) {
    let (shop, ana) = open(&pool).await;
    let message = shop.write(&ana, "Hello").await;
    shop.alter(
        message,
        "delivery = 'sending', next_try_at = null, handed_at = at, tries = 1",
    )
    .await;
    shop.carry_by(Carrier::Simulator);
    shop.send_all().await;
    assert_eq!(shop.state(message).await, (Delivery::Delivered, None));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_unreachable_provider_is_no_doubt(pool: PgPool) {
    let (shop, ana) = open(&pool).await;
    shop.unplug();
    let message = shop.write(&ana, "Hello").await;
    shop.send_all().await;
    let waits = (Delivery::Queued, Some(SendTrouble::Unreachable));
    assert_eq!(shop.state(message).await, waits);
    shop.carry_by(Carrier::Twilio(carrier(&shop.provider.address, 100).into()));
    shop.pass(TimeDelta::seconds(45));
    shop.send_all().await;
    assert_eq!(shop.state(message).await, (Delivery::Sent, None));
    assert_eq!((shop.provider.asked(), shop.provider.lists()), (1, 0));
}
