//! Definitions of attributes. Their values live with the customers.

mod merge;

pub use merge::{Merged, merge, merged};

use crate::{AccountTx, StoreError};
use chrono::{DateTime, Utc};
use domain::{
    attribute::{Attribute, AttributeKind, AttributeName, AttributeUse},
    ids::{AttributeId, PersonId},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Who changes a definition, and when.
#[derive(Clone, Copy, Debug)]
pub struct Author {
    pub person: PersonId,
    pub at: DateTime<Utc>,
}

/// A definition with its last change.
#[derive(Clone, Debug)]
pub struct StoredAttribute {
    pub attribute: Attribute,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<String>,
}

/// The kinds of the account's attributes, without which their values cannot be read.
pub type Kinds = BTreeMap<AttributeId, AttributeKind>;

/// In their order, retired ones last.
pub async fn list(tx: &mut AccountTx) -> Result<Vec<Attribute>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query_as!(
        AttributeRow,
        "select attribute_id, name, kind, retired from attribute
         where account_id = $1 and merged_into is null order by retired, position, attribute_id",
        account,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(Attribute::try_from).collect()
}

pub async fn kinds(tx: &mut AccountTx) -> Result<Kinds, StoreError> {
    Ok(list(tx)
        .await?
        .into_iter()
        .map(|attribute| (attribute.id, attribute.kind))
        .collect())
}

/// Every attribute with the number of customers that fill it, in their order.
pub async fn uses(tx: &mut AccountTx) -> Result<Vec<AttributeUse>, StoreError> {
    let account = tx.account().uuid();
    let counts = sqlx::query!(
        r#"select key as "key!", count(*) as "filled!"
           from customer c, jsonb_object_keys(c.attributes) key where c.account_id = $1 group by key"#,
        account,
    )
    .fetch_all(tx.connection())
    .await?;
    let filled: BTreeMap<String, u64> = counts
        .into_iter()
        .map(|row| (row.key, row.filled.unsigned_abs()))
        .collect();
    let uses = list(tx).await?.into_iter().map(|attribute| AttributeUse {
        filled: filled
            .get(&attribute.id.to_string())
            .copied()
            .unwrap_or_default(),
        attribute,
    });
    Ok(uses.collect())
}

/// `None` also for one whose values were moved into another.
pub async fn find(
    tx: &mut AccountTx,
    id: AttributeId,
) -> Result<Option<StoredAttribute>, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query!(
        r#"select a.attribute_id, a.name, a.kind, a.retired, a.updated_at, p.name as "updated_by?"
           from attribute a left join person p on p.person_id = a.updated_by
           where a.account_id = $1 and a.attribute_id = $2 and a.merged_into is null"#,
        account,
        id.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| {
        let attribute = AttributeRow {
            attribute_id: row.attribute_id,
            name: row.name,
            kind: row.kind,
            retired: row.retired,
        };
        Ok(StoredAttribute {
            attribute: attribute.try_into()?,
            updated_at: row.updated_at,
            updated_by: row.updated_by,
        })
    })
    .transpose()
}

/// The attribute whose name means the same as `name`, retired or not.
pub async fn find_by_name(
    tx: &mut AccountTx,
    name: &AttributeName,
) -> Result<Option<AttributeId>, StoreError> {
    let account = tx.account().uuid();
    let id = sqlx::query_scalar!(
        "select attribute_id from attribute where account_id = $1 and name_key = $2 and merged_into is null",
        account,
        name.key(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(id.map(AttributeId::new))
}

/// Whether the id was ever given to an attribute of the account.
pub async fn is_id_taken(tx: &mut AccountTx, id: AttributeId) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let taken = sqlx::query_scalar!(
        r#"select exists (select from attribute where account_id = $1 and attribute_id = $2) as "taken!""#,
        account,
        id.uuid(),
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(taken)
}

/// Puts a new attribute behind the others.
pub async fn insert(
    tx: &mut AccountTx,
    id: AttributeId,
    name: &AttributeName,
    kind: AttributeKind,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into attribute (account_id, attribute_id, name, kind, position, updated_at, updated_by, rev)
         select $1, $2, $3, $4, coalesce(max(position), 0) + 1, $5, $6, 0 from attribute where account_id = $1",
        account,
        id.uuid(),
        name.as_str(),
        kind.key(),
        author.at,
        author.person.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn rename(
    tx: &mut AccountTx,
    id: AttributeId,
    to: &AttributeName,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update attribute set name = $3, updated_at = $4, updated_by = $5 where account_id = $1 and attribute_id = $2",
        account,
        id.uuid(),
        to.as_str(),
        author.at,
        author.person.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn set_retired(
    tx: &mut AccountTx,
    id: AttributeId,
    retired: bool,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update attribute set retired = $3, updated_at = $4, updated_by = $5 where account_id = $1 and attribute_id = $2",
        account,
        id.uuid(),
        retired,
        author.at,
        author.person.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Puts the attributes named first, in the order given, and the others behind them in the order they had. Whether any
/// of them moved.
pub async fn reorder(
    tx: &mut AccountTx,
    order: &[AttributeId],
    author: Author,
) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let order: Vec<Uuid> = order.iter().map(|id| id.uuid()).collect();
    let done = sqlx::query!(
        "update attribute a set position = o.position, updated_at = $3, updated_by = $4
         from (
             select attribute_id,
                 row_number() over (order by array_position($2, attribute_id) nulls last, position, attribute_id)::integer as position
             from attribute where account_id = $1
         ) o
         where a.account_id = $1 and a.attribute_id = o.attribute_id and a.position <> o.position",
        account,
        &order,
        author.at,
        author.person.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() > 0)
}

struct AttributeRow {
    attribute_id: Uuid,
    name: String,
    kind: String,
    retired: bool,
}

impl TryFrom<AttributeRow> for Attribute {
    type Error = StoreError;

    fn try_from(row: AttributeRow) -> Result<Self, StoreError> {
        let corrupt = |column| StoreError::Corrupt {
            table: "attribute",
            column,
        };
        Ok(Self {
            id: AttributeId::new(row.attribute_id),
            name: AttributeName::parse(&row.name).map_err(|_| corrupt("name"))?,
            kind: AttributeKind::from_key(&row.kind).ok_or_else(|| corrupt("kind"))?,
            retired: row.retired,
        })
    }
}
