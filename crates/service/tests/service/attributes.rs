use crate::shop::{Shop, attribute_name, create, reasons, set, text};
use domain::{
    attribute::AttributeKind,
    history::HistoryEvent,
    ids::{AttributeId, CustomerId},
    mutation::{Change, Intent, Reason, Status},
    slot::{Field, Slot},
    value::Value,
};
use sqlx::PgPool;

fn texts(texts: &[&str]) -> Option<Value> {
    Value::texts(texts)
}

fn fill(attribute: AttributeId, to: Option<Value>) -> Change {
    Change {
        slot: Slot::Attribute(attribute),
        from: None,
        to,
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_attribute_a_customer_and_its_value_come_in_one_push(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (attribute, customer) = (AttributeId::new(shop.id()), CustomerId::new(shop.id()));
    let mutations = [
        create(customer, &[(Field::FirstName, "Luc")]),
        Intent::AddAttribute {
            attribute,
            attribute_name: attribute_name("Travaux"),
            kind: AttributeKind::Texts,
        },
        set(customer, vec![fill(attribute, texts(&["pneus"]))]),
    ]
    .map(|intent| shop.mutation(intent));
    let outcomes = shop.push_all(&shop.owner, mutations.to_vec()).await;
    assert_eq!(
        outcomes
            .iter()
            .map(|outcome| outcome.status)
            .collect::<Vec<_>>(),
        [Status::Applied; 3]
    );
    assert_eq!(
        shop.customer(customer)
            .await
            .values
            .get(Slot::Attribute(attribute)),
        texts(&["pneus"]).as_ref()
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_name_that_means_the_same_is_refused_with_the_attribute_that_has_it(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let first = shop.add_attribute("Véhicule", AttributeKind::Text).await;
    let second = shop.add_attribute("Marque", AttributeKind::Text).await;
    let taken = [Reason::AttributeNameTaken { attribute: first }];
    let add = |name: &str| Intent::AddAttribute {
        attribute: AttributeId::new(shop.id()),
        attribute_name: attribute_name(name),
        kind: AttributeKind::Date,
    };
    assert_eq!(
        reasons(&shop.push(&shop.owner, add("VEHICULE")).await),
        taken
    );
    let rename = Intent::RenameAttribute {
        attribute: second,
        from: attribute_name("Marque"),
        to: attribute_name("vehicule"),
    };
    assert_eq!(reasons(&shop.push(&shop.owner, rename).await), taken);
    shop.apply(Intent::RetireAttribute {
        attribute: first,
        retired: true,
    })
    .await;
    assert_eq!(
        reasons(&shop.push(&shop.owner, add("véhicule")).await),
        taken,
        "a retired one can be restored"
    );
    let same_id = Intent::AddAttribute {
        attribute: first,
        attribute_name: attribute_name("Autre"),
        kind: AttributeKind::Text,
    };
    assert_eq!(
        reasons(&shop.push(&shop.owner, same_id).await),
        [Reason::IdTaken]
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_name_is_changed_only_from_what_was_seen(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let attribute = shop.add_attribute("Auto", AttributeKind::Text).await;
    let rename = |from: &str, to: &str| Intent::RenameAttribute {
        attribute,
        from: attribute_name(from),
        to: attribute_name(to),
    };
    shop.apply(rename("Auto", "AUTO")).await;
    assert_eq!(
        shop.push(&shop.owner, rename("Auto", "AUTO")).await.status,
        Status::Noop
    );
    let late = shop.push(&shop.owner, rename("Auto", "Voiture")).await;
    assert_eq!(late.status, Status::Conflict);
    match &reasons(&late)[..] {
        [
            Reason::Changed {
                mine, theirs, by, ..
            },
        ] => {
            assert_eq!((mine, theirs), (&text("Voiture"), &text("AUTO")));
            assert_eq!(by.as_deref(), Some("Dominique Bélanger"));
        }
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_ones_named_come_first_and_retired_ones_last(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut ids = Vec::new();
    for name in ["A", "B", "C", "D"] {
        ids.push(shop.add_attribute(name, AttributeKind::Text).await);
    }
    let reorder = Intent::ReorderAttributes {
        order: vec![ids[3], AttributeId::new(shop.id()), ids[1]],
    };
    shop.apply(reorder.clone()).await;
    assert_eq!(shop.push(&shop.owner, reorder).await.status, Status::Noop);
    shop.apply(Intent::RetireAttribute {
        attribute: ids[3],
        retired: true,
    })
    .await;
    let names = async || {
        let attributes = shop.services.attributes(&shop.owner).await.unwrap();
        attributes
            .iter()
            .map(|attribute| attribute.name.to_string())
            .collect::<String>()
    };
    assert_eq!(names().await, "BACD");
    shop.apply(Intent::RetireAttribute {
        attribute: ids[3],
        retired: false,
    })
    .await;
    assert_eq!(names().await, "DBAC");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn merging_moves_joins_and_keeps_values_and_loses_none_in_silence(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let from = shop.add_attribute("Services", AttributeKind::Texts).await;
    let into = shop.add_attribute("Travaux", AttributeKind::Texts).await;
    let (old, new) = (
        shop.add_attribute("Car", AttributeKind::Text).await,
        shop.add_attribute("Auto", AttributeKind::Text).await,
    );
    let moved = shop.add_customer(&[(Field::FirstName, "A")]).await;
    let joined = shop.add_customer(&[(Field::FirstName, "B")]).await;
    let untouched = shop.add_customer(&[(Field::FirstName, "C")]).await;
    shop.apply(set(
        moved,
        vec![fill(from, texts(&["b", "a"])), fill(old, text("Civic"))],
    ))
    .await;
    let both = vec![
        fill(from, texts(&["b", "a"])),
        fill(into, texts(&["a", "c"])),
        fill(old, text("Civic")),
        fill(new, text("Yaris")),
    ];
    shop.apply(set(joined, both)).await;
    shop.apply(set(untouched, vec![fill(into, texts(&["x"]))]))
        .await;
    let revs = [
        shop.customer(moved).await.rev,
        shop.customer(untouched).await.rev,
    ];

    let mixed = shop
        .push(&shop.owner, Intent::MergeAttributes { from: old, into })
        .await;
    assert_eq!(reasons(&mixed), [Reason::AttributeKindsDiffer]);
    shop.apply(Intent::MergeAttributes { from, into }).await;
    shop.apply(Intent::MergeAttributes {
        from: old,
        into: new,
    })
    .await;

    let value = async |customer, attribute| {
        shop.customer(customer)
            .await
            .values
            .get(Slot::Attribute(attribute))
            .cloned()
    };
    assert_eq!(value(moved, into).await, texts(&["b", "a"]));
    assert_eq!(value(joined, into).await, texts(&["a", "c", "b"]));
    assert_eq!(
        (value(moved, new).await, value(joined, new).await),
        (text("Civic"), text("Yaris"))
    );
    assert_eq!(
        (value(moved, from).await, value(joined, old).await),
        (None, None)
    );
    assert!(
        shop.customer(moved).await.rev > revs[0],
        "a change bumps the rev"
    );
    assert_eq!(shop.customer(untouched).await.rev, revs[1]);

    let history = shop
        .services
        .history(&shop.owner, joined, None)
        .await
        .unwrap()
        .rows;
    let changed = |attribute, from, to| HistoryEvent::Changed {
        slot: Slot::Attribute(attribute),
        from,
        to,
    };
    let events: Vec<_> = history.into_iter().map(|entry| entry.event).collect();
    assert_eq!(
        events[0],
        changed(new, text("Civic"), None),
        "what had to give way is on record"
    );
    assert_eq!(
        events[1],
        changed(into, texts(&["a", "c"]), texts(&["a", "c", "b"]))
    );
    let names: Vec<_> = shop
        .services
        .attributes(&shop.owner)
        .await
        .unwrap()
        .into_iter()
        .map(|a| a.id)
        .collect();
    assert_eq!(names, [into, new]);
    let late = shop
        .push(&shop.owner, set(moved, vec![fill(from, texts(&["z"]))]))
        .await;
    assert_eq!(reasons(&late), [Reason::UnknownAttribute]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn uses_count_the_customers_that_have_a_value(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let [used, unused] = [
        shop.add_attribute("A", AttributeKind::Text).await,
        shop.add_attribute("B", AttributeKind::Text).await,
    ];
    for name in ["Luc", "Ana"] {
        let customer = shop.add_customer(&[(Field::FirstName, name)]).await;
        shop.apply(set(customer, vec![fill(used, text("x"))])).await;
    }
    let uses = shop.services.attribute_uses(&shop.owner).await.unwrap();
    assert_eq!(
        uses.iter()
            .map(|u| (u.attribute.id, u.filled))
            .collect::<Vec<_>>(),
        [(used, 2), (unused, 0)]
    );
}
