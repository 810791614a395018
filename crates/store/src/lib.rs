//! Every line of SQL.
//!
//! What must stay true:
//! - Tenant tables are reached through [`AccountTx`] only, which makes row-level security keep to one account.
//! - A write to an account locks its rev counter first, so that rev order is commit order. It waits for the writes before
//!   it without a connection, so that no account takes them all. Who follows the account is told when it is committed.
//! - Tables without an account (people, sessions, the guards of sign-in) are reached through [`SystemTx`].
//! - Time, ids and hashes are handed in.

pub mod account;
mod account_tx;
pub mod attribute;
pub mod audit;
pub mod consent;
pub mod conversation;
pub mod customer;
mod error;
pub mod export;
mod feed;
mod gate;
pub mod history;
pub mod import;
pub mod invite;
pub mod membership;
pub mod message;
pub mod mutation_log;
pub mod outbound;
pub mod person;
pub mod provider;
pub mod saved_reply;
pub mod session;
pub mod setup_token;
pub mod sign_in_attempt;
pub mod simulator;
mod system_tx;
pub mod uncertain_wish;

pub use account_tx::AccountTx;
pub use error::{Constraint, StoreError};
pub use feed::Changes;
pub use system_tx::SystemTx;

use domain::ids::AccountId;
use feed::Feed;
use gate::{Gates, Turn};
use sqlx::{
    PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{collections::BTreeSet, str::FromStr, time::Duration};

/// Every migration, in order.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pool: PgPool,
    gates: Gates,
    feed: Feed,
}

/// How long a write waits behind the others of its account, here and once more in the database, where other servers
/// write too. An import's commit takes seconds; whoever waits longer than this is told to try again.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a write waits that has something else to do: see [`Store::write_soon`].
const MOMENT: Duration = Duration::from_secs(2);

impl Store {
    /// Connects to `url` (`postgres://…`) with at most `connections` connections at a time.
    pub async fn connect(url: &str, connections: u32) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?.application_name("regulars");
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await?;
        Ok(Self::new(pool))
    }

    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            gates: Gates::default(),
            feed: Feed::default(),
        }
    }

    /// Brings the schema up to date; safe to run on several machines at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        Ok(MIGRATOR.run(&self.pool).await?)
    }

    /// Whether the database answers and has every migration of this build.
    pub async fn is_current(&self) -> Result<bool, StoreError> {
        let table: Option<String> =
            sqlx::query_scalar("select to_regclass('_sqlx_migrations')::text")
                .fetch_one(&self.pool)
                .await?;
        if table.is_none() {
            return Ok(false);
        }
        let applied: Vec<i64> =
            sqlx::query_scalar("select version from _sqlx_migrations where success")
                .fetch_all(&self.pool)
                .await?;
        let applied: BTreeSet<i64> = applied.into_iter().collect();
        Ok(MIGRATOR
            .iter()
            .all(|migration| applied.contains(&migration.version)))
    }

    /// Waits for open transactions and closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// A transaction on what belongs to no account.
    pub async fn system(&self) -> Result<SystemTx, StoreError> {
        SystemTx::begin(&self.pool).await
    }

    /// A transaction that makes an account and writes in it.
    pub async fn create(&self, account: &account::NewAccount) -> Result<AccountTx, StoreError> {
        AccountTx::begin_new(&self.pool, account).await
    }

    /// A transaction that reads one account, and cannot write.
    pub async fn read(&self, account: AccountId) -> Result<AccountTx, StoreError> {
        AccountTx::begin(&self.pool, account).await
    }

    /// A transaction that reads one account as it is at one moment.
    pub async fn read_moment(&self, account: AccountId) -> Result<AccountTx, StoreError> {
        AccountTx::begin_moment(&self.pool, account).await
    }

    /// A transaction that writes what is staged in one account, beside others.
    pub async fn stage(&self, account: AccountId) -> Result<AccountTx, StoreError> {
        AccountTx::begin_staging(&self.pool, account).await
    }

    /// A transaction that writes one account, alone until it ends.
    pub async fn write(&self, account: AccountId) -> Result<AccountTx, StoreError> {
        let turn = self.gates.enter(account, PATIENCE).await?;
        self.begin_write(account, turn, Some(PATIENCE)).await
    }

    /// Like [`Store::write`], for work that has others to go on with: it waits no longer than a moment for its turn.
    pub async fn write_soon(&self, account: AccountId) -> Result<AccountTx, StoreError> {
        let turn = self.gates.enter(account, MOMENT).await?;
        self.begin_write(account, turn, Some(MOMENT)).await
    }

    /// Like [`Store::write`], and waits its turn however long the transactions before it take.
    pub async fn write_patiently(&self, account: AccountId) -> Result<AccountTx, StoreError> {
        let turn = self.gates.enter_patiently(account).await;
        self.begin_write(account, turn, None).await
    }

    async fn begin_write(
        &self,
        account: AccountId,
        turn: Turn,
        patience: Option<Duration>,
    ) -> Result<AccountTx, StoreError> {
        let feed = self.feed.clone();
        AccountTx::begin_write(&self.pool, account, turn, feed, patience).await
    }
}
