//! What holds for every mutation.

use crate::shop::{Shop, attribute_name, change, create, reasons, set};
use domain::{
    attribute::AttributeKind,
    ids::{AccountId, AttributeId, CustomerId},
    mutation::{Intent, PUSH_MAX, Push, Reason, Status},
    permission::Role,
    slot::Field,
};
use service::{Conflict, ServiceError};
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_same_mutation_again_gets_the_same_answer_and_changes_nothing(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let id = shop.add_customer(&[(Field::City, "Laval")]).await;
    let there = shop.mutation(set(id, vec![change(Field::City, "Laval", "Lévis")]));
    let back = shop.mutation(set(id, vec![change(Field::City, "Lévis", "Laval")]));
    let refused = shop.mutation(set(id, vec![change(Field::Email, "", "nobody")]));
    let all = vec![there, back, refused];
    let first = shop.push_all(&shop.owner, all.clone()).await;
    assert_eq!(
        first
            .iter()
            .map(|outcome| outcome.status)
            .collect::<Vec<_>>(),
        [Status::Applied, Status::Applied, Status::Rejected]
    );
    let before = shop.customer(id).await;
    assert_eq!(shop.push_all(&shop.owner, all).await, first);
    assert_eq!(shop.customer(id).await, before);
    let history = shop.services.history(&shop.owner, id, None).await.unwrap();
    assert_eq!(history.rows.len(), 3, "two changes and the creation");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_same_push_sent_twice_at_once_is_applied_once(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let id = CustomerId::new(shop.id());
    let push = Push {
        account: shop.owner.account,
        mutations: vec![shop.mutation(create(id, &[(Field::FirstName, "Luc")]))],
    };
    let (first, second) = tokio::join!(
        shop.services.push(&shop.owner, push.clone()),
        shop.services.push(&shop.owner, push)
    );
    assert_eq!(first.unwrap().outcomes, second.unwrap().outcomes);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_refusal_leaves_the_other_mutations_of_its_push_alone(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let [first, second] = [CustomerId::new(shop.id()), CustomerId::new(shop.id())];
    let mutations = [
        create(first, &[(Field::CellPhone, "4185551234")]),
        create(second, &[(Field::CellPhone, "4185551234")]),
        set(first, vec![change(Field::City, "", "Laval")]),
    ]
    .map(|intent| shop.mutation(intent));
    let outcomes = shop.push_all(&shop.owner, mutations.to_vec()).await;
    assert_eq!(
        outcomes
            .iter()
            .map(|outcome| outcome.status)
            .collect::<Vec<_>>(),
        [Status::Applied, Status::Rejected, Status::Applied]
    );
    assert_eq!(shop.customer(first).await.values.text(Field::City), "Laval");
    assert_eq!(
        shop.services.customer(&shop.owner, second).await.unwrap(),
        None
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn when_the_database_fails_nothing_of_the_push_has_happened(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    sqlx::query("alter table customer add constraint broken check (city <> 'Fail')")
        .execute(&pool)
        .await
        .unwrap();
    let id = CustomerId::new(shop.id());
    let mutations = vec![
        shop.mutation(create(id, &[(Field::FirstName, "Luc")])),
        shop.mutation(set(id, vec![change(Field::City, "", "Fail")])),
    ];
    let push = Push {
        account: shop.owner.account,
        mutations,
    };
    let failed = shop
        .services
        .push(&shop.owner, push.clone())
        .await
        .unwrap_err();
    assert!(matches!(failed, ServiceError::Store(_)), "{failed}");
    assert_eq!(shop.services.customer(&shop.owner, id).await.unwrap(), None);
    sqlx::query("alter table customer drop constraint broken")
        .execute(&pool)
        .await
        .unwrap();
    let outcomes = shop
        .services
        .push(&shop.owner, push)
        .await
        .unwrap()
        .outcomes;
    assert!(
        outcomes
            .iter()
            .all(|outcome| outcome.status == Status::Applied),
        "the same push may be sent again"
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_push_made_for_another_account_or_too_long_is_refused_whole(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mutation = shop.mutation(create(
        CustomerId::new(shop.id()),
        &[(Field::FirstName, "Luc")],
    ));
    let other = Push {
        account: AccountId::new(shop.id()),
        mutations: vec![mutation.clone()],
    };
    let refused = shop.services.push(&shop.owner, other).await.unwrap_err();
    assert!(matches!(
        refused,
        ServiceError::Conflict(Conflict::OtherAccount)
    ));
    let long = Push {
        account: shop.owner.account,
        mutations: vec![mutation; PUSH_MAX + 1],
    };
    assert!(matches!(
        shop.services.push(&shop.owner, long).await.unwrap_err(),
        ServiceError::TooLarge
    ));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn each_role_may_push_what_the_table_of_permissions_says(pool: PgPool) {
    use Role::{Advisor, Manager, Owner, Viewer};
    let shop = Shop::open(&pool).await;
    let people = [
        (Viewer, shop.hire(Viewer, "Vera").await),
        (Advisor, shop.hire(Advisor, "Ana").await),
        (Manager, shop.hire(Manager, "Max").await),
        (Owner, shop.owner.clone()),
    ];
    for (role, caller) in &people {
        let customer = shop.add_customer(&[(Field::FirstName, "Luc")]).await;
        let [a, b] = [
            shop.add_attribute(&format!("A {}", role.key()), AttributeKind::Text)
                .await,
            shop.add_attribute(&format!("B {}", role.key()), AttributeKind::Text)
                .await,
        ];
        let name = |n: &str| attribute_name(&format!("{n} {}", role.key()));
        let seen_rev = u64::MAX;
        let attempts = [
            (
                Advisor,
                create(CustomerId::new(shop.id()), &[(Field::FirstName, "Luc")]),
            ),
            (
                Advisor,
                set(customer, vec![change(Field::City, "", "Laval")]),
            ),
            (
                Advisor,
                Intent::AddAttribute {
                    attribute: AttributeId::new(shop.id()),
                    attribute_name: name("C"),
                    kind: AttributeKind::Date,
                },
            ),
            (
                Manager,
                Intent::RenameAttribute {
                    attribute: a,
                    from: name("A"),
                    to: name("D"),
                },
            ),
            (Manager, Intent::ReorderAttributes { order: vec![b, a] }),
            (
                Manager,
                Intent::RetireAttribute {
                    attribute: a,
                    retired: true,
                },
            ),
            (Manager, Intent::MergeAttributes { from: a, into: b }),
            (Manager, Intent::DeleteCustomer { customer, seen_rev }),
        ];
        for (least, intent) in attempts {
            let outcome = shop.push(caller, intent.clone()).await;
            if *role >= least {
                assert_eq!(outcome.status, Status::Applied, "{role:?} {intent:?}");
            } else {
                assert_eq!(
                    (outcome.status, reasons(&outcome)),
                    (Status::Rejected, vec![Reason::NotAllowed]),
                    "{role:?} {intent:?}"
                );
            }
        }
    }
}
