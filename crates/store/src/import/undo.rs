//! Taking an import back, as far as nobody has touched what it wrote.

use super::erasure;
use crate::{AccountTx, StoreError, attribute::Author};
use chrono::{DateTime, Utc};
use domain::{
    ids::{AttributeId, CustomerId, ImportId},
    slot::Slot,
    value::Value,
};
use sqlx::types::Json;
use uuid::Uuid;

/// A value that the import wrote.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its place in the history.
    pub history: i64,
    pub customer: CustomerId,
    pub line: u32,
    pub slot: Slot,
    pub from: Option<Value>,
    pub to: Option<Value>,
    /// Whether somebody, or an import that stands, has written the slot since, even if the value is the same again.
    pub touched: bool,
}

/// Removes the customers that the import made and nobody has touched since, and notes down the others. An import that was
/// undone has not touched them, and neither has its undo.
pub async fn remove_customers(tx: &mut AccountTx, import: ImportId) -> Result<u32, StoreError> {
    let account = tx.account().uuid();
    let removed: Vec<Uuid> = sqlx::query_scalar!(
        "select customer_id from customer c
         where account_id = $1 and created_import_id = $2 and (rev = created_rev or not exists (
             select from customer_history h left join import i using (account_id, import_id)
             where h.account_id = $1 and h.customer_id = c.customer_id
                 and (h.source = 'staff' or (h.source = 'import' and i.state <> 'undone'))
         ))",
        account,
        import.uuid(),
    )
    .fetch_all(tx.connection())
    .await?;
    erasure::forget_plans(tx, &removed).await?;
    // Nobody asked for what was written to be forgotten: the threads are those of their numbers again.
    sqlx::query!(
        "update conversation set customer_id = null where account_id = $1 and customer_id = any($2)",
        account,
        &removed,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        "delete from customer where account_id = $1 and customer_id = any($2)",
        account,
        &removed,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        r#"
        insert into import_kept (account_id, import_id, customer_id, slot)
        select $1, $2, customer_id, '' from customer where account_id = $1 and created_import_id = $2
        "#,
        account,
        import.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(u32::try_from(removed.len()).unwrap_or(u32::MAX))
}

/// The values that the import wrote over those of customers who existed, after a place in the history, in its order.
pub async fn written(
    tx: &mut AccountTx,
    import: ImportId,
    after: i64,
    limit: u16,
) -> Result<Vec<Written>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        select history_id, customer_id, import_line as "import_line!", slot,
            from_value as "from_value: Json<Value>", to_value as "to_value: Json<Value>",
            exists (
                select from customer_history later left join import i using (account_id, import_id)
                where later.account_id = $1 and later.customer_id = wrote.customer_id and later.slot = wrote.slot
                    and later.history_id > wrote.history_id
                    and (later.source = 'staff' or (later.source = 'import' and i.state <> 'undone'))
            ) as "touched!"
        from customer_history wrote
        where account_id = $1 and import_id = $2 and source = 'import' and history_id > $3
        order by history_id limit $4
        "#,
        account,
        import.uuid(),
        after,
        i64::from(limit),
    )
    .fetch_all(tx.connection())
    .await?;
    let rows = rows.into_iter().map(|row| {
        Ok(Written {
            history: row.history_id,
            customer: CustomerId::new(row.customer_id),
            line: row.import_line.unsigned_abs(),
            slot: row.slot.parse().map_err(|_| StoreError::Corrupt {
                table: "customer_history",
                column: "slot",
            })?,
            from: row.from_value.map(|Json(value)| value),
            to: row.to_value.map(|Json(value)| value),
            touched: row.touched,
        })
    });
    rows.collect()
}

/// Who has one of these cell phones or references (by their key).
pub async fn holders(
    tx: &mut AccountTx,
    phones: &[String],
    reference_keys: &[String],
) -> Result<Vec<Holder>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        select customer_id as "customer_id!", cell_phone, null as reference_key from customer
        where account_id = $1 and cell_phone = any($2)
        union all
        select customer_id, null, reference_key from customer
        where account_id = $1 and reference_key = any($3)
        "#,
        account,
        phones,
        reference_keys,
    )
    .fetch_all(tx.connection())
    .await?;
    let holders = rows.into_iter().map(|row| Holder {
        customer: CustomerId::new(row.customer_id),
        phone: row.cell_phone,
        reference_key: row.reference_key,
    });
    Ok(holders.collect())
}

/// A customer who has a phone or a reference that is asked for.
#[derive(Clone, Debug)]
pub struct Holder {
    pub customer: CustomerId,
    pub phone: Option<String>,
    pub reference_key: Option<String>,
}

/// Notes down values that stay as they are.
pub async fn keep(
    tx: &mut AccountTx,
    import: ImportId,
    kept: &[(CustomerId, Slot)],
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let customers: Vec<Uuid> = kept.iter().map(|(customer, _)| customer.uuid()).collect();
    let slots: Vec<String> = kept.iter().map(|(_, slot)| slot.to_string()).collect();
    sqlx::query!(
        r#"
        insert into import_kept (account_id, import_id, customer_id, slot)
        select $1, $2, customer_id, slot from unnest($3::uuid[], $4::text[]) as kept (customer_id, slot)
        on conflict do nothing
        "#,
        account,
        import.uuid(),
        &customers,
        &slots,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes back the attributes that the import made and that hold no value now: removed if nothing mentions them, else
/// retired, so that the history keeps their names.
pub async fn take_back_attributes(
    tx: &mut AccountTx,
    attributes: &[AttributeId],
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let ids: Vec<Uuid> = attributes.iter().map(|id| id.uuid()).collect();
    let empty = sqlx::query_scalar!(
        r#"
        select attribute_id from attribute
        where account_id = $1 and attribute_id = any($2) and not exists (
            select from customer
            where customer.account_id = $1 and customer.attributes ? attribute.attribute_id::text
        )
        "#,
        account,
        &ids,
    )
    .fetch_all(tx.connection())
    .await?;
    sqlx::query!(
        r#"
        delete from attribute made
        where account_id = $1 and attribute_id = any($2)
            and not exists (
                select from customer_history
                where customer_history.account_id = $1 and slot = made.attribute_id::text
            )
            and not exists (
                select from attribute merged
                where merged.account_id = $1 and merged.merged_into = made.attribute_id
            )
        "#,
        account,
        &empty,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        r#"
        update attribute set retired = true, updated_at = $3, updated_by = $4
        where account_id = $1 and attribute_id = any($2) and not retired
        "#,
        account,
        &empty,
        author.at,
        author.person.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Retires the attributes again that a commit took back into use, apart from those that somebody changed since.
pub async fn retire_again(
    tx: &mut AccountTx,
    attributes: &[AttributeId],
    committed_at: DateTime<Utc>,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let ids: Vec<Uuid> = attributes.iter().map(|id| id.uuid()).collect();
    sqlx::query!(
        r#"
        update attribute set retired = true, updated_at = $4, updated_by = $5
        where account_id = $1 and attribute_id = any($2) and not retired and updated_at = $3
        "#,
        account,
        &ids,
        committed_at,
        author.at,
        author.person.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
