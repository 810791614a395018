//! Wishes to stop that are not certain.

use crate::{
    shop::{Shop, reasons},
    talk::{ANA, BEA},
};
use chrono::{Duration, NaiveDate};
use domain::{
    consent::Status,
    conversation::{UncertainWish, WishReason, ten_business_days_after},
    ids::MessageId,
    mutation::{Intent, Reason, Status as Answered},
    slot::Field,
};
use service::Clock;
use sqlx::PgPool;

const WISH: &str = "please take me off your list";

async fn open(shop: &Shop) -> Vec<UncertainWish> {
    wishes(shop, false).await
}

async fn wishes(shop: &Shop, settled: bool) -> Vec<UncertainWish> {
    shop.services
        .uncertain_wishes(&shop.owner, settled, None)
        .await
        .unwrap()
        .rows
}

/// The day in the shop's own time zone.
fn today(shop: &Shop) -> NaiveDate {
    // The clock begins at 04:53 in Toronto, in summer time.
    (shop.clock.now() - Duration::hours(4)).date_naive()
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_wish_waits_for_a_decision_with_its_day(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, ANA)])
        .await;
    // Late in the evening of Toronto it is tomorrow elsewhere.
    shop.clock.advance(Duration::hours(18));
    let due_on = ten_business_days_after(today(&shop));
    assert_ne!(today(&shop), shop.clock.now().date_naive());
    let thread = shop.hear(ANA, WISH).await;
    let found = open(&shop).await;
    assert_eq!(found.len(), 1);
    let wish = &found[0];
    assert_eq!(wish.conversation, thread);
    assert_eq!(
        (wish.contact.name.as_str(), wish.text.as_str()),
        ("Ana", WISH)
    );
    assert_eq!(wish.reason, WishReason::OffTheList);
    assert_eq!((wish.due_on, wish.heard_at), (due_on, shop.clock.now()));
    assert_eq!(wish.settled, None);
    assert_eq!(
        shop.conversation(thread).await.unwrap().wish.as_ref(),
        Some(wish)
    );
    let counts = shop
        .services
        .conversation_counts(&shop.owner)
        .await
        .unwrap();
    assert_eq!(counts.wishes, 1);
    assert_eq!(shop.said(thread).await.len(), 1, "nothing is answered");
    // Said again, it is one wish, and its day stays.
    shop.clock.advance(Duration::days(2));
    shop.hear(ANA, "remove me from your list").await;
    assert_eq!(open(&shop).await.len(), 1);
    assert_eq!(open(&shop).await[0].due_on, due_on);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_wish_that_was_one_stops_number_and_person(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop
        .add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, ANA)])
        .await;
    shop.hear(ANA, WISH).await;
    let wish = open(&shop).await[0].id;
    let settle = |stop| Intent::SettleWish { wish, stop };
    shop.apply(settle(true)).await;
    assert_eq!(open(&shop).await, []);
    let thread = shop.with_number(ANA).await;
    assert_eq!((thread.consent, thread.wish), (Status::Unsubscribed, None));
    let consent = shop
        .services
        .customer_consent(&shop.owner, ana)
        .await
        .unwrap()
        .unwrap();
    assert!(consent.unsubscribed.is_some());
    let settled = wishes(&shop, true).await.remove(0).settled.unwrap();
    assert_eq!(
        (settled.stopped, settled.by.as_deref()),
        (true, Some("Dominique Bélanger"))
    );
    assert_eq!(
        shop.push(&shop.owner, settle(true)).await.status,
        Answered::Noop
    );
    let late = shop.push(&shop.owner, settle(false)).await;
    assert_eq!(reasons(&late), [Reason::AlreadySettled]);
    let none = Intent::SettleWish {
        wish: MessageId::new(shop.id()),
        stop: true,
    };
    assert_eq!(
        reasons(&shop.push(&shop.owner, none).await),
        [Reason::UnknownMessage]
    );
    assert_eq!(shop.services.verify_ledgers().await.unwrap()[0].1.flaws, []);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_wish_that_was_none_leaves_everything_and_may_come_again(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.hear(ANA, WISH).await;
    let wish = open(&shop).await[0].id;
    shop.apply(Intent::SettleWish { wish, stop: false }).await;
    assert_eq!(shop.with_number(ANA).await.consent, Status::Implied);
    shop.hear(ANA, WISH).await;
    assert_eq!(open(&shop).await.len(), 1);
    assert_eq!(wishes(&shop, true).await.len(), 1);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_stop_decides_and_an_unsubscription_by_the_staff_does_not(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.hear(ANA, WISH).await;
    shop.hear(BEA, WISH).await;
    shop.hear(ANA, "STOP").await;
    let settled = wishes(&shop, true).await.remove(0).settled.unwrap();
    assert_eq!((settled.stopped, settled.by), (true, None));
    let bea = shop.add_customer(&[(Field::CellPhone, BEA)]).await;
    shop.apply(Intent::UnsubscribeCustomer {
        customer: bea,
        phones: vec![],
        screen: domain::consent::Screen::Profile,
        occurred_at: shop.clock.now(),
    })
    .await;
    let left = open(&shop).await;
    assert_eq!(left.len(), 1);
    assert!(left[0].contact.unsubscribed);
    // Who gets nothing anyway wishes nothing new.
    shop.hear(ANA, WISH).await;
    assert_eq!(open(&shop).await.len(), 1);
}

/// The day that the law counts from does not move because a profile was deleted.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn of_a_deleted_customer_the_wish_holds_and_its_day_too(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop
        .add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, ANA)])
        .await;
    shop.hear(ANA, WISH).await;
    let first = open(&shop).await.remove(0);
    shop.apply(Intent::DeleteCustomer {
        customer: ana,
        seen_rev: shop.customer(ana).await.rev,
    })
    .await;
    assert_eq!(open(&shop).await, [], "nothing of it can be shown");
    let gone = Intent::SettleWish {
        wish: first.id,
        stop: true,
    };
    assert_eq!(
        reasons(&shop.push(&shop.owner, gone).await),
        [Reason::UnknownMessage]
    );
    shop.clock.advance(Duration::days(5));
    shop.hear(ANA, WISH).await;
    let again = open(&shop).await.remove(0);
    assert_eq!(again.due_on, first.due_on);
    shop.apply(Intent::SettleWish {
        wish: again.id,
        stop: false,
    })
    .await;
    let undecided: i64 =
        sqlx::query_scalar("select count(*) from uncertain_wish where settled_at is null")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(undecided, 0);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_review_list_comes_in_pages_by_its_days(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for number in 0..60 {
        if number % 20 == 0 {
            shop.clock.advance(Duration::days(1));
        }
        shop.hear(&format!("+141855510{number:02}"), WISH).await;
    }
    for settled in [false, true] {
        let (mut read, mut after) = (Vec::new(), None);
        loop {
            let page = shop
                .services
                .uncertain_wishes(&shop.owner, settled, after)
                .await
                .unwrap();
            read.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(read.len(), 60);
        if settled {
            break;
        }
        assert!(read.is_sorted_by_key(|wish| wish.due_on));
        let ids = read.iter().map(|wish| wish.id);
        let intents: Vec<_> = ids
            .map(|wish| shop.mutation(Intent::SettleWish { wish, stop: false }))
            .collect();
        shop.push_all(&shop.owner, intents).await;
    }
}
