//! Committing an import of new customers, beside one bare `insert … select` of the very same rows into a table with the same
//! columns, generated columns, constraints and indexes.

use crate::{
    people::person,
    report::{milliseconds, percentile, row},
    shop::Shop,
    staging::{self, ROWS, Row},
};
use anyhow::{Context, ensure};
use domain::{
    attribute::{AttributeKind, AttributeName},
    ids::{AttributeId, ImportId},
    import::{chunk::NewAttribute, merge::MergeRule},
    slot::{Field, Slot},
    value::{Number, Value},
};
use rust_decimal::Decimal;
use sqlx::Connection;
use std::{fmt::Write as _, time::Instant};
use uuid::Uuid;

const ROUNDS: u32 = 3;

pub(crate) async fn measure(shop: &Shop) -> anyhow::Result<String> {
    let attributes = attributes()?;
    let (mut committed, mut bare) = (Vec::new(), Vec::new());
    let mut table =
        "| Round | Commit (ms) | Bare insert (ms) | Ratio |\n| --- | --- | --- | --- |\n"
            .to_owned();
    for round in 0..ROUNDS {
        let import = stage(shop, round, &attributes).await?;
        let began = Instant::now();
        let plan = shop.services.plan_totals(&shop.owner, import).await?;
        let summary = shop
            .services
            .commit_import(&shop.owner, import, plan.digest)
            .await?;
        let commit = began.elapsed();
        ensure!(
            summary.totals.is_some_and(|totals| totals.new == ROWS),
            "every row is a new customer"
        );
        let insert = insert_bare(shop, import).await?;
        let ratio = format!("{:.2}", commit.as_secs_f64() / insert.as_secs_f64());
        table.push_str(&row(&[
            (round + 1).to_string(),
            milliseconds(commit),
            milliseconds(insert),
            ratio,
        ]));
        committed.push(commit);
        bare.push(insert);
    }
    let (commit, insert) = (percentile(&mut committed, 50), percentile(&mut bare, 50));
    let mut text = format!(
        "Commit of {ROWS} new customers of 20 columns, beside a bare insert of the same rows:\n\n{table}"
    );
    writeln!(
        text,
        "\nMedians: {} ms and {} ms, ratio {:.2}",
        milliseconds(commit),
        milliseconds(insert),
        commit.as_secs_f64() / insert.as_secs_f64()
    )?;
    Ok(text)
}

const FIELDS: [Field; 15] = [
    Field::Reference,
    Field::FirstName,
    Field::LastName,
    Field::Company,
    Field::CellPhone,
    Field::OtherPhones,
    Field::Email,
    Field::Street,
    Field::City,
    Field::Region,
    Field::PostalCode,
    Field::Country,
    Field::BirthDate,
    Field::Language,
    Field::Notes,
];

fn attributes() -> anyhow::Result<Vec<NewAttribute>> {
    let kinds = [
        ("Vehicle", AttributeKind::Text),
        ("Year", AttributeKind::Number),
        ("Last visit", AttributeKind::Date),
        ("Balance", AttributeKind::Number),
        ("Tags", AttributeKind::Texts),
    ];
    let named = kinds.into_iter().map(|(name, kind)| {
        Ok(NewAttribute {
            id: AttributeId::new(Uuid::now_v7()),
            name: AttributeName::parse(name)?,
            kind,
        })
    });
    named.collect()
}

/// The rows of a round, staged up to Review.
async fn stage(shop: &Shop, round: u32, attributes: &[NewAttribute]) -> anyhow::Result<ImportId> {
    let slots = FIELDS
        .map(Slot::Field)
        .into_iter()
        .chain(attributes.iter().map(|new| Slot::Attribute(new.id)));
    let rows = (0..ROWS).map(|i| Row {
        values: values(round * ROWS + i),
        version: None,
    });
    let import = staging::stage(
        shop,
        &format!("round-{round}.csv"),
        slots.map(|slot| (slot, MergeRule::FillBlanks)),
        if round == 0 { attributes } else { &[] },
        rows,
    )
    .await?;
    let plan = shop.services.plan_totals(&shop.owner, import).await?;
    ensure!(plan.new == ROWS, "every row is a new customer in Review");
    Ok(import)
}

fn values(number: u32) -> Vec<Option<Value>> {
    let person = person(number);
    let text = |text: &str| Value::text(text);
    let date = |year: i32| domain_date(year, number);
    vec![
        text(&format!("R{number}")),
        text(person.first),
        text(&person.last),
        None,
        text(&person.phone()),
        None,
        text(&person.email()),
        text(&format!("{} rue Principale", number % 9_999)),
        text(person.city),
        text("QC"),
        text("G1A 1B1"),
        text("CA"),
        date(1980),
        text("fr"),
        None,
        text(person.car),
        Some(Value::Number(Number::new(Decimal::from(
            2_005 + number % 20,
        )))),
        date(2025),
        Some(Value::Number(Number::new(Decimal::new(
            i64::from(number),
            2,
        )))),
        Value::texts(["winter tires", "leasing"]),
    ]
}

fn domain_date(year: i32, number: u32) -> Option<Value> {
    format!("{year}-{:02}-{:02}", 1 + number % 12, 1 + number % 28)
        .parse()
        .ok()
        .map(Value::Date)
}

/// The same rows again, from a plain table into one like `customer`.
async fn insert_bare(shop: &Shop, import: ImportId) -> anyhow::Result<std::time::Duration> {
    let mut connection = shop.connection().await?;
    sqlx::raw_sql("create table if not exists bare (like customer including all)")
        .execute(&mut connection)
        .await?;
    let columns: String = sqlx::query_scalar(
        "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
         where attrelid = 'customer'::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
    )
    .fetch_one(&mut connection)
    .await?;
    let source = format!(
        "drop table if exists source; create table source as select {columns} from customer where created_import_id = '{import}'; analyze source"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(source))
        .execute(&mut connection)
        .await?;
    let insert = format!("insert into bare ({columns}) select {columns} from source");
    let began = Instant::now();
    let done = sqlx::query(sqlx::AssertSqlSafe(insert))
        .execute(&mut connection)
        .await?;
    let time = began.elapsed();
    ensure!(
        done.rows_affected() == u64::from(ROWS),
        "the bare insert wrote the same rows"
    );
    connection
        .close()
        .await
        .context("the connection ends well")?;
    Ok(time)
}
