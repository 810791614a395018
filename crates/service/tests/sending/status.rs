//! What the provider says later of a message that it took.

use crate::{
    shop::{Shop, phone},
    twilio::Manner,
};
use ::twilio::{MessageSid, MessageStatus, Trouble};
use chrono::TimeDelta;
use domain::{
    conversation::{Delivery, SendTrouble},
    ids::MessageId,
    mutation::{Intent, Status},
};
use service::{StatusNews, Worked};
use sqlx::PgPool;

fn sid(n: u32) -> MessageSid {
    format!("SM{n:032x}").parse().unwrap()
}

async fn say(
    shop: &Shop,
    message: Option<MessageId>,
    n: u32,
    status: MessageStatus,
    trouble: Option<Trouble>,
) -> StatusNews {
    shop.services
        .message_status(shop.owner.account, message, &sid(n), status, trouble)
        .await
        .unwrap()
}

async fn sent(shop: &Shop) -> MessageId {
    let message = shop.write(&phone(1), "Hello").await;
    shop.send_all().await;
    message
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn words_come_often_and_in_any_order(pool: PgPool) {
    use MessageStatus::{Delivered, Failed, Queued, Read, Sending, Sent, Undelivered};
    let shop = Shop::open(&pool).await;
    let message = sent(&shop).await;
    for status in [Queued, Sent, Sending] {
        assert_eq!(
            say(&shop, Some(message), 1, status, None).await,
            StatusNews::Old
        );
    }
    assert_eq!(
        say(&shop, None, 1, Delivered, None).await,
        StatusNews::Noted
    );
    for _ in 0..10 {
        for status in [Delivered, Queued, Sent, Undelivered, Failed, Read] {
            assert_eq!(
                say(&shop, Some(message), 1, status, None).await,
                StatusNews::Old
            );
            assert_eq!(shop.state(message).await, (Delivery::Delivered, None));
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_did_not_arrive_says_why_and_stays_so(pool: PgPool) {
    use MessageStatus::{Failed, Sent, Undelivered};
    let shop = Shop::open(&pool).await;
    for (n, (status, delivery)) in [
        (Undelivered, Delivery::Undelivered),
        (Failed, Delivery::Failed),
    ]
    .into_iter()
    .enumerate()
    {
        let message = sent(&shop).await;
        let n = u32::try_from(n).unwrap() + 1;
        let trouble = Some(Trouble::OutOfReach);
        assert_eq!(
            say(&shop, None, n, status, trouble).await,
            StatusNews::Noted
        );
        say(&shop, None, n, Sent, None).await;
        let expected = (delivery, Some(SendTrouble::OutOfReach));
        assert_eq!(shop.state(message).await, expected);
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn of_an_id_that_is_not_known_nothing_is_noted(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let message = sent(&shop).await;
    let (delivered, other) = (MessageStatus::Delivered, MessageId::new(shop.id()));
    for about in [None, Some(other), Some(message)] {
        assert_eq!(
            say(&shop, about, 9, delivered, None).await,
            StatusNews::NotOurs
        );
    }
    assert_eq!(shop.state(message).await, (Delivery::Sent, None));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_answer_that_was_lost_comes_by_the_callback(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.provider.next([Manner::Cut { takes: true }]);
    let message = sent(&shop).await;
    assert_eq!(shop.state(message).await.0, Delivery::Sending);
    let news = say(&shop, Some(message), 1, MessageStatus::Queued, None).await;
    assert_eq!(news, StatusNews::Noted);
    let row = shop.row(message).await;
    assert_eq!((row.delivery, row.trouble), (Delivery::Sent, None));
    assert_eq!(row.provider_id, Some(sid(1).to_string()));
    shop.pass(TimeDelta::minutes(1));
    assert_eq!(shop.send().await, Worked::Idle { again_in: None });
    assert_eq!(shop.provider.lists(), 0);
    // It was the first, with the offer: the next has none.
    shop.write(&phone(1), "Until six").await;
    shop.send_all().await;
    assert_eq!(shop.provider.bodies()[1], "Until six");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_is_said_of_a_try_before_does_not_touch_the_next(pool: PgPool) {
    use MessageStatus::{Delivered, Undelivered};
    let shop = Shop::open(&pool).await;
    let message = sent(&shop).await;
    say(&shop, None, 1, Undelivered, None).await;
    let retry = Intent::RetryMessage { message };
    assert_eq!(shop.push(retry).await, Status::Applied);
    assert_eq!(
        say(&shop, Some(message), 1, Undelivered, None).await,
        StatusNews::Old
    );
    let gate = shop.provider.hold_next(Manner::Take);
    let services = shop.services.clone();
    let sending = tokio::spawn(async move { services.send_next_message().await });
    gate.arrived().await;
    assert_eq!(
        say(&shop, Some(message), 1, Undelivered, None).await,
        StatusNews::Old
    );
    assert_eq!(shop.row(message).await.delivery, Delivery::Sending);
    gate.open();
    sending.await.unwrap().unwrap();
    assert_eq!(
        say(&shop, Some(message), 1, Undelivered, None).await,
        StatusNews::NotOurs
    );
    assert_eq!(
        say(&shop, Some(message), 2, Delivered, None).await,
        StatusNews::Noted
    );
    assert_eq!(shop.state(message).await, (Delivery::Delivered, None));
    assert_eq!(shop.provider.taken().len(), 2);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_stop_that_the_provider_tells_of_later_reaches_the_ledger_once(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let message = sent(&shop).await;
    let stop = Some(Trouble::Unsubscribed);
    for n in 0..10 {
        let news = say(&shop, Some(message), 1, MessageStatus::Failed, stop).await;
        assert_eq!(
            news,
            if n == 0 {
                StatusNews::Noted
            } else {
                StatusNews::Old
            }
        );
    }
    let blocked = (Delivery::Blocked, Some(SendTrouble::UnsubscribedAtProvider));
    assert_eq!(shop.state(message).await, blocked);
    assert_eq!(shop.ledger().await, ["refusal"]);
    // The customer's START is later than the word about this message.
    shop.start(&phone(1)).await;
    say(&shop, Some(message), 1, MessageStatus::Failed, stop).await;
    assert_eq!(shop.ledger().await, ["refusal", "message"]);
    shop.assert_ledger().await;
}
