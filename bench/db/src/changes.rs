//! Committing imports that change customers, beside one bare `update` of as many rows of a table with the same columns,
//! generated columns, constraints and indexes.

use crate::{
    report::{milliseconds, row},
    shop::Shop,
    staging::{ROWS, Row, stage},
};
use anyhow::ensure;
use domain::{
    ids::{CustomerId, ImportId},
    import::{merge::MergeRule, plan::PlanTotals},
    slot::{Field, Slot},
    value::Value,
    version::CustomerVersion,
};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// A customer as an exported file has it.
struct Exported {
    reference: String,
    city: String,
    street: String,
    version: CustomerVersion,
}

/// What a file does to its customers.
struct Times {
    what: &'static str,
    plan: Duration,
    commit: Duration,
}

/// Changes customers that [`crate::commit`] made.
pub(crate) async fn measure(shop: &Shop) -> anyhow::Result<String> {
    let exported = exported(shop).await?;
    let file = |change: fn(&Exported) -> (String, String), versions: bool| {
        exported.iter().map(move |customer| {
            let (city, street) = change(customer);
            Row {
                values: vec![
                    Value::text(&customer.reference),
                    Value::text(&city),
                    Value::text(&street),
                ],
                version: versions.then_some(customer.version),
            }
        })
    };
    let moved = file(|before| ("Elsewhere".into(), before.street.clone()), false);
    let corrected = file(|before| (before.city.clone(), "1 rue Neuve".into()), true);
    let clashing = file(|_| ("Nowhere".into(), "1 rue Neuve".into()), true);
    let times = [
        measured(shop, "the city", moved, |plan| plan.changed == ROWS).await?,
        measured(
            shop,
            "the street, where the city was changed in the app",
            corrected,
            |plan| (plan.changed, plan.clashes) == (ROWS, 0),
        )
        .await?,
        measured(
            shop,
            "nothing: the city was changed in both, and nobody chose",
            clashing,
            |plan| plan.clashes == ROWS,
        )
        .await?,
    ];
    let bare = update_bare(shop).await?;
    let mut table = "| What the file changes | Review (ms) | Commit (ms) | of a bare update |\n| --- | --- | --- | --- |\n".to_owned();
    for Times { what, plan, commit } in times {
        table.push_str(&row(&[
            what.to_owned(),
            milliseconds(plan),
            milliseconds(commit),
            format!("{:.2}", commit.as_secs_f64() / bare.as_secs_f64()),
        ]));
    }
    Ok(format!(
        "Files of {ROWS} customers that are there, the last two with versions; a bare update of as many takes {} ms:\n\n{table}",
        milliseconds(bare)
    ))
}

async fn exported(shop: &Shop) -> anyhow::Result<Vec<Exported>> {
    let mut connection = shop.connection().await?;
    let customers: Vec<(Uuid, i64, String, String, String)> = sqlx::query_as(
        "select customer_id, rev, reference, city, street from customer order by customer_id limit $1",
    )
    .bind(i64::from(ROWS))
    .fetch_all(&mut connection)
    .await?;
    let exported = customers
        .into_iter()
        .map(|(id, rev, reference, city, street)| {
            let rev = u64::try_from(rev)?;
            Ok(Exported {
                reference,
                city,
                street,
                version: CustomerVersion::new(shop.owner.account, CustomerId::new(id), rev),
            })
        });
    exported.collect()
}

async fn measured(
    shop: &Shop,
    what: &'static str,
    rows: impl Iterator<Item = Row>,
    is_as_meant: impl Fn(&PlanTotals) -> bool,
) -> anyhow::Result<Times> {
    let columns = [Field::Reference, Field::City, Field::Street];
    let columns = columns.map(|field| (Slot::Field(field), MergeRule::Replace));
    let import: ImportId = stage(shop, what, columns, &[], rows).await?;
    let began = Instant::now();
    let plan = shop.services.plan_totals(&shop.owner, import).await?;
    let planned = began.elapsed();
    ensure!(is_as_meant(&plan), "{what}: {plan:?}");
    let began = Instant::now();
    shop.services
        .commit_import(&shop.owner, import, plan.digest)
        .await?;
    Ok(Times {
        what,
        plan: planned,
        commit: began.elapsed(),
    })
}

/// Of the rows that [`crate::commit`] wrote beside.
async fn update_bare(shop: &Shop) -> anyhow::Result<Duration> {
    let mut connection = shop.connection().await?;
    let began = Instant::now();
    let done = sqlx::query(
        "update bare set city = 'Elsewhere'
         where customer_id in (select customer_id from bare order by customer_id limit $1)",
    )
    .bind(i64::from(ROWS))
    .execute(&mut connection)
    .await?;
    let time = began.elapsed();
    ensure!(
        done.rows_affected() == u64::from(ROWS),
        "the bare update changed as many rows"
    );
    Ok(time)
}
