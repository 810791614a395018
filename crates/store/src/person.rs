//! People who sign in.

use crate::{StoreError, SystemTx};
use chrono::{DateTime, Utc};
use domain::{contact::Email, ids::PersonId};

#[derive(Clone, Debug)]
pub struct NewPerson {
    pub id: PersonId,
    pub email: Email,
    pub name: String,
    /// Argon2id, in PHC form.
    pub password_hash: String,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug)]
pub struct StoredPerson {
    pub id: PersonId,
    pub email: Email,
    pub name: String,
    pub password_hash: String,
}

/// Refused with [`crate::Constraint::PersonEmail`] when somebody has the e-mail already.
pub async fn insert(tx: &mut SystemTx, person: &NewPerson) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into person (person_id, email, name, password_hash, created_at) values ($1, $2, $3, $4, $5)",
        person.id.uuid(),
        person.email.as_str(),
        person.name,
        person.password_hash,
        person.at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Whether nobody was ever made: the first person is the owner of the first account.
pub async fn is_nobody_there(tx: &mut SystemTx) -> Result<bool, StoreError> {
    let nobody = sqlx::query_scalar!(r#"select not exists (select from person) as "nobody!""#)
        .fetch_one(tx.connection())
        .await?;
    Ok(nobody)
}

pub async fn find_by_email(
    tx: &mut SystemTx,
    email: &Email,
) -> Result<Option<StoredPerson>, StoreError> {
    let row = sqlx::query_as!(
        PersonRow,
        "select person_id, email, name, password_hash from person where email = $1",
        email.as_str(),
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(StoredPerson::try_from).transpose()
}

pub async fn find(tx: &mut SystemTx, id: PersonId) -> Result<Option<StoredPerson>, StoreError> {
    let row = sqlx::query_as!(
        PersonRow,
        "select person_id, email, name, password_hash from person where person_id = $1",
        id.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(StoredPerson::try_from).transpose()
}

pub async fn set_password(
    tx: &mut SystemTx,
    id: PersonId,
    password_hash: &str,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update person set password_hash = $2 where person_id = $1",
        id.uuid(),
        password_hash
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

struct PersonRow {
    person_id: uuid::Uuid,
    email: String,
    name: String,
    password_hash: String,
}

impl TryFrom<PersonRow> for StoredPerson {
    type Error = StoreError;

    fn try_from(row: PersonRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: PersonId::new(row.person_id),
            email: email(&row.email)?,
            name: row.name,
            password_hash: row.password_hash,
        })
    }
}

pub(crate) fn email(text: &str) -> Result<Email, StoreError> {
    Email::parse(text).map_err(|_| StoreError::Corrupt {
        table: "person",
        column: "email",
    })
}
