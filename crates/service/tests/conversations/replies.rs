//! Saved replies.

use crate::shop::{Shop, reasons};
use domain::{
    conversation::{ReplyTitle, SavedReply},
    ids::SavedReplyId,
    mutation::{Intent, Reason, Status},
    segment::MESSAGE_MAX,
};
use sqlx::PgPool;

fn save(reply: SavedReplyId, title: &str, text: &str) -> Intent {
    Intent::SaveReply {
        reply,
        title: ReplyTitle::parse(title).unwrap(),
        text: text.parse().unwrap(),
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn replies_are_made_replaced_and_deleted(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (ready, hours) = (SavedReplyId::new(shop.id()), SavedReplyId::new(shop.id()));
    let replies =
        async || -> Vec<SavedReply> { shop.services.saved_replies(&shop.owner).await.unwrap() };
    shop.apply(save(
        ready,
        "Prêt",
        "Bonjour {first_name|là}, c'est prêt.\0",
    ))
    .await;
    shop.apply(save(hours, "Heures", "8 à 5")).await;
    let titles: Vec<_> = replies()
        .await
        .iter()
        .map(|r| r.title.to_string())
        .collect();
    assert_eq!(titles, ["Heures", "Prêt"]);
    assert_eq!(
        replies().await[1].text.to_string(),
        "Bonjour {first_name|là}, c'est prêt."
    );
    let same = shop.push(&shop.owner, save(hours, "Heures", "8 à 5")).await;
    assert_eq!(same.status, Status::Noop);
    shop.apply(save(hours, "Horaire", "8 à 6")).await;
    assert_eq!(replies().await[0].text.to_string(), "8 à 6");
    let taken = shop.push(&shop.owner, save(hours, " PRET", "x")).await;
    assert_eq!(reasons(&taken), [Reason::ReplyTitleTaken { reply: ready }]);
    for (text, reason) in [
        (" \n".to_owned(), Reason::NothingGiven),
        ("x".repeat(MESSAGE_MAX + 1), Reason::TextTooLong),
    ] {
        let refused = shop.push(&shop.owner, save(hours, "Horaire", &text)).await;
        assert_eq!(reasons(&refused), [reason]);
    }
    shop.apply(Intent::DeleteReply { reply: ready }).await;
    assert_eq!(replies().await.len(), 1);
    let gone = shop
        .push(&shop.owner, Intent::DeleteReply { reply: ready })
        .await;
    assert_eq!(reasons(&gone), [Reason::UnknownReply]);
}
