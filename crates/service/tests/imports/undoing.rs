//! Undo import: back to what was, apart from what was touched since.

use crate::shop::{File, Shop, attribute_id, phone, text};
use chrono::TimeDelta;
use domain::{
    attribute::AttributeKind,
    consent::ProviderMessageId,
    history::Source,
    import::{merge::MergeRule, refusal::ImportRefusal, report::ImportState},
    permission::Role,
    phone::E164,
    slot::{Field, Slot},
};
use service::{Inbound, Received, ServiceError};
use sqlx::PgPool;

const COLUMNS: &[Field] = &[Field::Reference, Field::FirstName, Field::CellPhone];

async fn two_customers(shop: &Shop) {
    let file = File::new(COLUMNS)
        .named("first.csv")
        .row(&["A", "Ana", &phone(1)])
        .row(&["B", "Bea", &phone(2)]);
    shop.import(&file).await;
}

/// Taking a file back is no wish to forget what people wrote.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_thread_outlives_the_import_that_named_its_number(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let inbound = Inbound {
        id: ProviderMessageId::delivered("SM1").unwrap(),
        from: E164::new(&phone(1)).unwrap(),
        text: "Hello".to_owned(),
        media: Vec::new(),
        verdict: None,
    };
    let account = shop.owner.account;
    let Received::New { conversation } = shop.services.receive(account, inbound).await.unwrap()
    else {
        panic!("it is new")
    };
    let file = File::new(COLUMNS).row(&["A", "Ana", &phone(1)]);
    let import = shop.import(&file).await;
    let name = async || {
        let thread = shop.services.conversation(&shop.owner, conversation).await;
        thread.unwrap().unwrap().contact.name
    };
    assert_eq!(name().await, "Ana");
    shop.services
        .undo_import(&shop.owner, import.id)
        .await
        .unwrap();
    assert_eq!(name().await, "");
    let thread = shop.services.thread(&shop.owner, conversation, None).await;
    assert_eq!(thread.unwrap().entries.len(), 1);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn everything_goes_back_when_nobody_touched_it(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    two_customers(&shop).await;
    let before = shop.rows().await;
    let (made, used) = (attribute_id(), attribute_id());
    let second = File::new(COLUMNS)
        .new_attribute(used, "Used", AttributeKind::Texts)
        .new_attribute(made, "Made", AttributeKind::Date)
        .rule(MergeRule::Replace)
        .row(&["A", "Anna", &phone(5), "x, y", ""])
        .row(&["N", "Nora", &phone(6), "z", "2024-02-29"]);
    let summary = shop.import(&second).await;
    let report = shop
        .services
        .undo_import(&shop.owner, summary.id)
        .await
        .unwrap();
    assert_eq!(
        (
            report.customers_removed,
            report.values_restored,
            report.kept.rows.len()
        ),
        (1, 3, 0)
    );
    assert_eq!(shop.rows().await, before);
    assert_eq!(shop.count("customer_tombstone").await, 1);
    // The history of Ana mentions the one attribute; nothing knows of the other any more.
    let attributes = shop.services.attributes(&shop.owner).await.unwrap();
    assert_eq!(
        attributes
            .iter()
            .map(|a| (a.id, a.retired))
            .collect::<Vec<_>>(),
        [(used, true)]
    );
    let history = shop
        .services
        .history(&shop.owner, shop.named("Ana").await.0, None)
        .await
        .unwrap();
    assert!(
        matches!(&history.rows[0].source, Source::Undo { import, .. } if *import == summary.id)
    );
    assert!(shop.staging_is_empty().await);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_was_touched_since_stays_and_is_listed(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    two_customers(&shop).await;
    let second = File::new(COLUMNS)
        .rule(MergeRule::Replace)
        .row(&["A", "Anna", &phone(5)])
        .row(&["B", "Béa", &phone(6)])
        .row(&["M", "Mia", ""])
        .row(&["N", "Nora", ""]);
    let summary = shop.import(&second).await;
    let (anna, bea, mia) = (
        shop.named("Anna").await.0,
        shop.named("Béa").await.0,
        shop.named("Mia").await.0,
    );
    shop.edit(anna, Slot::Field(Field::FirstName), text("Annie"))
        .await;
    shop.edit(mia, Slot::Field(Field::City), text("Laval"))
        .await;
    // Somebody got the number meanwhile that Béa had.
    shop.edit(mia, Slot::Field(Field::CellPhone), text(&phone(2)))
        .await;

    let report = shop
        .services
        .undo_import(&shop.owner, summary.id)
        .await
        .unwrap();
    assert_eq!((report.customers_removed, report.values_restored), (1, 2));
    let mut kept: Vec<_> = report
        .kept
        .rows
        .iter()
        .map(|kept| (kept.customer, kept.name.as_str(), kept.slot))
        .collect();
    kept.sort_by_key(|(_, name, _)| name.to_owned());
    let expected = [
        (anna, "Annie", Some(Slot::Field(Field::FirstName))),
        (bea, "Bea", Some(Slot::Field(Field::CellPhone))),
        (mia, "Mia", None),
    ];
    assert_eq!(kept, expected);
    assert_eq!(shop.named("Annie").await.1.text(Field::CellPhone), phone(1));
    assert_eq!(shop.named("Bea").await.1.text(Field::CellPhone), phone(6));
    assert_eq!(shop.count("customer").await, 3);

    let again = shop
        .services
        .undo_import(&shop.owner, summary.id)
        .await
        .unwrap();
    assert_eq!(again, report);
    assert_eq!(
        shop.services
            .undo_report(&shop.owner, summary.id, None)
            .await
            .unwrap(),
        Some(report)
    );
    let page = shop.services.imports(&shop.owner, None).await.unwrap();
    let states: Vec<_> = page.rows.iter().map(|import| import.state).collect();
    assert_eq!(states, [ImportState::Undone, ImportState::Committed]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_later_import_counts_as_a_touch(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    two_customers(&shop).await;
    let renamed = |name: &str| {
        File::new(COLUMNS)
            .rule(MergeRule::Replace)
            .named(name)
            .row(&["A", name, ""])
    };
    let second = shop.import(&renamed("Second")).await;
    let third = shop.import(&renamed("Third")).await;
    let report = shop
        .services
        .undo_import(&shop.owner, second.id)
        .await
        .unwrap();
    assert_eq!((report.values_restored, report.kept.rows.len()), (0, 1));
    assert_eq!(
        shop.services
            .undo_import(&shop.owner, third.id)
            .await
            .unwrap()
            .values_restored,
        1
    );
    shop.named("Second").await;
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_attribute_that_somebody_uses_stays(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    two_customers(&shop).await;
    let tags = attribute_id();
    let second = File::new(COLUMNS)
        .new_attribute(tags, "Tags", AttributeKind::Text)
        .row(&["A", "", "", "x"]);
    let summary = shop.import(&second).await;
    shop.edit(
        shop.named("Bea").await.0,
        Slot::Attribute(tags),
        text("mine"),
    )
    .await;
    shop.services
        .undo_import(&shop.owner, summary.id)
        .await
        .unwrap();
    let attributes = shop.services.attributes(&shop.owner).await.unwrap();
    assert_eq!(
        attributes
            .iter()
            .map(|a| (a.id, a.retired))
            .collect::<Vec<_>>(),
        [(tags, false)]
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_retired_attribute_is_taken_back_into_use_by_the_import_that_fills_it(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    two_customers(&shop).await;
    let with = |name: &str| {
        File::new(COLUMNS)
            .named(name)
            .new_attribute(attribute_id(), "Tags", AttributeKind::Text)
            .row(&["A", "", "", "x"])
    };
    let first = shop.import(&with("a")).await;
    shop.services
        .undo_import(&shop.owner, first.id)
        .await
        .unwrap();
    assert!(shop.services.attributes(&shop.owner).await.unwrap()[0].retired);
    let second = shop.import(&with("b")).await;
    let attributes = shop.services.attributes(&shop.owner).await.unwrap();
    assert_eq!(
        attributes.iter().map(|a| a.retired).collect::<Vec<_>>(),
        [false]
    );
    shop.pass(TimeDelta::seconds(1));
    shop.services
        .undo_import(&shop.owner, second.id)
        .await
        .unwrap();
    assert!(shop.services.attributes(&shop.owner).await.unwrap()[0].retired);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn who_may_not_manage_attributes_takes_no_retired_one_back_into_use(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let tags = attribute_id();
    let with = |name: &str| {
        File::new(COLUMNS)
            .named(name)
            .new_attribute(tags, "Tags", AttributeKind::Text)
            .row(&["A", "", "", "x"])
    };
    let advisor = shop.colleague(Role::Advisor).await;
    shop.import(&with("a")).await;
    let staged = shop.stage(&advisor, &with("b")).await;
    let plan = shop.services.plan_totals(&advisor, staged).await.unwrap();
    let mut tx = shop.store.write(shop.owner.account).await.unwrap();
    let author = store::attribute::Author {
        person: shop.owner.person,
        at: shop.now(),
    };
    store::attribute::set_retired(&mut tx, tags, true, author)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let expected = ImportRefusal::AttributeRetired("Tags".to_owned());
    let begun = shop
        .services
        .begin_import(&advisor, with("c").request())
        .await;
    assert!(matches!(begun, Err(ServiceError::Import(refusal)) if refusal == expected));
    let committed = shop
        .services
        .commit_import(&advisor, staged, plan.digest)
        .await;
    assert!(matches!(committed, Err(ServiceError::Import(refusal)) if refusal == expected));
    assert!(shop.services.attributes(&shop.owner).await.unwrap()[0].retired);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn only_a_committed_import_can_be_undone(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let import = shop
        .stage(&shop.owner, &File::new(COLUMNS).row(&["A", "Ana", ""]))
        .await;
    let refused = shop.services.undo_import(&shop.owner, import).await;
    assert!(matches!(
        refused,
        Err(ServiceError::Import(ImportRefusal::NotCommitted))
    ));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_customer_deleted_since_is_neither_put_back_nor_listed(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    two_customers(&shop).await;
    let second = File::new(COLUMNS)
        .rule(MergeRule::Replace)
        .row(&["A", "Anna", ""])
        .row(&["N", "Nora", ""]);
    let summary = shop.import(&second).await;
    for name in ["Anna", "Nora"] {
        let mut tx = shop.store.write(shop.owner.account).await.unwrap();
        store::customer::erase(&mut tx, shop.named(name).await.0)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let report = shop
        .services
        .undo_import(&shop.owner, summary.id)
        .await
        .unwrap();
    assert_eq!(
        (
            report.customers_removed,
            report.values_restored,
            report.kept.rows.len()
        ),
        (0, 0, 0)
    );
    assert_eq!(shop.count("customer").await, 1);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_value_that_somebody_set_back_to_the_imported_one_is_theirs(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    two_customers(&shop).await;
    let second = File::new(COLUMNS)
        .rule(MergeRule::Replace)
        .row(&["A", "Anna", ""]);
    let summary = shop.import(&second).await;
    let (anna, _) = shop.named("Anna").await;
    let slot = Slot::Field(Field::FirstName);
    for name in ["Annie", "Anna"] {
        shop.edit(anna, slot, text(name)).await;
    }
    let report = shop
        .services
        .undo_import(&shop.owner, summary.id)
        .await
        .unwrap();
    assert_eq!(report.values_restored, 0);
    assert_eq!(report.kept.rows[0].slot, Some(slot));
    shop.named("Anna").await;
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_import_that_was_undone_has_touched_nothing(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    two_customers(&shop).await;
    let before = shop.rows().await;
    let with = |name: &str| {
        File::new(COLUMNS)
            .rule(MergeRule::Replace)
            .named(name)
            .row(&["A", name, ""])
            .row(&["N", name, ""])
    };
    let first = shop.import(&with("one")).await;
    let second = shop.import(&with("two")).await;
    for import in [second.id, first.id] {
        let report = shop
            .services
            .undo_import(&shop.owner, import)
            .await
            .unwrap();
        assert!(report.kept.rows.is_empty(), "{:?}", report.kept);
    }
    assert_eq!(shop.rows().await, before);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_value_that_was_merged_into_another_attribute_is_listed_under_that_one(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    two_customers(&shop).await;
    let (car, vehicle) = (attribute_id(), attribute_id());
    let old = File::new(COLUMNS)
        .named("old")
        .new_attribute(vehicle, "Vehicle", AttributeKind::Text)
        .row(&["B", "", "", "Van"]);
    shop.import(&old).await;
    let second = File::new(COLUMNS)
        .new_attribute(car, "Car", AttributeKind::Text)
        .row(&["A", "", "", "Civic"]);
    let summary = shop.import(&second).await;
    let mut tx = shop.store.write(shop.owner.account).await.unwrap();
    let author = store::attribute::Author {
        person: shop.owner.person,
        at: shop.now(),
    };
    store::attribute::merge(&mut tx, car, vehicle, author)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let report = shop
        .services
        .undo_import(&shop.owner, summary.id)
        .await
        .unwrap();
    let kept: Vec<_> = report.kept.rows.iter().map(|kept| kept.slot).collect();
    assert_eq!(kept, [Some(Slot::Attribute(vehicle))]);
    let (_, ana) = shop.named("Ana").await;
    assert_eq!(ana.get(Slot::Attribute(vehicle)).cloned(), text("Civic"));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_an_undo_kept_comes_in_pages(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut file = File::new(COLUMNS);
    file.chunk_rows = 500;
    for number in 0..450 {
        file = file.row(&[&number.to_string(), "Ana", ""]);
    }
    shop.import(&file.clone().named("first")).await;
    let renamed = |name: &str| {
        let mut next = File::new(COLUMNS).named(name).rule(MergeRule::Replace);
        next.chunk_rows = 500;
        for number in 0..450 {
            next = next.row(&[&number.to_string(), name, ""]);
        }
        next
    };
    let second = shop.import(&renamed("Bea")).await;
    shop.import(&renamed("Cleo")).await;
    let mut report = shop
        .services
        .undo_import(&shop.owner, second.id)
        .await
        .unwrap();
    let mut seen = Vec::new();
    let mut sizes = Vec::new();
    loop {
        sizes.push(report.kept.rows.len());
        seen.extend(report.kept.rows.iter().map(|kept| kept.customer));
        assert!(report.kept.rows.iter().all(|kept| kept.name == "Cleo"));
        let Some(next) = report.kept.next else { break };
        report = shop
            .services
            .undo_report(&shop.owner, second.id, Some(next))
            .await
            .unwrap()
            .unwrap();
    }
    assert_eq!(sizes, [200, 200, 50]);
    let all: std::collections::BTreeSet<_> = seen.iter().collect();
    assert_eq!(all.len(), 450);
}
