//! Messages of the staff, up to where they are queued.

use crate::{
    shop::{Shop, create, reasons},
    talk::{ANA, BEA, becomes, delivery, number, send},
};
use chrono::NaiveDate;
use domain::{
    attribute::AttributeKind,
    consent::Screen,
    conversation::{Delivery, EntryKind, Origin, SendTrouble},
    ids::{ConversationId, CustomerId, MessageId},
    keyword::{Language, offer},
    mutation::{Intent, Reason, Status},
    permission::Role,
    segment::{MESSAGE_MAX, measure},
    slot::{Field, Slot},
    value::Value,
};
use service::Clock;
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_message_is_queued_once_and_waits_for_its_turn(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (message, new) = (MessageId::new(shop.id()), ConversationId::new(shop.id()));
    let intent = send(message, new, ANA, "  Your car is ready. \n");
    shop.apply(intent.clone()).await;
    let again = shop.push(&shop.owner, intent).await;
    assert_eq!(again.status, Status::Noop);
    let thread = shop.conversation(new).await.unwrap();
    assert_eq!(thread.contact.phone.as_str(), ANA);
    let entries = shop.entries(new).await;
    let EntryKind::Outbound {
        text,
        origin,
        by,
        delivery,
        trouble,
        next_try_at,
        segments,
    } = &entries[0].kind
    else {
        panic!("{entries:?}")
    };
    assert_eq!(entries.len(), 1);
    assert_eq!(text, "Your car is ready.");
    assert_eq!(
        (*origin, *delivery, trouble),
        (Origin::Staff, Delivery::Queued, &None)
    );
    assert_eq!(by.as_deref(), Some("Dominique Bélanger"));
    assert_eq!(*next_try_at, Some(shop.clock.now()));
    assert_eq!(*segments, 1);
    let purpose: (String, Option<String>) = sqlx::query_as("select purpose, language from message")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(purpose, ("service".to_owned(), Some("en".to_owned())));
}

