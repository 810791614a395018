//! Who may see a page, and what its headers allow.

use crate::support::{COMPANY, Server};
use axum::http::StatusCode;
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn leads_strangers_to_sign_in_and_back(pool: PgPool) {
    let answer = Server::new(pool).get("/customers?q=roy", &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.location(), "/sign-in?next=/customers%3Fq%3Droy");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn shows_strangers_the_pages_around_signing_in(pool: PgPool) {
    let server = Server::new(pool);
    for path in ["/sign-in", "/setup/some-token", "/invite/some-token"] {
        assert_eq!(server.get(path, &[]).await.status, StatusCode::OK, "{path}");
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn renders_the_account_for_its_member(pool: PgPool) {
    let server = Server::new(pool);
    let cookie = server.owner().await;
    let answer = server
        .get("/settings/company", &[("cookie", &cookie)])
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains(COMPANY), "{}", answer.text());
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_export_page_is_there_before_its_list_is_counted(pool: PgPool) {
    let server = Server::new(pool.clone());
    let cookie = server.owner().await;
    let mut writer = pool.begin().await.unwrap();
    sqlx::query("lock table customer in access exclusive mode")
        .execute(&mut *writer)
        .await
        .unwrap();
    let answer = server
        .get("/customers/export", &[("cookie", &cookie)])
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("Export list"), "{}", answer.text());
    writer.rollback().await.unwrap();
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn goes_on_to_pages_of_this_site_only(pool: PgPool) {
    let server = Server::new(pool);
    let cookie = server.owner().await;
    let to = async |next: &str| {
        let path = format!("/sign-in?next={next}");
        server
            .get(&path, &[("cookie", &cookie)])
            .await
            .location()
            .to_owned()
    };
    assert_eq!(to("/customers%3Fq%3Droy").await, "/customers?q=roy");
    assert_eq!(to("//evil.example").await, "/customers");
    assert_eq!(to("%2F%2Fevil.example").await, "/customers");
    assert_eq!(to("https://evil.example").await, "/customers");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn speaks_the_language_the_browser_asks_for(pool: PgPool) {
    let server = Server::new(pool);
    let french = server
        .get(
            "/sign-in",
            &[("accept-language", "fr-CA,fr;q=0.9,en;q=0.5")],
        )
        .await;
    assert!(
        french.text().contains("lang=\"fr\"") && french.text().contains("Se connecter"),
        "{}",
        french.text()
    );
    let chosen = server
        .get(
            "/sign-in",
            &[("accept-language", "fr"), ("cookie", "language=en")],
        )
        .await;
    assert!(
        chosen.text().contains("lang=\"en\"") && chosen.text().contains("Sign in"),
        "{}",
        chosen.text()
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn runs_only_scripts_of_the_page_itself(pool: PgPool) {
    let answer = Server::new(pool).get("/sign-in", &[]).await;
    let policy = answer.header("content-security-policy");
    let (_, nonce) = policy.split_once("'nonce-").unwrap();
    let (nonce, _) = nonce.split_once('\'').unwrap();
    assert!(nonce.len() >= 16, "{policy}");
    assert!(answer.text().contains(&format!("nonce=\"{nonce}\"")));
    assert!(
        !policy.contains("unsafe-eval'") || policy.contains("'wasm-unsafe-eval'"),
        "{policy}"
    );
    let scripts = policy
        .split(';')
        .find(|part| part.trim().starts_with("script-src"))
        .unwrap();
    assert!(
        !scripts.contains("unsafe-inline") && !scripts.contains("http"),
        "{scripts}"
    );
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "worker-src 'self'",
    ] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn makes_a_new_nonce_for_every_page(pool: PgPool) {
    let server = Server::new(pool);
    let first = server.get("/sign-in", &[]).await;
    let second = server.get("/sign-in", &[]).await;
    assert_ne!(
        first.header("content-security-policy"),
        second.header("content-security-policy")
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn leaves_nothing_of_a_page_behind(pool: PgPool) {
    let answer = Server::at(pool, "https://regulars.test")
        .get("/sign-in", &[])
        .await;
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("strict-transport-security", "max-age=31536000"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    assert!(answer.header("permissions-policy").contains("camera=()"));
    assert_eq!(answer.header("x-request-id").len(), 36);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn says_so_where_there_is_no_customer_export_or_import(pool: PgPool) {
    let server = Server::new(pool);
    let cookie = server.owner().await;
    let nobody = "0197f2a0-0000-7000-8000-000000000001";
    for (path, said) in [
        (
            format!("/customers/{nobody}"),
            "This customer does not exist",
        ),
        (
            "/customers/not-an-id".to_owned(),
            "This customer does not exist",
        ),
        (
            format!("/customers/{nobody}/consent"),
            "This is no longer here",
        ),
        (format!("/exports/{nobody}"), "This file is not here"),
        (format!("/imports/{nobody}"), "This is no longer here"),
    ] {
        let page = server.get(&path, &[("cookie", &cookie)]).await;
        assert!(page.text().contains(said), "{path}: {}", page.text());
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn says_so_where_there_is_no_page(pool: PgPool) {
    let server = Server::new(pool);
    let cookie = server.owner().await;
    let page = server
        .get(
            "/no/such/page",
            &[("cookie", &cookie), ("accept", "text/html")],
        )
        .await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(
        page.text().contains("This page does not exist"),
        "{}",
        page.text()
    );
    let file = server.get("/favicon.ico", &[("accept", "image/*")]).await;
    assert_eq!(file.status, StatusCode::NOT_FOUND);
    assert!(file.body.is_empty());
}
