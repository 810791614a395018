//! Sessions and the origin of writes.

use crate::support::{EMAIL, PASSWORD, Server, request};
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::{Value, json};
use sqlx::PgPool;

const SIGN_IN: &str = "/api/v1/session/sign_in";
const ME: &str = "/api/v1/session/me";

fn credentials(password: &str) -> Value {
    json!({ "email": EMAIL, "password": password })
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn keeps_the_session_where_scripts_and_other_sites_cannot_use_it(pool: PgPool) {
    let server = Server::new(pool.clone());
    server.owner().await;
    let plain = server.call(SIGN_IN, &credentials(PASSWORD), &[]).await;
    assert_eq!(plain.status, StatusCode::OK, "{}", plain.text());
    let cookie = plain.session_cookie().unwrap();
    assert!(
        cookie.starts_with("session=") && cookie.contains("; Path=/;"),
        "{cookie}"
    );
    assert!(
        cookie.contains("; HttpOnly")
            && cookie.contains("; SameSite=Lax")
            && !cookie.contains("Secure"),
        "{cookie}"
    );

    let secure = Server::at(pool, "https://regulars.test")
        .call(SIGN_IN, &credentials(PASSWORD), &[])
        .await;
    let cookie = secure.session_cookie().unwrap();
    assert!(
        cookie.starts_with("__Host-session=")
            && cookie.ends_with("; Secure")
            && !cookie.contains("Domain"),
        "{cookie}"
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn answers_a_call_without_a_session_in_a_way_that_the_page_understands(pool: PgPool) {
    let server = Server::new(pool);
    for path in [ME, "/api/v1/settings/members", "/api/v1/settings/devices"] {
        let answer = server.call(path, &json!({}), &[]).await;
        assert_eq!(
            (answer.status, answer.json()),
            (StatusCode::UNAUTHORIZED, json!("unauthenticated")),
            "{path}"
        );
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn does_not_say_whether_e_mail_or_password_is_wrong(pool: PgPool) {
    let server = Server::new(pool);
    server.owner().await;
    let wrong = server
        .call(SIGN_IN, &credentials("wrong password"), &[])
        .await;
    let unknown = json!({ "email": "nobody@example.com", "password": PASSWORD });
    let unknown = server.call(SIGN_IN, &unknown, &[]).await;
    assert_eq!(
        (wrong.status, wrong.json()),
        (StatusCode::UNAUTHORIZED, json!("wrong_credentials"))
    );
    assert_eq!(
        (unknown.status, unknown.json()),
        (wrong.status, wrong.json())
    );
    assert!(wrong.session_cookie().is_none());
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn says_when_to_try_again_after_too_many_tries(pool: PgPool) {
    let server = Server::new(pool);
    server.owner().await;
    let mut answer = server
        .call(SIGN_IN, &credentials("wrong password"), &[])
        .await;
    for _ in 0..20 {
        if answer.status != StatusCode::UNAUTHORIZED {
            break;
        }
        answer = server
            .call(SIGN_IN, &credentials("wrong password"), &[])
            .await;
    }
    assert_eq!(
        answer.status,
        StatusCode::TOO_MANY_REQUESTS,
        "{}",
        answer.text()
    );
    assert!(
        answer.json()["too_many_tries"]["retry_after_seconds"]
            .as_u64()
            .unwrap()
            > 0,
        "{}",
        answer.text()
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn takes_writes_from_its_own_pages_only(pool: PgPool) {
    let server = Server::new(pool);
    let cookie = server.owner().await;
    let sign_out = async |from: &[(&str, &str)]| {
        let headers: Vec<_> = [
            ("cookie", cookie.as_str()),
            ("content-type", "application/json"),
        ]
        .into_iter()
        .chain(from.iter().copied())
        .collect();
        server
            .send(request(
                Method::POST,
                "/api/v1/session/sign_out",
                &headers,
                Body::from("{}"),
            ))
            .await
            .status
    };
    let strangers: [&[(&str, &str)]; 4] = [
        &[],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://regulars.test"),
        ],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "http://evil.test")],
    ];
    for stranger in strangers {
        assert_eq!(
            sign_out(stranger).await,
            StatusCode::FORBIDDEN,
            "{stranger:?}"
        );
    }
    assert_eq!(
        server
            .call(ME, &json!({}), &[("cookie", &cookie)])
            .await
            .status,
        StatusCode::OK
    );
    assert_eq!(
        sign_out(&[("origin", "http://regulars.test")]).await,
        StatusCode::OK
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn ends_the_session_with_signing_out(pool: PgPool) {
    let server = Server::new(pool);
    let cookie = server.owner().await;
    let answer = server
        .call(
            "/api/v1/session/sign_out",
            &json!({}),
            &[("cookie", &cookie)],
        )
        .await;
    assert!(
        answer.session_cookie().unwrap().starts_with("session=; "),
        "{:?}",
        answer.session_cookie()
    );
    let page = server.get("/customers", &[("cookie", &cookie)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn makes_the_first_account_by_its_link_once(pool: PgPool) {
    let server = Server::new(pool);
    let token = server.services.new_setup_link().await.unwrap().unwrap();
    let shop = json!({
        "company": "Garage", "country": "CA", "time_zone": "America/Toronto",
        "name": "Odette", "email": EMAIL, "password": PASSWORD,
    });
    let set_up = async || {
        server
            .call(
                "/api/v1/session/set_up",
                &json!({ "token": token, "shop": shop }),
                &[],
            )
            .await
    };
    let first = set_up().await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    assert!(first.session_cookie().is_some());
    assert_eq!(set_up().await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn tells_a_page_of_another_version_so(pool: PgPool) {
    let server = Server::new(pool);
    let unknown = server
        .call("/api/v1/session/no_such_function", &json!({}), &[])
        .await;
    assert_eq!(
        (unknown.status, unknown.json()),
        (StatusCode::BAD_REQUEST, json!("out_of_date"))
    );
    let other_arguments = server.call(SIGN_IN, &json!({ "mail": 1 }), &[]).await;
    assert_eq!(
        (other_arguments.status, other_arguments.json()),
        (StatusCode::BAD_REQUEST, json!("out_of_date"))
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn takes_a_call_of_many_megabytes(pool: PgPool) {
    let server = Server::new(pool);
    let long = json!({ "email": "x".repeat(10 << 20), "password": "" });
    let answer = server.call(SIGN_IN, &long, &[]).await;
    assert_eq!(answer.json(), json!("wrong_credentials"));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn refuses_a_body_beyond_measure(pool: PgPool) {
    let server = Server::new(pool);
    let huge = json!({ "email": "x".repeat(20 << 20), "password": "" });
    let answer = server.call(SIGN_IN, &huge, &[]).await;
    assert_eq!(
        (answer.status, answer.json()),
        (StatusCode::PAYLOAD_TOO_LARGE, json!("too_large"))
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn takes_no_piece_of_an_upload_from_strangers(pool: PgPool) {
    let server = Server::new(pool);
    let path = "/api/v1/imports/01890000-0000-7000-8000-000000000000/chunks/0";
    let send = async |headers: &[(&str, &str)]| {
        server
            .send(request(Method::PUT, path, headers, Body::from("x")))
            .await
    };
    let stranger = send(&[("sec-fetch-site", "same-origin")]).await;
    assert_eq!(
        (stranger.status, stranger.json()),
        (StatusCode::UNAUTHORIZED, json!("unauthenticated"))
    );
    let elsewhere = send(&[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn reads_no_piece_of_an_upload_before_it_knows_whose_it_is(pool: PgPool) {
    let server = Server::new(pool);
    let path = "/api/v1/imports/01890000-0000-7000-8000-000000000000/chunks/0";
    let huge = || Body::from(vec![0; (20 << 20) + 1]);
    let headers = [("sec-fetch-site", "same-origin")];
    let answer = server
        .send(request(Method::PUT, path, &headers, huge()))
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);

    let cookie = server.owner().await;
    let account = server.account_of(&cookie).await;
    let headers = [
        headers[0],
        ("cookie", &cookie),
        ("x-account", &account),
        ("x-chunk-sha256", "00"),
    ];
    let answer = server
        .send(request(Method::PUT, path, &headers, huge()))
        .await;
    assert_eq!(
        (answer.status, answer.json()),
        (StatusCode::PAYLOAD_TOO_LARGE, json!("too_large"))
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn ends_the_session_that_a_browser_had_when_it_gives_another_one(pool: PgPool) {
    let server = Server::new(pool);
    let before = server.owner().await;
    let me = async |cookie: &str| {
        server
            .call(ME, &json!({}), &[("cookie", cookie)])
            .await
            .status
    };
    let cookie_of = |answer: &crate::support::Answer| {
        let cookie = answer.session_cookie().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    };
    let again = server
        .call(SIGN_IN, &credentials(PASSWORD), &[("cookie", &before)])
        .await;
    let signed_in = cookie_of(&again);
    assert_eq!(me(&before).await, StatusCode::UNAUTHORIZED);
    assert_eq!(me(&signed_in).await, StatusCode::OK);

    let change = json!({ "current": PASSWORD, "new": "another good password" });
    let changed = server
        .call(
            "/api/v1/settings/change_password",
            &change,
            &[("cookie", &signed_in)],
        )
        .await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
    assert_eq!(me(&signed_in).await, StatusCode::UNAUTHORIZED);
    assert_eq!(me(&cookie_of(&changed)).await, StatusCode::OK);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn answers_no_page_that_shows_another_account_than_the_session_is_in(pool: PgPool) {
    let server = Server::new(pool);
    let cookie = server.owner().await;
    let first = server.account_of(&cookie).await;
    let shop = json!({ "company": "Second", "country": "CA", "time_zone": "America/Toronto" });
    let headers = [("cookie", cookie.as_str()), ("x-account", &first)];
    let made = server
        .call("/api/v1/settings/create_account", &shop, &headers)
        .await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    let second = server.account_of(&cookie).await;
    assert_ne!(first, second);

    let company = json!({ "name": "Renamed", "country": "CA", "time_zone": "America/Toronto" });
    let members = ("/api/v1/settings/members", &json!({}));
    let rename = ("/api/v1/settings/update_company", &company);
    let other = (StatusCode::CONFLICT, json!({ "conflict": "other_account" }));
    for (path, arguments) in [members, rename] {
        let answer = server.call(path, arguments, &headers).await;
        assert_eq!((answer.status, answer.json()), other, "{path}");
    }
    let unsaid = server
        .call(rename.0, rename.1, &[("cookie", &cookie)])
        .await;
    assert_eq!(unsaid.json(), json!("out_of_date"));
    let headers = [("cookie", cookie.as_str()), ("x-account", &second)];
    let answer = server.call(rename.0, rename.1, &headers).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let piece = "/api/v1/imports/01890000-0000-7000-8000-000000000000/chunks/0";
    let headers = [
        ("cookie", cookie.as_str()),
        ("x-account", &first),
        ("sec-fetch-site", "same-origin"),
    ];
    let answer = server
        .send(request(Method::PUT, piece, &headers, Body::from("x")))
        .await;
    assert_eq!((answer.status, answer.json()), other);
}
