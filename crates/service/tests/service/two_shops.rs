//! Two accounts never see each other, not even through ids that they know.

use crate::shop::{EMAIL, PASSWORD, Shop, change, create, credentials, reasons, set};
use domain::{
    account::Country,
    attribute::AttributeKind,
    ids::CustomerId,
    mutation::{Change, Intent, Reason, Status},
    query::CustomerQuery,
    slot::{Field, Slot},
    value::Value,
};
use service::Caller;
use sqlx::PgPool;

/// The same person in a second account: nothing but the account tells the two apart.
pub(crate) async fn second_account(shop: &Shop) -> Caller {
    let session = shop
        .services
        .sign_in(credentials(EMAIL, PASSWORD))
        .await
        .unwrap();
    let caller = shop
        .services
        .caller(session.expose())
        .await
        .unwrap()
        .unwrap();
    shop.services
        .create_account(
            &caller,
            "Clinique".to_owned(),
            Country::CANADA,
            "America/Toronto".to_owned(),
        )
        .await
        .unwrap();
    shop.services
        .caller(session.expose())
        .await
        .unwrap()
        .unwrap()
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_one_account_has_is_not_there_for_the_other(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let other = second_account(&shop).await;
    let attribute = shop.add_attribute("Véhicule", AttributeKind::Text).await;
    let id = shop
        .add_customer(&[
            (Field::FirstName, "Émilie"),
            (Field::CellPhone, "4185551234"),
            (Field::Reference, "1"),
        ])
        .await;
    shop.apply(set(id, vec![change(Field::City, "", "Laval")]))
        .await;

    let services = &shop.services;
    for text in ["", "emilie", "1234", "em"] {
        let query = CustomerQuery {
            text: text.to_owned(),
            ..CustomerQuery::default()
        };
        assert_eq!(
            services
                .count_customers(&shop.owner, query.clone())
                .await
                .unwrap(),
            1,
            "{text}"
        );
        assert!(
            services
                .customers(&other, query.clone())
                .await
                .unwrap()
                .rows
                .is_empty(),
            "{text}"
        );
        assert_eq!(
            services.count_customers(&other, query).await.unwrap(),
            0,
            "{text}"
        );
    }
    assert_eq!(services.customer(&other, id).await.unwrap(), None);
    assert!(
        services
            .history(&other, id, None)
            .await
            .unwrap()
            .rows
            .is_empty()
    );
    assert!(services.attributes(&other).await.unwrap().is_empty());

    let delete = Intent::DeleteCustomer {
        customer: id,
        seen_rev: u64::MAX,
    };
    for intent in [set(id, vec![change(Field::City, "Laval", "Lévis")]), delete] {
        assert_eq!(
            reasons(&shop.push(&other, intent).await),
            [Reason::CustomerGone]
        );
    }
    let retire = Intent::RetireAttribute {
        attribute,
        retired: true,
    };
    assert_eq!(
        reasons(&shop.push(&other, retire).await),
        [Reason::UnknownAttribute]
    );
    assert_eq!(shop.customer(id).await.values.text(Field::City), "Laval");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn phones_references_names_and_even_ids_may_be_the_same_in_both(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let other = second_account(&shop).await;
    let values = [
        (Field::CellPhone, "4185551234"),
        (Field::Reference, "1"),
        (Field::FirstName, "Luc"),
    ];
    let id = shop.add_customer(&values).await;
    assert_eq!(
        shop.push(&other, create(id, &values)).await.status,
        Status::Applied
    );
    assert_eq!(
        shop.push(&other, create(CustomerId::new(shop.id()), &values))
            .await
            .status,
        Status::Rejected
    );
    let attribute = shop.add_attribute("Véhicule", AttributeKind::Text).await;
    let add = Intent::AddAttribute {
        attribute,
        attribute_name: crate::shop::attribute_name("Véhicule"),
        kind: AttributeKind::Number,
    };
    assert_eq!(shop.push(&other, add).await.status, Status::Applied);
    let fill = |value| Change {
        slot: Slot::Attribute(attribute),
        from: None,
        to: Some(value),
    };
    shop.apply(set(id, vec![fill(Value::Text("Civic".to_owned()))]))
        .await;
    let number = fill(Value::Number("1".parse().unwrap()));
    assert_eq!(
        shop.push(&other, set(id, vec![number])).await.status,
        Status::Applied,
        "each account has kinds of its own"
    );
    let mutation = shop.mutation(set(id, vec![change(Field::City, "", "Laval")]));
    for caller in [&shop.owner, &other] {
        let outcomes = shop.push_all(caller, vec![mutation.clone()]).await;
        assert_eq!(
            outcomes[0].status,
            Status::Applied,
            "mutation ids are known per account"
        );
    }
}
