//! Any-fragment search and the list, over a million customers of one account on a warm cache.

use crate::{
    people::{person, spread, sql},
    report::{milliseconds, percentile, row},
    shop::Shop,
};
use anyhow::ensure;
use domain::query::{CustomerQuery, Sort};
use sqlx::Connection;
use std::time::{Duration, Instant};

const CUSTOMERS: u32 = 1_000_000;
const RUNS: u32 = 200;

pub(crate) async fn measure(shop: &Shop) -> anyhow::Result<String> {
    let all = fill(shop).await?;
    let mut table = format!(
        "Search and list over {all} customers, {RUNS} different questions each:\n\n\
         | Question | p50 (ms) | p99 (ms) |\n| --- | --- | --- |\n"
    );
    let mut every = Vec::new();
    for (what, fragment) in KINDS {
        let mut times = Vec::new();
        for run in 0..RUNS {
            let query = CustomerQuery {
                text: fragment(spread(run) % CUSTOMERS),
                ..CustomerQuery::default()
            };
            // The first answer warms the cache, the second one counts.
            timed(shop, &query).await?;
            times.push(timed(shop, &query).await?);
        }
        every.extend_from_slice(&times);
        table.push_str(&line(&format!("search: {what}"), &mut times));
    }
    table.push_str(&line("**search, all of them**", &mut every));
    for (what, sort) in [
        ("name", Sort::Name),
        ("phone", Sort::CellPhone),
        ("reference", Sort::Reference),
        ("last activity", Sort::LastActivity),
    ] {
        for descending in [false, true] {
            let mut times = Vec::new();
            let mut after = None;
            for _ in 0..RUNS {
                let query = CustomerQuery {
                    sort,
                    descending,
                    after: after.clone(),
                    ..CustomerQuery::default()
                };
                let began = Instant::now();
                let page = shop.services.customers(&shop.owner, query).await?;
                times.push(began.elapsed());
                ensure!(page.rows.len() == 100, "a page of the list is full");
                after = page.next;
            }
            let direction = if descending { "down" } else { "up" };
            table.push_str(&line(
                &format!("list by {what}, {direction}, page after page"),
                &mut times,
            ));
        }
    }
    Ok(table)
}

type Fragment = fn(u32) -> String;

const KINDS: [(&str, Fragment); 8] = [
    ("whole phone", |i| format!("438 {}", 2_000_000 + i)),
    ("last four digits", |i| format!("{:04}", i % 10_000)),
    ("reference", |i| format!("s{i}")),
    ("e-mail", |i| format!("someone.{i}@")),
    ("first and last name", |i| {
        let person = person(i);
        format!("{} {}", person.first, person.last)
    }),
    ("last name, as common as it is", |i| person(i).last),
    ("attribute value", |i| person(i).car.to_owned()),
    ("nothing alike", |i| format!("zq{i}xw")),
];

async fn timed(shop: &Shop, query: &CustomerQuery) -> anyhow::Result<Duration> {
    let began = Instant::now();
    shop.services.customers(&shop.owner, query.clone()).await?;
    Ok(began.elapsed())
}

fn line(what: &str, times: &mut [Duration]) -> String {
    row(&[
        what.to_owned(),
        milliseconds(percentile(times, 50)),
        milliseconds(percentile(times, 99)),
    ])
}

/// Adds customers up to [`CUSTOMERS`], and answers how many there are.
async fn fill(shop: &Shop) -> anyhow::Result<i64> {
    let mut connection = shop.connection().await?;
    let there: i64 = sqlx::query_scalar("select count(*) from customer")
        .fetch_one(&mut connection)
        .await?;
    let (names, values): (Vec<_>, Vec<_>) = sql::columns().into_iter().unzip();
    let insert = format!(
        "insert into customer (account_id, {}) select '{}', {} from generate_series(1, {}) i",
        names.join(", "),
        shop.owner.account,
        values.join(", "),
        i64::from(CUSTOMERS) - there,
    );
    // An index that is made at once is a third of the work of one that grows.
    let index: String =
        sqlx::query_scalar("select pg_get_indexdef('customer_search_idx'::regclass)")
            .fetch_one(&mut connection)
            .await?;
    for statement in [
        "drop index customer_search_idx".to_owned(),
        insert,
        index,
        "vacuum analyze customer".to_owned(),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(statement))
            .execute(&mut connection)
            .await?;
    }
    let there: i64 = sqlx::query_scalar("select count(*) from customer")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    Ok(there)
}
