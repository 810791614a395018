//! Messages as the provider delivers them.

use crate::{
    shop::Shop,
    talk::{ANA, written},
};
use chrono::Duration;
use domain::{
    consent::Status,
    conversation::{EntryKind, Media},
    keyword::Meaning,
    slot::Field,
};
use service::{Clock, Inbound, Received};
use sqlx::PgPool;
use store::consent;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_message_that_comes_ten_times_is_one_message(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for text in ["Hello", "STOP", "START", "HELP"] {
        let id = format!("SM{text}");
        let mut new = 0;
        for _ in 0..10 {
            let received = shop.deliver(written(ANA, text, &id)).await;
            new += u32::from(received != Received::Seen);
        }
        assert_eq!(new, 1, "{text}");
    }
    // At the same moment, from several servers.
    let deliveries = (0..10).map(|_| {
        let (services, account) = (shop.services.clone(), shop.owner.account);
        tokio::spawn(async move {
            let inbound = written(ANA, "once more", "SMsame");
            services.receive(account, inbound).await.unwrap()
        })
    });
    let mut new = 0;
    for delivery in deliveries.collect::<Vec<_>>() {
        new += u32::from(delivery.await.unwrap() != Received::Seen);
    }
    assert_eq!(new, 1);
    let said = shop.said(shop.with_number(ANA).await.id).await;
    let theirs = said.iter().filter(|text| text.starts_with('<')).count();
    assert_eq!((theirs, said.len()), (5, 8), "{said:?}");
    assert_eq!(shop.with_number(ANA).await.unread, 5);
    let ledgers = shop.services.verify_ledgers().await.unwrap();
    assert_eq!((ledgers[0].1.events, &ledgers[0].1.flaws[..]), (2, &[][..]));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn text_and_files_are_kept_as_they_came(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let long = format!("\0 é{}", "x".repeat(20_000));
    let inbound = Inbound {
        media: vec![
            ("https://example.com/1".to_owned(), "image/jpeg".to_owned()),
            ("https://example.com/2".to_owned(), "text/vcard".to_owned()),
        ],
        ..written(ANA, &long, "SM1")
    };
    shop.deliver(inbound).await;
    let entries = shop.entries(shop.with_number(ANA).await.id).await;
    let EntryKind::Inbound {
        text,
        media,
        meaning,
    } = &entries[0].kind
    else {
        panic!("{entries:?}")
    };
    assert!(text.starts_with(" éxx"));
    assert_eq!(text.chars().count(), 10_000);
    let types: Vec<_> = media
        .iter()
        .map(|Media { content_type }| content_type.as_str())
        .collect();
    assert_eq!(types, ["image/jpeg", "text/vcard"]);
    assert_eq!(*meaning, Meaning::Conversation);
    let kept: serde_json::Value = sqlx::query_scalar("select media from message")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(kept[1]["url"], "https://example.com/2");
    // A picture without a word.
    shop.deliver(written(ANA, "", "SM2")).await;
    assert_eq!(shop.with_number(ANA).await.unread, 2);
}

/// The ledger goes by arrival: in doubt the last word is the one that sends less.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn words_that_overtake_each_other_count_as_they_arrive(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for (order, expected) in [
        (["STOP", "START"], Status::Express),
        (["START", "STOP"], Status::Unsubscribed),
    ] {
        for text in order {
            shop.clock.advance(Duration::seconds(1));
            shop.hear(ANA, text).await;
        }
        assert_eq!(shop.with_number(ANA).await.consent, expected, "{order:?}");
    }
    // An old START that is delivered once more lifts nothing.
    shop.deliver(written(ANA, "START", "SMold")).await;
    shop.hear(ANA, "STOP").await;
    assert_eq!(
        shop.deliver(written(ANA, "START", "SMold")).await,
        Received::Seen
    );
    let thread = shop.with_number(ANA).await;
    assert_eq!(thread.consent, Status::Unsubscribed);
    let mut tx = store::Store::new(pool.clone())
        .read_moment(shop.owner.account)
        .await
        .unwrap();
    assert_eq!(consent::verify(&mut tx).await.unwrap().flaws, []);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn who_writes_is_active(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop
        .add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, ANA)])
        .await;
    let rev = shop.customer(ana).await.rev;
    shop.clock.advance(Duration::days(3));
    shop.hear(ANA, "Hello").await;
    let page = shop
        .services
        .customers(&shop.owner, domain::query::CustomerQuery::default())
        .await
        .unwrap();
    assert_eq!(page.rows[0].last_activity_at, shop.clock.now());
    assert!(
        shop.customer(ana).await.rev > rev,
        "who is about to delete the profile has not seen the message"
    );
}
