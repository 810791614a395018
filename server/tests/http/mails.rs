//! Exported files that are sent by e-mail: who may hand one in, and who gets one.

use crate::support::{Answer, Server, request};
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use domain::{
    account::Country,
    export::{ExportFormat, ExportList, ExportRequest},
    ids::{CustomerId, ExportId, MutationId},
    mail::{FileName, MailLanguage, MailRequest, PIECE_BYTES},
    mutation::{Intent, Mutation, Push},
    slot::{Field, Slot},
    value::Value,
};
use serde_json::json;
use service::Caller;
use sqlx::PgPool;
use uuid::Uuid;

struct Shop {
    server: Server,
    cookie: String,
    owner: Caller,
    export: ExportId,
}

/// A shop with an export whose file of three bytes is announced.
async fn open(pool: &PgPool) -> Shop {
    let server = Server::with_mailer(pool.clone());
    let cookie = server.owner().await;
    let services = &server.services;
    let token = cookie.trim_start_matches("session=");
    let owner = services.caller(token).await.unwrap().unwrap();
    let intent = Intent::CreateCustomer {
        customer: CustomerId::new(Uuid::from_u128(1)),
        values: vec![(Slot::Field(Field::FirstName), Value::text("Ana").unwrap())],
    };
    let mutation = Mutation {
        id: MutationId::new(Uuid::from_u128(2)),
        intent,
    };
    let push = Push {
        account: owner.account,
        mutations: vec![mutation],
    };
    services.push(&owner, push).await.unwrap();
    let wanted = ExportRequest {
        list: ExportList::All,
        columns: vec![Slot::Field(Field::FirstName)],
        format: ExportFormat::Csv,
    };
    let export = services.begin_export(&owner, wanted).await.unwrap().id;
    let mail = MailRequest {
        export,
        file_name: FileName::parse("Clients désabonnés.csv").unwrap(),
        bytes: 3,
        language: MailLanguage::French,
    };
    services.begin_mail(&owner, mail).await.unwrap();
    Shop {
        server,
        cookie,
        owner,
        export,
    }
}

impl Shop {
    async fn put(&self, bytes: &[u8], headers: &[(&str, &str)]) -> Answer {
        let path = format!("/api/v1/exports/{}/mail/0", self.export);
        let put = request(Method::PUT, &path, headers, Body::from(bytes.to_vec()));
        self.server.send(put).await
    }

    async fn file(&self, cookie: &str) -> Answer {
        let path = format!("/api/v1/exports/{}/file", self.export);
        self.server.get(&path, &[("cookie", cookie)]).await
    }

    /// Hands the file in and queues it.
    async fn send(&self) {
        let account = self.owner.account.to_string();
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("cookie", self.cookie.as_str()),
            ("x-account", account.as_str()),
        ];
        let kept = self.put(b"Ana", &headers).await;
        assert_eq!(kept.status, StatusCode::NO_CONTENT, "{}", kept.text());
        let sent = self.server.services.send_mail(&self.owner, self.export);
        sent.await.unwrap();
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_piece_is_taken_from_our_pages_of_the_same_account_only(pool: PgPool) {
    let shop = open(&pool).await;
    let account = shop.owner.account.to_string();
    let ours = ("sec-fetch-site", "same-origin");
    let cookie = ("cookie", shop.cookie.as_str());
    let account = ("x-account", account.as_str());
    let other = ("x-account", "00000000-0000-7000-8000-000000000000");
    for (headers, status) in [
        (vec![cookie, account], StatusCode::FORBIDDEN),
        (
            vec![("sec-fetch-site", "cross-site"), cookie, account],
            StatusCode::FORBIDDEN,
        ),
        (vec![ours, account], StatusCode::UNAUTHORIZED),
        (vec![ours, cookie], StatusCode::BAD_REQUEST),
        (vec![ours, cookie, other], StatusCode::CONFLICT),
    ] {
        assert_eq!(
            shop.put(b"Ana", &headers).await.status,
            status,
            "{headers:?}"
        );
    }
    let headers = [ours, cookie, account];
    let long = vec![b'x'; PIECE_BYTES as usize + 1];
    let too_long = shop.put(&long, &headers).await;
    assert_eq!(too_long.status, StatusCode::PAYLOAD_TOO_LARGE);
    let short = shop.put(b"An", &headers).await;
    assert_eq!(
        (short.status, short.json()),
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            json!({ "export": "file_mixed_up" })
        )
    );
    assert_eq!(
        shop.put(b"Ana", &headers).await.status,
        StatusCode::NO_CONTENT
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_link_gives_the_file_to_its_owner_to_be_saved_and_kept_nowhere(pool: PgPool) {
    let shop = open(&pool).await;
    let early = shop.file(&shop.cookie).await;
    assert_eq!(early.json(), json!({ "export": "file_gone" }));
    shop.send().await;
    let file = shop.file(&shop.cookie).await;
    assert_eq!((file.status, file.text()), (StatusCode::OK, "Ana"));
    for (name, value) in [
        ("content-type", "text/csv"),
        ("content-length", "3"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        (
            "content-disposition",
            "attachment; filename=\"Clients d_sabonn_s.csv\"; filename*=UTF-8''Clients%20d%C3%A9sabonn%C3%A9s.csv",
        ),
    ] {
        assert_eq!(file.header(name), value);
    }

    let stranger = shop.file("").await;
    assert_eq!(stranger.status, StatusCode::SEE_OTHER);
    let back = format!("/sign-in?next=/exports/{}", shop.export);
    assert_eq!(stranger.location(), back);

    sqlx::query("update export_mail set kept_until = now()")
        .execute(&pool)
        .await
        .unwrap();
    let late = shop.file(&shop.cookie).await;
    assert_eq!(
        (late.status, late.json()),
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            json!({ "export": "file_gone" })
        )
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_link_shows_nothing_in_another_account_nor_to_a_colleague(pool: PgPool) {
    let shop = open(&pool).await;
    shop.send().await;
    let services = &shop.server.services;
    let manager = domain::permission::Role::Manager;
    let invite = services.invite(&shop.owner, manager, String::new());
    let (name, email) = ("Colleague".to_owned(), "colleague@example.com".to_owned());
    let session = services
        .accept_invite_as_new(
            &invite.await.unwrap(),
            name,
            email,
            "correct horse".into(),
            String::new(),
        )
        .await
        .unwrap();
    let colleague = shop.file(&format!("session={}", session.expose())).await;
    assert_eq!(colleague.status, StatusCode::NOT_FOUND);

    let company = "Clinique du Nord".to_owned();
    let zone = "Europe/Paris".to_owned();
    let other = services.create_account(&shop.owner, company, Country::CANADA, zone);
    let other = other.await.unwrap();
    services.switch_account(&shop.owner, other).await.unwrap();
    let elsewhere = shop.file(&shop.cookie).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    let page = format!("/exports/{}", shop.export);
    let page = shop.server.get(&page, &[("cookie", &shop.cookie)]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text().contains("This file is not here"));
}
