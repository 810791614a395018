//! Who follows an account learns of its writes, wherever they happen.

use crate::samples::{self, OTHER, SHOP};
use domain::ids::AccountId;
use futures::FutureExt;
use sqlx::PgPool;
use store::{AccountTx, Changes, Store};
use tokio::task::JoinHandle;

const ACCOUNT: AccountId = AccountId::new(SHOP);

async fn write(store: &Store, account: AccountId) -> u64 {
    let mut tx = store.write(account).await.unwrap();
    let rev = tx.rev().await.unwrap();
    tx.commit().await.unwrap();
    rev
}

async fn follow(store: &Store) -> Changes {
    let mut changes = store.changes(ACCOUNT).await.unwrap();
    assert_eq!(changes.next().await, 1);
    changes
}

fn is_quiet(changes: &mut Changes) -> bool {
    changes.next().now_or_never().is_none()
}

/// What a server does beside its requests.
fn relay(store: &Store) -> JoinHandle<()> {
    let store = store.clone();
    tokio::spawn(async move {
        loop {
            let Err(error) = store.relay().await;
            assert!(matches!(error, store::StoreError::Database(_)), "{error:?}");
        }
    })
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_commit_is_told_and_nothing_else_is(pool: PgPool) {
    samples::insert_all(&pool).await;
    let store = Store::new(pool);
    let mut changes = follow(&store).await;
    let mut second = follow(&store).await;
    assert!(is_quiet(&mut changes));

    drop(store.write(ACCOUNT).await.unwrap());
    store.stage(ACCOUNT).await.unwrap().commit().await.unwrap();
    write(&store, AccountId::new(OTHER)).await;
    assert!(is_quiet(&mut changes));

    let open = store.write(ACCOUNT).await.unwrap();
    assert!(is_quiet(&mut changes));
    open.commit().await.unwrap();
    assert_eq!(changes.next().now_or_never(), Some(2));
    assert!(is_quiet(&mut changes));
    write(&store, ACCOUNT).await;
    write(&store, ACCOUNT).await;
    assert_eq!(changes.next().now_or_never(), Some(4));
    assert_eq!(second.next().now_or_never(), Some(4));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_write_is_told_however_long_it_may_wait_for_its_turn(pool: PgPool) {
    samples::insert_all(&pool).await;
    let store = Store::new(pool);
    let mut changes = follow(&store).await;
    let mut is_told = async |mut tx: AccountTx| {
        let rev = tx.rev().await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(changes.next().now_or_never(), Some(rev));
    };
    is_told(store.write(ACCOUNT).await.unwrap()).await;
    is_told(store.write_soon(ACCOUNT).await.unwrap()).await;
    is_told(store.write_patiently(ACCOUNT).await.unwrap()).await;
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn another_server_hears_of_it(pool: PgPool) {
    samples::insert_all(&pool).await;
    let (here, there) = (Store::new(pool.clone()), Store::new(pool));
    let (relays, mut changes) = ([relay(&here), relay(&there)], follow(&there).await);
    for _ in 0..3 {
        let rev = write(&here, ACCOUNT).await;
        while changes.next().await < rev {}
    }
    assert!(is_quiet(&mut changes));
    relays.iter().for_each(JoinHandle::abort);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_was_missed_is_told_when_the_connection_is_back(pool: PgPool) {
    samples::insert_all(&pool).await;
    let (here, there) = (Store::new(pool.clone()), Store::new(pool.clone()));
    let (telling, hearing) = (relay(&here), relay(&there));
    let mut changes = follow(&there).await;
    let rev = write(&here, ACCOUNT).await;
    while changes.next().await < rev {}

    telling.abort();
    telling.await.unwrap_err();
    let missed = write(&here, ACCOUNT).await;
    let ended: i64 = sqlx::query_scalar(
        "select count(*) from pg_stat_activity
         where datname = current_database() and query ilike 'listen%' and pg_terminate_backend(pid)",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert!(ended > 0);
    assert_eq!(changes.next().await, missed);
    hearing.abort();
}
