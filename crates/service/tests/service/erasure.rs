use crate::{
    shop::{Shop, change, create, set},
    traces::traces,
};
use domain::{
    attribute::AttributeKind,
    ids::CustomerId,
    mutation::{Change, Intent, Status},
    slot::{Field, Slot},
    value::Value,
};
use sqlx::PgPool;

/// Stands in everything that the customer ever had, and nowhere else.
const MARKER: &str = "Zzmarker";
const PHONE: &str = "4185559876";

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn deleting_a_customer_leaves_no_trace_of_what_was_known(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let attribute = shop.add_attribute("Véhicule", AttributeKind::Text).await;
    let id = shop
        .add_customer(&[
            (Field::FirstName, MARKER),
            (Field::CellPhone, PHONE),
            (Field::Email, "zzmarker@example.com"),
        ])
        .await;
    let fill = Change {
        slot: Slot::Attribute(attribute),
        from: None,
        to: Value::text("Zzmarker Civic"),
    };
    shop.apply(set(
        id,
        vec![fill, change(Field::Notes, "", "about Zzmarker")],
    ))
    .await;
    shop.apply(set(id, vec![change(Field::Notes, "about Zzmarker", "")]))
        .await;

    // Answers that are kept hold both values of a conflict, and the name of who has a phone.
    let conflict = shop
        .push(
            &shop.owner,
            set(id, vec![change(Field::FirstName, "Luc", "Zzmarker II")]),
        )
        .await;
    assert_eq!(conflict.status, Status::Conflict);
    let other = shop.add_customer(&[(Field::FirstName, "Ana")]).await;
    let taken = shop
        .push(
            &shop.owner,
            set(other, vec![change(Field::CellPhone, "", PHONE)]),
        )
        .await;
    let not_made = shop
        .push(
            &shop.owner,
            create(CustomerId::new(shop.id()), &[(Field::CellPhone, PHONE)]),
        )
        .await;
    assert_eq!([taken.status, not_made.status], [Status::Rejected; 2]);
    assert_eq!(
        traces(&pool, &[MARKER, PHONE]).await,
        ["customer", "customer_history", "mutation_log"],
        "the markers are planted"
    );

    let seen_rev = shop.customer(id).await.rev;
    let delete = shop.mutation(Intent::DeleteCustomer {
        customer: id,
        seen_rev,
    });
    let deleted = shop.push_all(&shop.owner, vec![delete]).await;
    assert_eq!(deleted[0].status, Status::Applied);
    assert_eq!(traces(&pool, &[MARKER, PHONE]).await, Vec::<String>::new());
    assert!(
        shop.services
            .history(&shop.owner, id, None)
            .await
            .unwrap()
            .rows
            .is_empty()
    );
    let kept: i64 = sqlx::query_scalar("select count(*) from customer_tombstone")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(kept, 1, "its id stays, so that every device learns of it");
}
