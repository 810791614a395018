//! Who works in the account, and as what.

use crate::{AccountTx, StoreError, account::role, person::email};
use chrono::{DateTime, Utc};
use domain::{ids::PersonId, permission::Role, person::Member};

/// Refused with [`crate::Constraint::Member`] when the person is a member already.
pub async fn insert(
    tx: &mut AccountTx,
    person: PersonId,
    as_role: Role,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into membership (account_id, person_id, role, joined_at) values ($1, $2, $3, $4)",
        account,
        person.uuid(),
        as_role.key(),
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Owners first, then by name.
pub async fn list(tx: &mut AccountTx) -> Result<Vec<Member>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"select p.person_id, p.name, p.email, m.role,
               (select max(s.last_seen_at) from session s where s.person_id = p.person_id) as last_seen
           from membership m join person p using (person_id)
           where m.account_id = $1
           order by array_position(array['owner', 'manager', 'advisor', 'viewer'], m.role), fold_text(p.name), p.person_id"#,
        account,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Member {
                person: PersonId::new(row.person_id),
                name: row.name,
                email: email(&row.email)?,
                role: role(&row.role)?,
                last_seen: row.last_seen,
            })
        })
        .collect()
}

pub async fn role_of(tx: &mut AccountTx, person: PersonId) -> Result<Option<Role>, StoreError> {
    let account = tx.account().uuid();
    let key = sqlx::query_scalar!(
        "select role from membership where account_id = $1 and person_id = $2",
        account,
        person.uuid(),
    )
    .fetch_optional(tx.connection())
    .await?;
    key.map(|key| role(&key)).transpose()
}

pub async fn count_owners(tx: &mut AccountTx) -> Result<u64, StoreError> {
    let account = tx.account().uuid();
    let owners = sqlx::query_scalar!(
        r#"select count(*) as "owners!" from membership where account_id = $1 and role = 'owner'"#,
        account,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(owners.unsigned_abs())
}

pub async fn set_role(tx: &mut AccountTx, person: PersonId, to: Role) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "update membership set role = $3 where account_id = $1 and person_id = $2",
        account,
        person.uuid(),
        to.key(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn delete(tx: &mut AccountTx, person: PersonId) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "delete from membership where account_id = $1 and person_id = $2",
        account,
        person.uuid()
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
