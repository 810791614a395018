//! Two accounts, and the same number in both.

use crate::{
    shop::{Shop, reasons},
    talk::{ANA, send, written},
};
use domain::{
    account::Country,
    consent::Status,
    conversation::ConversationFilter,
    ids::MessageId,
    mutation::{Intent, Reason},
};
use service::Received;
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn accounts_do_not_hear_each_other(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let thread = shop.hear(ANA, "Bonjour Garage").await;
    shop.deliver(written(ANA, "STOP", "SMsame")).await;
    let other = shop
        .services
        .create_account(
            &shop.owner,
            "Clinic".to_owned(),
            Country::CANADA,
            "America/Toronto".to_owned(),
        )
        .await
        .unwrap();
    let mut caller = shop.owner.clone();
    caller.account = other;
    assert_eq!(
        shop.services.conversation(&caller, thread).await.unwrap(),
        None
    );
    let entries = shop.services.thread(&caller, thread, None).await.unwrap();
    assert!(entries.entries.is_empty());
    for filter in ConversationFilter::ALL {
        let query = domain::conversation::ConversationQuery {
            filter: *filter,
            text: "bonjour".to_owned(),
            after: None,
            limit: 10,
        };
        let page = shop.services.conversations(&caller, query).await.unwrap();
        assert!(page.rows.is_empty());
    }
    let here = shop
        .services
        .conversation_with_number(&caller, ANA)
        .await
        .unwrap();
    assert_eq!((here.exists, here.consent), (false, Status::Implied));
    // Ids of messages are the provider's: each account has its own.
    let received = shop
        .services
        .receive(other, written(ANA, "Hello", "SMsame"))
        .await
        .unwrap();
    assert!(matches!(received, Received::New { conversation } if conversation != thread));
    let outcome = shop
        .push(
            &caller,
            Intent::CloseConversation {
                conversation: thread,
                closed: true,
            },
        )
        .await;
    assert_eq!(reasons(&outcome), [Reason::UnknownConversation]);
    let message = MessageId::new(shop.id());
    let outcome = shop.push(&caller, send(message, thread, ANA, "Hi")).await;
    assert_eq!(
        reasons(&outcome),
        [],
        "they may write to the number, in their own thread"
    );
    assert_eq!(shop.said(thread).await.len(), 3);
}
