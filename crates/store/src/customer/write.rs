//! The rows themselves. Which change is allowed is decided above; the constraints are the last word.

use super::columns::{attributes, date, text, texts};
use crate::{AccountTx, StoreError, attribute::Author, import::erasure};
use chrono::{DateTime, Utc};
use domain::{customer::Values, ids::CustomerId, slot::Field};

/// Makes a customer. The values are checked ones.
pub async fn insert(
    tx: &mut AccountTx,
    id: CustomerId,
    values: &Values,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into customer (account_id, customer_id, reference, first_name, last_name, company, cell_phone, other_phones,
             email, street, city, region, postal_code, country, birth_date, language, notes, attributes,
             created_at, updated_at, last_activity_at, created_by, created_rev, rev)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19, $19, $20, 0, 0)",
        account,
        id.uuid(),
        text(values, Field::Reference),
        text(values, Field::FirstName),
        text(values, Field::LastName),
        text(values, Field::Company),
        text(values, Field::CellPhone),
        texts(values, Field::OtherPhones),
        text(values, Field::Email),
        text(values, Field::Street),
        text(values, Field::City),
        text(values, Field::Region),
        text(values, Field::PostalCode),
        text(values, Field::Country),
        date(values, Field::BirthDate),
        text(values, Field::Language),
        text(values, Field::Notes),
        attributes(values),
        author.at,
        author.person.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Replaces every value of a customer by checked ones.
pub async fn update(
    tx: &mut AccountTx,
    id: CustomerId,
    values: &Values,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update customer set reference = $3, first_name = $4, last_name = $5, company = $6, cell_phone = $7, other_phones = $8,
             email = $9, street = $10, city = $11, region = $12, postal_code = $13, country = $14, birth_date = $15,
             language = $16, notes = $17, attributes = $18, updated_at = $19, last_activity_at = $19
         where account_id = $1 and customer_id = $2",
        account,
        id.uuid(),
        text(values, Field::Reference),
        text(values, Field::FirstName),
        text(values, Field::LastName),
        text(values, Field::Company),
        text(values, Field::CellPhone),
        texts(values, Field::OtherPhones),
        text(values, Field::Email),
        text(values, Field::Street),
        text(values, Field::City),
        text(values, Field::Region),
        text(values, Field::PostalCode),
        text(values, Field::Country),
        date(values, Field::BirthDate),
        text(values, Field::Language),
        text(values, Field::Notes),
        attributes(values),
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Something happened with the customer.
pub async fn note_activity(
    tx: &mut AccountTx,
    id: CustomerId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update customer set last_activity_at = greatest(last_activity_at, $3) where account_id = $1 and customer_id = $2",
        account,
        id.uuid(),
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes a customer away with its history, its conversations, and what imports know of it. Its id stays, in a tombstone.
pub async fn erase(tx: &mut AccountTx, id: CustomerId) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    erasure::forget(tx, &[id.uuid()]).await?;
    sqlx::query!(
        "delete from customer where account_id = $1 and customer_id = $2",
        account,
        id.uuid()
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
