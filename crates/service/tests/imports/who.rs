//! Who may import, and who sees what.

use crate::shop::{File, Shop, checksum};
use domain::{
    ids::ImportId,
    permission::{Permission, Role},
    slot::Field,
};
use service::{Caller, ServiceError};
use sqlx::PgPool;

fn file() -> File {
    File::new(&[Field::Reference, Field::FirstName]).row(&["A", "Ana"])
}

/// What the caller gets from every use case about one import, with the permission that each needs.
async fn answers(
    shop: &Shop,
    caller: &Caller,
    import: ImportId,
) -> Vec<(&'static str, Permission, Option<ServiceError>)> {
    use Permission::{ImportCustomers, SeeCustomers, UndoImports};
    let services = &shop.services;
    let chunk = file().chunks().remove(0);
    vec![
        (
            "staging",
            ImportCustomers,
            services.staging(caller, import).await.err(),
        ),
        (
            "chunk",
            ImportCustomers,
            services
                .put_chunk(caller, import, 0, &checksum(&chunk), &chunk)
                .await
                .err(),
        ),
        (
            "totals",
            ImportCustomers,
            services.plan_totals(caller, import).await.err(),
        ),
        (
            "rules",
            ImportCustomers,
            services
                .set_rules(caller, import, file().columns())
                .await
                .err(),
        ),
        (
            "rows",
            ImportCustomers,
            services.plan_rows(caller, import, None, 0, 10).await.err(),
        ),
        (
            "failed",
            ImportCustomers,
            services.failed_rows(caller, import, 0).await.err(),
        ),
        (
            "commit",
            ImportCustomers,
            services.commit_import(caller, import, 0).await.err(),
        ),
        (
            "progress",
            ImportCustomers,
            services.import_progress(caller, import).await.err(),
        ),
        (
            "stop",
            ImportCustomers,
            services.stop_commit(caller, import).await.err(),
        ),
        (
            "cancel",
            ImportCustomers,
            services.cancel_import(caller, import).await.err(),
        ),
        (
            "undo",
            UndoImports,
            services.undo_import(caller, import).await.err(),
        ),
        (
            "detail",
            SeeCustomers,
            match services.import_detail(caller, import).await {
                Ok(Some(_)) => None,
                Ok(None) => Some(ServiceError::NotFound),
                Err(error) => Some(error),
            },
        ),
    ]
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_import_of_another_shop_or_an_open_one_of_a_colleague_is_not_found(pool: PgPool) {
    let (shop, neighbour) = (Shop::open(&pool).await, Shop::open(&pool).await);
    let import = shop.stage(&shop.owner, &file()).await;
    let colleague = shop.colleague(Role::Owner).await;
    for stranger in [&neighbour.owner, &colleague] {
        for (what, _, error) in answers(&shop, stranger, import).await {
            assert!(
                matches!(error, Some(ServiceError::NotFound)),
                "{what}: {error:?}"
            );
        }
    }
    assert_eq!(
        shop.commit(&shop.owner, import)
            .await
            .unwrap()
            .totals
            .unwrap()
            .new,
        1
    );
    assert_eq!(
        neighbour
            .services
            .imports(&neighbour.owner, None)
            .await
            .unwrap()
            .rows,
        []
    );
    assert!(
        shop.services
            .import_summary(&colleague, import)
            .await
            .unwrap()
            .is_some()
    );
    assert!(matches!(
        shop.services.undo_import(&neighbour.owner, import).await,
        Err(ServiceError::NotFound)
    ));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn each_role_may_do_what_the_table_says(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    for role in Role::ALL {
        let caller = shop.colleague(*role).await;
        let begun = shop.services.begin_import(&caller, file().request()).await;
        let may = role.may(Permission::ImportCustomers);
        assert_eq!(
            matches!(begun, Err(ServiceError::Forbidden)),
            !may,
            "{role:?} begins"
        );
        let import = begun.unwrap_or(ImportId::new(uuid::Uuid::now_v7()));
        for (what, permission, error) in answers(&shop, &caller, import).await {
            let refused = matches!(error, Some(ServiceError::Forbidden));
            assert_eq!(refused, !role.may(permission), "{role:?}: {what}");
        }
        for error in [
            shop.services.open_imports(&caller).await.err(),
            shop.services.remembered_mapping(&caller, &[]).await.err(),
        ] {
            assert_eq!(
                matches!(error, Some(ServiceError::Forbidden)),
                !may,
                "{role:?}"
            );
        }
        assert!(shop.services.imports(&caller, None).await.is_ok());
    }
}
