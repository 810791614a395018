//! What the provider refuses, and what passes by itself.

use crate::{
    shop::{Shop, refuse},
    twilio::Manner,
};
use chrono::TimeDelta;
use domain::conversation::{Delivery, SendTrouble};
use service::Worked;
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_provider_that_is_away_for_hours_gets_everything_when_it_is_back(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.greeted_phone(1).await;
    let message = shop.write(&ana, "Hello").await;
    shop.unplug();
    let (start, mut pauses) = (shop.now(), Vec::new());
    while shop.now() < start + TimeDelta::hours(3) {
        assert_eq!(shop.send().await, Worked::Done);
        let row = shop.row(message).await;
        assert_eq!(row.trouble, Some(SendTrouble::Unreachable));
        let pause = row.next_try_at.unwrap() - shop.now();
        pauses.push(pause);
        shop.pass(pause);
    }
    assert!(pauses.is_sorted() || pauses[4..].len() > 1, "{pauses:?}");
    assert!(pauses[..5].is_sorted(), "{pauses:?}");
    shop.at_rate(100);
    shop.send_all().await;
    assert_eq!(shop.state(message).await, (Delivery::Sent, None));
    assert_eq!(shop.provider.bodies(), ["Hello"]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn after_the_last_try_it_is_over(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.greeted_phone(1).await;
    let message = shop.write(&ana, "Hello").await;
    shop.unplug();
    for _ in 0..8 {
        assert_eq!(shop.send().await, Worked::Done);
        shop.pass(TimeDelta::minutes(90));
    }
    let failed = (Delivery::Failed, Some(SendTrouble::Unreachable));
    assert_eq!(shop.state(message).await, failed);
    assert_eq!(shop.send().await, Worked::Idle { again_in: None });
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn who_is_asked_to_wait_sends_nothing_meanwhile(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (ana, bea) = (shop.greeted_phone(1).await, shop.greeted_phone(2).await);
    shop.provider.next([Manner::Refuse {
        status: 429,
        code: 20429,
        retry_after: Some(120),
    }]);
    let first = shop.write(&ana, "One").await;
    assert_eq!(shop.send().await, Worked::Done);
    let row = shop.row(first).await;
    assert!(row.next_try_at.unwrap() >= shop.now() + TimeDelta::seconds(120));
    shop.write(&bea, "Two").await;
    let Worked::Idle {
        again_in: Some(pause),
    } = shop.send().await
    else {
        panic!("another message went")
    };
    assert!(pause.as_secs() >= 119 && shop.provider.asked() == 1);
    shop.pass(TimeDelta::seconds(120));
    shop.send_all().await;
    assert_eq!(shop.provider.bodies(), ["Two"]);
    shop.pass(TimeDelta::seconds(60));
    shop.send_all().await;
    assert_eq!(shop.provider.bodies(), ["Two", "One"]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nothing_is_lost_while_the_shop_mends_its_settings(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.greeted_phone(1).await;
    let troubles = [
        (401, 20003, SendTrouble::Unauthorized),
        (400, 21606, SendTrouble::Sender),
        (400, 21608, SendTrouble::Trial),
    ];
    let message = shop.write(&ana, "Hello").await;
    for (status, code, trouble) in troubles {
        shop.provider.next([refuse(status, code)]);
        shop.send_all().await;
        let row = shop.row(message).await;
        assert_eq!(
            (row.delivery, row.trouble),
            (Delivery::Queued, Some(trouble))
        );
        assert_eq!(
            (row.next_try_at, row.tries),
            (Some(shop.now() + TimeDelta::minutes(5)), 0)
        );
        shop.pass(TimeDelta::minutes(5));
    }
    shop.send_all().await;
    assert_eq!(shop.state(message).await, (Delivery::Sent, None));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn settings_that_nobody_mends_fail_a_message_after_a_day(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.greeted_phone(1).await;
    let message = shop.write(&ana, "Hello").await;
    shop.provider.next([refuse(401, 20003), refuse(401, 20003)]);
    shop.send_all().await;
    shop.pass(TimeDelta::days(1));
    shop.send_all().await;
    let failed = (Delivery::Failed, Some(SendTrouble::Unauthorized));
    assert_eq!(shop.state(message).await, failed);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_refusal_of_one_message_is_final_and_says_why(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.greeted_phone(1).await;
    for (code, trouble) in [
        (21211, SendTrouble::InvalidNumber),
        (21614, SendTrouble::NotMobile),
        (21408, SendTrouble::Country),
        (29999, SendTrouble::Other(Some(29999))),
    ] {
        shop.provider.next([refuse(400, code)]);
        let message = shop.write(&ana, "Hello").await;
        shop.send_all().await;
        let failed = (Delivery::Failed, Some(trouble));
        assert_eq!(shop.state(message).await, failed);
    }
    assert_eq!(shop.provider.bodies(), [""; 0]);
}
