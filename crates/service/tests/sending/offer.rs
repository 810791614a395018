//! The first message to a number says how to unsubscribe.

use crate::shop::{Shop, phone, refuse};
use domain::conversation::{Delivery, Purpose, SendTrouble};
use service::Carrier;
use sqlx::PgPool;

const OFFER: &str = "Reply STOP to unsubscribe, HELP for help.";

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_first_message_carries_the_offer_and_no_other(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let first = shop.write(&phone(1), "Your car is ready").await;
    shop.write(&phone(1), "Until six").await;
    shop.send_all().await;
    let with_offer = format!("Your car is ready\n{OFFER}");
    assert_eq!(shop.provider.bodies(), [with_offer.as_str(), "Until six"]);
    assert_eq!(shop.row(first).await.text, with_offer);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_first_message_that_fails_leaves_the_offer_to_the_next(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.provider.next([refuse(400, 21602), refuse(429, 20429)]);
    let first = shop.write(&phone(1), "One").await;
    let second = shop.write(&phone(1), "Two").await;
    shop.send_all().await;
    let failed = (Delivery::Failed, Some(SendTrouble::Text));
    assert_eq!(shop.state(first).await, failed);
    // The next is tried twice, and has one offer.
    shop.pass(chrono::TimeDelta::minutes(1));
    shop.send_all().await;
    assert_eq!(shop.provider.bodies(), [format!("Two\n{OFFER}")]);
    assert_eq!(shop.row(second).await.tries, 2);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_answer_carries_none_and_is_not_counted_as_first(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.queue(&phone(1), "For help call us", Purpose::Answer)
        .await;
    shop.send_all().await;
    shop.write(&phone(1), "Hello").await;
    shop.send_all().await;
    assert_eq!(
        shop.provider.bodies(),
        ["For help call us".to_owned(), format!("Hello\n{OFFER}")]
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_longest_message_arrives_as_it_is(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.greeted_phone(1).await;
    let text = format!("{}🚗é\n&=%+", "x".repeat(1_600 - 8));
    let message = shop.write(&ana, &text).await;
    shop.send_all().await;
    assert_eq!(shop.provider.bodies(), [text]);
    let row = shop.row(message).await;
    assert_eq!((row.delivery, row.segments), (Delivery::Sent, 24));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_first_message_without_room_for_the_offer_is_not_sent(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let text = "x".repeat(1_600);
    let message = shop.write(&phone(1), &text).await;
    shop.send_all().await;
    let failed = (Delivery::Failed, Some(SendTrouble::Text));
    assert_eq!(shop.state(message).await, failed);
    assert_eq!(shop.row(message).await.text, text);
    assert_eq!(shop.provider.asked(), 0);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn on_the_simulator_messages_arrive_at_once(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.carry_by(Carrier::Simulator);
    let first = shop.write(&phone(1), "One").await;
    let second = shop.write(&phone(1), "Two").await;
    let other = shop.write(&phone(2), "Other").await;
    shop.stop(&phone(2)).await;
    shop.send_all().await;
    for (message, text) in [(first, format!("One\n{OFFER}")), (second, "Two".to_owned())] {
        let row = shop.row(message).await;
        assert_eq!((row.delivery, row.text), (Delivery::Delivered, text));
    }
    let blocked = (Delivery::Blocked, Some(SendTrouble::Unsubscribed));
    assert_eq!(shop.state(other).await, blocked);
    assert_eq!(shop.provider.asked(), 0);
}
