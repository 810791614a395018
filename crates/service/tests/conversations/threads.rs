//! Which thread a number has, and whose it is.

use crate::{
    shop::{Shop, change, create, set},
    talk::{ANA, BEA},
};
use chrono::Duration;
use domain::{
    consent::Status,
    conversation::EntryKind,
    error::Invalid,
    ids::{ConversationId, CustomerId},
    keyword::Language,
    slot::Field,
};
use service::{InvalidInput, ServiceError};
use sqlx::PgPool;
use std::collections::BTreeSet;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_thread_with_a_customer_is_there_before_it_has_begun(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop
        .add_customer(&[
            (Field::FirstName, "Ana"),
            (Field::CellPhone, ANA),
            (Field::Language, "fr"),
        ])
        .await;
    let with = async |id| {
        shop.services
            .conversation_with_customer(&shop.owner, id)
            .await
            .unwrap()
    };
    let thread = with(ana).await.unwrap();
    assert!(!thread.exists);
    assert_eq!(thread.contact.customer, Some(ana));
    assert_eq!(thread.contact.name, "Ana");
    assert_eq!(thread.contact.phone_shown, "(418) 555-0001");
    assert_eq!(thread.offer, Some(Language::French));
    assert_eq!(
        (thread.consent, thread.contact.unsubscribed),
        (Status::Implied, false)
    );
    assert_eq!(shop.conversation(thread.id).await, None);

    shop.send(ANA, "Bonjour").await;
    let begun = with(ana).await.unwrap();
    assert!(begun.exists);
    assert_eq!(shop.conversation(begun.id).await.unwrap().id, begun.id);
    assert!(begun.rev > thread.rev);

    let bea = shop.add_customer(&[(Field::FirstName, "Bea")]).await;
    assert_eq!(with(bea).await, None, "no cell phone");
    assert_eq!(with(CustomerId::new(shop.id())).await, None);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_number_is_read_in_any_usual_spelling(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let thread = shop.with_number("418 555-0001").await;
    assert_eq!(thread.contact.phone.as_str(), ANA);
    assert_eq!(thread.contact.name, "");
    assert_eq!(thread.offer, Some(Language::English));
    let id = shop.hear(ANA, "Hello").await;
    assert_eq!(shop.with_number("(418) 555.0001").await.id, id);
    for wrong in ["", "418", "Ana", "418 555-0001 ext. 7"] {
        let refused = shop
            .services
            .conversation_with_number(&shop.owner, wrong)
            .await;
        assert!(
            matches!(
                refused,
                Err(ServiceError::Invalid(InvalidInput::Text(
                    Invalid::NotAPhone
                )))
            ),
            "{wrong}"
        );
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn whoever_gets_the_number_gets_the_thread(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let thread = shop.hear(ANA, "Hello, who is this?").await;
    let customer = async || shop.conversation(thread).await.unwrap().contact.customer;
    assert_eq!(customer().await, None);
    // Somebody presses "add customer".
    let ana = CustomerId::new(shop.id());
    shop.apply(create(
        ana,
        &[(Field::FirstName, "Ana"), (Field::CellPhone, ANA)],
    ))
    .await;
    assert_eq!(customer().await, Some(ana));
    // Ana moves on; what she wrote stays hers until somebody else has the number.
    shop.apply(set(ana, vec![change(Field::CellPhone, ANA, BEA)]))
        .await;
    assert_eq!(customer().await, Some(ana));
    assert_eq!(shop.hear(ANA, "Still me").await, thread);
    let second = shop.hear(BEA, "And here").await;
    assert_ne!(second, thread);
    let of_ana = shop
        .services
        .conversations_of_customer(&shop.owner, ana)
        .await
        .unwrap();
    // Both of one moment: which comes first is chance.
    assert_eq!(
        of_ana.iter().map(|row| row.id).collect::<BTreeSet<_>>(),
        BTreeSet::from([second, thread])
    );
    let bea = shop.add_customer(&[(Field::FirstName, "Bea")]).await;
    shop.apply(set(bea, vec![change(Field::CellPhone, "", ANA)]))
        .await;
    assert_eq!(customer().await, Some(bea));
    assert_eq!(
        shop.said(thread).await,
        ["< Hello, who is this?", "< Still me"]
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_other_phone_names_its_customer_when_nobody_else_has_it(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.add_customer(&[(Field::FirstName, "Ana")]).await;
    let other = |number: &str| domain::mutation::Change {
        slot: domain::slot::Slot::Field(Field::OtherPhones),
        from: None,
        to: domain::value::Value::texts([number]),
    };
    shop.apply(set(ana, vec![other(ANA)])).await;
    let first = shop.hear(ANA, "Hello").await;
    assert_eq!(
        shop.conversation(first).await.unwrap().contact.customer,
        Some(ana)
    );
    let unknown = shop.hear(BEA, "Hello").await;
    assert_eq!(
        shop.conversation(unknown).await.unwrap().contact.customer,
        None
    );
    let bea = shop.add_customer(&[(Field::FirstName, "Bea")]).await;
    shop.apply(set(bea, vec![other(BEA)])).await;
    assert_eq!(
        shop.conversation(unknown).await.unwrap().contact.customer,
        Some(bea),
        "a message would go to her"
    );
    shop.hear(BEA, "Hello again").await;
    assert_eq!(
        shop.conversation(unknown).await.unwrap().contact.customer,
        Some(bea)
    );
    // Of two who share a number nobody knows who writes.
    let shared = "+14185550003";
    for name in ["Cleo", "Dan"] {
        let id = shop.add_customer(&[(Field::FirstName, name)]).await;
        shop.apply(set(id, vec![other(shared)])).await;
    }
    let thread = shop.hear(shared, "Hello").await;
    assert_eq!(
        shop.conversation(thread).await.unwrap().contact.customer,
        None
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_thread_is_read_backwards_page_by_page_in_the_order_of_arrival(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut expected = Vec::new();
    let mut thread = ConversationId::new(shop.id());
    for number in 0..120 {
        if number % 3 == 0 {
            // Clocks stand still and run backwards; the order is that of arrival all the same.
            shop.clock.advance(Duration::seconds(number % 7 - 3));
        }
        let text = format!("message {number}");
        thread = shop.hear(ANA, &text).await;
        expected.push(text);
    }
    let (mut read, mut before, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = shop
            .services
            .thread(&shop.owner, thread, before)
            .await
            .unwrap();
        pages += 1;
        let texts = page.entries.into_iter().map(|entry| match entry.kind {
            EntryKind::Inbound { text, .. } => text,
            other => panic!("{other:?}"),
        });
        read.splice(0..0, texts);
        before = page.before;
        if before.is_none() {
            break;
        }
    }
    assert_eq!((pages, read), (3, expected));
    let none = shop
        .services
        .thread(&shop.owner, ConversationId::new(shop.id()), None)
        .await
        .unwrap();
    assert!(none.entries.is_empty() && none.before.is_none());
    let wrong = shop
        .services
        .thread(&shop.owner, thread, Some("x".to_owned()))
        .await;
    assert!(matches!(
        wrong,
        Err(ServiceError::Invalid(InvalidInput::Cursor))
    ));
}
