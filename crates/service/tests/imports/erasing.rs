//! Nothing of a customer who was deleted stays in what imports keep.

use crate::{
    shop::{File, Shop, phone},
    traces::traces,
};
use chrono::TimeDelta;
use domain::{
    ids::MutationId,
    mutation::{Intent, Mutation, Push, Status},
    slot::Field,
};
use sqlx::PgPool;
use uuid::Uuid;

const COLUMNS: &[Field] = &[Field::Reference, Field::FirstName, Field::CellPhone];
const MARKER: &str = "Zzmarker";

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_deleted_customer_stands_neither_in_failed_rows_nor_in_wishes_not_to_be_contacted(
    pool: PgPool,
) {
    let shop = Shop::open(&pool).await;
    let first = File::new(COLUMNS)
        .named("first.csv")
        .row(&["A", MARKER, &phone(77)])
        .row(&["A", "Zzmarker too", ""]);
    shop.import(&first).await;
    let second = File::new(COLUMNS)
        .named("second.csv")
        .unsubscribed(&["X", "Zzmarker II", &phone(77)])
        .row(&["Y", "Yann", &phone(78)]);
    shop.import(&second).await;
    assert_eq!(
        traces(&pool, &[MARKER, &phone(77)]).await,
        ["customer", "import_failed_row"],
        "the ledger holds no number"
    );

    let (customer, _) = shop.named(MARKER).await;
    let seen_rev = i64::MAX.unsigned_abs();
    let push = Push {
        account: shop.owner.account,
        mutations: vec![Mutation {
            id: MutationId::new(Uuid::now_v7()),
            intent: Intent::DeleteCustomer { customer, seen_rev },
        }],
    };
    let reply = shop.services.push(&shop.owner, push).await.unwrap();
    assert_eq!(reply.outcomes[0].status, Status::Applied);
    assert_eq!(
        traces(&pool, &[MARKER, &phone(77)]).await,
        Vec::<String>::new()
    );
    assert_eq!(shop.count("import_failed_row").await, 2);
    let still_known: bool = sqlx::query_scalar(
        "select exists (
             select from consent_state s join account a using (account_id)
             where s.contact_key = keyed_hash(a.erasure_key, $1) and s.status = 'unsubscribed'
         )",
    )
    .bind(phone(77))
    .fetch_one(&pool)
    .await
    .unwrap();
    assert!(still_known, "the wish itself outlives the customer");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn failed_rows_are_kept_for_ninety_days(pool: PgPool) {
    let (shop, neighbour) = (Shop::open(&pool).await, Shop::open(&pool).await);
    let file = File::new(COLUMNS)
        .row(&["A", "Ana", ""])
        .failed(&["B", "Bea", "?"], vec![]);
    shop.import(&file).await;
    shop.pass(TimeDelta::days(60));
    shop.import(&file.clone().named("later.csv")).await;
    neighbour.import(&file).await;
    shop.pass(TimeDelta::days(31));
    assert_eq!(shop.services.sweep_failed_rows().await.unwrap(), 2);
    assert_eq!(shop.count("import_failed_row").await, 1);
    assert_eq!(neighbour.count("import_failed_row").await, 0);
}
