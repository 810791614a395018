//! The phone simulator, and its end.

use crate::{
    provider::{config, environment, open, typed},
    shop::{Shop, create},
    twilio_api::TwilioApi,
};
use chrono::Duration;
use domain::{
    consent::{EntrySource, ProviderMessageId, Screen, Status},
    error::Invalid,
    ids::{ConversationId, CustomerId},
    mutation::Intent,
    permission::Role,
    phone::E164,
    slot::Field,
};
use service::{Clock, Inbound, InvalidInput, ProviderConfig, Received, ServiceError, Worked};
use sqlx::PgPool;

const NUMBER: &str = "+14185551234";

async fn text(shop: &Shop, text: &str) -> ConversationId {
    shop.clock.advance(Duration::seconds(1));
    let thread = shop
        .services
        .simulate_text(&shop.owner, "418 555-1234", text)
        .await;
    thread.unwrap().unwrap()
}

/// What the customer's own phone sends through a provider.
async fn deliver(shop: &Shop, id: &str, text: &str) {
    let inbound = Inbound {
        id: ProviderMessageId::delivered(id).unwrap(),
        from: E164::new(NUMBER).unwrap(),
        text: text.to_owned(),
        media: Vec::new(),
        verdict: None,
    };
    let received = shop.services.receive(shop.owner.account, inbound).await;
    assert!(matches!(received.unwrap(), Received::New { .. }));
}

async fn status(shop: &Shop) -> Status {
    let thread = shop
        .services
        .conversation_with_number(&shop.owner, NUMBER)
        .await;
    thread.unwrap().consent
}

async fn set_provider(shop: &Shop) {
    let set = shop.services.set_twilio(&shop.owner, typed()).await;
    assert_eq!(set.unwrap(), None);
}

async fn ledger_holds(shop: &Shop) {
    for (_, verified) in shop.services.verify_ledgers().await.unwrap() {
        assert_eq!(verified.flaws, []);
    }
}

