//! What the tables of the ledger refuse, whoever asks.

use crate::samples::{self, SHOP};
use sqlx::{AssertSqlSafe, PgPool, Postgres, Transaction, raw_sql};

async fn begin(pool: &PgPool, role: Option<&str>) -> Transaction<'static, Postgres> {
    let mut tx = pool.begin().await.unwrap();
    if let Some(role) = role {
        run(&mut tx, &format!("set local role {role}"))
            .await
            .unwrap();
    }
    let settings = format!(
        "select set_config('app.rev', '9', true), set_config('app.account_id', '{SHOP}', true)"
    );
    run(&mut tx, &settings).await.unwrap();
    tx
}

/// The code of the refusal, if it is refused.
async fn run(tx: &mut Transaction<'static, Postgres>, sql: &str) -> Result<(), String> {
    let done = raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut **tx)
        .await;
    done.map(drop).map_err(|error| {
        error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .unwrap_or_default()
            .into_owned()
    })
}

const STARTED: &str = "insert into consent_event (account_id, seq, channel, contact_key, kind, source, message_id,
        occurred_at, arrived_at, changed, hash, rev)
    select account_id, seq + 1, channel, contact_key, 'start', 'message', 'SM9', occurred_at, arrived_at, true, hash, 0
    from consent_event where seq = 1000";

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn states_and_ends_of_ledgers_are_not_turned_back(pool: PgPool) {
    samples::insert_all(&pool).await;
    for role in [Some("regulars_app"), None] {
        for sql in [
            "update consent_state set status = 'express'",
            "update consent_state set status = 'implied'",
            "update consent_state set last_opt_out_rev = 0",
            "update consent_state set last_opt_out_rev = null",
            "update consent_state set contact_key = 'x'",
            "update consent_head set seq = 1",
            "update consent_head set hash = sha256('y')",
        ] {
            let refused = run(&mut begin(&pool, role).await, sql).await;
            assert_eq!(refused, Err("23001".to_owned()), "{sql} as {role:?}");
        }
    }
    for sql in [
        "delete from consent_event",
        "delete from consent_state",
        "delete from consent_head",
        "truncate consent_event cascade",
        "truncate consent_state",
        "truncate consent_head",
    ] {
        let refused = run(&mut begin(&pool, None).await, sql).await;
        assert_eq!(refused, Err("23001".to_owned()), "{sql} as the owner");
        let refused = run(&mut begin(&pool, Some("regulars_app")).await, sql).await;
        assert_eq!(refused, Err("42501".to_owned()), "{sql} as the application");
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_later_start_lifts_its_own_contact_point_and_no_other(pool: PgPool) {
    samples::insert_all(&pool).await;
    let lift = "update consent_state set status = 'express', since_seq = 1001";
    let mut tx = begin(&pool, Some("regulars_app")).await;
    run(&mut tx, STARTED).await.unwrap();
    run(&mut tx, lift).await.unwrap();
    drop(tx);
    for started in [
        STARTED.replace(
            "contact_key, 'start'",
            "replace(contact_key, '1', '2'), 'start'",
        ),
        format!("update consent_state set last_opt_out_rev = 9; {STARTED}"),
    ] {
        let mut tx = begin(&pool, Some("regulars_app")).await;
        run(&mut tx, &started).await.unwrap();
        let refused = run(&mut tx, lift).await;
        assert_eq!(refused, Err("23001".to_owned()), "{started}");
    }
}
