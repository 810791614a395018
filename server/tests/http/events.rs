//! The stream of changes that a page follows.

use crate::support::{EMAIL, PASSWORD, Server, request};
use axum::{
    body::{Body, BodyDataStream},
    http::{HeaderValue, Method, StatusCode},
};
use domain::{
    ids::{CustomerId, MutationId},
    mutation::{Intent, Mutation, Push},
    slot::{Field, Slot},
    value::Value,
};
use futures::{FutureExt, StreamExt};
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

/// Another browser of the same person.
async fn sign_in(server: &Server) -> String {
    let credentials = json!({ "email": EMAIL, "password": PASSWORD });
    let answer = server
        .call("/api/v1/session/sign_in", &credentials, &[])
        .await;
    let cookie = answer.session_cookie().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// Adds a customer, and gives the rev of that.
async fn write(server: &Server, cookie: &str) -> u64 {
    let caller = server.caller(cookie).await;
    let intent = Intent::CreateCustomer {
        customer: CustomerId::new(Uuid::now_v7()),
        values: vec![(Slot::Field(Field::FirstName), Value::text("Ana").unwrap())],
    };
    let mutation = Mutation {
        id: MutationId::new(Uuid::now_v7()),
        intent,
    };
    let push = Push {
        account: caller.account,
        mutations: vec![mutation],
    };
    server.services.push(&caller, push).await.unwrap().rev
}

struct Page(BodyDataStream);

impl Page {
    async fn open(server: &Server, account: &str, cookie: &str) -> Self {
        let path = format!("/api/v1/events/{account}");
        let headers = [("cookie", cookie), ("accept-encoding", "gzip, br")];
        let asked = request(Method::GET, &path, &headers, Body::empty());
        let answer = server.open(asked).await;
        let header = |name: &str| answer.headers().get(name).map(HeaderValue::as_bytes);
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(header("content-type"), Some(&b"text/event-stream"[..]));
        assert_eq!(header("cache-control"), Some(&b"no-store"[..]));
        assert_eq!(header("content-encoding"), None);
        Self(answer.into_body().into_data_stream())
    }

    /// The next rev; `None` at the end.
    async fn rev(&mut self) -> Option<u64> {
        let event = self.0.next().await?.unwrap();
        let event = std::str::from_utf8(&event).unwrap();
        let rev = event.strip_prefix("event: rev\ndata: ").unwrap();
        Some(rev.trim_end().parse().unwrap())
    }

    fn is_quiet(&mut self) -> bool {
        self.0.next().now_or_never().is_none()
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_page_learns_what_another_browser_does(pool: PgPool) {
    let server = Server::new(pool);
    let writing = server.owner().await;
    let account = server.account_of(&writing).await;
    let before = write(&server, &writing).await;
    let mut page = Page::open(&server, &account, &sign_in(&server).await).await;
    assert_eq!(page.rev().await, Some(before));
    assert!(page.is_quiet());
    let rev = write(&server, &writing).await;
    assert_eq!(page.rev().await, Some(rev));
    assert!(page.is_quiet());
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nothing_of_another_account_is_told(pool: PgPool) {
    let server = Server::new(pool);
    let writing = server.owner().await;
    let first = server.account_of(&writing).await;
    let reading = sign_in(&server).await;
    let mut page = Page::open(&server, &first, &reading).await;
    assert!(page.rev().await.is_some());
    let shop = json!({ "company": "Second", "country": "CA", "time_zone": "America/Toronto" });
    let headers = [("cookie", writing.as_str()), ("x-account", &first)];
    let made = server
        .call("/api/v1/settings/create_account", &shop, &headers)
        .await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    let second = server.account_of(&writing).await;
    for _ in 0..5 {
        write(&server, &writing).await;
    }
    assert!(page.is_quiet());

    let path = format!("/api/v1/events/{second}");
    let elsewhere = server.get(&path, &[("cookie", &reading)]).await;
    assert_eq!(
        (elsewhere.status, elsewhere.json()),
        (StatusCode::CONFLICT, json!({ "conflict": "other_account" }))
    );
    let stranger = server.get(&path, &[]).await;
    assert_eq!(
        (stranger.status, stranger.json()),
        (StatusCode::UNAUTHORIZED, json!("unauthenticated"))
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn it_ends_with_the_session(pool: PgPool) {
    let server = Server::new(pool);
    let cookie = server.owner().await;
    let account = server.account_of(&cookie).await;
    let leaving = sign_in(&server).await;
    let mut page = Page::open(&server, &account, &leaving).await;
    let mut other = Page::open(&server, &account, &cookie).await;
    assert!(page.rev().await.is_some() && other.rev().await.is_some());
    let headers = [("cookie", leaving.as_str())];
    let left = server
        .call("/api/v1/session/sign_out", &json!({}), &headers)
        .await;
    assert_eq!(left.status, StatusCode::OK);
    assert_eq!(page.rev().await, None);
    let rev = write(&server, &cookie).await;
    assert_eq!(other.rev().await, Some(rev));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn it_ends_when_its_browser_goes_over_to_another_account(pool: PgPool) {
    let server = Server::new(pool);
    let cookie = server.owner().await;
    let first = server.account_of(&cookie).await;
    let mut page = Page::open(&server, &first, &cookie).await;
    assert!(page.rev().await.is_some());
    let shop = json!({ "company": "Second", "country": "CA", "time_zone": "America/Toronto" });
    let headers = [("cookie", cookie.as_str()), ("x-account", &first)];
    server
        .call("/api/v1/settings/create_account", &shop, &headers)
        .await;
    assert_eq!(page.rev().await, None);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn it_ends_when_the_server_is_told_to_stop(pool: PgPool) {
    let server = Server::new(pool);
    let cookie = server.owner().await;
    let account = server.account_of(&cookie).await;
    let mut page = Page::open(&server, &account, &cookie).await;
    assert!(page.rev().await.is_some());
    server.stop.send_replace(true);
    assert_eq!(page.rev().await, None);
}
