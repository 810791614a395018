//! Pages of the customer list. A page begins behind the last row of the one before (keyset), so that every page costs
//! the same and rows that come or go meanwhile shift nothing.

use super::search;
use crate::{AccountTx, StoreError};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::{
    contact::Reference,
    customer::Values,
    ids::CustomerId,
    phone::E164,
    query::{AttributeRule, CustomerQuery, Filter, Operator, PAGE_MAX, Page, Sort},
    search::Search,
    slot::{Field, Slot},
    value::Value,
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, Postgres, QueryBuilder};
use uuid::Uuid;

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCustomer {
    pub id: CustomerId,
    pub name: String,
    pub reference: Option<Reference>,
    pub cell_phone: Option<E164>,
    pub email: Option<String>,
    pub last_activity_at: DateTime<Utc>,
    pub unsubscribed_at: Option<DateTime<Utc>>,
}

pub(super) const COLUMNS: &str = "customer_id, reference, first_name, last_name, company, cell_phone, email, sort_name, reference_key, last_activity_at, unsubscribed_at";

/// Customers that answer the query, at most [`PAGE_MAX`]. Customers without a value to sort by come last in both
/// directions, and equal ones are in the order of their ids. A value in the query's rule must be of the attribute's type.
pub async fn page(
    tx: &mut AccountTx,
    query: &CustomerQuery,
) -> Result<Page<ListedCustomer>, StoreError> {
    let order = Order {
        sort: query.sort,
        descending: query.descending,
    };
    let after = query
        .after
        .as_deref()
        .map(|cursor| order.read_cursor(cursor))
        .transpose()?;
    let limit = usize::from(query.limit.clamp(1, PAGE_MAX));
    // One row more than asked for tells whether there is a next page.
    let mut rows = match Search::parse(&query.text) {
        None => walk(tx, &query.filter, order, after.as_ref(), limit + 1).await?,
        Some(search) => {
            search::page(tx, &search, &query.filter, order, after.as_ref(), limit + 1).await?
        }
    };
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|row| order.cursor_behind(row))
        .transpose()?;
    let rows = rows
        .into_iter()
        .map(ListedCustomer::try_from)
        .collect::<Result<_, _>>()?;
    Ok(Page { rows, next })
}

/// How many customers answer the query, on all pages.
pub async fn count(tx: &mut AccountTx, query: &CustomerQuery) -> Result<u64, StoreError> {
    let mut sql = QueryBuilder::new("select count(*) from customer where account_id = ");
    sql.push_bind(tx.account().uuid());
    push_found(&mut sql, &query.text, &query.filter);
    let count: i64 = sql
        .build_query_scalar()
        .persistent(false)
        .fetch_one(tx.connection())
        .await?;
    Ok(count.unsigned_abs())
}

/// Walks the index of the order: first those with a value, then those without.
async fn walk(
    tx: &mut AccountTx,
    filter: &Filter,
    order: Order,
    after: Option<&Cursor>,
    wanted: usize,
) -> Result<Vec<Row>, StoreError> {
    let mut rows = Vec::new();
    for part in Part::from(after).iter().copied() {
        let mut sql = QueryBuilder::new(format!(
            "select {COLUMNS} from customer where account_id = "
        ));
        sql.push_bind(tx.account().uuid());
        order.push_behind(&mut sql, part, after);
        push_filter(&mut sql, filter);
        order.push_order(&mut sql, part, wanted - rows.len());
        rows.extend(
            sql.build_query_as::<Row>()
                .persistent(false)
                .fetch_all(tx.connection())
                .await?,
        );
        if rows.len() == wanted {
            break;
        }
    }
    Ok(rows)
}

/// The list in one order has two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    WithValue,
    WithoutValue,
}

