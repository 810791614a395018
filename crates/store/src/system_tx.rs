//! Transactions on what belongs to no account.

use crate::StoreError;
use domain::ids::PersonId;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};

/// A transaction as the application's role, without an account: tenant tables look empty to it, apart from the
/// memberships of the person it acts for. Dropped without [`SystemTx::commit`], it changes nothing.
#[derive(Debug)]
pub struct SystemTx {
    tx: Transaction<'static, Postgres>,
}

impl SystemTx {
    pub(crate) async fn begin(pool: &PgPool) -> Result<Self, StoreError> {
        Self::begin_with(pool, "begin").await
    }

    pub(crate) async fn begin_read_only(pool: &PgPool) -> Result<Self, StoreError> {
        Self::begin_with(pool, "begin read only").await
    }

    pub(crate) async fn begin_moment(pool: &PgPool) -> Result<Self, StoreError> {
        Self::begin_with(pool, "begin isolation level repeatable read read only").await
    }

    async fn begin_with(pool: &PgPool, begin: &'static str) -> Result<Self, StoreError> {
        // A task of its own, because sqlx forgets a `begin` that is dropped while Postgres answers it: the connection would
        // go back to the pool with the transaction open.
        let pool = pool.clone();
        let started = tokio::spawn(async move { pool.begin_with(begin).await }).await;
        let mut tx = started.unwrap_or(Err(sqlx::Error::WorkerCrashed))?;
        sqlx::query("set local role regulars_app")
            .execute(&mut *tx)
            .await?;
        Ok(Self { tx })
    }

    /// From here on the transaction sees where `person`, who must have proved who they are, is a member.
    pub async fn act_for(&mut self, person: PersonId) -> Result<(), StoreError> {
        sqlx::query!(
            "select set_config('app.person_id', $1, true)",
            person.to_string()
        )
        .fetch_one(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// From here on the transaction sees across accounts what the policy for sweeping `what` shows.
    pub(crate) async fn look_across_accounts(
        &mut self,
        what: &'static str,
    ) -> Result<(), StoreError> {
        sqlx::query("select set_config('app.sweep', $1, true)")
            .bind(what)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.tx.commit().await?)
    }

    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        &mut self.tx
    }
}
