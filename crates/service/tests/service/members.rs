use crate::shop::{PASSWORD, Shop, credentials};
use domain::{
    account::Country,
    ids::{AccountId, PersonId},
    permission::{Permission, Role},
};
use service::{Caller, Conflict, ServiceError};
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_account_keeps_its_last_owner(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (services, owner) = (&shop.services, &shop.owner);
    let last = |result: Result<(), ServiceError>| {
        matches!(
            result.unwrap_err(),
            ServiceError::Conflict(Conflict::LastOwner)
        )
    };
    assert!(last(
        services.set_role(owner, owner.person, Role::Manager).await
    ));
    assert!(last(services.remove_member(owner, owner.person).await));
    services
        .set_role(owner, owner.person, Role::Owner)
        .await
        .unwrap();
    let ana = shop.hire(Role::Owner, "Ana").await;
    // Each demotes the other at the same moment.
    let (first, second) = tokio::join!(
        services.set_role(owner, ana.person, Role::Viewer),
        services.set_role(&ana, owner.person, Role::Viewer)
    );
    assert_eq!(
        [&first, &second]
            .iter()
            .filter(|result| result.is_ok())
            .count(),
        1,
        "{first:?} {second:?}"
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn who_is_removed_loses_the_account_at_once_and_keeps_the_others(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.hire(Role::Advisor, "Ana").await;
    let session = shop
        .services
        .sign_in(credentials("ana@example.com", PASSWORD))
        .await
        .unwrap();
    let own = shop
        .services
        .create_account(
            &ana,
            "Chez Ana".to_owned(),
            Country::CANADA,
            "America/Toronto".to_owned(),
        )
        .await
        .unwrap();
    let caller = shop
        .services
        .caller(session.expose())
        .await
        .unwrap()
        .unwrap();
    shop.services
        .switch_account(&caller, shop.owner.account)
        .await
        .unwrap();
    let there = shop
        .services
        .caller(session.expose())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (there.account, there.role),
        (shop.owner.account, Role::Advisor)
    );
    shop.services
        .remove_member(&shop.owner, ana.person)
        .await
        .unwrap();
    let after = shop
        .services
        .caller(session.expose())
        .await
        .unwrap()
        .unwrap();
    assert_eq!((after.account, after.role), (own, Role::Owner));
    let back = shop
        .services
        .switch_account(&after, shop.owner.account)
        .await
        .unwrap_err();
    assert!(matches!(back, ServiceError::NotFound));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_role_holds_from_the_next_request_on(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.hire(Role::Viewer, "Ana").await;
    let session = shop
        .services
        .sign_in(credentials("ana@example.com", PASSWORD))
        .await
        .unwrap();
    shop.services
        .set_role(&shop.owner, ana.person, Role::Manager)
        .await
        .unwrap();
    assert_eq!(
        shop.services
            .caller(session.expose())
            .await
            .unwrap()
            .unwrap()
            .role,
        Role::Manager
    );
    let members = shop.services.members(&shop.owner).await.unwrap();
    let names: Vec<_> = members
        .iter()
        .map(|member| (member.name.as_str(), member.role))
        .collect();
    assert_eq!(
        names,
        [("Dominique Bélanger", Role::Owner), ("Ana", Role::Manager)]
    );
    let stranger = PersonId::new(shop.id());
    let unknown = shop
        .services
        .set_role(&shop.owner, stranger, Role::Viewer)
        .await
        .unwrap_err();
    assert!(matches!(unknown, ServiceError::NotFound));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn people_and_company_are_managed_by_whom_the_table_of_permissions_names(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for role in Role::ALL {
        let caller = Caller {
            role: *role,
            ..shop.owner.clone()
        };
        let services = &shop.services;
        let forbidden =
            |result: Result<(), ServiceError>| matches!(result, Err(ServiceError::Forbidden));
        let people = [
            forbidden(services.members(&caller).await.map(drop)),
            forbidden(services.invites(&caller).await.map(drop)),
            forbidden(
                services
                    .invite(&caller, Role::Viewer, String::new())
                    .await
                    .map(drop),
            ),
            forbidden(services.set_role(&caller, caller.person, Role::Owner).await),
        ];
        assert_eq!(people, [!role.may(Permission::ManagePeople); 4], "{role:?}");
        let company = services
            .update_company(
                &caller,
                "Garage".to_owned(),
                Country::CANADA,
                "America/Toronto".to_owned(),
            )
            .await;
        assert_eq!(
            forbidden(company),
            !role.may(Permission::ManageCompany),
            "{role:?}"
        );
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn phones_are_read_as_of_the_companys_country(pool: PgPool) {
    use crate::shop::{change, set};
    use domain::slot::Field;
    let shop = Shop::open(&pool).await;
    let id = shop
        .add_customer(&[(Field::CellPhone, "418 555 1234")])
        .await;
    let france = Country::parse("FR").unwrap();
    shop.services
        .update_company(
            &shop.owner,
            "Garage".to_owned(),
            france,
            "Europe/Paris".to_owned(),
        )
        .await
        .unwrap();
    assert_eq!(
        shop.customer(id).await.phones["+14185551234"],
        "+1 418-555-1234"
    );
    shop.apply(set(
        id,
        vec![change(Field::CellPhone, "+14185551234", "06 12 34 56 78")],
    ))
    .await;
    assert_eq!(
        shop.customer(id).await.values.text(Field::CellPhone),
        "+33612345678"
    );
    let me = shop.services.me(&shop.owner).await.unwrap();
    assert_eq!(
        (me.account.name.as_str(), me.account.time_zone.as_str()),
        ("Garage", "Europe/Paris")
    );
    assert_ne!(me.account.id, AccountId::new(shop.id()));
}
