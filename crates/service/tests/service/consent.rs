//! Unsubscribing: who may, what is known afterwards, and that it stays.

use crate::shop::{Shop, change, create, reasons, set};
use chrono::{DateTime, Duration, Utc};
use domain::{
    consent::{
        ContactPoint, EntrySource, Kind, NewEvent, ProviderMessageId, Screen, Source, Status,
        implied_until,
    },
    ids::CustomerId,
    mutation::{Change, Intent, Reason, Status as Answered},
    permission::Role,
    phone::E164,
    query::{CustomerQuery, Filter},
    slot::{Field, Slot},
    value::Value,
};
use service::Clock;
use sqlx::PgPool;
use store::Store;

fn unsubscribe(shop: &Shop, customer: CustomerId) -> Intent {
    unsubscribe_seen(shop, customer, &[])
}

/// From a screen that shows these numbers.
fn unsubscribe_seen(shop: &Shop, customer: CustomerId, phones: &[&str]) -> Intent {
    Intent::UnsubscribeCustomer {
        customer,
        phones: phones
            .iter()
            .map(|phone| E164::new(phone).unwrap())
            .collect(),
        screen: Screen::Profile,
        occurred_at: shop.clock.now(),
    }
}

async fn start(shop: &Shop, pool: &PgPool, phone: &str, message: &str) {
    deliver(shop, pool, phone, message, Kind::Start).await;
}

async fn stop(shop: &Shop, pool: &PgPool, phone: &str, message: &str) {
    deliver(shop, pool, phone, message, Kind::OptOut).await;
}

