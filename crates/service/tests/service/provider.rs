//! Setting the provider of text messages up.

use crate::{
    shop::Shop,
    twilio_api::{ACCOUNT_SID, TOKEN, TwilioApi},
};
use axum::http::StatusCode;
use domain::{
    audit::Action,
    permission::Role,
    phone::E164,
    provider::{NewTwilioSettings, Provider, ProviderProblem, TwilioSettings},
};
use service::{ProviderConfig, SecretKey, ServiceError, TwilioAccount};
use sqlx::PgPool;

const NUMBER: &str = "+14185550000";

pub(crate) fn key(letter: &str) -> SecretKey {
    // 32 bytes.
    SecretKey::parse(&format!("{}=", letter.repeat(43)).into()).unwrap()
}

pub(crate) fn config(api: &TwilioApi) -> ProviderConfig {
    ProviderConfig {
        key: Some(key("A")),
        api: Some(api.address.parse().unwrap()),
        site: "https://crm.example.com".to_owned(),
        ..ProviderConfig::default()
    }
}

pub(crate) fn environment() -> TwilioAccount {
    TwilioAccount {
        sid: "AC11111111111111111111111111111111".parse().unwrap(),
        token: "another-token".into(),
        sender: service::sender("MG0123456789abcdef0123456789abcdef").unwrap(),
        per_second: service::per_second(5).unwrap(),
    }
}

pub(crate) fn typed() -> NewTwilioSettings {
    NewTwilioSettings {
        account_sid: format!(" {ACCOUNT_SID} "),
        auth_token: Some(TOKEN.to_owned()),
        sender: "(418) 555-0000".to_owned(),
        per_second: 1,
    }
}

/// A shop on a server that is set up so.
pub(crate) async fn open(pool: &PgPool, config: ProviderConfig) -> Shop {
    let mut shop = Shop::open(pool).await;
    shop.services = shop.services.clone().with_providers(config);
    shop
}

async fn set(shop: &Shop, settings: NewTwilioSettings) -> Option<ProviderProblem> {
    let set = shop.services.set_twilio(&shop.owner, settings).await;
    set.unwrap()
}

async fn settings(shop: &Shop) -> Option<TwilioSettings> {
    let settings = shop.services.provider_settings(&shop.owner).await;
    settings.unwrap().twilio
}

