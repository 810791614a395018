//! The queue of mails: each is taken by one, and by another one when that one is not heard of any more.

use crate::samples::{self, SHOP};
use chrono::{DateTime, Duration, Utc};
use domain::{
    ids::{AccountId, ExportId},
    mail::{Carriage, Trouble},
    permission::Role,
};
use sqlx::PgPool;
use store::{
    AccountTx, Store,
    export::mail::{
        self,
        queue::{self, Outcome, Taken},
    },
};
use uuid::Uuid;

const EXPORT: ExportId = ExportId::new(Uuid::from_u128(0xe2));

/// When the mail of the sample is due.
fn due() -> DateTime<Utc> {
    "2026-01-02T03:04:05Z".parse().unwrap()
}

async fn begin(pool: &PgPool) -> AccountTx {
    let store = Store::new(pool.clone());
    store.stage(AccountId::new(SHOP)).await.unwrap()
}

async fn take(tx: &mut AccountTx, now: DateTime<Utc>) -> Option<Taken> {
    let again_at = now + Duration::minutes(10);
    queue::take(tx, now, again_at).await.unwrap()
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_somebody_takes_is_neither_waited_for_nor_taken_twice(pool: PgPool) {
    samples::insert_all(&pool).await;
    let mut first = begin(&pool).await;
    assert!(take(&mut first, due()).await.is_some());
    let mut second = begin(&pool).await;
    assert!(take(&mut second, due()).await.is_none(), "it is locked");
    drop(second);
    first.commit().await.unwrap();
    let mut third = begin(&pool).await;
    assert!(take(&mut third, due()).await.is_none(), "it is taken");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_was_taken_by_a_server_that_crashed_is_taken_again(pool: PgPool) {
    samples::insert_all(&pool).await;
    let mut tx = begin(&pool).await;
    let early = take(&mut tx, due() - Duration::seconds(1)).await;
    assert!(early.is_none(), "it is not due yet");
    let first = take(&mut tx, due()).await.unwrap();
    assert_eq!((first.export, first.tries), (EXPORT, 1));
    let letter = queue::letter(&mut tx, EXPORT).await.unwrap();
    assert_eq!(
        (letter.shop.as_str(), letter.bytes, letter.carriage),
        ("Garage Bélanger", 3, Carriage::Attached)
    );
    // In Toronto.
    assert_eq!(
        letter.kept_until.unwrap().to_string(),
        "2026-01-08 22:04:05"
    );
    let reader = letter.reader.unwrap();
    assert_eq!(
        (reader.email.as_str(), reader.role),
        ("owner@example.com", Role::Owner)
    );
    let second = take(&mut tx, due() + Duration::minutes(10)).await.unwrap();
    assert_eq!(second.tries, 2);

    let at = due() + Duration::minutes(11);
    let trouble = Trouble::Unreachable;
    let late = queue::settle(&mut tx, EXPORT, 1, Outcome::Failed { at, trouble }).await;
    assert!(!late.unwrap(), "the second try counts");
    let keep_file = false;
    let sent = queue::settle(&mut tx, EXPORT, 2, Outcome::Sent { at, keep_file }).await;
    assert!(sent.unwrap());
    assert!(take(&mut tx, at + Duration::days(1)).await.is_none());
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn accounts_with_mails_are_found_only_while_something_is_due(pool: PgPool) {
    samples::insert_all(&pool).await;
    let store = Store::new(pool.clone());
    let accounts = async |now| {
        let mut tx = store.system().await.unwrap();
        queue::accounts_with_due(&mut tx, now).await.unwrap()
    };
    assert_eq!(accounts(due()).await, [AccountId::new(SHOP)]);
    assert_eq!(accounts(due() - Duration::seconds(1)).await, []);
}

/// The file of the sample, without its piece, as if it were still on its way.
async fn receiving(pool: &PgPool) {
    samples::insert_all(pool).await;
    for sql in [
        "delete from export_mail_piece",
        "update export_mail set state = 'receiving', queued_at = null, next_try_at = null",
    ] {
        sqlx::query(sql).execute(pool).await.unwrap();
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_piece_that_comes_after_its_file_was_erased_is_not_kept(pool: PgPool) {
    receiving(&pool).await;
    // It has begun before, and has looked at the state.
    let mut late = begin(&pool).await;
    let mut sweep = begin(&pool).await;
    queue::expire(&mut sweep, EXPORT, due()).await.unwrap();
    sweep.commit().await.unwrap();
    mail::put_piece(&mut late, EXPORT, 0, b"ABC").await.unwrap();
    assert_eq!(mail::count_pieces(&mut late, EXPORT).await.unwrap(), 0);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_file_is_not_erased_while_a_piece_of_it_arrives(pool: PgPool) {
    receiving(&pool).await;
    let over = due() + Duration::days(30);
    let mut arriving = begin(&pool).await;
    mail::put_piece(&mut arriving, EXPORT, 0, b"ABC")
        .await
        .unwrap();
    assert_eq!(mail::count_pieces(&mut arriving, EXPORT).await.unwrap(), 1);
    let mut sweep = begin(&pool).await;
    assert_eq!(mail::lock_over(&mut sweep, over).await.unwrap(), []);
    arriving.commit().await.unwrap();
    assert_eq!(mail::lock_over(&mut sweep, over).await.unwrap(), [EXPORT]);
}