/// The screen showed that there was no thread yet; by now there is one.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_message_goes_to_the_thread_that_the_number_has(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let thread = shop.hear(ANA, "Hello").await;
    shop.apply(Intent::CloseConversation {
        conversation: thread,
        closed: true,
    })
    .await;
    let unused = ConversationId::new(shop.id());
    shop.apply(send(MessageId::new(shop.id()), unused, ANA, "Hi"))
        .await;
    assert_eq!(shop.conversation(unused).await, None);
    let now = shop.conversation(thread).await.unwrap();
    assert_eq!((now.closed, now.unread), (false, 0), "answered, so seen");
    // An id cannot stand for the thread of two numbers.
    let refused = shop
        .push(
            &shop.owner,
            send(MessageId::new(shop.id()), thread, BEA, "Hi"),
        )
        .await;
    assert_eq!(reasons(&refused), [Reason::IdTaken]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn variables_are_filled_in_from_the_customer_as_they_are_now(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let due = shop.add_attribute("Due", AttributeKind::Date).await;
    let amount = shop.add_attribute("Amount", AttributeKind::Number).await;
    let cars = shop.add_attribute("Cars", AttributeKind::Texts).await;
    let ana = CustomerId::new(shop.id());
    let Intent::CreateCustomer {
        customer,
        mut values,
    } = create(
        ana,
        &[
            (Field::FirstName, "Ana"),
            (Field::CellPhone, ANA),
            (Field::Language, "fr"),
        ],
    )
    else {
        unreachable!()
    };
    values.extend([
        (
            Slot::Attribute(due),
            Value::Date(NaiveDate::from_ymd_opt(2026, 11, 26).unwrap()),
        ),
        (
            Slot::Attribute(amount),
            Value::Number("12.5".parse().unwrap()),
        ),
        (
            Slot::Attribute(cars),
            Value::texts(["Civic", "F-150"]).unwrap(),
        ),
    ]);
    shop.apply(Intent::CreateCustomer { customer, values })
        .await;
    let text = format!(
        "{{first_name|cher client}}, {{{due}}}: {{{amount}}} $, {{{cars}}}, {{cell_phone}}{{company}}."
    );
    shop.send(ANA, &text).await;
    shop.send(BEA, &text).await;
    let said = async |number| shop.said(shop.with_number(number).await.id).await;
    assert_eq!(
        said(ANA).await,
        ["> Ana, 26 novembre 2026: 12,5 $, Civic, F-150, (418) 555-0001."]
    );
    assert_eq!(said(BEA).await, ["> cher client, :  $, , ."]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nothing_blank_or_too_long_is_queued(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for text in ["", " \n\t", "{first_name}", "\0"] {
        let (refused, _) = shop.try_send(ANA, text).await;
        assert_eq!(reasons(&refused), [Reason::NothingGiven], "{text:?}");
    }
    let (refused, _) = shop.try_send(ANA, &"x".repeat(MESSAGE_MAX)).await;
    assert_eq!(
        reasons(&refused),
        [Reason::TextTooLong],
        "no room for the offer of a first message"
    );
    assert!(!shop.with_number(ANA).await.exists, "nothing is left of it");
    let room = MESSAGE_MAX - 1 - offer(Language::English).len();
    let long = "x".repeat(room);
    shop.send(ANA, &long).await;
    let entries = shop.entries(shop.with_number(ANA).await.id).await;
    let EntryKind::Outbound { segments, .. } = entries[0].kind else {
        panic!("{entries:?}")
    };
    let with_offer = measure(&"x".repeat(MESSAGE_MAX)).segments;
    assert_eq!(usize::try_from(segments).unwrap(), with_offer);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nobody_writes_to_who_does_not_want_it(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop
        .add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, ANA)])
        .await;
    shop.hear(ANA, "STOP").await;
    let (refused, _) = shop.try_send(ANA, "Hi").await;
    assert_eq!(reasons(&refused), [Reason::Unsubscribed]);
    let thread = shop.with_number(ANA).await;
    assert!(thread.contact.unsubscribed);
    assert_eq!(thread.unsubscribed_at, Some(shop.clock.now()));
    // What a person asked for holds on a number that nobody has asked about.
    let bea = shop
        .add_customer(&[(Field::FirstName, "Bea"), (Field::CellPhone, BEA)])
        .await;
    shop.apply(Intent::UnsubscribeCustomer {
        customer: bea,
        phones: vec![],
        screen: Screen::Conversation,
        occurred_at: shop.clock.now(),
    })
    .await;
    shop.hear("+14185550003", "START").await;
    shop.apply(crate::shop::set(
        bea,
        vec![crate::shop::change(Field::CellPhone, BEA, "")],
    ))
    .await;
    let (refused, _) = shop.try_send(BEA, "Hi").await;
    assert_eq!(reasons(&refused), [Reason::Unsubscribed]);
    shop.hear(ANA, "START").await;
    shop.send(ANA, "Welcome back").await;
    let row = shop
        .services
        .conversations_of_customer(&shop.owner, ana)
        .await
        .unwrap();
    assert!(!row[0].contact.unsubscribed);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_failed_is_tried_again_and_nothing_else(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let message = shop.send(ANA, "Hi").await;
    let retry = Intent::RetryMessage { message };
    let outcome = shop.push(&shop.owner, retry.clone()).await;
    assert_eq!(outcome.status, Status::Noop, "it waits already");
    for state in ["delivered", "sent", "cancelled", "blocked"] {
        becomes(&pool, message, state).await;
        let refused = shop.push(&shop.owner, retry.clone()).await;
        assert_eq!(reasons(&refused), [Reason::UnknownMessage], "{state}");
    }
    for state in ["failed", "undelivered", "unknown"] {
        becomes(&pool, message, state).await;
        let id = shop.with_number(ANA).await.id;
        let entries = shop.entries(id).await;
        let EntryKind::Outbound { trouble, .. } = &entries[0].kind else {
            panic!("{entries:?}")
        };
        assert_eq!(*trouble, Some(SendTrouble::OutOfReach));
        shop.apply(retry.clone()).await;
        let entries = shop.entries(id).await;
        let EntryKind::Outbound {
            delivery,
            trouble,
            next_try_at,
            ..
        } = &entries[0].kind
        else {
            panic!("{entries:?}")
        };
        assert_eq!(
            (*delivery, trouble, *next_try_at),
            (Delivery::Queued, &None, Some(shop.clock.now()))
        );
        let kept: (i32, Option<String>) = sqlx::query_as("select tries, provider_id from message")
            .fetch_one(&pool)
            .await
            .unwrap();
        let id_before = Some(format!("SM{message}"));
        assert_eq!(
            kept,
            (0, id_before),
            "what is said of the time before is known by it"
        );
    }
    becomes(&pool, message, "failed").await;
    shop.hear(ANA, "stop").await;
    let refused = shop.push(&shop.owner, retry).await;
    assert_eq!(reasons(&refused), [Reason::Unsubscribed]);
    let unknown = Intent::RetryMessage {
        message: MessageId::new(shop.id()),
    };
    let refused = shop.push(&shop.owner, unknown).await;
    assert_eq!(reasons(&refused), [Reason::UnknownMessage]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn only_what_is_still_queued_is_taken_back(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let message = shop.send(ANA, "Hi").await;
    let cancel = Intent::CancelMessage { message };
    shop.apply(cancel.clone()).await;
    let entries = shop.entries(shop.with_number(ANA).await.id).await;
    assert_eq!(delivery(&entries, message), Delivery::Cancelled);
    let again = shop.push(&shop.owner, cancel.clone()).await;
    assert_eq!(again.status, Status::Noop);
    becomes(&pool, message, "sent").await;
    let refused = shop.push(&shop.owner, cancel).await;
    assert_eq!(reasons(&refused), [Reason::UnknownMessage]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn viewers_read_and_change_nothing(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let vera = shop.hire(Role::Viewer, "vera").await;
    let thread = shop.hear(ANA, "please take me off your list").await;
    let wish = shop.entries(thread).await[0].id;
    let message = shop.send(ANA, "Hi").await;
    let reply = domain::ids::SavedReplyId::new(shop.id());
    let refused = [
        send(MessageId::new(shop.id()), thread, ANA, "Hi"),
        Intent::RetryMessage { message },
        Intent::CancelMessage { message },
        Intent::AddNote {
            note: MessageId::new(shop.id()),
            conversation: thread,
            text: "x".to_owned(),
        },
        Intent::CloseConversation {
            conversation: thread,
            closed: true,
        },
        Intent::AssignConversation {
            conversation: thread,
            from: None,
            to: Some(vera.person),
        },
        Intent::MarkRead {
            conversation: thread,
            up_to: wish,
        },
        Intent::SaveReply {
            reply,
            title: domain::conversation::ReplyTitle::parse("Hi").unwrap(),
            text: "Hi".parse().unwrap(),
        },
        Intent::DeleteReply { reply },
        Intent::SettleWish { wish, stop: true },
    ];
    for intent in refused {
        let outcome = shop.push(&vera, intent.clone()).await;
        assert_eq!(reasons(&outcome), [Reason::NotAllowed], "{intent:?}");
    }
    let read = shop.services.conversation(&vera, thread).await.unwrap();
    assert_eq!(read.unwrap().contact.phone, number(ANA));
    let staff = shop.services.staff(&vera).await.unwrap();
    assert_eq!(staff.len(), 1, "who cannot answer takes care of nothing");
}
