//! What imports of many rows read: as many rows as they are about, whatever the tables were like before.

use crate::samples::{self, SHOP};
use domain::{
    ids::{AccountId, CustomerId, ImportId, PersonId},
    mutation::Change,
    slot::{Field, Slot},
    value::Value,
};
use sqlx::{
    AssertSqlSafe, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
    raw_sql,
};
use std::collections::BTreeMap;
use store::{
    Store,
    attribute::Author,
    import::{
        base,
        change::{self, ChangeSource, CustomerChange},
        record, row, staging,
    },
};
use uuid::Uuid;

const IMPORT: ImportId = ImportId::new(Uuid::from_u128(0xe1));
/// The customer of the sample.
const CUSTOMER: u128 = 0xc1;
const FIRST_OF_MANY: u128 = 0xc000_0000;
const MANY: u32 = 2_000;

/// The rows of a table that were read since the database was made. On the connection that read them.
async fn read(pool: &PgPool, table: &str) -> i64 {
    sqlx::query("select pg_stat_force_next_flush()")
        .execute(pool)
        .await
        .unwrap();
    sqlx::query_scalar(
        "select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) from pg_stat_user_tables where relname = $1",
    )
    .bind(table)
    .fetch_one(pool)
    .await
    .unwrap()
}

/// A pool whose every transaction finds what the ones before it left on their connection.
async fn one_connection(options: PgPoolOptions, connect: PgConnectOptions) -> PgPool {
    let options = options.max_connections(1);
    let pool = options.connect_with(connect).await.unwrap();
    samples::insert_all(&pool).await;
    pool
}

/// Gives these customers another city.
async fn write_cities(store: &Store, customers: &[u128], city: &str) -> u32 {
    let changes: Vec<CustomerChange> = (10..)
        .zip(customers)
        .map(|(line, customer)| CustomerChange {
            line,
            customer: CustomerId::new(Uuid::from_u128(*customer)),
            changes: vec![Change {
                slot: Slot::Field(Field::City),
                from: None,
                to: Value::text(city),
            }],
        })
        .collect();
    let author = Author {
        person: PersonId::new(Uuid::from_u128(0xf1)),
        at: "2026-01-02T03:04:05Z".parse().unwrap(),
    };
    let mut tx = store.write(AccountId::new(SHOP)).await.unwrap();
    record::lock(&mut tx, IMPORT).await.unwrap().unwrap();
    change::insert(&mut tx, IMPORT, &changes).await.unwrap();
    let lines = 0..=u32::MAX;
    let written = change::apply(&mut tx, IMPORT, &lines, ChangeSource::Import, author).await;
    staging::drop_rows(&mut tx, IMPORT).await.unwrap();
    tx.commit().await.unwrap();
    written.unwrap()
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_was_planned_for_small_imports_is_planned_anew_for_a_large_one(
    options: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let pool = one_connection(options, connect).await;
    let store = Store::new(pool.clone());
    // Postgres may keep a plan from the sixth time on.
    for round in 0..7 {
        let city = format!("Laval {round}");
        assert_eq!(write_cities(&store, &[CUSTOMER], &city).await, 1);
    }
    let many: Vec<u128> = (FIRST_OF_MANY..).take(MANY as usize).collect();
    let ids: Vec<Uuid> = many.iter().copied().map(Uuid::from_u128).collect();
    let mut tx = pool.begin().await.unwrap();
    sqlx::query("set local app.rev = '1'")
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query(
        "insert into customer (account_id, customer_id, attributes, created_at, updated_at, last_activity_at, created_by,
            created_rev, rev)
         select account_id, id, '{}', now(), now(), now(), created_by, 0, 0
         from customer, unnest($1::uuid[]) as made (id)",
    )
    .bind(&ids)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();

    let tables = ["customer", "import_change"];
    let mut before = BTreeMap::new();
    for table in tables {
        before.insert(table, read(&pool, table).await);
    }
    assert_eq!(write_cities(&store, &many, "Laval").await, MANY);
    for table in tables {
        let rows = read(&pool, table).await - before[table];
        assert!(
            rows < 50 * i64::from(MANY),
            "{table}: {rows} rows were read"
        );
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_page_of_lines_is_read_without_the_lines_around_it(
    options: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let pool = one_connection(options, connect).await;
    for sql in [
        "insert into import_row (account_id, import_id, line, customer_id, unsubscribe, attributes)
         select account_id, import_id, made, customer_id, false, '{}'
         from import_row, generate_series(1001, 7000) made",
        "insert into import_change (account_id, import_id, line, outcome, customer_id, changes)
         select account_id, import_id, made, 'changed', customer_id, '[{\"slot\": \"city\", \"from\": null, \"to\": null}]'
         from import_change, generate_series(1001, 7000) made",
    ] {
        raw_sql(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    }
    let lines: Vec<u32> = (3001..3101).collect();
    let before = (
        read(&pool, "import_row").await,
        read(&pool, "import_change").await,
    );
    let store = Store::new(pool.clone());
    let mut tx = store.read(AccountId::new(SHOP)).await.unwrap();
    let staged = row::staged(&mut tx, IMPORT, &lines, &BTreeMap::new()).await;
    let changes = change::of_lines(&mut tx, IMPORT, &lines).await.unwrap();
    let before_export = base::of_lines(&mut tx, IMPORT, &lines).await.unwrap();
    assert!(
        base::of_lines(&mut tx, IMPORT, &[])
            .await
            .unwrap()
            .is_empty()
    );
    drop(tx);
    assert_eq!(
        (staged.unwrap().len(), changes.len(), before_export.len()),
        (100, 100, 0)
    );
    let rows = read(&pool, "import_row").await - before.0;
    assert!((200..=600).contains(&rows), "{rows} rows were read");
    let rows = read(&pool, "import_change").await - before.1;
    assert!((100..=300).contains(&rows), "{rows} planned rows were read");
}