async fn deliver(shop: &Shop, pool: &PgPool, phone: &str, message: &str, kind: Kind) {
    let mut tx = Store::new(pool.clone())
        .write(shop.owner.account)
        .await
        .unwrap();
    let point = ContactPoint::sms(E164::new(phone).unwrap());
    let message = ProviderMessageId::delivered(message).unwrap();
    let now = shop.clock.now();
    let event = match kind {
        Kind::Start => NewEvent::start(point, message, now),
        Kind::OptOut => NewEvent::opt_out(point, Source::Message { message }, now),
    };
    store::consent::record(&mut tx, vec![event], now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn unsubscribed_at(shop: &Shop, id: CustomerId) -> Option<DateTime<Utc>> {
    shop.customer(id).await.unsubscribed_at
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_profile_and_the_list_say_since_when_by_whom_and_from_where(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop
        .add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, "4185550001")])
        .await;
    let other = Change {
        slot: Slot::Field(Field::OtherPhones),
        from: None,
        to: Value::texts(vec!["4185550002".to_owned()]),
    };
    shop.apply(set(ana, vec![other])).await;
    shop.add_customer(&[(Field::FirstName, "Bea"), (Field::CellPhone, "4185550003")])
        .await;
    let rev = shop.customer(ana).await.rev;
    shop.clock.advance(Duration::hours(1));
    shop.apply(unsubscribe(&shop, ana)).await;

    let consent = shop
        .services
        .customer_consent(&shop.owner, ana)
        .await
        .unwrap()
        .unwrap();
    let stopped = consent.unsubscribed.unwrap();
    assert_eq!(
        (stopped.kind, stopped.arrived_at, stopped.phone.as_str()),
        (Kind::OptOut, shop.clock.now(), "(418) 555-0001")
    );
    let by_staff = EntrySource::Staff {
        by: "Dominique Bélanger".to_owned(),
        screen: Screen::Profile,
    };
    assert_eq!(stopped.source, by_staff);
    let phones: Vec<_> = consent
        .phones
        .iter()
        .map(|phone| (phone.phone.as_str(), phone.is_cell, phone.status))
        .collect();
    assert_eq!(
        phones,
        [
            ("(418) 555-0001", true, Status::Unsubscribed),
            ("(418) 555-0002", false, Status::Unsubscribed),
        ],
        "the wish is the person's, whatever the number"
    );
    assert_eq!(consent.entries.len(), 2);
    let customer = shop.customer(ana).await;
    assert_eq!(consent.implied_until, implied_until(customer.created_at));
    assert_eq!(customer.unsubscribed_at, Some(shop.clock.now()));
    assert!(customer.rev > rev, "so that lists and devices learn of it");

    let query = |filter| CustomerQuery {
        filter,
        ..CustomerQuery::default()
    };
    let rows = async |filter| {
        let page = shop.services.customers(&shop.owner, query(filter)).await;
        page.unwrap().rows
    };
    let found = rows(Filter::Unsubscribed).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].name, "Ana");
    let marked: Vec<bool> = rows(Filter::All)
        .await
        .iter()
        .map(|row| row.unsubscribed_at.is_some())
        .collect();
    assert_eq!(marked, [true, false]);
    let count = shop
        .services
        .count_customers(&shop.owner, query(Filter::Unsubscribed))
        .await
        .unwrap();
    assert_eq!(count, 1);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn unsubscribing_is_refused_to_viewers_and_needs_no_number(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (viewer, advisor) = (
        shop.hire(Role::Viewer, "vera").await,
        shop.hire(Role::Advisor, "ada").await,
    );
    let ana = shop
        .add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, "4185550001")])
        .await;
    let bea = shop.add_customer(&[(Field::FirstName, "Bea")]).await;
    let refused = shop.push(&viewer, unsubscribe(&shop, ana)).await;
    assert_eq!(reasons(&refused), [Reason::NotAllowed]);
    let done = shop.push(&advisor, unsubscribe(&shop, bea)).await;
    assert_eq!(done.status, Answered::Applied);
    assert!(unsubscribed_at(&shop, bea).await.is_some());
    let gone = unsubscribe(&shop, CustomerId::new(shop.id()));
    let refused = shop.push(&advisor, gone).await;
    assert_eq!(reasons(&refused), [Reason::CustomerGone]);
    assert_eq!(unsubscribed_at(&shop, ana).await, None);
    let done = shop.push(&advisor, unsubscribe(&shop, ana)).await;
    assert_eq!(done.status, Answered::Applied);
    let again = shop.push(&advisor, unsubscribe(&shop, ana)).await;
    assert_eq!(again.status, Answered::Noop);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_number_of_nobody_is_unsubscribed_and_whoever_gets_it_too(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let viewer = shop.hire(Role::Viewer, "vera").await;
    let stop = |phone: &str| Intent::UnsubscribeNumber {
        phone: E164::new(phone).unwrap(),
        screen: Screen::Conversation,
        occurred_at: shop.clock.now(),
    };
    let refused = shop.push(&viewer, stop("+14185550001")).await;
    assert_eq!(reasons(&refused), [Reason::NotAllowed]);
    let done = shop.push(&shop.owner, stop("+14185550001")).await;
    assert_eq!(done.status, Answered::Applied);
    let again = shop.push(&shop.owner, stop("+14185550001")).await;
    assert_eq!(again.status, Answered::Noop);

    let ana = shop
        .add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, "4185550001")])
        .await;
    assert_eq!(unsubscribed_at(&shop, ana).await, Some(shop.clock.now()));
    let bea = shop
        .add_customer(&[(Field::FirstName, "Bea"), (Field::CellPhone, "4185550002")])
        .await;
    assert_eq!(unsubscribed_at(&shop, bea).await, None);
    shop.apply(stop("+14185550002")).await;
    assert_eq!(
        unsubscribed_at(&shop, bea).await,
        Some(shop.clock.now()),
        "somebody had added the number meanwhile"
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn it_survives_another_number_a_deletion_and_a_new_profile(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let profile = [(Field::FirstName, "Ana"), (Field::CellPhone, "4185550001")];
    let ana = shop.add_customer(&profile).await;
    shop.apply(unsubscribe(&shop, ana)).await;
    for (from, to) in [
        ("+14185550001", "4185550002"),
        ("+14185550002", ""),
        ("", "4185550003"),
        ("+14185550003", "4185550001"),
    ] {
        shop.apply(set(ana, vec![change(Field::CellPhone, from, to)]))
            .await;
        assert!(unsubscribed_at(&shop, ana).await.is_some(), "{to}");
    }
    shop.apply(Intent::DeleteCustomer {
        customer: ana,
        seen_rev: shop.customer(ana).await.rev,
    })
    .await;
    for number in ["4185550001", "4185550002", "4185550003"] {
        let id = CustomerId::new(shop.id());
        shop.apply(create(id, &[(Field::CellPhone, number)])).await;
        assert!(unsubscribed_at(&shop, id).await.is_some(), "{number}");
    }
    let bea = shop.add_customer(&[(Field::FirstName, "Bea")]).await;
    shop.apply(set(bea, vec![change(Field::CellPhone, "", "4185550004")]))
        .await;
    assert_eq!(unsubscribed_at(&shop, bea).await, None, "nobody asked");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn only_the_customers_start_lifts_it_and_each_only_once(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop
        .add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, "4185550001")])
        .await;
    shop.apply(unsubscribe(&shop, ana)).await;
    shop.clock.advance(Duration::days(40));
    start(&shop, &pool, "+14185550001", "SM1").await;
    assert_eq!(unsubscribed_at(&shop, ana).await, None);
    let consent = shop
        .services
        .customer_consent(&shop.owner, ana)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(consent.unsubscribed, None);
    assert_eq!(consent.phones[0].status, Status::Express);
    shop.apply(unsubscribe(&shop, ana)).await;
    start(&shop, &pool, "+14185550001", "SM1").await;
    assert!(
        unsubscribed_at(&shop, ana).await.is_some(),
        "a message that is delivered twice is one message"
    );
    let chart = shop.services.opt_outs(&shop.owner).await.unwrap();
    assert_eq!(chart.months.len(), 12);
    assert_eq!(chart.unsubscribed_now, 1);
    let last: Vec<_> = chart.months[10..]
        .iter()
        .map(|month| (month.opt_outs, month.starts))
        .collect();
    let earlier: u32 = chart.months.iter().map(|month| month.opt_outs).sum();
    assert_eq!(last[1], (1, 1));
    assert_eq!(earlier, 2);
}

