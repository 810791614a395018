//! Invitations that nobody has accepted yet. The secret of the link is known by its SHA-256 only.

use crate::{AccountTx, StoreError, SystemTx, account::role};
use chrono::{DateTime, Utc};
use domain::{
    ids::{AccountId, InviteId, PersonId},
    permission::Role,
    person::{Invite, InviteOffer},
};

#[derive(Clone, Debug)]
pub struct NewInvite {
    pub id: InviteId,
    pub secret_hash: [u8; 32],
    pub role: Role,
    pub note: String,
    pub invited_by: PersonId,
    pub at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

pub async fn insert(tx: &mut AccountTx, invite: &NewInvite) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into invite (account_id, invite_id, secret_hash, role, note, invited_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        account,
        invite.id.uuid(),
        &invite.secret_hash[..],
        invite.role.key(),
        invite.note,
        invite.invited_by.uuid(),
        invite.at,
        invite.expires_at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Those that can still be accepted, the newest first.
pub async fn list(tx: &mut AccountTx, now: DateTime<Utc>) -> Result<Vec<Invite>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        "select invite_id, role, note, expires_at from invite
         where account_id = $1 and expires_at > $2 order by created_at desc, invite_id desc",
        account,
        now,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Invite {
                id: InviteId::new(row.invite_id),
                role: role(&row.role)?,
                note: row.note,
                expires_at: row.expires_at,
            })
        })
        .collect()
}

/// What the invitation of a secret says, while it can be accepted.
pub async fn offer(
    tx: &mut AccountTx,
    secret_hash: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<Option<InviteOffer>, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query!(
        "select a.name as account_name, i.role, p.name as invited_by
         from invite i join account a using (account_id) join person p on p.person_id = i.invited_by
         where i.account_id = $1 and i.secret_hash = $2 and i.expires_at > $3",
        account,
        &secret_hash[..],
        now,
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| {
        Ok(InviteOffer {
            account_name: row.account_name,
            role: role(&row.role)?,
            invited_by: row.invited_by,
        })
    })
    .transpose()
}

/// Uses an invitation up and says the role it gives. `None` when it is not known, too old, or used.
pub async fn take(
    tx: &mut AccountTx,
    secret_hash: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<Option<Role>, StoreError> {
    let account = tx.account().uuid();
    let key = sqlx::query_scalar!(
        "delete from invite where account_id = $1 and secret_hash = $2 and expires_at > $3 returning role",
        account,
        &secret_hash[..],
        now,
    )
    .fetch_optional(tx.connection())
    .await?;
    key.map(|key| role(&key)).transpose()
}

/// Takes an invitation back. Whether there was one.
pub async fn delete(tx: &mut AccountTx, id: InviteId) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let done = sqlx::query!(
        "delete from invite where account_id = $1 and invite_id = $2",
        account,
        id.uuid()
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets the invitations of the account that are too old.
pub async fn delete_expired(tx: &mut AccountTx, now: DateTime<Utc>) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "delete from invite where account_id = $1 and expires_at <= $2",
        account,
        now
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The accounts with invitations that are too old. It sees nothing of them but that.
pub async fn accounts_with_expired(
    tx: &mut SystemTx,
    now: DateTime<Utc>,
) -> Result<Vec<AccountId>, StoreError> {
    tx.look_across_accounts("invites").await?;
    let accounts = sqlx::query_scalar!(
        "select distinct account_id from invite where expires_at <= $1",
        now
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(accounts.into_iter().map(AccountId::new).collect())
}
