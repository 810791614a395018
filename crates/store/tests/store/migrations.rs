use crate::samples::{self, SHOP};
use domain::{
    consent::{ContactPoint, Status},
    ids::AccountId,
    phone::E164,
};
use sqlx::{AssertSqlSafe, PgPool, raw_sql};
use store::{MIGRATOR, Store, consent};

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

/// The migration that turns the wishes of imports into the ledger.
const MOVES_WISHES: i64 = 20_261_126_000_031;

#[sqlx::test(migrations = false)]
async fn wishes_of_imports_become_events_of_a_ledger_that_holds(pool: PgPool) {
    for migration in MIGRATOR.iter() {
        raw_sql(AssertSqlSafe(format!(
            "begin; {}; commit;",
            migration.sql.as_str()
        )))
        .execute(&pool)
        .await
        .unwrap();
        if migration.version < MOVES_WISHES - 1 {
            samples::insert(&pool, migration.version).await;
        }
    }
    let shop = AccountId::new(SHOP);
    let mut tx = Store::new(pool.clone()).read_moment(shop).await.unwrap();
    let verified = consent::verify(&mut tx).await.unwrap();
    assert_eq!(
        (
            verified.events,
            verified.contact_points,
            &verified.flaws[..]
        ),
        (4, 3, &[][..])
    );
    let told: Vec<(String, bool)> = sqlx::query_as(
        "select cell_phone, unsubscribed_at is not null and asked_to_stop_rev is not null from customer where account_id = $1",
    )
    .bind(SHOP)
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(told, [("+14185550101".to_owned(), true)]);
    let key = consent::key(&mut tx).await.unwrap();
    for (phone, wished) in [
        ("+14185550103", true),
        ("+14185550104", true),
        ("+14185550105", false),
    ] {
        let point = key.contact(&ContactPoint::sms(E164::new(phone).unwrap()));
        let states = consent::states(&mut tx, &[&point]).await.unwrap();
        let unsubscribed = states
            .get(&point)
            .is_some_and(|state| state.status == Status::Unsubscribed);
        assert_eq!(unsubscribed, wished, "{phone}");
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