/// What a device that was away says of its clock is evidence, kept within reason.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_clock_that_is_wrong_cannot_break_the_ledger(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for (number, occurred_at) in [
        ("4185550001", DateTime::<Utc>::MIN_UTC),
        ("4185550002", DateTime::<Utc>::MAX_UTC),
    ] {
        let customer = shop.add_customer(&[(Field::CellPhone, number)]).await;
        shop.apply(Intent::UnsubscribeCustomer {
            customer,
            phones: vec![],
            screen: Screen::List,
            occurred_at,
        })
        .await;
    }
    let ledgers = shop.services.verify_ledgers().await.unwrap();
    assert_eq!((ledgers[0].1.events, &ledgers[0].1.flaws[..]), (2, &[][..]));
}

fn others(from: &[&str], to: &[&str]) -> Change {
    let texts = |phones: &[&str]| Value::texts(phones);
    Change {
        slot: Slot::Field(Field::OtherPhones),
        from: texts(from),
        to: texts(to),
    }
}

async fn statuses(shop: &Shop, id: CustomerId) -> Vec<Status> {
    let consent = shop
        .services
        .customer_consent(&shop.owner, id)
        .await
        .unwrap()
        .unwrap();
    consent.phones.iter().map(|phone| phone.status).collect()
}

/// Numbers come and go; who asked stays unsubscribed on each, other phones too.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn who_asked_takes_the_wish_along_to_every_number(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.add_customer(&[(Field::FirstName, "Ana")]).await;
    shop.apply(set(ana, vec![others(&[], &["+14185550001"])]))
        .await;
    shop.apply(unsubscribe(&shop, ana)).await;
    assert!(unsubscribed_at(&shop, ana).await.is_some(), "no cell phone");
    shop.apply(set(
        ana,
        vec![
            others(&["+14185550001"], &["+14185550002", "+14185550003"]),
            change(Field::CellPhone, "", "4185550004"),
        ],
    ))
    .await;
    assert_eq!(statuses(&shop, ana).await, [Status::Unsubscribed; 3]);
    // Whose START came before Ana asked does not speak for her, whose came later does for their number.
    start(&shop, &pool, "+14185550005", "SM1").await;
    let bea = shop
        .add_customer(&[(Field::FirstName, "Bea"), (Field::CellPhone, "4185550006")])
        .await;
    start(&shop, &pool, "+14185550007", "SM2").await;
    shop.apply(unsubscribe(&shop, bea)).await;
    start(&shop, &pool, "+14185550008", "SM3").await;
    shop.apply(set(
        bea,
        vec![others(
            &[],
            &["+14185550007", "+14185550008", "+14185550009"],
        )],
    ))
    .await;
    assert_eq!(
        statuses(&shop, bea).await,
        [
            Status::Unsubscribed,
            Status::Unsubscribed,
            Status::Express,
            Status::Unsubscribed
        ]
    );
    // The wish of the person goes through the number of somebody else who said START, and out again.
    shop.apply(set(
        bea,
        vec![change(Field::CellPhone, "+14185550006", "4185550010")],
    ))
    .await;
    assert_eq!(statuses(&shop, bea).await[0], Status::Unsubscribed);
    start(&shop, &pool, "+14185550010", "SM4").await;
    assert_eq!(unsubscribed_at(&shop, bea).await, None, "her own START");
    shop.apply(set(
        bea,
        vec![change(Field::CellPhone, "+14185550010", "4185550011")],
    ))
    .await;
    assert_eq!(statuses(&shop, bea).await[0], Status::Implied);
    let ledgers = shop.services.verify_ledgers().await.unwrap();
    assert_eq!(ledgers[0].1.flaws, []);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_typo_is_no_wish_of_whoever_gets_the_number_by_it(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop
        .add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, "4185550001")])
        .await;
    shop.apply(unsubscribe(&shop, ana)).await;
    shop.apply(set(
        ana,
        vec![change(Field::CellPhone, "+14185550001", "4185550002")],
    ))
    .await;
    let carl = shop
        .add_customer(&[(Field::FirstName, "Carl"), (Field::CellPhone, "4185550003")])
        .await;
    shop.apply(set(
        carl,
        vec![change(Field::CellPhone, "+14185550003", "4185550001")],
    ))
    .await;
    assert!(
        unsubscribed_at(&shop, carl).await.is_some(),
        "the number is"
    );
    shop.apply(set(
        carl,
        vec![change(Field::CellPhone, "+14185550001", "4185550003")],
    ))
    .await;
    assert_eq!(unsubscribed_at(&shop, carl).await, None);
    assert_eq!(statuses(&shop, carl).await, [Status::Implied]);
    // What arrives while he has it is his word.
    let other = others(&[], &["+14185550004"]);
    shop.apply(set(carl, vec![other])).await;
    stop(&shop, &pool, "+14185550004", "SM1").await;
    assert!(unsubscribed_at(&shop, carl).await.is_some());
    shop.apply(set(
        carl,
        vec![change(Field::CellPhone, "+14185550003", "")],
    ))
    .await;
    assert!(unsubscribed_at(&shop, carl).await.is_some());
}

