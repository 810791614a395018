//! Where something still stands in the database, to see that it was erased.

use sqlx::{AssertSqlSafe, PgPool};

/// The tables with a row in which one of these texts stands, in any spelling of the row.
pub(crate) async fn traces(pool: &PgPool, texts: &[&str]) -> Vec<String> {
    let patterns: Vec<String> = texts.iter().map(|text| format!("%{text}%")).collect();
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut found = Vec::new();
    for table in tables {
        let sql = format!("select exists (select from {table} t where t::text ilike any ($1))");
        let there: bool = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(&patterns)
            .fetch_one(pool)
            .await
            .unwrap();
        if there {
            found.push(table);
        }
    }
    found
}
