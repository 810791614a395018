use crate::samples::{self, SHOP};
use domain::ids::AccountId;
use sqlx::{AssertSqlSafe, PgPool};
use store::Store;

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
    let store = Store::new(pool);
    let shop = AccountId::new(SHOP);
    let mut first = store.write(shop).await.unwrap();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move {
            let mut second = store.write(shop).await.unwrap();
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
