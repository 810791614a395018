//! One customer at a time.

use super::columns;
use crate::{
    AccountTx, StoreError,
    account_tx::unsigned,
    attribute::{self, Kinds},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    contact::Reference,
    customer::Values,
    ids::CustomerId,
    phone::E164,
    slot::{Field, Slot},
    value::Value,
};
use serde_json::Value as Json;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct StoredCustomer {
    pub id: CustomerId,
    pub rev: u64,
    pub values: Values,
    pub created_at: DateTime<Utc>,
    /// The name of the person who made or imported it.
    pub created_by: Option<String>,
    pub updated_at: DateTime<Utc>,
    /// Since when the customer does not want messages.
    pub unsubscribed_at: Option<DateTime<Utc>>,
    /// The rev in which the customer asked not to be written to, whatever their numbers.
    pub asked_to_stop_rev: Option<u64>,
}

/// Who has a phone or a reference already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub customer: CustomerId,
    pub name: String,
}

pub async fn find(
    tx: &mut AccountTx,
    id: CustomerId,
) -> Result<Option<StoredCustomer>, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query_as!(
        CustomerRow,
        r#"select c.customer_id, c.reference, c.first_name, c.last_name, c.company, c.cell_phone, c.other_phones, c.email,
               c.street, c.city, c.region, c.postal_code, c.country, c.birth_date, c.language, c.notes, c.attributes,
               c.created_at, c.updated_at, c.unsubscribed_at, c.asked_to_stop_rev, c.rev, p.name as "created_by?"
           from customer c left join person p on p.person_id = c.created_by
           where c.account_id = $1 and c.customer_id = $2"#,
        account,
        id.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    match row {
        Some(row) => {
            let kinds = attribute::kinds(tx).await?;
            row.read(&kinds).map(Some)
        }
        None => Ok(None),
    }
}

pub async fn find_by_cell_phone(
    tx: &mut AccountTx,
    phone: &E164,
) -> Result<Option<Holder>, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query_as!(
        HolderRow,
        "select customer_id, reference, first_name, last_name, company, email, cell_phone from customer
         where account_id = $1 and cell_phone = $2",
        account,
        phone.as_str(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(Holder::from))
}

/// Whatever the case of the reference.
pub async fn find_by_reference(
    tx: &mut AccountTx,
    reference: &Reference,
) -> Result<Option<Holder>, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query_as!(
        HolderRow,
        "select customer_id, reference, first_name, last_name, company, email, cell_phone from customer
         where account_id = $1 and reference_key = reference_key($2)",
        account,
        reference.as_str(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(Holder::from))
}

/// Whether there was a customer of this id, and no longer is.
pub async fn is_erased(tx: &mut AccountTx, id: CustomerId) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let erased = sqlx::query_scalar!(
        r#"select exists (select from customer_tombstone where account_id = $1 and customer_id = $2) as "erased!""#,
        account,
        id.uuid(),
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(erased)
}

struct CustomerRow {
    customer_id: Uuid,
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
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    unsubscribed_at: Option<DateTime<Utc>>,
    asked_to_stop_rev: Option<i64>,
    rev: i64,
    created_by: Option<String>,
}

impl CustomerRow {
    fn read(self, kinds: &Kinds) -> Result<StoredCustomer, StoreError> {
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
        let values = columns::profile(
            texts,
            self.other_phones,
            self.birth_date,
            self.attributes,
            kinds,
        )?;
        Ok(StoredCustomer {
            id: CustomerId::new(self.customer_id),
            rev: unsigned(self.rev),
            values,
            created_at: self.created_at,
            created_by: self.created_by,
            updated_at: self.updated_at,
            unsubscribed_at: self.unsubscribed_at,
            asked_to_stop_rev: self.asked_to_stop_rev.map(unsigned),
        })
    }
}

struct HolderRow {
    customer_id: Uuid,
    reference: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    company: Option<String>,
    email: Option<String>,
    cell_phone: Option<String>,
}

impl From<HolderRow> for Holder {
    fn from(row: HolderRow) -> Self {
        let texts = [
            (Field::Reference, row.reference),
            (Field::FirstName, row.first_name),
            (Field::LastName, row.last_name),
            (Field::Company, row.company),
            (Field::Email, row.email),
            (Field::CellPhone, row.cell_phone),
        ];
        let values: Values = texts
            .into_iter()
            .filter_map(|(field, text)| Some((Slot::Field(field), Value::Text(text?))))
            .collect();
        Self {
            customer: CustomerId::new(row.customer_id),
            name: values.name(),
        }
    }
}
