//! Rows of a shop in every table, one file for each migration that makes a table.

use sqlx::{AssertSqlSafe, PgPool, raw_sql};
use uuid::Uuid;

/// The account of every sample row.
pub(crate) const SHOP: Uuid = Uuid::from_u128(0xa);
/// An account that has nothing.
pub(crate) const OTHER: Uuid = Uuid::from_u128(0xb);

const SAMPLES: &[(i64, &str)] = &[
    (20_261_101_000_003, include_str!("samples/account.sql")),
    (20_261_101_000_004, include_str!("samples/person.sql")),
    (20_261_101_000_005, include_str!("samples/membership.sql")),
    (20_261_101_000_006, include_str!("samples/attribute.sql")),
    (20_261_101_000_007, include_str!("samples/customer.sql")),
    (
        20_261_101_000_008,
        include_str!("samples/customer_history.sql"),
    ),
    (20_261_101_000_009, include_str!("samples/mutation_log.sql")),
    (20_261_101_000_020, include_str!("samples/import.sql")),
    (
        20_261_126_000_001,
        include_str!("samples/import_progress.sql"),
    ),
    (20_261_126_000_002, include_str!("samples/audit_entry.sql")),
    (20_261_126_000_003, include_str!("samples/export.sql")),
    (20_261_126_000_010, include_str!("samples/export_mail.sql")),
    (20_261_126_000_031, include_str!("samples/consent.sql")),
    (20_261_126_000_040, include_str!("samples/conversation.sql")),
    (20_261_126_000_041, include_str!("samples/provider.sql")),
];

/// Rows of tables that a later migration takes away.
const FORMER: &[(i64, &str)] = &[(
    20_261_101_000_020,
    include_str!("samples/opt_out_request.sql"),
)];

/// Inserts what goes with a migration, if anything does, while the migrations to come are not applied.
pub(crate) async fn insert(pool: &PgPool, version: i64) {
    for (_, sql) in SAMPLES
        .iter()
        .chain(FORMER)
        .filter(|(of, _)| *of == version)
    {
        run(pool, sql).await;
    }
}

/// Inserts all of it into a finished schema.
pub(crate) async fn insert_all(pool: &PgPool) {
    for (_, sql) in SAMPLES {
        run(pool, sql).await;
    }
}

async fn run(pool: &PgPool, sql: &str) {
    raw_sql(AssertSqlSafe(format!(
        "begin; set local app.rev = '1'; {sql} commit;"
    )))
    .execute(pool)
    .await
    .unwrap();
}

/// The tables of the application, by name.
pub(crate) async fn tables(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and relname <> '_sqlx_migrations' order by 1",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

/// Those of them that belong to an account.
pub(crate) async fn tenant_tables(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "select table_name::text from information_schema.columns
         where table_schema = 'public' and column_name = 'account_id' order by 1",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}
