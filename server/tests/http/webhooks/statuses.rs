//! What became of the shop's own messages.

use super::shop::{ACCOUNT_SID, CUSTOMER, Shop, provider, sid};
use axum::{Json, Router, http::StatusCode, routing::post};
use domain::{
    conversation::{Delivery, EntryKind},
    ids::{ConversationId, MessageId, MutationId},
    mutation::{Intent, Mutation, Push},
    phone::E164,
    template::{Names, Template},
};
use serde_json::json;
use service::Worked;
use sqlx::PgPool;
use std::collections::BTreeMap;
use tokio::net::TcpListener;
use uuid::Uuid;

/// A Twilio that takes every message under the id 7.
async fn twilio() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let taken = async || {
        let message = json!({ "sid": sid(7), "status": "queued" });
        (StatusCode::CREATED, Json(message))
    };
    let app = Router::new().route(
        &format!("/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"),
        post(taken),
    );
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

async fn send(shop: &Shop) -> (ConversationId, MessageId) {
    let services = &shop.server.services;
    let (thread, message) = (
        ConversationId::new(Uuid::now_v7()),
        MessageId::new(Uuid::now_v7()),
    );
    let intent = Intent::SendMessage {
        message,
        conversation: thread,
        phone: E164::new(CUSTOMER).unwrap(),
        text: Template::parse("Your car is ready", &Names::default()).unwrap(),
    };
    let push = Push {
        account: shop.owner.account,
        mutations: vec![Mutation {
            id: MutationId::new(Uuid::now_v7()),
            intent,
        }],
    };
    services.push(&shop.owner, push).await.unwrap();
    while services.send_next_message().await.unwrap() == Worked::Done {}
    (thread, message)
}

fn status(status: &str, number: u32) -> BTreeMap<&'static str, String> {
    [
        ("MessageSid", sid(number)),
        ("AccountSid", ACCOUNT_SID.to_owned()),
        ("MessageStatus", status.to_owned()),
        ("To", CUSTOMER.to_owned()),
    ]
    .into()
}

async fn delivery(shop: &Shop, thread: ConversationId) -> Delivery {
    let entries = shop.entries(thread).await;
    match entries[0].kind {
        EntryKind::Outbound { delivery, .. } => delivery,
        _ => unreachable!("{entries:?}"),
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_message_gets_as_far_as_twilio_says_in_any_order(pool: PgPool) {
    let api = twilio().await;
    let shop = Shop::with(pool, provider(Some(&api))).await;
    let (thread, message) = send(&shop).await;
    assert_eq!(delivery(&shop, thread).await, Delivery::Sent);
    let path = format!("{}?message={message}", shop.path("status"));
    for said in ["delivered", "sent", "queued", "delivered"] {
        let answer = shop.signed(&path, &status(said, 7)).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{said}");
        assert_eq!(delivery(&shop, thread).await, Delivery::Delivered, "{said}");
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nobody_but_twilio_says_so_and_of_our_messages_alone(pool: PgPool) {
    let api = twilio().await;
    let shop = Shop::with(pool, provider(Some(&api))).await;
    let (thread, message) = send(&shop).await;
    let path = format!("{}?message={message}", shop.path("status"));
    let unsigned = shop.post(&path, &status("delivered", 7), None).await;
    assert_eq!(unsigned.status, StatusCode::FORBIDDEN);
    let bare = shop.path("status");
    let not_ours = shop.signed(&bare, &status("delivered", 8)).await;
    assert_eq!(not_ours.status, StatusCode::NOT_FOUND);
    let mut elsewhere = status("delivered", 7);
    elsewhere.insert(
        "AccountSid",
        "AC11111111111111111111111111111111".to_owned(),
    );
    let elsewhere = shop.signed(&path, &elsewhere).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    let unknown = shop.signed(&path, &status("pondering", 7)).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    assert_eq!(delivery(&shop, thread).await, Delivery::Sent);
}
