use crate::shop::{EMAIL, PASSWORD, Shop, credentials};
use chrono::Duration;
use domain::permission::Role;
use service::{Clock, ServiceError, SignIn};
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn each_sign_in_gives_a_session_of_its_own(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let first = shop
        .services
        .sign_in(credentials("OWNER@example.com ", PASSWORD))
        .await
        .unwrap();
    let second = shop
        .services
        .sign_in(credentials(EMAIL, PASSWORD))
        .await
        .unwrap();
    assert_ne!(first.expose(), second.expose());
    let caller = shop.services.caller(first.expose()).await.unwrap().unwrap();
    assert_eq!(
        (caller.person, caller.account, caller.role),
        (shop.owner.person, shop.owner.account, Role::Owner)
    );
    assert!(shop.services.caller("something").await.unwrap().is_none());
    shop.services.sign_out(&caller).await.unwrap();
    assert!(
        shop.services
            .caller(first.expose())
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        shop.services
            .caller(second.expose())
            .await
            .unwrap()
            .is_some()
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn wrong_passwords_and_unknown_people_get_one_answer(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for (email, password) in [
        (EMAIL, "wrong password"),
        ("nobody@example.com", PASSWORD),
        ("nobody", PASSWORD),
    ] {
        let refused = shop
            .services
            .sign_in(credentials(email, password))
            .await
            .unwrap_err();
        assert!(
            matches!(refused, ServiceError::WrongCredentials),
            "{email}: {refused}"
        );
    }
}

fn from(address: &str, email: &str, password: &str) -> SignIn {
    SignIn {
        address: address.to_owned(),
        ..credentials(email, password)
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn ten_wrong_passwords_close_the_door_of_an_email_for_a_while(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for number in 0..10 {
        let address = format!("203.0.113.{number}");
        let refused = shop
            .services
            .sign_in(from(&address, EMAIL, "wrong password"))
            .await
            .unwrap_err();
        assert!(
            matches!(refused, ServiceError::WrongCredentials),
            "{refused}"
        );
    }
    shop.clock.advance(Duration::minutes(5));
    match shop
        .services
        .sign_in(from("198.51.100.1", EMAIL, PASSWORD))
        .await
        .unwrap_err()
    {
        ServiceError::TooManyTries {
            retry_after_seconds,
        } => assert_eq!(retry_after_seconds, 600),
        other => panic!("{other}"),
    }
    shop.clock.advance(Duration::minutes(10));
    shop.services
        .sign_in(from("198.51.100.1", EMAIL, PASSWORD))
        .await
        .unwrap();
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_success_forgives_the_tries_of_its_email(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for _ in 0..2 {
        for _ in 0..9 {
            shop.services
                .sign_in(credentials(EMAIL, "wrong password"))
                .await
                .unwrap_err();
        }
        shop.services
            .sign_in(credentials(EMAIL, PASSWORD))
            .await
            .unwrap();
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn fifty_wrong_tries_close_the_door_of_an_address_whatever_the_emails(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    // One household has a whole /64 of IPv6.
    let tries = (0..50).map(|n| {
        from(
            &format!("2001:db8::{n:x}"),
            &format!("guess{n}@example.com"),
            "wrong password",
        )
    });
    for one in tries {
        let refused = shop.services.sign_in(one).await.unwrap_err();
        assert!(
            matches!(refused, ServiceError::WrongCredentials),
            "{refused}"
        );
    }
    let refused = shop
        .services
        .sign_in(from("2001:db8::ffff", EMAIL, PASSWORD))
        .await
        .unwrap_err();
    assert!(
        matches!(refused, ServiceError::TooManyTries { .. }),
        "{refused}"
    );
    shop.services
        .sign_in(from("2001:db8:0:1::1", EMAIL, PASSWORD))
        .await
        .unwrap();
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_session_lives_as_long_as_it_is_used(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let token = shop
        .services
        .sign_in(credentials(EMAIL, PASSWORD))
        .await
        .unwrap();
    for _ in 0..3 {
        shop.clock.advance(Duration::days(29));
        assert!(
            shop.services
                .caller(token.expose())
                .await
                .unwrap()
                .is_some()
        );
    }
    shop.clock.advance(Duration::days(30));
    assert!(
        shop.services
            .caller(token.expose())
            .await
            .unwrap()
            .is_none()
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_time_of_last_use_is_written_once_a_minute_at_most(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let token = shop
        .services
        .sign_in(credentials(EMAIL, PASSWORD))
        .await
        .unwrap();
    let caller = shop.services.caller(token.expose()).await.unwrap().unwrap();
    let last_seen = async || {
        shop.services.caller(token.expose()).await.unwrap();
        let devices = shop.services.devices(&caller).await.unwrap();
        let this = devices.into_iter().find(|device| device.this_one).unwrap();
        (this.last_seen - this.signed_in_at).num_seconds()
    };
    shop.clock.advance(Duration::seconds(59));
    assert_eq!(last_seen().await, 0);
    shop.clock.advance(Duration::seconds(1));
    assert_eq!(last_seen().await, 60);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_device_can_be_revoked_by_its_person_only(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.hire(Role::Owner, "Ana").await;
    let token = shop
        .services
        .sign_in(credentials(EMAIL, PASSWORD))
        .await
        .unwrap();
    let devices = shop.services.devices(&shop.owner).await.unwrap();
    assert_eq!(
        devices
            .iter()
            .map(|device| device.this_one)
            .filter(|this| *this)
            .count(),
        1
    );
    let lost = devices
        .iter()
        .find(|device| !device.this_one)
        .unwrap()
        .session;
    let refused = shop.services.revoke_device(&ana, lost).await.unwrap_err();
    assert!(matches!(refused, ServiceError::NotFound));
    assert!(
        shop.services
            .caller(token.expose())
            .await
            .unwrap()
            .is_some()
    );
    shop.services
        .revoke_device(&shop.owner, lost)
        .await
        .unwrap();
    assert!(
        shop.services
            .caller(token.expose())
            .await
            .unwrap()
            .is_none()
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_new_password_ends_every_session_and_begins_a_new_one(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let here = shop
        .services
        .sign_in(credentials(EMAIL, PASSWORD))
        .await
        .unwrap();
    let there = shop
        .services
        .sign_in(credentials(EMAIL, PASSWORD))
        .await
        .unwrap();
    let caller = shop.services.caller(here.expose()).await.unwrap().unwrap();
    let change = |current: &str, new: &str| {
        let (services, caller) = (shop.services.clone(), caller.clone());
        let (current, new) = (current.into(), new.into());
        async move {
            services
                .change_password(&caller, current, new, "Firefox")
                .await
        }
    };
    assert!(matches!(
        change("wrong password", "a new password")
            .await
            .unwrap_err(),
        ServiceError::WrongCredentials
    ));
    assert!(matches!(
        change(PASSWORD, "short").await.unwrap_err(),
        ServiceError::Invalid(_)
    ));
    let new = change(PASSWORD, "a new password").await.unwrap();
    for (token, works) in [(&new, true), (&here, false), (&there, false)] {
        let caller = shop.services.caller(token.expose()).await.unwrap();
        assert_eq!(caller.is_some(), works);
    }
    assert!(
        shop.services
            .sign_in(credentials(EMAIL, PASSWORD))
            .await
            .is_err()
    );
    shop.services
        .sign_in(credentials(EMAIL, "a new password"))
        .await
        .unwrap();
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_has_expired_is_swept_and_nothing_else(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let count = async |table: &str| -> i64 {
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    let wrong = async |email: &str| shop.services.sign_in(credentials(email, "wrong")).await;
    let invite = async || {
        let note = "for Ana".to_owned();
        shop.services.invite(&shop.owner, Role::Viewer, note).await
    };
    let tables = ["sign_in_attempt", "session", "invite"];
    let counts = async || {
        let mut counts = Vec::new();
        for table in tables {
            counts.push(count(table).await);
        }
        counts
    };
    wrong("old@example.com").await.unwrap_err();
    invite().await.unwrap();
    let before = counts().await;
    shop.services.sweep_sign_in().await.unwrap();
    assert_eq!(counts().await, before);

    shop.clock.advance(Duration::days(31));
    wrong("new@example.com").await.unwrap_err();
    let token = shop
        .services
        .sign_in(credentials(EMAIL, PASSWORD))
        .await
        .unwrap();
    invite().await.unwrap();
    shop.services.sweep_sign_in().await.unwrap();
    let caller = shop.services.caller(token.expose()).await.unwrap();
    assert!(caller.is_some());
    assert_eq!(count("session").await, 1);
    assert_eq!(count("invite").await, 1);
    let old: i64 =
        sqlx::query_scalar("select count(*) from sign_in_attempt where window_started_at < $1")
            .bind(shop.clock.now() - Duration::days(1))
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(old, 0);
}
