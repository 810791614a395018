use crate::shop::{EMAIL, PASSWORD, Shop, credentials};
use chrono::Duration;
use domain::{account::Country, permission::Role};
use service::{Conflict, ServiceError, SessionToken};
use sqlx::PgPool;

async fn join(
    shop: &Shop,
    token: &str,
    email: &str,
    password: &str,
) -> Result<SessionToken, ServiceError> {
    shop.services
        .accept_invite_as_new(
            token,
            "Ana".to_owned(),
            email.to_owned(),
            password.into(),
            String::new(),
        )
        .await
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_invitation_makes_one_person_a_member(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let token = shop
        .services
        .invite(&shop.owner, Role::Advisor, "for Ana".to_owned())
        .await
        .unwrap();
    let offer = shop.services.invite_offer(&token).await.unwrap().unwrap();
    assert_eq!(
        (offer.account_name.as_str(), offer.role),
        ("Garage Bélanger", Role::Advisor)
    );
    assert_eq!(offer.invited_by, "Dominique Bélanger");
    let session = join(&shop, &token, "ana@example.com", PASSWORD)
        .await
        .unwrap();
    let ana = shop
        .services
        .caller(session.expose())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (ana.account, ana.role, ana.name.as_str()),
        (shop.owner.account, Role::Advisor, "Ana")
    );
    let again = join(&shop, &token, "bob@example.com", PASSWORD)
        .await
        .unwrap_err();
    assert!(matches!(again, ServiceError::NotFound));
    assert_eq!(shop.services.invite_offer(&token).await.unwrap(), None);
    assert!(shop.services.invites(&shop.owner).await.unwrap().is_empty());
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_invitation_ends_after_seven_days_or_when_it_is_cancelled(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let late = shop
        .services
        .invite(&shop.owner, Role::Viewer, String::new())
        .await
        .unwrap();
    shop.clock.advance(Duration::days(7));
    let cancelled = shop
        .services
        .invite(&shop.owner, Role::Viewer, "x".to_owned())
        .await
        .unwrap();
    let open = shop.services.invites(&shop.owner).await.unwrap();
    assert_eq!(open.len(), 1);
    shop.services
        .cancel_invite(&shop.owner, open[0].id)
        .await
        .unwrap();
    for token in [late.as_str(), cancelled.as_str(), "", "AAAA"] {
        assert_eq!(shop.services.invite_offer(token).await.unwrap(), None);
        let refused = join(&shop, token, "ana@example.com", PASSWORD)
            .await
            .unwrap_err();
        assert!(matches!(refused, ServiceError::NotFound), "{refused}");
    }
    let twice = shop
        .services
        .cancel_invite(&shop.owner, open[0].id)
        .await
        .unwrap_err();
    assert!(matches!(twice, ServiceError::NotFound));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_email_that_is_known_joins_only_with_its_password(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.hire(Role::Viewer, "Ana").await;
    shop.services
        .remove_member(&shop.owner, ana.person)
        .await
        .unwrap();
    let nowhere = shop
        .services
        .sign_in(credentials("ana@example.com", PASSWORD))
        .await
        .unwrap_err();
    assert!(
        matches!(nowhere, ServiceError::Conflict(Conflict::NoAccount)),
        "{nowhere}"
    );
    let token = shop
        .services
        .invite(&shop.owner, Role::Manager, String::new())
        .await
        .unwrap();
    let stranger = join(&shop, &token, "ana@example.com", "another password")
        .await
        .unwrap_err();
    assert!(
        matches!(stranger, ServiceError::Conflict(Conflict::EmailTaken)),
        "{stranger}"
    );
    let session = join(&shop, &token, "ana@example.com", PASSWORD)
        .await
        .unwrap();
    let back = shop
        .services
        .caller(session.expose())
        .await
        .unwrap()
        .unwrap();
    assert_eq!((back.person, back.role), (ana.person, Role::Manager));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_member_of_one_account_accepts_an_invitation_to_another(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.hire(Role::Advisor, "Ana").await;
    let session = shop
        .services
        .sign_in(credentials(EMAIL, PASSWORD))
        .await
        .unwrap();
    let owner = shop
        .services
        .caller(session.expose())
        .await
        .unwrap()
        .unwrap();
    let clinic = shop
        .services
        .create_account(
            &owner,
            "Clinique".to_owned(),
            Country::CANADA,
            "America/Toronto".to_owned(),
        )
        .await
        .unwrap();
    let at_clinic = shop
        .services
        .caller(session.expose())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (at_clinic.account, at_clinic.role),
        (clinic, Role::Owner),
        "the browser shows the new account"
    );
    let token = shop
        .services
        .invite(&at_clinic, Role::Viewer, String::new())
        .await
        .unwrap();
    shop.services.accept_invite(&ana, &token).await.unwrap();
    let me = shop.services.me(&ana).await.unwrap();
    let accounts: Vec<_> = me
        .accounts
        .iter()
        .map(|choice| (choice.name.as_str(), choice.role))
        .collect();
    assert_eq!(
        accounts,
        [
            ("Clinique", Role::Viewer),
            ("Garage Bélanger", Role::Advisor)
        ]
    );
    let second = shop
        .services
        .invite(&at_clinic, Role::Manager, String::new())
        .await
        .unwrap();
    let twice = shop
        .services
        .accept_invite(&ana, &second)
        .await
        .unwrap_err();
    assert!(
        matches!(twice, ServiceError::Conflict(Conflict::AlreadyMember)),
        "{twice}"
    );
    assert!(
        shop.services.invite_offer(&second).await.unwrap().is_some(),
        "and is not used up"
    );
}
