//! Two accounts never see each other, and the schema could be spread over machines by account: for every table, from the
//! catalog, so that a table made tomorrow is judged too.

use crate::samples::{self, OTHER, SHOP};
use sqlx::{AssertSqlSafe, PgPool, Postgres, Row, Transaction};
use std::collections::BTreeSet;

/// Belongs to no account, on purpose.
const GLOBAL: &[&str] = &["person", "session", "setup_token", "sign_in_attempt"];

const OWN_ACCOUNT: &str =
    "(account_id = (NULLIF(current_setting('app.account_id'::text, true), ''::text))::uuid)";

/// Policies that let more be read than the account of the transaction; each is for reading only.
const WIDER: &[&str] = &[
    "account_own",
    "account_sweep",
    "account_oldest",
    "membership_own",
    "customer_search",
    "invite_sweep",
    "import_sweep",
    "import_failed_row_sweep",
    "export_sweep",
    "export_mail_sweep",
    "message_sweep",
    "message_search",
];

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn every_table_belongs_to_an_account_or_is_known_to_be_global(pool: PgPool) {
    let tenant: BTreeSet<String> = samples::tenant_tables(&pool).await.into_iter().collect();
    let global: BTreeSet<String> = samples::tables(&pool)
        .await
        .into_iter()
        .filter(|table| !tenant.contains(table))
        .collect();
    assert_eq!(
        global,
        GLOBAL.iter().map(|table| (*table).to_owned()).collect()
    );
    assert!(tenant.len() >= 10, "{tenant:?}");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn row_level_security_is_enabled_and_forced_with_one_policy_on_every_table(pool: PgPool) {
    for table in samples::tenant_tables(&pool).await {
        let secured: bool = sqlx::query_scalar(
            "select relrowsecurity and relforcerowsecurity from pg_class where oid = $1::regclass",
        )
        .bind(&table)
        .fetch_one(&pool)
        .await
        .unwrap();
        assert!(secured, "{table}");
        let policies = sqlx::query(
            "select policyname::text, permissive, roles::text[], cmd, qual, with_check from pg_policies where tablename = $1",
        )
        .bind(&table)
        .fetch_all(&pool)
        .await
        .unwrap();
        let (wider, tenant): (Vec<_>, Vec<_>) = policies
            .iter()
            .partition(|policy| WIDER.contains(&policy.get::<String, _>("policyname").as_str()));
        let [tenant] = tenant[..] else {
            panic!("{table} has another policy")
        };
        assert_eq!(tenant.get::<String, _>("qual"), OWN_ACCOUNT, "{table}");
        assert_eq!(
            tenant.get::<String, _>("with_check"),
            OWN_ACCOUNT,
            "{table}"
        );
        assert_eq!(tenant.get::<String, _>("cmd"), "ALL", "{table}");
        assert_eq!(tenant.get::<Vec<String>, _>("roles"), ["public"], "{table}");
        for policy in wider {
            assert_eq!(policy.get::<String, _>("cmd"), "SELECT", "{table}");
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn every_key_begins_with_the_account(pool: PgPool) {
    for table in samples::tenant_tables(&pool).await {
        let first_columns: Vec<(String, String)> = sqlx::query_as(
            "select i.indexrelid::regclass::text, a.attname::text
             from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
             where i.indrelid = $1::regclass and i.indisunique",
        )
        .bind(&table)
        .fetch_all(&pool)
        .await
        .unwrap();
        assert!(!first_columns.is_empty(), "{table} has no key");
        for (index, column) in first_columns {
            assert_eq!(column, "account_id", "{index}");
        }
        let foreign: Vec<(String, String, String)> = sqlx::query_as(
            "select c.conname::text, here.attname::text, there.attname::text
             from pg_constraint c
             join pg_attribute here on here.attrelid = c.conrelid and here.attnum = c.conkey[1]
             join pg_attribute there on there.attrelid = c.confrelid and there.attnum = c.confkey[1]
             where c.conrelid = $1::regclass and c.contype = 'f'",
        )
        .bind(&table)
        .fetch_all(&pool)
        .await
        .unwrap();
        for (constraint, here, there) in foreign {
            assert_eq!(
                (here.as_str(), there.as_str()),
                ("account_id", "account_id"),
                "{constraint}"
            );
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_roles_of_the_application_cannot_step_around_the_rules(pool: PgPool) {
    for role in ["regulars_app", "regulars_search"] {
        let (mighty, owned): (bool, i64) = sqlx::query_as(
            "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolcanlogin or rolreplication,
                 (select count(*) from pg_class c where c.relowner = r.oid)
             from pg_roles r where rolname = $1",
        )
        .bind(role)
        .fetch_one(&pool)
        .await
        .unwrap();
        assert!(!mighty, "{role}");
        assert_eq!(owned, 0, "{role} owns a table");
    }
    let grants: Vec<(String, String, String)> = sqlx::query_as(
        "select grantee::text, table_name::text, privilege_type::text from information_schema.table_privileges
         where table_schema = 'public' and grantee in ('regulars_app', 'regulars_search', 'PUBLIC')",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    for (role, table, privilege) in &grants {
        assert!(
            ["SELECT", "INSERT", "UPDATE", "DELETE"].contains(&privilege.as_str()),
            "{role} {privilege} {table}"
        );
        assert_ne!(role, "PUBLIC", "{table}");
    }
    let may = |role: &str, table: &str, privilege: &str| {
        grants.contains(&(role.to_owned(), table.to_owned(), privilege.to_owned()))
    };
    assert!(may("regulars_app", "customer_history", "INSERT"));
    for (table, privilege) in [
        ("customer_history", "UPDATE"),
        ("customer_history", "DELETE"),
        ("customer_tombstone", "UPDATE"),
        ("customer_tombstone", "DELETE"),
        ("mutation_log", "DELETE"),
        ("consent_event", "UPDATE"),
        ("consent_event", "DELETE"),
        ("consent_state", "DELETE"),
        ("consent_head", "DELETE"),
        ("account", "DELETE"),
        ("account_rev", "DELETE"),
        ("person", "DELETE"),
    ] {
        assert!(
            !may("regulars_app", table, privilege),
            "{privilege} on {table}"
        );
    }
    let search: BTreeSet<(&str, &str)> = grants
        .iter()
        .filter(|(role, ..)| role == "regulars_search")
        .map(|(_, table, privilege)| (table.as_str(), privilege.as_str()))
        .collect();
    assert_eq!(
        search,
        BTreeSet::from([("customer", "SELECT"), ("message", "SELECT")])
    );
}

async fn as_app(pool: &PgPool, account: Option<uuid::Uuid>) -> Transaction<'static, Postgres> {
    let mut tx = pool.begin().await.unwrap();
    let account = account.map(|id| id.to_string()).unwrap_or_default();
    sqlx::query("select set_config('role', 'regulars_app', true), set_config('app.rev', '9', true), set_config('app.account_id', $1, true)")
        .bind(account)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx
}

/// Neither a grant that is missing nor a policy lets it through.
fn is_refused(result: &Result<u64, sqlx::Error>) -> bool {
    match result {
        Ok(rows) => *rows == 0,
        Err(error) => {
            error
                .as_database_error()
                .and_then(sqlx::error::DatabaseError::code)
                .as_deref()
                == Some("42501")
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn no_row_of_an_account_is_seen_or_written_from_another_or_from_none(pool: PgPool) {
    samples::insert_all(&pool).await;
    for table in samples::tenant_tables(&pool).await {
        for account in [Some(OTHER), None] {
            let select = format!("select count(*) from {table} where account_id = '{SHOP}'");
            let mut tx = as_app(&pool, Some(SHOP)).await;
            let own: i64 = sqlx::query_scalar(AssertSqlSafe(select.clone()))
                .fetch_one(&mut *tx)
                .await
                .unwrap();
            assert!(own > 0, "{table} has no sample row");
            drop(tx);
            let mut tx = as_app(&pool, account).await;
            let seen: i64 = sqlx::query_scalar(AssertSqlSafe(select))
                .fetch_one(&mut *tx)
                .await
                .unwrap();
            assert_eq!(seen, 0, "{table} is read from {account:?}");
            drop(tx);
            for write in [
                format!("update {table} set account_id = account_id where account_id = '{SHOP}'"),
                format!("delete from {table} where account_id = '{SHOP}'"),
            ] {
                let mut tx = as_app(&pool, account).await;
                let done = sqlx::query(AssertSqlSafe(write.clone()))
                    .execute(&mut *tx)
                    .await
                    .map(|done| done.rows_affected());
                assert!(is_refused(&done), "{write} from {account:?}: {done:?}");
            }
            let done = insert_copy(&pool, &table, account).await;
            assert!(
                done.is_err() && is_refused(&done),
                "insert into {table} from {account:?}: {done:?}"
            );
        }
    }
}

/// Tries to insert a row of the shop, read by the owner of the database, while working for another account.
async fn insert_copy(
    pool: &PgPool,
    table: &str,
    account: Option<uuid::Uuid>,
) -> Result<u64, sqlx::Error> {
    let columns: Vec<String> = sqlx::query_scalar(
        "select attname::text from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''",
    )
    .bind(table)
    .fetch_all(pool)
    .await
    .unwrap();
    let row: serde_json::Value = sqlx::query_scalar(AssertSqlSafe(format!(
        "select to_jsonb(t) from {table} t where account_id = '{SHOP}' limit 1"
    )))
    .fetch_one(pool)
    .await
    .unwrap();
    let columns = columns.join(", ");
    let mut tx = as_app(pool, account).await;
    let insert = format!(
        "insert into {table} ({columns}) select {columns} from jsonb_populate_record(null::{table}, $1)"
    );
    sqlx::query(AssertSqlSafe(insert))
        .bind(row)
        .execute(&mut *tx)
        .await
        .map(|done| done.rows_affected())
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_search_functions_keep_to_their_account(pool: PgPool) {
    samples::insert_all(&pool).await;
    for search in [
        "select count(*) from customer_search(array['%emilie%'], null, 'name', false, null, null, null)",
        "select count(*) from message_search(array['%l'' ete%'])",
    ] {
        for (account, expected) in [(Some(SHOP), 1), (Some(OTHER), 0), (None, 0)] {
            let mut tx = as_app(&pool, account).await;
            let found: i64 = sqlx::query_scalar(search)
                .fetch_one(&mut *tx)
                .await
                .unwrap();
            assert_eq!(found, expected, "{search} {account:?}");
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nothing_of_an_account_stays_on_a_connection(pool: PgPool) {
    samples::insert_all(&pool).await;
    let store = store::Store::new(pool.clone());
    let mut connection = pool.acquire().await.unwrap();
    let before: (String, Option<String>) = sqlx::query_as(
        "select current_user::text, nullif(current_setting('app.account_id', true), '')",
    )
    .fetch_one(&mut *connection)
    .await
    .unwrap();
    drop(connection);
    store
        .read(domain::ids::AccountId::new(SHOP))
        .await
        .unwrap()
        .commit()
        .await
        .unwrap();
    drop(
        store
            .write(domain::ids::AccountId::new(SHOP))
            .await
            .unwrap(),
    );
    let mut connection = pool.acquire().await.unwrap();
    let after: (String, Option<String>) = sqlx::query_as(
        "select current_user::text, nullif(current_setting('app.account_id', true), '')",
    )
    .fetch_one(&mut *connection)
    .await
    .unwrap();
    assert_eq!(after, before);
}
