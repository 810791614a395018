//! The shop that is measured: an account with its owner, and a connection beside the services for bare SQL.

use anyhow::Context;
use domain::account::Country;
use service::{Caller, Services, SetUp, SystemClock};
use sqlx::{PgConnection, PgPool};
use std::sync::Arc;
use store::Store;

pub(crate) struct Shop {
    pub(crate) services: Services,
    pub(crate) owner: Caller,
    pool: PgPool,
}

impl Shop {
    pub(crate) async fn open(url: &str) -> anyhow::Result<Self> {
        let store = Store::connect(url, 4).await?;
        store.migrate().await?;
        let services = Services::new(store, Arc::new(SystemClock));
        let link = services
            .new_setup_link()
            .await?
            .context("the database is not empty")?;
        let set_up = SetUp {
            company: "Bench".into(),
            country: Country::CANADA,
            time_zone: "America/Toronto".into(),
            name: "Bench".into(),
            email: "bench@example.com".into(),
            password: String::from("measure twice").into(),
        };
        let session = services.finish_setup(&link, set_up, "bench".into()).await?;
        let owner = services
            .caller(session.expose())
            .await?
            .context("the owner is signed in")?;
        Ok(Self {
            services,
            owner,
            pool: PgPool::connect(url).await?,
        })
    }

    /// A connection that is bound to the account for good, as the owner of the tables, with a revision to write with.
    pub(crate) async fn connection(&self) -> anyhow::Result<PgConnection> {
        let mut connection = self.pool.acquire().await?.detach();
        let account = self.owner.account.uuid();
        sqlx::query("select set_config('app.account_id', $1, false)")
            .bind(account.to_string())
            .execute(&mut connection)
            .await?;
        let rev: i64 = sqlx::query_scalar(
            "update account_rev set rev = rev + 1 where account_id = $1 returning rev",
        )
        .bind(account)
        .fetch_one(&mut connection)
        .await?;
        sqlx::query("select set_config('app.rev', $1, false)")
            .bind(rev.to_string())
            .execute(&mut connection)
            .await?;
        Ok(connection)
    }
}
