use crate::samples::SHOP;
use domain::ids::AccountId;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{future::poll_fn, pin::pin, task::Poll};
use store::AccountTx;

/// Well above how often a beginning transaction waits for Postgres.
const WAITS: usize = 12;

/// Polls `work` `times` times at most, then drops it. Whether it came to its end.
async fn give_up_after(times: usize, work: impl Future) -> bool {
    let mut work = pin!(work);
    let mut polled = 0;
    poll_fn(|context| {
        if polled == times {
            return Poll::Ready(false);
        }
        polled += 1;
        work.as_mut().poll(context).map(|_| true)
    })
    .await
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_begin_that_is_dropped_leaves_no_transaction_open(
    options: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let pool: PgPool = options
        .max_connections(1)
        .connect_with(connect)
        .await
        .unwrap();
    let account = AccountId::new(SHOP);
    let mut ends = Vec::new();
    for waits in 1..=WAITS {
        ends.push(give_up_after(waits, AccountTx::begin(&pool, account)).await);
        // Which nothing but the transaction that was given up is.
        let open: bool =
            sqlx::query_scalar("select current_setting('transaction_read_only')::bool")
                .fetch_one(&pool)
                .await
                .unwrap();
        assert!(!open, "given up after {waits} waits");
    }
    assert!(!ends[0] && ends[WAITS - 1], "{ends:?}");
}
