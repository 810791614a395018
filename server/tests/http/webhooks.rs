//! What Twilio posts to a shop, and what becomes of it.

mod refusals;
mod shop;
mod statuses;

use crate::support::Log;
use axum::http::StatusCode;
use domain::{
    consent::Status,
    conversation::{ConversationFilter, EntryKind},
    keyword::Meaning,
};
use shop::{CUSTOMER, Shop, sid};
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_message_of_an_unknown_number_opens_a_conversation(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let answer = shop.text(1, "Is my car ready?").await;
    assert_eq!(
        (answer.status, answer.header("content-type"), answer.text()),
        (
            StatusCode::OK,
            "text/xml",
            r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#
        )
    );
    let open = shop.conversations(ConversationFilter::Open).await;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].contact.phone.as_str(), CUSTOMER);
    assert_eq!(open[0].contact.customer, None);
    assert_eq!(
        (&*open[0].preview, open[0].unread, open[0].is_ours),
        ("Is my car ready?", 1, false)
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_message_that_is_posted_ten_times_is_one(pool: PgPool) {
    let shop = Shop::open(pool).await;
    for _ in 0..10 {
        assert_eq!(shop.text(1, "Hello").await.status, StatusCode::OK);
    }
    let open = shop.conversations(ConversationFilter::Open).await;
    assert_eq!((open.len(), open[0].unread), (1, 1));
    assert_eq!(shop.entries(open[0].id).await.len(), 1);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn stop_unsubscribes_and_start_subscribes_again(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.text(1, "Hello").await;
    assert_eq!(shop.consent().await, Status::Implied);
    shop.text(2, "STOP").await;
    assert_eq!(shop.consent().await, Status::Unsubscribed);
    shop.text(3, "Thanks").await;
    assert_eq!(shop.consent().await, Status::Unsubscribed);
    shop.text(4, "START").await;
    assert_eq!(shop.consent().await, Status::Express);
    // What comes late is no news.
    shop.text(2, "STOP").await;
    assert_eq!(shop.consent().await, Status::Express);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_the_provider_made_of_it_counts(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let said = [("MessageSid", sid(1)), ("OptOutType", "STOP".to_owned())];
    shop.message("NO MORE CARS", &said).await;
    assert_eq!(shop.consent().await, Status::Unsubscribed);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn pictures_come_with_their_type_and_without_their_address(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let media = [
        ("MessageSid", sid(1)),
        ("NumMedia", "1".to_owned()),
        ("MediaUrl0", "https://api.twilio.com/media/1".to_owned()),
        ("MediaContentType0", "image/jpeg".to_owned()),
    ];
    assert_eq!(shop.message("", &media).await.status, StatusCode::OK);
    let open = shop.conversations(ConversationFilter::Open).await;
    let entries = shop.entries(open[0].id).await;
    let EntryKind::Inbound {
        text,
        media,
        meaning,
    } = &entries[0].kind
    else {
        panic!("{entries:?}")
    };
    assert_eq!(
        (&**text, &*media[0].content_type, meaning),
        ("", "image/jpeg", &Meaning::Conversation)
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_nobody_can_answer_is_not_kept(pool: PgPool) {
    let shop = Shop::open(pool).await;
    for from in ["57273", "Bell"] {
        let from = [("MessageSid", sid(1)), ("From", from.to_owned())];
        let answer = shop.message("Your bill", &from).await;
        assert_eq!((answer.status, answer.text()), (StatusCode::NO_CONTENT, ""));
    }
    assert_eq!(shop.conversations(ConversationFilter::Open).await, []);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_log_says_nothing_of_who_writes_what(pool: PgPool) {
    let (log, _logging) = Log::keep();
    let shop = Shop::open(pool).await;
    shop.text(1, "private words").await;
    shop.text(1, "private words").await;
    shop.unsigned("private words").await;
    let elsewhere = [("MessageSid", sid(2)), ("To", "+14185550009".to_owned())];
    shop.message("private words", &elsewhere).await;
    let short = [("MessageSid", sid(3)), ("From", "57273".to_owned())];
    shop.message("private words", &short).await;
    let text = log.text();
    assert!(
        text.contains("/webhooks/twilio/{account}/messages") && text.contains("not signed"),
        "{text}"
    );
    for secret in ["private", "5551234", "5550009", "57273", "the-token"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}
