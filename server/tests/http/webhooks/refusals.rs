//! What is not taken in.

use super::shop::{CUSTOMER, SITE, Shop, TOKEN, fields, provider, sid, sign};
use axum::http::StatusCode;
use domain::{conversation::ConversationFilter, ids::AccountId};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::time::Duration;
use uuid::Uuid;

async fn nothing_is_kept(shop: &Shop) {
    assert_eq!(shop.conversations(ConversationFilter::Open).await, []);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_request_that_is_not_signed_right_is_refused(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let (path, form) = (shop.path("messages"), fields("STOP", &[]));
    let url = format!("{SITE}{path}");
    let other = fields("START", &[]);
    for signature in [
        None,
        Some(String::new()),
        Some("not base64!".to_owned()),
        Some(sign("another-token", &url, &form)),
        Some(sign(TOKEN, &format!("{url}?x=1"), &form)),
        Some(sign(TOKEN, &format!("http://regulars.test{path}"), &form)),
        Some(sign(TOKEN, &url, &other)),
    ] {
        let answer = shop.post(&path, &form, signature.as_deref()).await;
        assert_eq!(
            (answer.status, answer.text()),
            (StatusCode::FORBIDDEN, ""),
            "{signature:?}"
        );
    }
    nothing_is_kept(&shop).await;
    let with_query = format!("{path}?x=1");
    assert_eq!(shop.signed(&with_query, &form).await.status, StatusCode::OK);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_is_for_somebody_else_is_refused(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let nobody = Shop::path_of(AccountId::new(Uuid::from_u128(1)), "messages");
    let unknown = shop.signed(&nobody, &fields("Hello", &[])).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let account = (
        "AccountSid",
        "AC11111111111111111111111111111111".to_owned(),
    );
    assert_eq!(
        shop.message("Hello", &[account]).await.status,
        StatusCode::FORBIDDEN
    );
    let number = ("To", "+14185550009".to_owned());
    assert_eq!(
        shop.message("Hello", &[number]).await.status,
        StatusCode::NOT_FOUND
    );
    nothing_is_kept(&shop).await;
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_service_takes_what_comes_to_any_of_its_numbers(pool: PgPool) {
    const SERVICE: &str = "MG0123456789abcdef0123456789abcdef";
    let mut config = provider(None);
    config.environment.as_mut().unwrap().sender = service::sender(SERVICE).unwrap();
    let shop = Shop::with(pool, config).await;
    assert_eq!(shop.text(1, "Hello").await.status, StatusCode::NOT_FOUND);
    let of_another = "MG11111111111111111111111111111111";
    for (service, status) in [
        (of_another, StatusCode::NOT_FOUND),
        (SERVICE, StatusCode::OK),
    ] {
        let through = [
            ("MessageSid", sid(2)),
            ("To", "+14185550009".to_owned()),
            ("MessagingServiceSid", service.to_owned()),
        ];
        assert_eq!(shop.message("Hello", &through).await.status, status);
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_is_not_understood_is_refused_without_being_repeated(pool: PgPool) {
    let shop = Shop::open(pool).await;
    for change in [
        ("From", format!("whatsapp:{CUSTOMER}")),
        ("NumMedia", "99".to_owned()),
        ("MessageSid", "SM1".to_owned()),
    ] {
        let answer = shop.message("Hello", &[change]).await;
        assert_eq!(
            (answer.status, answer.text()),
            (StatusCode::BAD_REQUEST, "")
        );
    }
    let long = shop.message(&"x".repeat(70_000), &[]).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
    nothing_is_kept(&shop).await;
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn while_the_database_is_away_twilio_is_asked_to_come_again(
    options: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let pool = options
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(1))
        .connect_with(connect)
        .await
        .unwrap();
    let shop = Shop::open(pool.clone()).await;
    let held = pool.acquire().await.unwrap();
    let away = shop.text(1, "STOP").await;
    assert_eq!(
        (away.status, away.header("retry-after")),
        (StatusCode::SERVICE_UNAVAILABLE, "2")
    );
    drop(held);
    assert_eq!(shop.text(1, "STOP").await.status, StatusCode::OK);
}
