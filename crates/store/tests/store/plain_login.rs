//! What a host gives the server: a login role that owns its database and may make roles, and nothing more.

use crate::samples;
use sqlx::{
    AssertSqlSafe, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use store::Store;
use uuid::Uuid;

/// A login role with a database of its own, both gone afterwards.
struct PlainLogin {
    name: String,
    options: PgConnectOptions,
}

impl PlainLogin {
    async fn new(admin: &PgPool) -> Self {
        let name = format!("plain_{}", Uuid::now_v7().simple());
        for sql in [
            format!("create role {name} login createrole password 'plain'"),
            format!("create database {name} owner {name}"),
        ] {
            sqlx::query(AssertSqlSafe(sql))
                .execute(admin)
                .await
                .unwrap();
        }
        let version: i32 =
            sqlx::query_scalar("select current_setting('server_version_num')::integer")
                .fetch_one(admin)
                .await
                .unwrap();
        if version >= 160_000 {
            // As if this login had made the roles, which are there by now.
            let sql = format!(
                "grant regulars_app, regulars_search to {name} with admin true, inherit false, set false"
            );
            sqlx::query(AssertSqlSafe(sql))
                .execute(admin)
                .await
                .unwrap();
        }
        let options = PgConnectOptions::clone(&admin.connect_options())
            .database(&name)
            .username(&name)
            .password("plain");
        Self { name, options }
    }

    async fn pool(&self) -> PgPool {
        PgPoolOptions::new()
            .max_connections(2)
            .connect_with(self.options.clone())
            .await
            .unwrap()
    }

    /// The administrator of the cluster, in this database.
    async fn admin(&self, admin: &PgPool) -> PgPool {
        let options = PgConnectOptions::clone(&admin.connect_options()).database(&self.name);
        PgPoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await
            .unwrap()
    }

    async fn drop(self, admin: &PgPool) {
        let name = self.name;
        for sql in [
            format!("drop database {name} with (force)"),
            format!("drop role {name}"),
        ] {
            sqlx::query(AssertSqlSafe(sql))
                .execute(admin)
                .await
                .unwrap();
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_login_that_may_only_make_roles_can_migrate_and_work(admin: PgPool) {
    let login = PlainLogin::new(&admin).await;
    let pool = login.pool().await;
    let store = Store::new(pool.clone());
    store.migrate().await.unwrap();
    let mut tx = store.system().await.unwrap();
    assert!(store::person::is_nobody_there(&mut tx).await.unwrap());
    drop(tx);
    store.close().await;
    login.drop(&admin).await;
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_login_that_forgets_to_become_the_application_sees_nobody(admin: PgPool) {
    let login = PlainLogin::new(&admin).await;
    let pool = login.pool().await;
    Store::new(pool.clone()).migrate().await.unwrap();
    let inside = login.admin(&admin).await;
    samples::insert_all(&inside).await;
    let count = "select count(*) from customer";
    let all: i64 = sqlx::query_scalar(count).fetch_one(&inside).await.unwrap();
    let seen: i64 = sqlx::query_scalar(count).fetch_one(&pool).await.unwrap();
    assert!(all > 0);
    assert_eq!(seen, 0);
    inside.close().await;
    pool.close().await;
    login.drop(&admin).await;
}