/// Somebody who was deleted and comes back is known by any of their numbers.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_new_profile_with_a_number_that_is_unsubscribed_is_of_one_who_asked(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    stop(&shop, &pool, "+14185550001", "SM1").await;
    let ana = CustomerId::new(shop.id());
    let values = vec![
        (
            Slot::Field(Field::CellPhone),
            Value::Text("4185550002".to_owned()),
        ),
        (
            Slot::Field(Field::OtherPhones),
            Value::texts(["4185550001"]).unwrap(),
        ),
    ];
    shop.apply(Intent::CreateCustomer {
        customer: ana,
        values,
    })
    .await;
    assert!(unsubscribed_at(&shop, ana).await.is_some());
    assert_eq!(statuses(&shop, ana).await, [Status::Unsubscribed; 2]);
}

/// The wish is about the numbers that were on the screen, whatever became of the profile since.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_wish_about_a_profile_that_changed_or_went_meanwhile_is_kept(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (ana, bea) = (
        shop.add_customer(&[(Field::CellPhone, "4185550001")]).await,
        shop.add_customer(&[(Field::CellPhone, "4185550003")]).await,
    );
    let seen_by_a_device = unsubscribe_seen(&shop, ana, &["+14185550001"]);
    shop.apply(set(
        ana,
        vec![change(Field::CellPhone, "+14185550001", "4185550002")],
    ))
    .await;
    let done = shop.push(&shop.owner, seen_by_a_device).await;
    assert_eq!(done.status, Answered::Applied);
    let seen_by_a_device = unsubscribe_seen(&shop, bea, &["+14185550003"]);
    shop.apply(Intent::DeleteCustomer {
        customer: bea,
        seen_rev: shop.customer(bea).await.rev,
    })
    .await;
    let done = shop.push(&shop.owner, seen_by_a_device).await;
    assert_eq!(done.status, Answered::Applied);
    let dan = shop.add_customer(&[(Field::FirstName, "Dan")]).await;
    for (from, to) in [("", "4185550001"), ("+14185550001", "4185550003")] {
        shop.apply(set(dan, vec![change(Field::CellPhone, from, to)]))
            .await;
        assert!(unsubscribed_at(&shop, dan).await.is_some(), "{to}");
    }
    assert_eq!(statuses(&shop, ana).await, [Status::Unsubscribed]);
}

/// What is said about a number that somebody else has by now is no evidence about who had it.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_evidence_ends_where_a_number_was_taken_away(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop
        .add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, "4185550001")])
        .await;
    shop.apply(set(
        ana,
        vec![others(&[], &["+14185550002", "+14185550003"])],
    ))
    .await;
    for (phone, message) in [
        ("+14185550001", "SM1"),
        ("+14185550002", "SM2"),
        ("+14185550003", "SM3"),
    ] {
        start(&shop, &pool, phone, message).await;
    }
    shop.apply(set(
        ana,
        vec![
            change(Field::CellPhone, "+14185550001", ""),
            others(&["+14185550002", "+14185550003"], &["+14185550003"]),
        ],
    ))
    .await;
    for (phone, message) in [
        ("+14185550001", "SM4"),
        ("+14185550002", "SM5"),
        ("+14185550003", "SM6"),
    ] {
        stop(&shop, &pool, phone, message).await;
    }
    let consent = shop
        .services
        .customer_consent(&shop.owner, ana)
        .await
        .unwrap()
        .unwrap();
    let messages: Vec<&str> = consent
        .entries
        .iter()
        .map(|entry| match &entry.source {
            EntrySource::Message { message } => message.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(messages, ["SM6", "SM3", "SM2", "SM1"]);
    assert!(!consent.older_left_out);
    let stopped = consent.unsubscribed.unwrap();
    assert_eq!(stopped.phone, "(418) 555-0003", "without a cell phone");
}
