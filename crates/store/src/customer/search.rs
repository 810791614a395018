//! Any-fragment search: a common fragment is found by walking the list, a rare one by its trigrams.

use super::list::{COLUMNS, Cursor, Order, Part, Row, push_filter};
use crate::{AccountTx, StoreError};
use domain::{
    query::{Filter, Sort},
    search::Search,
};
use sqlx::{Postgres, QueryBuilder};

/// How many rows are walked in the hope that the fragment is common enough to fill the page: a few milliseconds. Trigrams
/// cost in proportion to what matches, so that only rare fragments should be left to them.
const WALK: usize = 3_000;

pub(super) async fn page(
    tx: &mut AccountTx,
    search: &Search,
    filter: &Filter,
    order: Order,
    after: Option<&Cursor>,
    wanted: usize,
) -> Result<Vec<Row>, StoreError> {
    let walked = walk(tx, search, filter, order, after, wanted).await?;
    if walked.len() == wanted {
        return Ok(walked);
    }
    let mut sql = QueryBuilder::new(format!(
        "select {COLUMNS} from customer where account_id = "
    ));
    sql.push_bind(tx.account().uuid());
    push_ids(&mut sql, search, filter, Some((order, after, wanted)));
    push_filter(&mut sql, filter);
    order.push_whole_order(&mut sql, wanted);
    Ok(sql
        .build_query_as::<Row>()
        .persistent(false)
        .fetch_all(tx.connection())
        .await?)
}

async fn walk(
    tx: &mut AccountTx,
    search: &Search,
    filter: &Filter,
    order: Order,
    after: Option<&Cursor>,
    wanted: usize,
) -> Result<Vec<Row>, StoreError> {
    let Some(part) = Part::from(after).first().copied() else {
        return Ok(Vec::new());
    };
    let mut sql = QueryBuilder::new(format!(
        "select {COLUMNS} from (select {COLUMNS}, search, attributes from customer where account_id = "
    ));
    sql.push_bind(tx.account().uuid());
    order.push_behind(&mut sql, part, after);
    if matches!(filter, Filter::Unsubscribed) {
        // There are indexes of these alone.
        push_filter(&mut sql, filter);
    }
    order.push_order(&mut sql, part, WALK);
    sql.push(") walked where search like any (")
        .push_bind(likes(search))
        .push(")");
    push_filter(&mut sql, filter);
    order.push_order(&mut sql, part, wanted);
    Ok(sql
        .build_query_as::<Row>()
        .persistent(false)
        .fetch_all(tx.connection())
        .await?)
}

/// Narrows to the ids that the search finds. With an order, to as many of the first ones as are wanted, provided that the
/// function can tell: of an attribute it knows nothing, and gives every match.
pub(super) fn push_ids(
    sql: &mut QueryBuilder<Postgres>,
    search: &Search,
    filter: &Filter,
    order: Option<(Order, Option<&Cursor>, usize)>,
) {
    let with_phone = match filter {
        Filter::WithCellPhone => Some(true),
        Filter::WithoutCellPhone => Some(false),
        Filter::All | Filter::Unsubscribed | Filter::Attribute(_) => None,
    };
    let after = order.and_then(|(_, after, _)| after);
    let limit = order
        .filter(|_| !matches!(filter, Filter::Attribute(_)))
        .and_then(|(_, _, wanted)| i32::try_from(wanted).ok());
    sql.push(" and customer_id in (select customer_search(")
        .push_bind(likes(search));
    sql.push(", ").push_bind(with_phone);
    sql.push(", ")
        .push_bind(matches!(filter, Filter::Unsubscribed));
    sql.push(", ")
        .push_bind(order.map(|(order, ..)| key(order.sort)));
    sql.push(", ")
        .push_bind(order.is_some_and(|(order, ..)| order.descending));
    sql.push(", ")
        .push_bind(after.and_then(|cursor| cursor.value.clone()));
    sql.push(", ")
        .push_bind(after.map(|cursor| cursor.id.uuid()));
    sql.push(", ").push_bind(limit).push("))");
}

const fn key(sort: Sort) -> &'static str {
    match sort {
        Sort::Name => "name",
        Sort::CellPhone => "cell_phone",
        Sort::Reference => "reference",
        Sort::LastActivity => "last_activity",
    }
}

/// The patterns of `like` for the pieces of a search.
pub(crate) fn likes(search: &Search) -> Vec<String> {
    search
        .pieces()
        .iter()
        .map(|piece| like(&piece.needle()))
        .collect()
}

/// The pattern of `like` that finds this very text anywhere.
pub(super) fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
