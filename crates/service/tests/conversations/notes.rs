//! Notes for the staff alone.

use crate::{
    shop::{Shop, reasons},
    talk::ANA,
};
use domain::{
    conversation::{ConversationFilter, EntryKind, NOTE_MAX},
    ids::{ConversationId, MessageId},
    mutation::{Intent, Reason, Status},
};
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_note_stands_in_the_thread_with_its_writer(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let conversation = shop.hear(ANA, "Hello").await;
    let note = |text: &str| Intent::AddNote {
        note: MessageId::new(shop.id()),
        conversation,
        text: text.to_owned(),
    };
    let written = note(" calls back\0 at 5 ");
    shop.apply(written.clone()).await;
    assert_eq!(shop.push(&shop.owner, written).await.status, Status::Noop);
    let entries = shop.entries(conversation).await;
    let expected = EntryKind::Note {
        text: "calls back at 5".to_owned(),
        by: "Dominique Bélanger".to_owned(),
    };
    assert_eq!(entries[1].kind, expected);
    assert_eq!(
        shop.list(ConversationFilter::Unread).await.len(),
        1,
        "a note is no answer"
    );
    shop.apply(note(&"é".repeat(NOTE_MAX))).await;
    for (text, reason) in [
        (" \0\n".to_owned(), Reason::NothingGiven),
        ("x".repeat(NOTE_MAX + 1), Reason::TextTooLong),
    ] {
        let refused = shop.push(&shop.owner, note(&text)).await;
        assert_eq!(reasons(&refused), [reason]);
    }
    let nowhere = Intent::AddNote {
        note: MessageId::new(shop.id()),
        conversation: ConversationId::new(shop.id()),
        text: "x".to_owned(),
    };
    let refused = shop.push(&shop.owner, nowhere).await;
    assert_eq!(reasons(&refused), [Reason::UnknownConversation]);
}
