//! Who takes care of a thread, and whether it is closed.

use crate::{
    shop::{Shop, reasons},
    talk::ANA,
};
use domain::{
    conversation::StaffName,
    ids::{ConversationId, PersonId},
    mutation::{Intent, Reason, Status},
    permission::Role,
};
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_thread_is_given_by_compare_and_set(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (ada, vera) = (
        shop.hire(Role::Advisor, "ada").await,
        shop.hire(Role::Viewer, "vera").await,
    );
    let conversation = shop.hear(ANA, "Hello").await;
    let give = |from: Option<PersonId>, to: Option<PersonId>| Intent::AssignConversation {
        conversation,
        from,
        to,
    };
    let (owner, ada) = (shop.owner.person, ada.person);
    shop.apply(give(None, Some(ada))).await;
    let assignee = StaffName {
        id: ada,
        name: "ada".to_owned(),
    };
    let thread = shop.conversation(conversation).await.unwrap();
    assert_eq!(thread.assignee, Some(assignee.clone()));
    let same = shop.push(&shop.owner, give(None, Some(ada))).await;
    assert_eq!(same.status, Status::Noop);
    let late = shop.push(&shop.owner, give(None, Some(owner))).await;
    assert_eq!(late.status, Status::Conflict);
    assert_eq!(
        reasons(&late),
        [Reason::AssigneeChanged { to: Some(assignee) }]
    );
    for stranger in [vera.person, PersonId::new(shop.id())] {
        let refused = shop
            .push(&shop.owner, give(Some(ada), Some(stranger)))
            .await;
        assert_eq!(reasons(&refused), [Reason::NotAllowed]);
    }
    shop.apply(give(Some(ada), None)).await;
    assert_eq!(
        shop.conversation(conversation).await.unwrap().assignee,
        None
    );
    let staff = shop.services.staff(&shop.owner).await.unwrap();
    let names: Vec<_> = staff.iter().map(|staff| staff.name.as_str()).collect();
    assert_eq!(names, ["Dominique Bélanger", "ada"]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_thread_is_closed_and_opened_again(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let conversation = shop.hear(ANA, "Hello").await;
    let close = |closed| Intent::CloseConversation {
        conversation,
        closed,
    };
    shop.apply(close(true)).await;
    assert!(shop.conversation(conversation).await.unwrap().closed);
    let same = shop.push(&shop.owner, close(true)).await;
    assert_eq!(same.status, Status::Noop);
    shop.apply(close(false)).await;
    assert!(!shop.conversation(conversation).await.unwrap().closed);
    let nowhere = ConversationId::new(shop.id());
    for intent in [
        Intent::CloseConversation {
            conversation: nowhere,
            closed: true,
        },
        Intent::AssignConversation {
            conversation: nowhere,
            from: None,
            to: None,
        },
    ] {
        let refused = shop.push(&shop.owner, intent).await;
        assert_eq!(reasons(&refused), [Reason::UnknownConversation]);
    }
}