impl Part {
    /// The parts that are still to come behind a cursor.
    pub(super) fn from(after: Option<&Cursor>) -> &'static [Self] {
        match after {
            Some(Cursor { value: None, .. }) => &[Self::WithoutValue],
            _ => &[Self::WithValue, Self::WithoutValue],
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Order {
    pub(super) sort: Sort,
    pub(super) descending: bool,
}

/// The row that the page before ended with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Cursor {
    sort: Sort,
    descending: bool,
    pub(super) value: Option<String>,
    pub(super) id: CustomerId,
}

impl Order {
    const fn column(self) -> &'static str {
        match self.sort {
            Sort::Name => "sort_name",
            Sort::CellPhone => "cell_phone",
            Sort::Reference => "reference_key",
            Sort::LastActivity => "last_activity_at",
        }
    }

    const fn direction(self) -> &'static str {
        if self.descending { "desc" } else { "asc" }
    }

    fn read_cursor(self, text: &str) -> Result<Cursor, StoreError> {
        let cursor: Cursor = serde_json::from_str(text).map_err(|_| StoreError::Cursor)?;
        let readable = self.sort != Sort::LastActivity
            || cursor
                .value
                .as_deref()
                .is_some_and(|at| DateTime::parse_from_rfc3339(at).is_ok());
        let keepable = cursor
            .value
            .as_deref()
            .is_none_or(|value| !value.contains('\0'));
        if cursor.sort == self.sort && cursor.descending == self.descending && readable && keepable
        {
            Ok(cursor)
        } else {
            Err(StoreError::Cursor)
        }
    }

    fn cursor_behind(self, row: &Row) -> Result<String, StoreError> {
        let value = match self.sort {
            Sort::Name => row.sort_name.clone(),
            Sort::CellPhone => row.cell_phone.clone(),
            Sort::Reference => row.reference_key.clone(),
            Sort::LastActivity => Some(
                row.last_activity_at
                    .to_rfc3339_opts(SecondsFormat::Micros, true),
            ),
        };
        let cursor = Cursor {
            sort: self.sort,
            descending: self.descending,
            value,
            id: CustomerId::new(row.customer_id),
        };
        serde_json::to_string(&cursor).map_err(|_| StoreError::Cursor)
    }

    /// Narrows to one part of the list, behind the cursor if it lies in that part.
    pub(super) fn push_behind(
        self,
        sql: &mut QueryBuilder<Postgres>,
        part: Part,
        after: Option<&Cursor>,
    ) {
        let (column, beyond) = (self.column(), if self.descending { "<" } else { ">" });
        match part {
            Part::WithValue => sql.push(format!(" and {column} is not null")),
            Part::WithoutValue => sql.push(format!(" and {column} is null")),
        };
        match (part, after) {
            (
                Part::WithValue,
                Some(Cursor {
                    value: Some(value),
                    id,
                    ..
                }),
            ) => {
                sql.push(format!(" and ({column}, customer_id) {beyond} ("));
                sql.push_bind(value.clone());
                sql.push(if self.sort == Sort::LastActivity {
                    "::timestamptz, "
                } else {
                    ", "
                });
                sql.push_bind(id.uuid()).push(")");
            }
            (
                Part::WithoutValue,
                Some(Cursor {
                    value: None, id, ..
                }),
            ) => {
                sql.push(format!(" and customer_id {beyond} "))
                    .push_bind(id.uuid());
            }
            _ => {}
        }
    }

    pub(super) fn push_order(self, sql: &mut QueryBuilder<Postgres>, part: Part, limit: usize) {
        let direction = self.direction();
        match part {
            Part::WithValue => sql.push(format!(
                " order by {} {direction}, customer_id {direction}",
                self.column()
            )),
            Part::WithoutValue => sql.push(format!(" order by customer_id {direction}")),
        };
        sql.push(" limit ")
            .push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
    }

    /// The whole order at once, for rows that no index delivers in it.
    pub(super) fn push_whole_order(self, sql: &mut QueryBuilder<Postgres>, limit: usize) {
        let (column, direction) = (self.column(), self.direction());
        sql.push(format!(
            " order by ({column} is null), {column} {direction}, customer_id {direction} limit "
        ));
        sql.push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
    }
}

/// Narrows to the customers that a search and a filter find.
pub(crate) fn push_found(sql: &mut QueryBuilder<Postgres>, text: &str, filter: &Filter) {
    if let Some(search) = Search::parse(text) {
        search::push_ids(sql, &search, filter, None);
    }
    push_filter(sql, filter);
}

