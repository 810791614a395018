//! A wish to stop and a message that is being handed over: one waits for the other.

use crate::{
    shop::{Shop, phone},
    twilio::Manner,
};
use domain::{
    consent::{ContactKey, ContactPoint, NewEvent, Screen, Source},
    conversation::{Delivery, Purpose, SendTrouble},
    phone::E164,
};
use service::Worked;
use sqlx::PgPool;
use std::sync::{Arc, Mutex};
use store::consent::{self, fence};

/// Until somebody waits for a fence that is open.
async fn until_a_fence_is_waited_for(pool: &PgPool) {
    loop {
        let waits: bool = sqlx::query_scalar(
            "select exists (select from pg_locks where locktype = 'advisory' and not granted
                 and database = (select oid from pg_database where datname = current_database()))",
        )
        .fetch_one(pool)
        .await
        .unwrap();
        if waits {
            return;
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_wish_waits_for_the_message_that_is_being_handed_over(pool: PgPool) {
    let shop = Arc::new(Shop::open(&pool).await);
    let customer = shop.customer(&phone(1)).await;
    let first = shop.write(&phone(1), "One").await;
    let second = shop.write(&phone(1), "Two").await;
    let log = Arc::new(Mutex::new(Vec::new()));
    shop.provider.log_to(&log);
    let gate = shop.provider.hold_next(Manner::Take);
    let services = shop.services.clone();
    let sending = tokio::spawn(async move { services.send_next_message().await });
    gate.arrived().await;
    let stopping = {
        let (shop, log) = (Arc::clone(&shop), Arc::clone(&log));
        tokio::spawn(async move {
            shop.unsubscribe(customer).await;
            log.lock().unwrap().push("stopped");
        })
    };
    until_a_fence_is_waited_for(&pool).await;
    gate.open();
    stopping.await.unwrap();
    sending.await.unwrap().unwrap();
    assert_eq!(*log.lock().unwrap(), ["taken", "stopped"]);
    shop.send_all().await;
    assert_eq!(shop.state(first).await.0, Delivery::Sent);
    let blocked = (Delivery::Blocked, Some(SendTrouble::Unsubscribed));
    assert_eq!(shop.state(second).await, blocked);
    assert_eq!(shop.provider.asked(), 1);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_wish_about_another_number_waits_for_nobody(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.write(&phone(1), "One").await;
    let gate = shop.provider.hold_next(Manner::Take);
    let services = shop.services.clone();
    let sending = tokio::spawn(async move { services.send_next_message().await });
    gate.arrived().await;
    shop.stop(&phone(2)).await;
    gate.open();
    assert_eq!(sending.await.unwrap().unwrap(), Worked::Done);
}

async fn contact(shop: &Shop, phone: &E164) -> ContactKey {
    let mut tx = shop.store.read(shop.owner.account).await.unwrap();
    let key = consent::key(&mut tx).await.unwrap();
    key.contact(&ContactPoint::sms(phone.clone()))
}

/// Whether a message may be handed over to this number at the moment.
async fn opens(shop: &Shop, phone: &E164) -> bool {
    let contact = contact(shop, phone).await;
    let mut tx = shop.store.stage(shop.owner.account).await.unwrap();
    fence::open(&mut tx, &contact).await.unwrap()
}

fn opt_outs(shop: &Shop, numbers: std::ops::Range<u32>) -> Vec<NewEvent> {
    let source = Source::Staff {
        person: shop.owner.person,
        screen: Screen::List,
    };
    numbers
        .map(|n| NewEvent::opt_out(ContactPoint::sms(phone(n)), source.clone(), shop.now()))
        .collect()
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nothing_is_handed_over_while_a_wish_is_being_written_down(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut tx = shop.store.write(shop.owner.account).await.unwrap();
    consent::record(&mut tx, opt_outs(&shop, 1..2), shop.now())
        .await
        .unwrap();
    assert!(!opens(&shop, &phone(1)).await);
    assert!(opens(&shop, &phone(2)).await);
    tx.commit().await.unwrap();
    assert!(opens(&shop, &phone(1)).await);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_long_list_of_wishes_closes_all_fences_of_the_account(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut tx = shop.store.write(shop.owner.account).await.unwrap();
    consent::record(&mut tx, opt_outs(&shop, 1..1_002), shop.now())
        .await
        .unwrap();
    assert!(!opens(&shop, &phone(5_000)).await);
    tx.commit().await.unwrap();
    assert!(opens(&shop, &phone(5_000)).await);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_wish_of_a_person_closes_the_fence_of_a_number_that_they_had(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let customer = shop.customer(&phone(1)).await;
    shop.queue(&phone(1), "Hello", Purpose::Service).await;
    let mut tx = shop.store.write(shop.owner.account).await.unwrap();
    consent::ask(
        &mut tx,
        &[customer],
        &std::collections::BTreeSet::new(),
        shop.now(),
    )
    .await
    .unwrap();
    assert!(!opens(&shop, &phone(1)).await);
    drop(tx);
}