async fn unsubscribe(shop: &Shop, customer: CustomerId) {
    shop.apply(Intent::UnsubscribeCustomer {
        customer,
        phones: Vec::new(),
        screen: Screen::Profile,
        occurred_at: shop.clock.now(),
    })
    .await;
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_phone_shows_what_it_wrote_and_what_it_got(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let thread = text(&shop, "STOP").await;
    while shop.services.send_next_message().await.unwrap() == Worked::Done {}
    text(&shop, "Is my car ready?").await;
    let phone = shop
        .services
        .simulated_phone(&shop.owner, thread)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(phone.shop, "Garage Bélanger");
    assert_eq!(phone.contact.phone.as_str(), NUMBER);
    assert!(phone.contact.unsubscribed);
    let mine: Vec<bool> = phone.messages.iter().map(|m| m.is_mine).collect();
    assert_eq!(mine, [true, false, true], "{:?}", phone.messages);
    assert_eq!(phone.messages[0].text, "STOP");
    assert!(phone.messages[1].text.contains("START"));
    assert_eq!(phone.messages[2].text, "Is my car ready?");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_phone_has_a_number_and_writes_something(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for (number, text, problem) in [
        ("555-1234", "Hello", Invalid::NotAPhone),
        ("418 555-1234", " \n", Invalid::Empty),
        (
            "418 555-1234",
            &"x".repeat(1_601),
            Invalid::TooLong { max: 1_600 },
        ),
    ] {
        let refused = shop.services.simulate_text(&shop.owner, number, text).await;
        let Err(ServiceError::Invalid(InvalidInput::Text(why))) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(why, problem);
    }
    let viewer = shop.hire(Role::Viewer, "Vic").await;
    let refused = shop.services.simulate_text(&viewer, NUMBER, "Hello").await;
    assert!(matches!(refused, Err(ServiceError::Forbidden)));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn there_is_no_simulator_beside_a_provider(pool: PgPool) {
    let api = TwilioApi::start().await;
    let shop = open(&pool, config(&api)).await;
    let thread = text(&shop, "Hello").await;
    set_provider(&shop).await;
    let services = &shop.services;
    let written = services.simulate_text(&shop.owner, NUMBER, "START").await;
    assert_eq!(written.unwrap(), None);
    let phone = services.simulated_phone(&shop.owner, thread).await;
    assert_eq!(phone.unwrap(), None);
    let late = services.receive(shop.owner.account, under_way(&shop)).await;
    assert_eq!(late.unwrap(), Received::Seen);
    assert_eq!(status(&shop).await, Status::Implied);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_text_of_the_simulator_does_not_arrive_beside_a_provider_of_the_environment(
    pool: PgPool,
) {
    let api = TwilioApi::start().await;
    let with_environment = ProviderConfig {
        environment: Some(environment()),
        ..config(&api)
    };
    let shop = open(&pool, with_environment).await;
    let late = shop.services.receive(shop.owner.account, under_way(&shop));
    assert_eq!(late.await.unwrap(), Received::Seen);
    assert_eq!(status(&shop).await, Status::Implied);
}

/// A START that was typed on the simulator just before the provider was there.
fn under_way(shop: &Shop) -> Inbound {
    Inbound {
        id: ProviderMessageId::simulated(shop.id()),
        from: E164::new(NUMBER).unwrap(),
        text: "START".to_owned(),
        media: Vec::new(),
        verdict: None,
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_start_of_the_simulator_ends_with_it(pool: PgPool) {
    let api = TwilioApi::start().await;
    let shop = open(&pool, config(&api)).await;
    let customer = shop.add_customer(&[(Field::CellPhone, NUMBER)]).await;
    unsubscribe(&shop, customer).await;
    text(&shop, "START").await;
    assert_eq!(status(&shop).await, Status::Express);
    assert_eq!(shop.customer(customer).await.unsubscribed_at, None);

    shop.clock.advance(Duration::seconds(1));
    set_provider(&shop).await;
    assert_eq!(status(&shop).await, Status::Unsubscribed);
    let stopped_at = shop.customer(customer).await.unsubscribed_at;
    assert_eq!(stopped_at, Some(shop.clock.now()));
    let consent = shop.services.customer_consent(&shop.owner, customer).await;
    let entries = consent.unwrap().unwrap().entries;
    assert_eq!(entries[0].source, EntrySource::SimulationEnded);
    ledger_holds(&shop).await;

    // Once is enough, and the customer's own START counts.
    set_provider(&shop).await;
    deliver(&shop, "SM0123456789abcdef0123456789abcdef", "START").await;
    assert_eq!(status(&shop).await, Status::Express);
    set_provider(&shop).await;
    assert_eq!(status(&shop).await, Status::Express);
    assert_eq!(shop.customer(customer).await.unsubscribed_at, None);
    ledger_holds(&shop).await;
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_start_of_the_customer_counts_whatever_the_simulator_said_before(pool: PgPool) {
    let api = TwilioApi::start().await;
    let shop = open(&pool, config(&api)).await;
    text(&shop, "STOP").await;
    text(&shop, "START").await;
    deliver(&shop, "SM0123456789abcdef0123456789abcdef", "START").await;
    set_provider(&shop).await;
    assert_eq!(status(&shop).await, Status::Express);
    ledger_holds(&shop).await;
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn who_was_deleted_meanwhile_comes_back_unsubscribed(pool: PgPool) {
    let api = TwilioApi::start().await;
    let shop = open(&pool, config(&api)).await;
    let customer = shop.add_customer(&[(Field::CellPhone, NUMBER)]).await;
    unsubscribe(&shop, customer).await;
    text(&shop, "START").await;
    let seen_rev = shop.customer(customer).await.rev;
    shop.apply(Intent::DeleteCustomer { customer, seen_rev })
        .await;
    set_provider(&shop).await;
    assert_eq!(status(&shop).await, Status::Unsubscribed);
    let again = CustomerId::new(shop.id());
    shop.apply(create(again, &[(Field::CellPhone, NUMBER)]))
        .await;
    assert!(shop.customer(again).await.unsubscribed_at.is_some());
    ledger_holds(&shop).await;
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn with_a_provider_of_the_environment_it_ends_when_the_server_starts(pool: PgPool) {
    let api = TwilioApi::start().await;
    let mut shop = open(&pool, config(&api)).await;
    text(&shop, "STOP").await;
    text(&shop, "START").await;
    shop.services.end_simulation().await.unwrap();
    assert_eq!(status(&shop).await, Status::Express);
    let with_environment = ProviderConfig {
        environment: Some(environment()),
        ..config(&api)
    };
    shop.services = shop.services.clone().with_providers(with_environment);
    for _ in 0..2 {
        shop.services.end_simulation().await.unwrap();
        assert_eq!(status(&shop).await, Status::Unsubscribed);
    }
    ledger_holds(&shop).await;
}
