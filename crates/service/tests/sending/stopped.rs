//! Who is not written to.

use crate::shop::{Shop, phone, refuse};
use chrono::TimeDelta;
use domain::{
    consent::{ContactPoint, Status},
    conversation::{Delivery, Purpose, SendTrouble},
    mutation::{Change, Intent},
    phone::E164,
    slot::{Field, Slot},
    value::Value,
};
use sqlx::PgPool;
use store::consent;

const BLOCKED: (Delivery, Option<SendTrouble>) =
    (Delivery::Blocked, Some(SendTrouble::Unsubscribed));

async fn status(shop: &Shop, phone: &E164) -> Option<Status> {
    let mut tx = shop.store.read(shop.owner.account).await.unwrap();
    let key = consent::key(&mut tx).await.unwrap();
    let contact = key.contact(&ContactPoint::sms(phone.clone()));
    let states = consent::states(&mut tx, &[&contact]).await.unwrap();
    states.get(&contact).map(|state| state.status)
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_stop_that_comes_while_a_message_is_queued_blocks_it(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let message = shop.write(&phone(1), "Hello").await;
    shop.stop(&phone(1)).await;
    shop.send_all().await;
    assert_eq!(shop.state(message).await, BLOCKED);
    assert_eq!(shop.provider.asked(), 0);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_answer_to_a_stop_goes_to_who_is_unsubscribed(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let before = shop.write(&phone(1), "Hello").await;
    shop.stop(&phone(1)).await;
    shop.queue(&phone(1), "You are unsubscribed", Purpose::Answer)
        .await;
    shop.send_all().await;
    assert_eq!(shop.provider.bodies(), ["You are unsubscribed"]);
    assert_eq!(shop.state(before).await, BLOCKED);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_wish_of_a_person_holds_for_a_number_that_they_had(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let customer = shop.customer(&phone(1)).await;
    let message = shop.write(&phone(1), "Hello").await;
    let value = |n| Some(Value::Text(phone(n).to_string()));
    shop.push(Intent::SetCustomerFields {
        customer,
        changes: vec![Change {
            slot: Slot::Field(Field::CellPhone),
            from: value(1),
            to: value(2),
        }],
    })
    .await;
    shop.unsubscribe(customer).await;
    assert_eq!(status(&shop, &phone(1)).await, None, "it is theirs no more");
    shop.send_all().await;
    assert_eq!(shop.state(message).await, BLOCKED);
    assert_eq!(shop.provider.asked(), 0);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn who_said_start_is_written_to_again(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.greeted_phone(1).await;
    shop.customer(&ana).await;
    shop.stop(&ana).await;
    let blocked = shop.write(&ana, "One").await;
    shop.send_all().await;
    shop.start(&ana).await;
    shop.write(&ana, "Two").await;
    shop.send_all().await;
    assert_eq!(shop.state(blocked).await, BLOCKED);
    assert_eq!(shop.provider.bodies(), ["Two"]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn marketing_needs_consent_that_has_not_lapsed(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (ana, bea) = (shop.greeted_phone(1).await, shop.greeted_phone(2).await);
    shop.customer(&ana).await;
    shop.customer(&bea).await;
    shop.start(&bea).await;
    shop.pass(TimeDelta::days(731));
    let lapsed = shop.queue(&ana, "Sale", Purpose::Marketing).await;
    let express = shop.queue(&bea, "Sale", Purpose::Marketing).await;
    let service = shop.write(&ana, "Your car is ready").await;
    shop.send_all().await;
    let expected = (Delivery::Blocked, Some(SendTrouble::ConsentLapsed));
    assert_eq!(shop.state(lapsed).await, expected);
    for message in [express, service] {
        assert_eq!(shop.state(message).await, (Delivery::Sent, None));
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_undecided_wish_stops_marketing_alone(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.greeted_phone(1).await;
    shop.customer(&ana).await;
    let marketing = shop.queue(&ana, "Sale", Purpose::Marketing).await;
    let service = shop.write(&ana, "Your car is ready").await;
    shop.doubt(&ana).await;
    shop.send_all().await;
    let expected = (Delivery::Blocked, Some(SendTrouble::WishUndecided));
    assert_eq!(shop.state(marketing).await, expected);
    assert_eq!(shop.state(service).await, (Delivery::Sent, None));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_stop_that_only_the_provider_knows_reaches_the_ledger(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.customer(&phone(1)).await;
    shop.provider.next([refuse(400, 21610)]);
    let first = shop.write(&phone(1), "One").await;
    let second = shop.write(&phone(1), "Two").await;
    shop.send_all().await;
    let at_provider = (Delivery::Blocked, Some(SendTrouble::UnsubscribedAtProvider));
    assert_eq!(shop.state(first).await, at_provider);
    assert_eq!(shop.state(second).await, BLOCKED);
    assert_eq!(shop.provider.asked(), 1);
    assert_eq!(shop.ledger().await, ["refusal"]);
    assert_eq!(status(&shop, &phone(1)).await, Some(Status::Unsubscribed));
    shop.assert_ledger().await;
}
