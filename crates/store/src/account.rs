//! Accounts: one shop each.

use crate::{AccountTx, StoreError, SystemTx};
use chrono::{DateTime, Utc};
use domain::{
    account::{Account, Country},
    ids::{AccountId, PersonId},
    permission::Role,
    person::AccountChoice,
};

/// An account to be made; see [`AccountTx::begin_new`].
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub id: AccountId,
    pub name: String,
    pub country: Country,
    /// An IANA name, known to Postgres: see [`is_time_zone`].
    pub time_zone: String,
    pub at: DateTime<Utc>,
}

pub(crate) async fn insert(tx: &mut AccountTx, account: &NewAccount) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into account (account_id, name, country, time_zone, created_at) values ($1, $2, $3, $4, $5)",
        account.id.uuid(),
        account.name,
        account.country.as_str(),
        account.time_zone,
        account.at,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        "insert into account_rev (account_id) values ($1)",
        account.id.uuid()
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The account of the transaction.
pub async fn get(tx: &mut AccountTx) -> Result<Account, StoreError> {
    let id = tx.account();
    let row = sqlx::query!(
        "select name, country, time_zone from account where account_id = $1",
        id.uuid()
    )
    .fetch_one(tx.connection())
    .await?;
    let country = Country::parse(&row.country).map_err(|_| StoreError::Corrupt {
        table: "account",
        column: "country",
    })?;
    Ok(Account {
        id,
        name: row.name,
        country,
        time_zone: row.time_zone,
    })
}

pub async fn update(
    tx: &mut AccountTx,
    name: &str,
    country: Country,
    time_zone: &str,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update account set name = $2, country = $3, time_zone = $4 where account_id = $1",
        account,
        name,
        country.as_str(),
        time_zone,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Whether Postgres knows a time zone of this name.
pub async fn is_time_zone(tx: &mut SystemTx, name: &str) -> Result<bool, StoreError> {
    let known = sqlx::query_scalar!(
        r#"select exists (select from pg_timezone_names where name = $1) as "known!""#,
        name
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(known)
}

/// The accounts of the person that the transaction acts for, by name.
pub async fn choices(
    tx: &mut SystemTx,
    person: PersonId,
) -> Result<Vec<AccountChoice>, StoreError> {
    let rows = sqlx::query!(
        "select a.account_id, a.name, m.role from membership m join account a using (account_id)
         where m.person_id = $1 order by fold_text(a.name), a.account_id",
        person.uuid(),
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(AccountChoice {
                id: AccountId::new(row.account_id),
                name: row.name,
                role: role(&row.role)?,
            })
        })
        .collect()
}

/// The account that was made first.
pub async fn oldest(tx: &mut SystemTx) -> Result<Option<AccountId>, StoreError> {
    tx.look_across_accounts("accounts").await?;
    let oldest = sqlx::query_scalar!(
        "select account_id from account order by created_at, account_id limit 1"
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(oldest.map(AccountId::new))
}

pub(crate) fn role(key: &str) -> Result<Role, StoreError> {
    Role::from_key(key).ok_or(StoreError::Corrupt {
        table: "membership",
        column: "role",
    })
}
