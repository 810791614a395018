//! Deleting a customer erases their threads, and not what the law keeps.

use crate::{
    shop::Shop,
    talk::{ANA, written},
    traces::traces,
};
use domain::{consent::Status, ids::MessageId, mutation::Intent, slot::Field};
use service::Received;
use sqlx::PgPool;

const MARKER: &str = "Zzmarker";

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nothing_that_was_written_stays(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop
        .add_customer(&[(Field::FirstName, MARKER), (Field::CellPhone, ANA)])
        .await;
    let thread = shop.hear(ANA, "Zzmarker, take me off your list").await;
    shop.send(ANA, "Hello {first_name}").await;
    shop.apply(Intent::AddNote {
        note: MessageId::new(shop.id()),
        conversation: thread,
        text: "about Zzmarker".to_owned(),
    })
    .await;
    shop.deliver(written(ANA, "STOP", "SM1")).await;
    shop.try_send(ANA, "Zzmarker").await;
    assert_eq!(
        traces(&pool, &[MARKER, &ANA[2..]]).await,
        ["conversation", "customer", "message"],
        "the markers are planted"
    );
    shop.apply(Intent::DeleteCustomer {
        customer: ana,
        seen_rev: shop.customer(ana).await.rev,
    })
    .await;
    assert_eq!(
        traces(&pool, &[MARKER, &ANA[2..]]).await,
        Vec::<String>::new()
    );
    assert_eq!(shop.conversation(thread).await, None);
    let kept: (i64, i64, i64) = sqlx::query_as(
        "select (select count(*) from inbound_seen), (select count(*) from uncertain_wish), (select count(*) from consent_event)",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(kept, (2, 1, 1));
    // What is delivered late is known, and who was unsubscribed stays so.
    assert_eq!(
        shop.deliver(written(ANA, "STOP", "SM1")).await,
        Received::Seen
    );
    assert_eq!(shop.with_number(ANA).await.consent, Status::Unsubscribed);
    assert_eq!(shop.services.verify_ledgers().await.unwrap()[0].1.flaws, []);
}