async fn provider(shop: &Shop) -> Provider {
    shop.services.provider(&shop.owner).await.unwrap()
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_provider_is_set_and_taken_away(pool: PgPool) {
    let api = TwilioApi::start().await;
    let shop = open(&pool, config(&api)).await;
    assert_eq!(provider(&shop).await, Provider::Simulator);
    let before = shop.services.provider_settings(&shop.owner).await.unwrap();
    assert!(before.can_keep_secrets && before.twilio.is_none());
    let account = shop.owner.account;
    assert_eq!(
        before.inbound_url,
        format!("https://crm.example.com/webhooks/twilio/{account}/messages")
    );

    assert_eq!(set(&shop, typed()).await, None);
    let kept = TwilioSettings {
        account_sid: ACCOUNT_SID.to_owned(),
        sender: NUMBER.to_owned(),
        per_second: 1,
        from_environment: false,
    };
    assert_eq!(settings(&shop).await, Some(kept));
    let number = Some(E164::new(NUMBER).unwrap());
    assert_eq!(provider(&shop).await, Provider::Twilio { number });
    let token: Vec<u8> = sqlx::query_scalar("select auth_token from provider")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(!token.windows(5).any(|part| part == b"token"));

    shop.services.remove_provider(&shop.owner).await.unwrap();
    assert_eq!(provider(&shop).await, Provider::Simulator);
    let again = shop.services.remove_provider(&shop.owner).await;
    assert!(matches!(again, Err(ServiceError::NotFound)));
    let audit = shop.services.audit(&shop.owner, None).await.unwrap();
    let actions: Vec<_> = audit.rows.into_iter().map(|entry| entry.action).collect();
    let sender = || NUMBER.to_owned();
    assert_eq!(
        actions,
        [
            Action::ProviderRemoved { sender: sender() },
            Action::ProviderSet { sender: sender() }
        ]
    );
}

/// The clock of the tests stands still, so that all of this has the same time.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_happens_in_one_moment_is_told_in_its_order(pool: PgPool) {
    let api = TwilioApi::start().await;
    let shop = open(&pool, config(&api)).await;
    for _ in 0..10 {
        assert_eq!(set(&shop, typed()).await, None);
        shop.services.remove_provider(&shop.owner).await.unwrap();
    }
    let audit = shop.services.audit(&shop.owner, None).await.unwrap();
    let actions: Vec<_> = audit.rows.into_iter().map(|entry| entry.action).collect();
    let sender = || NUMBER.to_owned();
    let turn = |_| {
        [
            Action::ProviderRemoved { sender: sender() },
            Action::ProviderSet { sender: sender() },
        ]
    };
    assert_eq!(actions, (0..10).flat_map(turn).collect::<Vec<_>>());
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_cannot_be_right_is_named_and_nothing_is_kept(pool: PgPool) {
    let api = TwilioApi::start().await;
    let shop = open(&pool, config(&api)).await;
    let wrong = |change: fn(&mut NewTwilioSettings)| {
        let mut settings = typed();
        change(&mut settings);
        settings
    };
    for (wrong, problem) in [
        (
            wrong(|s| s.account_sid = "SK1".to_owned()),
            ProviderProblem::AccountSid,
        ),
        (wrong(|s| s.auth_token = None), ProviderProblem::AuthToken),
        (
            wrong(|s| s.auth_token = Some(" ".to_owned())),
            ProviderProblem::AuthToken,
        ),
        (
            wrong(|s| s.auth_token = Some("to\nken".to_owned())),
            ProviderProblem::AuthToken,
        ),
        (
            wrong(|s| s.sender = "MG1".to_owned()),
            ProviderProblem::Sender,
        ),
        (wrong(|s| s.per_second = 0), ProviderProblem::PerSecond),
        (wrong(|s| s.per_second = 101), ProviderProblem::PerSecond),
        (
            wrong(|s| s.auth_token = Some("wrong".to_owned())),
            ProviderProblem::Refused,
        ),
    ] {
        assert_eq!(set(&shop, wrong).await, Some(problem));
        assert_eq!(settings(&shop).await, None);
    }
    api.answer(StatusCode::INTERNAL_SERVER_ERROR);
    let away = shop.services.set_twilio(&shop.owner, typed()).await;
    assert!(matches!(away, Err(ServiceError::ProviderUnreachable)));
    assert_eq!(settings(&shop).await, None);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_token_that_is_kept_need_not_be_typed_again(pool: PgPool) {
    let api = TwilioApi::start().await;
    let mut shop = open(&pool, config(&api)).await;
    set(&shop, typed()).await;
    let faster = NewTwilioSettings {
        auth_token: None,
        per_second: 10,
        ..typed()
    };
    assert_eq!(set(&shop, faster.clone()).await, None);
    assert_eq!(settings(&shop).await.unwrap().per_second, 10);

    // Under another key, what is kept cannot be read.
    let other = ProviderConfig {
        key: Some(key("E")),
        ..config(&api)
    };
    shop.services = shop.services.clone().with_providers(other);
    assert_eq!(settings(&shop).await.unwrap().per_second, 10);
    assert_eq!(set(&shop, faster).await, Some(ProviderProblem::AuthToken));
    assert_eq!(set(&shop, typed()).await, None);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn without_a_key_nothing_can_be_kept(pool: PgPool) {
    let api = TwilioApi::start().await;
    let no_key = ProviderConfig {
        key: None,
        ..config(&api)
    };
    let shop = open(&pool, no_key).await;
    let shown = shop.services.provider_settings(&shop.owner).await.unwrap();
    assert!(!shown.can_keep_secrets);
    assert_eq!(set(&shop, typed()).await, Some(ProviderProblem::NoKey));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn managers_set_it_up_and_everybody_knows_it(pool: PgPool) {
    let api = TwilioApi::start().await;
    let shop = open(&pool, config(&api)).await;
    let advisor = shop.hire(Role::Advisor, "Ana").await;
    let services = &shop.services;
    let refused = [
        services.provider_settings(&advisor).await.err(),
        services.set_twilio(&advisor, typed()).await.err(),
        services.remove_provider(&advisor).await.err(),
    ];
    for refused in refused {
        assert!(matches!(refused, Some(ServiceError::Forbidden)));
    }
    let manager = shop.hire(Role::Manager, "Max").await;
    assert_eq!(services.set_twilio(&manager, typed()).await.unwrap(), None);
    let viewer = shop.hire(Role::Viewer, "Vic").await;
    let known = services.provider(&viewer).await.unwrap();
    assert!(matches!(known, Provider::Twilio { .. }));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_environment_serves_the_oldest_account_until_it_has_its_own(pool: PgPool) {
    let api = TwilioApi::start().await;
    let with_environment = ProviderConfig {
        environment: Some(environment()),
        ..config(&api)
    };
    let shop = open(&pool, with_environment).await;
    assert_eq!(provider(&shop).await, Provider::Twilio { number: None });
    let shown = settings(&shop).await.unwrap();
    assert!(shown.from_environment);
    assert_eq!(
        (&*shown.sender, shown.per_second),
        ("MG0123456789abcdef0123456789abcdef", 5)
    );
    let second = crate::two_shops::second_account(&shop).await;
    let of_second = shop.services.provider(&second).await.unwrap();
    assert_eq!(of_second, Provider::Simulator);

    assert_eq!(set(&shop, typed()).await, None);
    assert!(!settings(&shop).await.unwrap().from_environment);
    shop.services.remove_provider(&shop.owner).await.unwrap();
    assert!(settings(&shop).await.unwrap().from_environment);
}
