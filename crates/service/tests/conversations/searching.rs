//! Any fragment finds the thread, whatever its case and accents.

use crate::{
    shop::Shop,
    talk::{ANA, BEA},
};
use domain::{conversation::ConversationFilter, ids::MessageId, mutation::Intent, slot::Field};
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn customers_numbers_messages_and_notes_are_searched(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.add_customer(&[
        (Field::FirstName, "Émilie"),
        (Field::LastName, "Côté"),
        (Field::CellPhone, ANA),
    ])
    .await;
    let emilie = shop
        .hear(ANA, "Ma voiture est-elle\nprête pour l'été\u{a0}?")
        .await;
    shop.send(ANA, "Oui, dès demain.").await;
    let bea = shop.hear(BEA, "100% sure_thing").await;
    shop.apply(Intent::AddNote {
        note: MessageId::new(shop.id()),
        conversation: bea,
        text: "prefers the Élégance model".to_owned(),
    })
    .await;
    for (text, found) in [
        ("EMIL", vec![emilie]),
        ("cote", vec![emilie]),
        ("émilie côté", vec![emilie]),
        ("418 555-0001", vec![emilie]),
        ("0002", vec![bea]),
        ("elle prete", vec![emilie]),
        ("L'ETE ?", vec![emilie]),
        ("dès dem", vec![emilie]),
        ("DES DEM", vec![emilie]),
        ("elegance", vec![bea]),
        ("100%", vec![bea]),
        ("sure_", vec![bea]),
        ("0%_", vec![]),
        ("pr", vec![bea, emilie]),
        ("zzz", vec![]),
        ("", vec![bea, emilie]),
    ] {
        let rows = shop.search(ConversationFilter::Open, text).await;
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let mut found = found;
        found.sort_by_key(|id| std::cmp::Reverse(*id));
        let mut sorted = ids.clone();
        sorted.sort_by_key(|id| std::cmp::Reverse(*id));
        assert_eq!(sorted, found, "{text}");
        assert_eq!(
            shop.search(ConversationFilter::Closed, text).await.len(),
            0,
            "{text}"
        );
    }
    let found = &shop.search(ConversationFilter::Open, "prete").await[0];
    assert!(found.preview.starts_with("Ma voiture"), "{}", found.preview);
    assert!(!found.is_ours);
    let found = &shop.search(ConversationFilter::Open, "elegance").await[0];
    assert!(found.preview.starts_with("prefers"), "{}", found.preview);
    let found = &shop.search(ConversationFilter::Open, "emilie").await[0];
    assert!(found.preview.starts_with("Oui"), "the last message");
}

/// More threads than are walked before the indexes are asked.
#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_thread_far_down_the_list_is_found_by_its_words(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let needle = shop.hear(ANA, "Le rétroviseur gauche").await;
    let account = shop.owner.account;
    let fill = format!(
        "begin; set local app.rev = '9';
         insert into conversation (account_id, conversation_id, phone, last_at, rev)
         select '{account}', gen_random_uuid(), '+1514555' || n, '2030-01-01', 0 from generate_series(1000, 1999) n;
         insert into message (account_id, message_id, conversation_id, kind, at, text, provider_id, meaning, media, rev)
         select account_id, gen_random_uuid(), conversation_id, 'inbound', last_at, 'Bonjour', phone, '\"conversation\"', '[]', 0
         from conversation where phone like '+1514%'; commit;"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(fill))
        .execute(&pool)
        .await
        .unwrap();
    for text in ["RETROVISEUR", "gauche", "4185550001"] {
        let rows = shop.search(ConversationFilter::Open, text).await;
        assert_eq!(
            rows.iter().map(|row| row.id).collect::<Vec<_>>(),
            [needle],
            "{text}"
        );
    }
    let rows = shop.search(ConversationFilter::Open, "bonj").await;
    assert_eq!(rows.len(), 100);
}
