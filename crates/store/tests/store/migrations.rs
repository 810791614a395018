use crate::samples;
use sqlx::{AssertSqlSafe, PgPool, raw_sql};
use store::{MIGRATOR, Store};

#[sqlx::test(migrations = false)]
async fn each_migration_applies_on_tables_that_hold_rows(pool: PgPool) {
    for migration in MIGRATOR.iter() {
        raw_sql(AssertSqlSafe(format!(
            "begin; {}; commit;",
            migration.sql.as_str()
        )))
        .execute(&pool)
        .await
        .unwrap_or_else(|error| panic!("{}: {error}", migration.description));
        samples::insert(&pool, migration.version).await;
    }
    for table in samples::tables(&pool).await {
        let filled: bool = sqlx::query_scalar(AssertSqlSafe(format!(
            "select exists (select from {table})"
        )))
        .fetch_one(&pool)
        .await
        .unwrap();
        assert!(
            filled,
            "{table} has no sample row, so that nothing is known of migrations to come"
        );
    }
}

#[sqlx::test(migrations = false)]
async fn a_database_is_current_only_with_every_migration(pool: PgPool) {
    let store = Store::new(pool.clone());
    assert!(!store.is_current().await.unwrap(), "empty");
    store.migrate().await.unwrap();
    assert!(store.is_current().await.unwrap(), "migrated");
    store.migrate().await.unwrap();
    sqlx::query(
        "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)",
    )
    .execute(&pool)
    .await
    .unwrap();
    assert!(!store.is_current().await.unwrap(), "one is missing");
}
