//! What nobody has seen.

use crate::{
    shop::{Shop, reasons},
    talk::{ANA, BEA},
};
use domain::{
    ids::{ConversationId, MessageId},
    mutation::{Intent, Reason, Status},
};
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn messages_are_read_up_to_the_one_that_was_seen(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut conversation = ConversationId::new(shop.id());
    for text in ["one", "two", "three"] {
        conversation = shop.hear(ANA, text).await;
    }
    let entries = shop.entries(conversation).await;
    let unread = async || shop.conversation(conversation).await.unwrap().unread;
    let seen = |up_to: MessageId| Intent::MarkRead {
        conversation,
        up_to,
    };
    assert_eq!(unread().await, 3);
    shop.apply(seen(entries[1].id)).await;
    assert_eq!(unread().await, 1);
    let earlier = shop.push(&shop.owner, seen(entries[0].id)).await;
    assert_eq!((earlier.status, unread().await), (Status::Noop, 1));
    shop.apply(seen(entries[2].id)).await;
    assert_eq!(unread().await, 0);
    shop.hear(ANA, "four").await;
    assert_eq!(unread().await, 1);
    shop.send(ANA, "Yes?").await;
    assert_eq!(unread().await, 0);
    let other = shop.hear(BEA, "Hello").await;
    let elsewhere = Intent::MarkRead {
        conversation: other,
        up_to: entries[2].id,
    };
    let refused = shop.push(&shop.owner, elsewhere).await;
    assert_eq!(reasons(&refused), [Reason::UnknownMessage]);
    let nowhere = Intent::MarkRead {
        conversation: ConversationId::new(shop.id()),
        up_to: entries[2].id,
    };
    let refused = shop.push(&shop.owner, nowhere).await;
    assert_eq!(reasons(&refused), [Reason::UnknownConversation]);
}
