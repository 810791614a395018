use crate::samples::{self, SHOP};
use domain::ids::AccountId;
use sqlx::{
    AssertSqlSafe, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use store::{Store, StoreError};

/// A counter, and not a row of the feed.
const NOT_STAMPED: &[&str] = &["account_rev"];

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn every_table_with_a_rev_has_it_stamped(pool: PgPool) {
    let with_rev: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.columns
         where table_schema = 'public' and column_name = 'rev' order by 1",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(
        with_rev.len() >= 6,
        "the catalog was asked wrongly: {with_rev:?}"
    );
    for table in with_rev
        .iter()
        .filter(|table| !NOT_STAMPED.contains(&table.as_str()))
    {
        let stamped: bool = sqlx::query_scalar(
            "select exists (
                 select from pg_trigger t
                 where t.tgrelid = $1::regclass and t.tgfoid = 'stamp_rev'::regproc and t.tgtype & 2 = 2 and t.tgtype & 4 = 4
             )",
        )
        .bind(table)
        .fetch_one(&pool)
        .await
        .unwrap();
        assert!(stamped, "{table}");
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_write_without_a_rev_is_refused(pool: PgPool) {
    samples::insert_all(&pool).await;
    let writes = [
        "update customer set notes = 'x'",
        "delete from customer",
        "update attribute set retired = true",
        "insert into customer_tombstone (account_id, customer_id, rev) select account_id, gen_random_uuid(), 9 from customer",
        "insert into customer_history (account_id, customer_id, slot, source, at, rev)
         select account_id, customer_id, 'notes', 'staff', now(), 9 from customer",
    ];
    for write in writes {
        let mut tx = pool.begin().await.unwrap();
        sqlx::query(AssertSqlSafe(format!(
            "select set_config('app.account_id', '{SHOP}', true)"
        )))
        .execute(&mut *tx)
        .await
        .unwrap();
        let refused = sqlx::query(write).execute(&mut *tx).await.unwrap_err();
        let code = refused
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .unwrap_or_default()
            .into_owned();
        assert_eq!(code, "55000", "{write}: {refused}");
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn revs_are_in_the_order_of_commits(pool: PgPool) {
    samples::insert_all(&pool).await;
    let store = Store::new(pool.clone());
    let shop = AccountId::new(SHOP);
    let mut first = store.write(shop).await.unwrap();
    let waiting = tokio::spawn({
        let another_server = Store::new(pool);
        async move {
            let mut second = another_server.write(shop).await.unwrap();
            let rev = second.rev().await.unwrap();
            second.commit().await.unwrap();
            rev
        }
    });
    let rev = first.rev().await.unwrap();
    assert_eq!(
        store.read(shop).await.unwrap().rev().await.unwrap(),
        rev - 1,
        "nothing is committed yet"
    );
    first.commit().await.unwrap();
    assert_eq!(waiting.await.unwrap(), rev + 1);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn writes_that_wait_for_their_account_hold_no_connection(
    options: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let pool = options
        .max_connections(2)
        .connect_with(connect)
        .await
        .unwrap();
    samples::insert_all(&pool).await;
    let store = Store::new(pool);
    let shop = AccountId::new(SHOP);
    let first = store.write(shop).await.unwrap();
    let mut waiting = Vec::new();
    for _ in 0..5 {
        let store = store.clone();
        waiting.push(tokio::spawn(async move {
            store.write(shop).await.unwrap().commit().await.unwrap();
        }));
        tokio::task::yield_now().await;
    }
    let elsewhere = AccountId::new(samples::OTHER);
    store.read(elsewhere).await.unwrap().commit().await.unwrap();
    first.commit().await.unwrap();
    for write in waiting {
        write.await.unwrap();
    }
    let rev = store.read(shop).await.unwrap().rev().await.unwrap();
    assert!(rev >= 6, "every write had its turn: {rev}");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_lock_that_does_not_come_in_time_is_told_from_a_failure(pool: PgPool) {
    let mut holder = pool.begin().await.unwrap();
    sqlx::query("lock table person")
        .execute(&mut *holder)
        .await
        .unwrap();
    let mut other = pool.begin().await.unwrap();
    sqlx::query("set local lock_timeout = '10ms'")
        .execute(&mut *other)
        .await
        .unwrap();
    let error = sqlx::query("select from person")
        .execute(&mut *other)
        .await
        .unwrap_err();
    assert!(matches!(StoreError::from(error), StoreError::Busy));
}
