//! Two attributes become one, in sets: an account may have a million values of each.

use super::Author;
use crate::{AccountTx, StoreError};
use domain::{attribute::AttributeName, ids::AttributeId};
use std::collections::BTreeMap;

/// Moves the values of `from` into `into`, which are of one kind, writes what changed into the history of each customer,
/// and takes `from` away for good. A value that stands in `into` already stays; collections are joined, without the
/// texts that both hold.
pub async fn merge(
    tx: &mut AccountTx,
    from: AttributeId,
    into: AttributeId,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let (from_key, into_key) = (from.to_string(), into.to_string());
    // A value moved appears under `into`; one that had to give way is kept in the history of `from`.
    sqlx::query!(
        "insert into customer_history (account_id, customer_id, slot, from_value, to_value, person_id, source, at, rev)
         select $1, c.customer_id, h.slot, h.from_value, h.to_value, $4, 'staff', $5, 0
         from customer c
         join attribute a on a.account_id = c.account_id and a.attribute_id = $2::text::uuid
         cross join lateral (select joined_texts(c.attributes -> $3, c.attributes -> $2) as joined) j
         cross join lateral (
             select $3 as slot,
                 case when c.attributes ? $3 then jsonb_build_object(a.kind, c.attributes -> $3) end as from_value,
                 jsonb_build_object(a.kind, coalesce(j.joined, c.attributes -> $2)) as to_value
             where not c.attributes ? $3 or j.joined <> c.attributes -> $3
             union all
             select $2, jsonb_build_object(a.kind, c.attributes -> $2), null
             where c.attributes ? $3 and a.kind <> 'texts' and c.attributes -> $2 <> c.attributes -> $3
         ) h
         where c.account_id = $1 and c.attributes ? $2
         order by c.customer_id",
        account,
        from_key,
        into_key,
        author.person.uuid(),
        author.at,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        "update customer set
             attributes = (attributes - $2) || jsonb_build_object(
                 $3::text,
                 coalesce(joined_texts(attributes -> $3, attributes -> $2), attributes -> $3, attributes -> $2)
             ),
             updated_at = $4
         where account_id = $1 and attributes ? $2",
        account,
        from_key,
        into_key,
        author.at,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        "update attribute set merged_into = $3, updated_at = $4, updated_by = $5
         where account_id = $1 and (attribute_id = $2 or merged_into = $2)",
        account,
        from.uuid(),
        into.uuid(),
        author.at,
        author.person.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// An attribute whose values were moved into another one.
#[derive(Clone, Debug)]
pub struct Merged {
    pub name: AttributeName,
    /// The one that has the values now; it was merged nowhere itself.
    pub into: AttributeId,
}

/// The attributes that were merged away. History and remembered mappings still name them.
pub async fn merged(tx: &mut AccountTx) -> Result<BTreeMap<AttributeId, Merged>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"select attribute_id, name, merged_into as "merged_into!" from attribute
           where account_id = $1 and merged_into is not null"#,
        account,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter()
        .map(|row| {
            let merged = Merged {
                name: AttributeName::parse(&row.name).map_err(|_| StoreError::Corrupt {
                    table: "attribute",
                    column: "name",
                })?,
                into: AttributeId::new(row.merged_into),
            };
            Ok((AttributeId::new(row.attribute_id), merged))
        })
        .collect()
}
