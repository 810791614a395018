//! What whoever runs the server relies on: health, files, logs, settings.

use crate::support::{Log, Server};
use axum::http::StatusCode;
use serde_json::json;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn is_ready_when_the_schema_is_current(pool: PgPool) {
    let server = Server::new(pool);
    assert_eq!(server.get("/healthz", &[]).await.status, StatusCode::OK);
    assert_eq!(server.get("/readyz", &[]).await.status, StatusCode::OK);
}

#[sqlx::test(migrations = false)]
async fn is_alive_but_not_ready_without_its_schema(pool: PgPool) {
    let server = Server::new(pool);
    assert_eq!(server.get("/healthz", &[]).await.status, StatusCode::OK);
    assert_eq!(
        server.get("/readyz", &[]).await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
}

/// A folder with files as the build leaves them.
fn site(name: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    for (path, content) in [
        ("pkg/regulars.abc123.js", "export {}"),
        ("pkg/snippets/x/inline0.js", "export {}"),
        ("worker/boot.js", "import './sheets_worker.js'"),
        ("favicon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    root
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn lets_browsers_keep_hashed_files_for_a_year(pool: PgPool) {
    let server = Server::with_files(pool, "http://regulars.test", &site("hashed"), true);
    let kept = "public, max-age=31536000, immutable";
    assert_eq!(
        server
            .get("/pkg/regulars.abc123.js", &[])
            .await
            .header("cache-control"),
        kept
    );
    assert_eq!(
        server
            .get("/pkg/snippets/x/inline0.js", &[])
            .await
            .header("cache-control"),
        "no-cache"
    );
    let missing = server.get("/pkg/regulars.old.js", &[]).await;
    assert_eq!(
        (missing.status, missing.header("cache-control")),
        (StatusCode::NOT_FOUND, "no-cache")
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn has_the_worker_asked_for_again_and_sent_only_when_it_changed(pool: PgPool) {
    let server = Server::with_files(pool, "http://regulars.test", &site("worker"), true);
    let first = server.get("/worker/boot.js", &[]).await;
    assert_eq!(
        (first.status, first.header("cache-control")),
        (StatusCode::OK, "no-cache")
    );
    assert!(
        first
            .header("content-security-policy")
            .contains("script-src 'self' 'wasm-unsafe-eval'")
    );
    let again = server
        .get(
            "/worker/boot.js",
            &[("if-none-match", first.header("etag"))],
        )
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty() && !again.header("etag").is_empty());
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn serves_files_at_the_root_to_everybody(pool: PgPool) {
    let server = Server::with_files(pool, "http://regulars.test", &site("root"), false);
    let icon = server.get("/favicon.svg", &[]).await;
    assert_eq!(
        (icon.status, icon.header("content-type")),
        (StatusCode::OK, "image/svg+xml")
    );
    assert_eq!(
        server.get("/../Cargo.toml", &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn says_that_it_is_busy_and_when_to_ask_again(
    options: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let pool = options
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(1))
        .connect_with(connect)
        .await
        .unwrap();
    let server = Server::new(pool.clone());
    let cookie = server.owner().await;
    let held = pool.acquire().await.unwrap();
    let me = async || {
        let headers = [("cookie", cookie.as_str())];
        server
            .call("/api/v1/session/me", &json!({}), &headers)
            .await
    };
    let busy = me().await;
    assert_eq!(
        (busy.status, busy.json(), busy.header("retry-after")),
        (StatusCode::SERVICE_UNAVAILABLE, json!("busy"), "2")
    );
    drop(held);
    assert_eq!(me().await.status, StatusCode::OK);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn logs_patterns_and_never_addresses(pool: PgPool) {
    let (log, _logging) = Log::keep();
    let server = Server::new(pool);
    server
        .get(
            "/invite/secret-of-the-link",
            &[("x-request-id", "words-of-a-client")],
        )
        .await;
    server.get("/customers?q=Tremblay", &[]).await;
    server.get("/nowhere/Tremblay", &[]).await;
    let arguments = serde_json::json!({ "email": "someone@example.com", "password": "a password" });
    server
        .call("/api/v1/session/sign_in", &arguments, &[])
        .await;
    server
        .call("/api/v1/session/Tremblay", &arguments, &[])
        .await;
    let text = log.text();
    assert!(
        text.contains("/invite/{token}") && text.contains("/api/v1/session/sign_in"),
        "{text}"
    );
    for secret in [
        "secret-of-the-link",
        "Tremblay",
        "someone@example.com",
        "a password",
        "words-of-a-client",
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[test]
fn tells_the_server_at_run_time_what_the_build_was_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let settings = |file: &str| {
        let text = fs::read_to_string(root.join(file)).unwrap();
        let (_, section) = text.split_once("[[workspace.metadata.leptos]]").unwrap();
        let lines = section.lines().take_while(|line| !line.starts_with('['));
        let pairs = lines.filter_map(|line| {
            line.split_once(" = ")
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
        });
        pairs.collect::<std::collections::BTreeMap<_, _>>()
    };
    let (build, run) = (settings("Cargo.toml"), settings("Leptos.toml"));
    assert_eq!(run.get("output-name"), build.get("name"));
    // The site moves beside the binary.
    for (key, value) in run
        .iter()
        .filter(|(key, _)| !["output-name", "site-root"].contains(&key.as_str()))
    {
        assert_eq!(Some(value), build.get(key), "{key}");
    }
    assert!(run.len() >= 5);
}