pub(super) fn push_filter(sql: &mut QueryBuilder<Postgres>, filter: &Filter) {
    match filter {
        Filter::All => {}
        Filter::WithCellPhone => {
            sql.push(" and cell_phone is not null");
        }
        Filter::WithoutCellPhone => {
            sql.push(" and cell_phone is null");
        }
        Filter::Unsubscribed => {
            sql.push(" and unsubscribed_at is not null");
        }
        Filter::Attribute(rule) => push_rule(sql, rule),
    }
}

fn push_rule(sql: &mut QueryBuilder<Postgres>, rule: &AttributeRule) {
    let key = rule.attribute.to_string();
    let texts = |sql: &mut QueryBuilder<Postgres>, test: &str, value: String| {
        sql.push(
            " and exists (select from jsonb_array_elements_text(case jsonb_typeof(attributes -> ",
        );
        sql.push_bind(key.clone())
            .push(") when 'array' then attributes -> ")
            .push_bind(key.clone());
        sql.push(" else jsonb_build_array(attributes -> ")
            .push_bind(key.clone());
        sql.push(format!(") end) item where fold_text(item) {test} "))
            .push_bind(value)
            .push(")");
    };
    let sign = match rule.operator {
        Operator::Less => "<",
        Operator::Greater => ">",
        _ => "=",
    };
    match (rule.operator, &rule.value) {
        (Operator::IsEmpty, _) => {
            sql.push(" and not attributes ? ").push_bind(key);
        }
        (Operator::IsNotEmpty, _) => {
            sql.push(" and attributes ? ").push_bind(key);
        }
        (Operator::Is, Some(Value::Text(text))) => texts(sql, "=", domain::fold::fold(text)),
        (Operator::Contains, Some(Value::Text(text))) => {
            texts(sql, "like", search::like(&domain::fold::fold(text)));
        }
        (Operator::Is | Operator::Less | Operator::Greater, Some(Value::Number(number))) => {
            sql.push(" and (attributes ->> ")
                .push_bind(key)
                .push(format!(")::numeric {sign} "));
            sql.push_bind(number.to_string()).push("::numeric");
        }
        // Years have four digits, so that dates compare as their texts do.
        (Operator::Is | Operator::Less | Operator::Greater, Some(date @ Value::Date(_))) => {
            sql.push(" and (attributes ->> ")
                .push_bind(key)
                .push(format!(") collate \"C\" {sign} "));
            sql.push_bind(date.to_string());
        }
        _ => {
            sql.push(" and false");
        }
    }
}

#[derive(FromRow)]
pub(super) struct Row {
    customer_id: Uuid,
    reference: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    company: Option<String>,
    cell_phone: Option<String>,
    email: Option<String>,
    sort_name: Option<String>,
    reference_key: Option<String>,
    last_activity_at: DateTime<Utc>,
    unsubscribed_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for ListedCustomer {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |column| StoreError::Corrupt {
            table: "customer",
            column,
        };
        let reference = row.reference.as_deref().map(Reference::parse).transpose();
        let cell_phone = row.cell_phone.as_deref().map(E164::new).transpose();
        let texts = [
            (Field::FirstName, row.first_name),
            (Field::LastName, row.last_name),
            (Field::Company, row.company),
            (Field::Email, row.email.clone()),
            (Field::CellPhone, row.cell_phone),
            (Field::Reference, row.reference),
        ];
        let values: Values = texts
            .into_iter()
            .filter_map(|(field, text)| Some((Slot::Field(field), Value::Text(text?))))
            .collect();
        Ok(Self {
            id: CustomerId::new(row.customer_id),
            name: values.name(),
            reference: reference.map_err(|_| corrupt("reference"))?,
            cell_phone: cell_phone.map_err(|_| corrupt("cell_phone"))?,
            email: row.email,
            last_activity_at: row.last_activity_at,
            unsubscribed_at: row.unsubscribed_at,
        })
    }
}
