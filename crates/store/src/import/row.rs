//! Values as the columns keep them that `customer` and `import_row` share.

use super::{
    record::{int, span},
    staging::{AHEAD, RowVersion, ValuesRow},
};
use crate::{AccountTx, StoreError, account_tx::unsigned, attribute::Kinds, customer::columns};
use chrono::NaiveDate;
use domain::{
    customer::Values,
    ids::{CustomerId, ImportId},
};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use uuid::Uuid;

struct ProfileRow {
    key: Uuid,
    line: i32,
    unsubscribe: bool,
    version_customer_id: Option<Uuid>,
    version_rev: Option<i64>,
    version_ignored: Option<String>,
    reference: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    company: Option<String>,
    cell_phone: Option<String>,
    other_phones: Option<Vec<String>>,
    email: Option<String>,
    street: Option<String>,
    city: Option<String>,
    region: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
    birth_date: Option<NaiveDate>,
    language: Option<String>,
    notes: Option<String>,
    attributes: Json,
}

impl ProfileRow {
    fn version(&self) -> RowVersion {
        match self.version_customer_id.zip(self.version_rev) {
            Some((customer, rev)) => RowVersion::Of(CustomerId::new(customer), unsigned(rev)),
            None => match self.version_ignored.as_deref() {
                None => RowVersion::None,
                Some(AHEAD) => RowVersion::Ahead,
                Some(_) => RowVersion::Foreign,
            },
        }
    }

    fn into_values(self, kinds: &Kinds) -> Result<Values, StoreError> {
        let texts = [
            self.reference,
            self.first_name,
            self.last_name,
            self.company,
            self.cell_phone,
            self.email,
            self.street,
            self.city,
            self.region,
            self.postal_code,
            self.country,
            self.language,
            self.notes,
        ];
        columns::profile(
            texts,
            self.other_phones,
            self.birth_date,
            self.attributes,
            kinds,
        )
    }
}

/// Customers with their values; the ones that do not exist are left out.
pub async fn customers(
    tx: &mut AccountTx,
    ids: &[CustomerId],
    kinds: &Kinds,
) -> Result<BTreeMap<CustomerId, Values>, StoreError> {
    let account = tx.account().uuid();
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query_as!(
        ProfileRow,
        r#"
        select customer_id as key, 0 as "line!", false as "unsubscribe!", reference, first_name, last_name, company,
            cell_phone, other_phones, email, street, city, region, postal_code, country, birth_date, language, notes,
            attributes, null::uuid as version_customer_id, null::bigint as version_rev,
            null::text as version_ignored
        from customer where account_id = $1 and customer_id = any($2)
        "#,
        account,
        &ids,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter()
        .map(|row| Ok((CustomerId::new(row.key), row.into_values(kinds)?)))
        .collect()
}

/// The staged values of these lines, in the order of the lines.
pub async fn staged(
    tx: &mut AccountTx,
    import: ImportId,
    lines: &[u32],
    kinds: &Kinds,
) -> Result<Vec<ValuesRow>, StoreError> {
    let account = tx.account().uuid();
    let lines: Vec<i32> = lines.iter().map(|line| int(*line)).collect();
    let (first, last) = span(&lines);
    let rows = sqlx::query_as!(
        ProfileRow,
        r#"
        select customer_id as key, line, unsubscribe, reference, first_name, last_name, company, cell_phone,
            other_phones, email, street, city, region, postal_code, country, birth_date, language, notes, attributes,
            version_customer_id, version_rev, version_ignored
        from import_row
        where account_id = $1 and import_id = $2 and line = any($3) and line between $4 and $5
        order by line
        "#,
        account,
        import.uuid(),
        &lines,
        first,
        last,
    )
    .fetch_all(tx.connection())
    .await?;
    let rows = rows.into_iter().map(|row| {
        Ok(ValuesRow {
            line: row.line.unsigned_abs(),
            customer: CustomerId::new(row.key),
            unsubscribe: row.unsubscribe,
            version: row.version(),
            values: row.into_values(kinds)?,
        })
    });
    rows.collect()
}
