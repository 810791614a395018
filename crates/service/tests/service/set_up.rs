use crate::shop::{self, PASSWORD, Shop};
use chrono::Duration;
use domain::{error::Invalid, permission::Role};
use service::{InvalidInput, ServiceError, SetUp};
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_first_link_makes_the_first_account_and_its_owner_once(pool: PgPool) {
    let (services, _) = shop::services(&pool);
    assert!(services.setup_needed().await.unwrap());
    let stale = services.new_setup_link().await.unwrap().unwrap();
    let link = services.new_setup_link().await.unwrap().unwrap();
    let finish = |link: String| {
        let services = services.clone();
        async move {
            services
                .finish_setup(&link, shop::set_up("Garage"), "Firefox".to_owned())
                .await
        }
    };
    for wrong in [stale, "x".to_owned()] {
        assert!(matches!(
            finish(wrong).await.unwrap_err(),
            ServiceError::NotFound
        ));
    }
    let token = finish(link.clone()).await.unwrap();
    let owner = services.caller(token.expose()).await.unwrap().unwrap();
    assert_eq!(
        (owner.role, owner.name.as_str()),
        (Role::Owner, "Dominique Bélanger")
    );
    assert!(
        matches!(finish(link).await.unwrap_err(), ServiceError::NotFound),
        "used up"
    );
    assert!(!services.setup_needed().await.unwrap());
    assert_eq!(services.new_setup_link().await.unwrap(), None);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_link_is_kept_only_as_its_hash_and_ends_after_a_day(pool: PgPool) {
    let (services, clock) = shop::services(&pool);
    let link = services.new_setup_link().await.unwrap().unwrap();
    let kept: String = sqlx::query_scalar("select t::text from setup_token t")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(!kept.contains(&link));
    clock.advance(Duration::hours(24));
    let late = services
        .finish_setup(&link, shop::set_up("Garage"), String::new())
        .await
        .unwrap_err();
    assert!(matches!(late, ServiceError::NotFound));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_cannot_be_taken_leaves_the_link_usable(pool: PgPool) {
    let (services, _) = shop::services(&pool);
    let link = services.new_setup_link().await.unwrap().unwrap();
    let good = || shop::set_up("Garage");
    let wrong = [
        (
            SetUp {
                company: " ".to_owned(),
                ..good()
            },
            InvalidInput::Text(Invalid::Empty),
        ),
        (
            SetUp {
                name: String::new(),
                ..good()
            },
            InvalidInput::Text(Invalid::Empty),
        ),
        (
            SetUp {
                email: "owner".to_owned(),
                ..good()
            },
            InvalidInput::Text(Invalid::NotAnEmail),
        ),
        (
            SetUp {
                password: "short".into(),
                ..good()
            },
            InvalidInput::PasswordTooShort,
        ),
        (
            SetUp {
                time_zone: "Mars/Olympus".to_owned(),
                ..good()
            },
            InvalidInput::TimeZone,
        ),
    ];
    for (wrong, expected) in wrong {
        match services
            .finish_setup(&link, wrong, String::new())
            .await
            .unwrap_err()
        {
            ServiceError::Invalid(found) => assert_eq!(found, expected),
            other => panic!("{other}"),
        }
    }
    services
        .finish_setup(&link, good(), String::new())
        .await
        .unwrap();
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn no_password_or_token_stands_in_any_table(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let invite = shop
        .services
        .invite(&shop.owner, Role::Viewer, "for Ana".to_owned())
        .await
        .unwrap();
    let token = shop
        .services
        .sign_in(shop::credentials(shop::EMAIL, PASSWORD))
        .await
        .unwrap();
    for table in ["person", "session", "invite"] {
        let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "select t::text from {table} t"
        )))
        .fetch_all(&pool)
        .await
        .unwrap();
        assert!(!rows.is_empty(), "{table}");
        for secret in [PASSWORD, &invite, token.expose()] {
            assert!(rows.iter().all(|row| !row.contains(secret)), "{table}");
        }
    }
    let hash: String = sqlx::query_scalar("select password_hash from person")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(hash.starts_with("$argon2id$"), "{hash}");
}
