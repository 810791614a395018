//! The list of threads.

use crate::{
    shop::Shop,
    talk::{ANA, BEA, becomes},
};
use chrono::Duration;
use domain::{
    conversation::{ConversationFilter, ConversationQuery, Delivery},
    mutation::Intent,
    permission::Role,
    slot::Field,
};
use service::{InvalidInput, ServiceError};
use sqlx::PgPool;
use std::collections::BTreeSet;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_latest_thread_comes_first_with_its_last_message(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, ANA)])
        .await;
    let ana = shop.hear(ANA, "Is my car ready?").await;
    shop.clock.advance(Duration::minutes(1));
    let bea = shop.hear(BEA, "Hello").await;
    let rows = shop.list(ConversationFilter::Open).await;
    assert_eq!(
        rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        [bea, ana]
    );
    assert_eq!(rows[0].contact.name, "");
    assert_eq!(rows[0].contact.phone_shown, "(418) 555-0002");
    assert_eq!(
        (rows[1].preview.as_str(), rows[1].is_ours, rows[1].delivery),
        ("Is my car ready?", false, None)
    );
    shop.clock.advance(Duration::minutes(1));
    let message = shop.send(ANA, "Tomorrow").await;
    shop.clock.advance(Duration::minutes(1));
    shop.apply(Intent::AddNote {
        note: domain::ids::MessageId::new(shop.id()),
        conversation: ana,
        text: "waits for a part".to_owned(),
    })
    .await;
    becomes(&pool, message, "failed").await;
    let rows = shop.list(ConversationFilter::Open).await;
    assert_eq!(rows[0].id, ana);
    assert_eq!(
        (rows[0].preview.as_str(), rows[0].is_ours, rows[0].delivery),
        ("Tomorrow", true, Some(Delivery::Failed)),
        "a note is no message"
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn filters_and_counts_agree(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ada = shop.hire(Role::Advisor, "ada").await;
    let mut threads = Vec::new();
    for number in 1..=4 {
        threads.push(shop.hear(&format!("+1418555000{number}"), "Hello").await);
    }
    for (thread, to) in [
        (threads[0], shop.owner.person),
        (threads[1], ada.person),
        (threads[3], shop.owner.person),
    ] {
        shop.apply(Intent::AssignConversation {
            conversation: thread,
            from: None,
            to: Some(to),
        })
        .await;
    }
    shop.send("+14185550003", "Yes?").await;
    shop.apply(Intent::CloseConversation {
        conversation: threads[3],
        closed: true,
    })
    .await;
    let ids = async |filter| -> BTreeSet<_> {
        shop.list(filter)
            .await
            .into_iter()
            .map(|row| row.id)
            .collect()
    };
    let set = |places: &[usize]| {
        places
            .iter()
            .map(|place| threads[*place])
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(ids(ConversationFilter::Open).await, set(&[0, 1, 2]));
    assert_eq!(ids(ConversationFilter::Mine).await, set(&[0]));
    assert_eq!(ids(ConversationFilter::Unread).await, set(&[0, 1]));
    assert_eq!(ids(ConversationFilter::Closed).await, set(&[3]));
    let counts = shop
        .services
        .conversation_counts(&shop.owner)
        .await
        .unwrap();
    assert_eq!(
        (counts.unread, counts.mine_unread, counts.wishes),
        (2, 1, 0)
    );
    let row = &shop.list(ConversationFilter::Mine).await[0];
    assert_eq!(row.assignee.as_ref().unwrap().name, "Dominique Bélanger");
    // Who writes to a closed thread opens it.
    shop.hear("+14185550004", "Hello?").await;
    assert_eq!(ids(ConversationFilter::Closed).await, BTreeSet::new());
    assert_eq!(ids(ConversationFilter::Mine).await, set(&[0, 3]));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn pages_hang_together_also_where_many_came_at_once(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut threads = BTreeSet::new();
    for number in 0..25 {
        if number % 5 == 0 {
            shop.clock.advance(Duration::seconds(1));
        }
        threads.insert(shop.hear(&format!("+141855510{number:02}"), "Hello").await);
    }
    for text in ["", "hello"] {
        let (mut read, mut last, mut after) = (Vec::new(), None, None);
        loop {
            let query = ConversationQuery {
                filter: ConversationFilter::Open,
                text: text.to_owned(),
                after,
                limit: 4,
            };
            let page = shop
                .services
                .conversations(&shop.owner, query)
                .await
                .unwrap();
            for row in page.rows {
                let place = (row.last_at, row.id);
                assert!(last.is_none_or(|last| place < last));
                last = Some(place);
                read.push(row.id);
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(read.len(), 25, "{text}");
        assert_eq!(read.into_iter().collect::<BTreeSet<_>>(), threads);
    }
    let query = ConversationQuery {
        after: Some("{}".to_owned()),
        limit: 4,
        ..ConversationQuery::default()
    };
    let refused = shop.services.conversations(&shop.owner, query).await;
    assert!(matches!(
        refused,
        Err(ServiceError::Invalid(InvalidInput::Cursor))
    ));
}
