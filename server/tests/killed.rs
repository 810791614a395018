//! A server that is killed again and again while it sends a thousand messages: each arrives, and none twice.

#![expect(clippy::unwrap_used, reason = "what goes wrong here fails the test")]

#[expect(dead_code, reason = "the tests of `service` use more of it")]
#[path = "../../crates/service/tests/sending/twilio.rs"]
mod fake;

use chrono::{DateTime, Utc};
use fake::{ACCOUNT, Manner, NUMBER, Provider, TOKEN};
use rand::{Rng, SeedableRng, rngs::StdRng};
use service::{Clock, SystemClock};
use sqlx::{ConnectOptions, PgPool};
use std::{collections::BTreeSet, process::Stdio};
use tokio::process::{Child, Command};
use uuid::Uuid;

const MESSAGES: u32 = 1_000;
const THREADS: u32 = 200;
const KILLS: usize = 8;

fn shop() -> Uuid {
    Uuid::from_u128(1)
}

/// A shop whose customers have been told how to unsubscribe, so that texts arrive as they are.
async fn queue(pool: &PgPool, at: DateTime<Utc>) {
    let mut tx = pool.begin().await.unwrap();
    sqlx::query("insert into account values ($1, 'Garage', 'CA', 'America/Toronto', $2)")
        .bind(shop())
        .bind(at)
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query("insert into account_rev (account_id, rev) values ($1, 1)")
        .bind(shop())
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query("select set_config('app.rev', '1', true)")
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query(
        "insert into conversation (account_id, conversation_id, phone, last_at, rev)
         select $1, ('c0000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, '+1418555' || lpad(n::text, 4, '0'), $2, 0
         from generate_series(0, $3 - 1) n",
    )
    .bind(shop())
    .bind(at)
    .bind(i32::try_from(THREADS).unwrap())
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        "insert into contact_offered
         select account_id, keyed_hash(erasure_key, phone), $1 from conversation join account using (account_id)",
    )
    .bind(at)
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        "insert into message (account_id, message_id, conversation_id, kind, at, text, origin, purpose, delivery, next_try_at,
             language, segments, rev)
         select $1, ('d0000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid,
             ('c0000000-0000-0000-0000-' || lpad((n % $4)::text, 12, '0'))::uuid,
             'outbound', $2, 'message ' || n, 'automation', 'service', 'queued', $2, 'en', 1, 0
         from generate_series(0, $3 - 1) n",
    )
    .bind(shop())
    .bind(at)
    .bind(i32::try_from(MESSAGES).unwrap())
    .bind(i32::try_from(THREADS).unwrap())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

fn serve(pool: &PgPool, provider: &Provider) -> Child {
    let leptos_file = concat!(env!("CARGO_MANIFEST_DIR"), "/../Leptos.toml");
    Command::new(env!("CARGO_BIN_EXE_regulars"))
        .arg("serve")
        .env(
            "DATABASE_URL",
            pool.connect_options().to_url_lossy().as_str(),
        )
        .env("REGULARS_LISTEN", "127.0.0.1:0")
        .env("REGULARS_LEPTOS_FILE", leptos_file)
        .env("REGULARS_LOG", "error")
        .env("TWILIO_ACCOUNT_SID", ACCOUNT)
        .env("TWILIO_AUTH_TOKEN", TOKEN)
        .env("TWILIO_FROM", NUMBER)
        .env("TWILIO_PER_SECOND", "100")
        .env("TWILIO_API_URL", &provider.address)
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

/// The server is gone: what it was handing over may be asked about at once, and not only when its time is up.
async fn end_leases(pool: &PgPool) {
    let mut tx = pool.begin().await.unwrap();
    sqlx::query(
        "with next as (update account_rev set rev = rev + 1 returning rev)
         select set_config('app.rev', rev::text, true) from next",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query("update message set ask_at = handed_at where delivery = 'sending'")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn under_way(pool: &PgPool) -> i64 {
    sqlx::query_scalar("select count(*) from message where delivery in ('queued', 'sending')")
        .fetch_one(pool)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn each_message_arrives_once_however_often_the_server_is_killed(pool: PgPool) {
    let provider = Provider::start(|| SystemClock.now()).await;
    queue(&pool, SystemClock.now()).await;
    let mut random = StdRng::seed_from_u64(20_261_126);
    for _ in 0..KILLS {
        let requests = random.random_range(10..120);
        provider.next(std::iter::repeat_n(Manner::Take, requests));
        let gate = provider.silence_next(random.random());
        let mut server = serve(&pool, &provider);
        tokio::select! {
            () = gate.arrived() => {}
            ended = server.wait() => assert!(false, "the server ended by itself: {ended:?}"),
        }
        server.kill().await.unwrap();
        provider.be_usual();
        end_leases(&pool).await;
    }
    assert!(
        under_way(&pool).await > 0,
        "it was killed while there was work"
    );
    let mut server = serve(&pool, &provider);
    while under_way(&pool).await > 0 {
        assert_eq!(
            server.try_wait().unwrap(),
            None,
            "the server ended by itself"
        );
    }
    server.kill().await.unwrap();

    let bodies = provider.bodies();
    let texts: BTreeSet<String> = (0..MESSAGES).map(|n| format!("message {n}")).collect();
    assert_eq!(bodies.len(), texts.len());
    assert_eq!(bodies.into_iter().collect::<BTreeSet<_>>(), texts);
    let unsent: i64 = sqlx::query_scalar(
        "select count(*) from message where delivery not in ('sent', 'delivered') or provider_id is null",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(unsent, 0);
}
