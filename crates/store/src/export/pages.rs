//! Customers in the order of their ids, with the columns that an export asks for.

use crate::{
    AccountTx, StoreError,
    account_tx::unsigned,
    attribute::Kinds,
    customer::{columns, list},
};
use chrono::NaiveDate;
use domain::{
    export::{
        EXPORT_CHANGES_MAX, EXPORT_PAGE_MAX, ExportChanges, ExportList, ExportPage, ExportRequest,
        ExportRow, ExportSpan,
    },
    ids::CustomerId,
    query::Filter,
    slot::Slot,
};
use serde_json::Value as Json;
use sqlx::{FromRow, Postgres, QueryBuilder};
use uuid::Uuid;

/// The texts in the order of [`columns::TEXT_FIELDS`].
const COLUMNS: &str = "customer_id, rev, array[reference, first_name, last_name, company, cell_phone, email, street, \
    city, region, postal_code, country, language, notes]::text[] as texts, other_phones, birth_date, attributes";

/// How many customers are in the list.
pub async fn count(tx: &mut AccountTx, list: &ExportList) -> Result<u64, StoreError> {
    let mut sql = QueryBuilder::new("select count(*) from customer where account_id = ");
    sql.push_bind(tx.account().uuid());
    push_list(&mut sql, list);
    let count: i64 = sql
        .build_query_scalar()
        .persistent(false)
        .fetch_one(tx.connection())
        .await?;
    Ok(unsigned(count))
}

/// How many customers are in the list, and the last one of each page but the last.
pub async fn cut(
    tx: &mut AccountTx,
    list: &ExportList,
) -> Result<(u64, Vec<CustomerId>), StoreError> {
    let mut sql = QueryBuilder::new(
        "select customer_id, number, is_last from (
            select customer_id, row_number() over walk as number, lead(customer_id) over walk is null as is_last
            from customer where account_id = ",
    );
    sql.push_bind(tx.account().uuid());
    push_list(&mut sql, list);
    sql.push(" window walk as (order by customer_id)) numbered where is_last or number % ")
        .push_bind(i64::from(EXPORT_PAGE_MAX))
        .push(" = 0 order by number");
    let cuts: Vec<(Uuid, i64, bool)> = sql
        .build_query_as()
        .persistent(false)
        .fetch_all(tx.connection())
        .await?;
    let count = cuts.last().map_or(0, |(_, number, _)| unsigned(*number));
    let cuts = cuts.into_iter().filter(|(.., is_last)| !is_last);
    Ok((count, cuts.map(|(id, ..)| CustomerId::new(id)).collect()))
}

/// The customers of the list in a span, at most [`EXPORT_PAGE_MAX`]. A rule of the list must fit its attribute.
pub async fn page(
    tx: &mut AccountTx,
    request: &ExportRequest,
    kinds: &Kinds,
    span: ExportSpan,
) -> Result<ExportPage, StoreError> {
    // Asked for before the rows: what changes in between is in a later rev, and asked for again.
    let rev = tx.rev().await?;
    let mut sql = QueryBuilder::new(format!(
        "select {COLUMNS} from customer where account_id = "
    ));
    sql.push_bind(tx.account().uuid());
    if let Some(after) = span.after {
        sql.push(" and customer_id > ").push_bind(after.uuid());
    }
    if let Some(until) = span.until {
        sql.push(" and customer_id <= ").push_bind(until.uuid());
    }
    push_list(&mut sql, &request.list);
    // One row more than a page tells whether there is another.
    sql.push(" order by customer_id limit ")
        .push_bind(i64::from(EXPORT_PAGE_MAX) + 1);
    let mut rows = rows(tx, sql, &request.columns, kinds).await?;
    let more = rows.len() > usize::from(EXPORT_PAGE_MAX);
    rows.truncate(usize::from(EXPORT_PAGE_MAX));
    let next = rows.last().filter(|_| more).map(|row| row.customer);
    Ok(ExportPage { rev, rows, next })
}

/// What changed in the list after `since`, as of one moment: `tx` must see one.
pub async fn changes(
    tx: &mut AccountTx,
    request: &ExportRequest,
    kinds: &Kinds,
    since: u64,
) -> Result<ExportChanges, StoreError> {
    let since = i64::try_from(since).unwrap_or(i64::MAX);
    let limit = i64::from(EXPORT_CHANGES_MAX) + 1;
    let mut touched = touched(tx, since, limit).await?;
    if touched.len() > usize::from(EXPORT_CHANGES_MAX) {
        return Ok(ExportChanges::Many);
    }
    let mut sql = QueryBuilder::new(format!(
        "select {COLUMNS} from customer where account_id = "
    ));
    sql.push_bind(tx.account().uuid());
    sql.push(" and customer_id = any(")
        .push_bind(touched.clone())
        .push(")");
    push_list(&mut sql, &request.list);
    let rows = rows(tx, sql, &request.columns, kinds).await?;
    touched.retain(|id| rows.iter().all(|row| row.customer.uuid() != *id));
    let gone = touched.into_iter().map(CustomerId::new).collect();
    Ok(ExportChanges::Few { rows, gone })
}

/// Customers who were changed, unsubscribed or erased after a rev.
async fn touched(tx: &mut AccountTx, since: i64, limit: i64) -> Result<Vec<Uuid>, StoreError> {
    let account = tx.account().uuid();
    Ok(sqlx::query_scalar!(
        r#"
        select customer_id as "customer_id!" from (
            select customer_id from customer where account_id = $1 and rev > $2
            union
            select customer_id from customer_tombstone where account_id = $1 and rev > $2
        ) touched
        limit $3
        "#,
        account,
        since,
        limit,
    )
    .fetch_all(tx.connection())
    .await?)
}

async fn rows(
    tx: &mut AccountTx,
    mut sql: QueryBuilder<Postgres>,
    wanted: &[Slot],
    kinds: &Kinds,
) -> Result<Vec<ExportRow>, StoreError> {
    let rows: Vec<Row> = sql
        .build_query_as()
        .persistent(false)
        .fetch_all(tx.connection())
        .await?;
    rows.into_iter()
        .map(|row| row.read(wanted, kinds))
        .collect()
}

fn push_list(sql: &mut QueryBuilder<Postgres>, list: &ExportList) {
    match list {
        ExportList::All => {}
        ExportList::WithoutCellPhone => list::push_found(sql, "", &Filter::WithoutCellPhone),
        ExportList::Unsubscribed { since, until } => {
            sql.push(
                " and (unsubscribed_at at time zone
                    (select time_zone from account where account.account_id = customer.account_id)
                )::date between coalesce(",
            );
            sql.push_bind(*since)
                .push("::date, '-infinity') and coalesce(")
                .push_bind(*until)
                .push("::date, 'infinity')");
        }
        ExportList::Shown { text, filter } => {
            list::push_found(sql, text, filter);
        }
    }
}

#[derive(FromRow)]
struct Row {
    customer_id: Uuid,
    rev: i64,
    texts: Vec<Option<String>>,
    other_phones: Option<Vec<String>>,
    birth_date: Option<NaiveDate>,
    attributes: Json,
}

impl Row {
    fn read(self, wanted: &[Slot], kinds: &Kinds) -> Result<ExportRow, StoreError> {
        let mut values = columns::profile(
            self.texts,
            self.other_phones,
            self.birth_date,
            self.attributes,
            kinds,
        )?;
        Ok(ExportRow {
            customer: CustomerId::new(self.customer_id),
            rev: unsigned(self.rev),
            values: wanted.iter().map(|slot| values.take(*slot)).collect(),
        })
    }
}
