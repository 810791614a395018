//! What arrives before anything is written.

use crate::shop::{File, Shop, checksum, deflated, packed, phone};
use chrono::TimeDelta;
use domain::{
    import::{
        chunk::{CHUNK_BYTES_MAX, Chunk, RowContent, SkipReason},
        refusal::ImportRefusal,
        report::ImportState,
    },
    slot::Field,
    value::Value,
};
use service::{Conflict, ServiceError};
use sqlx::PgPool;

fn file() -> File {
    File::new(&[Field::Reference, Field::FirstName])
        .row(&["1", "Ana"])
        .row(&["2", "Bea"])
        .row(&["3", "Cleo"])
        .row(&["4", "Dora"])
        .row(&["5", "Eva"])
}

fn refusal<T: std::fmt::Debug>(result: Result<T, ServiceError>) -> ImportRefusal {
    match result {
        Err(ServiceError::Import(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn is_over<T>(result: &Result<T, ServiceError>) -> bool {
    matches!(result, Err(ServiceError::Conflict(Conflict::ImportNotOpen)))
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn chunks_arrive_in_any_order_and_more_than_once(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (file, owner) = (file(), &shop.owner);
    let import = shop
        .services
        .begin_import(owner, file.request())
        .await
        .unwrap();
    let chunks = file.chunks();
    for number in [2, 0, 2] {
        let body = &chunks[number as usize];
        shop.services
            .put_chunk(owner, import, number, &checksum(body), body)
            .await
            .unwrap();
    }
    let staging = shop.services.staging(owner, import).await.unwrap();
    assert_eq!((staging.missing, staging.totals), (vec![1], None));
    assert_eq!(
        refusal(shop.commit(owner, import).await),
        ImportRefusal::Incomplete
    );
    assert_eq!(shop.count("customer").await, 0);

    shop.services
        .put_chunk(owner, import, 1, &checksum(&chunks[1]), &chunks[1])
        .await
        .unwrap();
    let staging = shop.services.staging(owner, import).await.unwrap();
    assert_eq!(staging.totals.unwrap().new, 5);
    assert_eq!(staging.corrections, "by hand");
    assert_eq!(
        shop.commit(owner, import)
            .await
            .unwrap()
            .totals
            .unwrap()
            .new,
        5
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn damaged_and_hostile_chunks_are_refused_and_leave_nothing(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (file, owner) = (file(), &shop.owner);
    let import = shop
        .services
        .begin_import(owner, file.request())
        .await
        .unwrap();
    let good = file.chunks().remove(0);
    let put = async |number: u32, body: Vec<u8>| {
        refusal(
            shop.services
                .put_chunk(owner, import, number, &checksum(&body), &body)
                .await,
        )
    };
    let chunk = |rows: Vec<_>| packed(&Chunk { number: 0, rows });
    let values = |values| RowContent::Values {
        values,
        unsubscribe: false,
        version: None,
    };
    let at = |line, content| domain::import::chunk::StagedRow { line, content };

    let damaged = shop
        .services
        .put_chunk(owner, import, 0, &checksum(b"other"), &good)
        .await;
    assert_eq!(refusal(damaged), ImportRefusal::DamagedChunk);
    assert_eq!(put(1, good.clone()).await, ImportRefusal::UnreadableChunk);
    assert_eq!(put(3, good.clone()).await, ImportRefusal::Inconsistent);
    assert_eq!(
        put(0, b"no chunk".to_vec()).await,
        ImportRefusal::UnreadableChunk
    );
    assert_eq!(
        put(0, good[..good.len() - 1].to_vec()).await,
        ImportRefusal::UnreadableChunk
    );
    assert_eq!(put(0, chunk(vec![])).await, ImportRefusal::UnreadableChunk);
    assert_eq!(
        put(0, deflated(&vec![0; CHUNK_BYTES_MAX + 1])).await,
        ImportRefusal::ChunkTooLarge
    );
    let number = values(vec![None, Some(Value::Number("1".parse().unwrap()))]);
    assert_eq!(
        put(0, chunk(vec![at(2, number)])).await,
        ImportRefusal::InvalidRow { line: 2 }
    );
    let short = values(vec![None]);
    assert_eq!(
        put(0, chunk(vec![at(7, short)])).await,
        ImportRefusal::InvalidRow { line: 7 }
    );
    let skipped = || RowContent::Skipped(SkipReason::ByPerson);
    assert_eq!(
        put(0, chunk(vec![at(3, skipped()), at(3, skipped())])).await,
        ImportRefusal::LinesOutOfOrder
    );
    assert_eq!(
        put(0, chunk(vec![at(0, skipped())])).await,
        ImportRefusal::LinesOutOfOrder
    );
    assert!(shop.staging_is_empty().await);

    shop.services
        .put_chunk(owner, import, 0, &checksum(&good), &good)
        .await
        .unwrap();
    let other = chunk(vec![at(2, skipped()), at(3, skipped())]);
    assert_eq!(put(0, other).await, ImportRefusal::OtherChunk);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn lines_that_two_chunks_share_are_noticed_before_anything_is_written(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut file = file();
    file.chunk_rows = 3;
    file.rows[3].line = 4;
    // The second chunk begins on the line that the first one ends with, with a row of another kind.
    file.rows[3].content = RowContent::Skipped(SkipReason::ByPerson);
    let import = shop.stage(&shop.owner, &file).await;
    assert_eq!(
        refusal(shop.services.plan_totals(&shop.owner, import).await),
        ImportRefusal::LinesOutOfOrder
    );
    assert_eq!(
        refusal(shop.commit(&shop.owner, import).await),
        ImportRefusal::LinesOutOfOrder
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn text_that_the_database_cannot_keep_is_cleaned(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut file = file().failed(&["6\0", "F\0ay"], vec![]);
    file.name = "cust\0omers.csv".to_owned();
    file.headers[0] = "Re\0f".to_owned();
    let summary = shop.import(&file).await;
    assert_eq!(summary.file_name, "customers.csv");
    let (headers, failed) = shop
        .services
        .failed_rows(&shop.owner, summary.id, 0)
        .await
        .unwrap();
    assert_eq!(
        (headers[0].as_str(), failed.rows[0].cells[1].as_str()),
        ("Ref", "Fay")
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_file_begun_again_resumes_and_with_another_mapping_starts_afresh(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (file, owner) = (file(), &shop.owner);
    let import = shop.stage(owner, &file).await;
    let again = shop
        .services
        .begin_import(owner, file.request())
        .await
        .unwrap();
    assert_eq!(again, import);
    assert_eq!(shop.count("import_row").await, 5);

    let mut other = file.clone();
    other.columns[1] = (
        domain::slot::Slot::Field(Field::LastName),
        Field::LastName.kind(),
        other.columns[1].2,
    );
    let again = shop
        .services
        .begin_import(owner, other.request())
        .await
        .unwrap();
    assert_ne!(again, import);
    assert_eq!(
        shop.services.staging(owner, again).await.unwrap().missing,
        vec![0, 1, 2]
    );
    assert!(shop.staging_is_empty().await);
    let chunk = file.chunks().remove(0);
    let late = shop
        .services
        .put_chunk(owner, import, 0, &checksum(&chunk), &chunk)
        .await;
    assert!(
        matches!(late, Err(ServiceError::NotFound)),
        "a tab that still sends for the request before mixes nothing in"
    );
    assert_eq!(shop.services.open_imports(owner).await.unwrap().len(), 1);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn two_windows_that_begin_at_once_stage_one_import(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let begin = || shop.services.begin_import(&shop.owner, file().request());
    let (one, other) = tokio::join!(begin(), begin());
    assert_eq!(one.unwrap(), other.unwrap());
    assert_eq!(shop.count("import").await, 1);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_cancelled_import_leaves_its_name_in_the_history_and_nothing_else(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let file = file()
        .failed(&["6", "Fay"], vec![])
        .skipped(SkipReason::ByPerson);
    let import = shop.stage(&shop.owner, &file).await;
    shop.services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    for _ in 0..2 {
        shop.services
            .cancel_import(&shop.owner, import)
            .await
            .unwrap();
    }
    assert!(shop.staging_is_empty().await);
    assert_eq!(shop.count("import_failed_row").await, 0);
    let page = shop.services.imports(&shop.owner, None).await.unwrap();
    assert_eq!(page.rows[0].state, ImportState::Cancelled);
    let chunk = file.chunks().remove(0);
    let late = shop
        .services
        .put_chunk(&shop.owner, import, 0, &checksum(&chunk), &chunk)
        .await;
    assert!(is_over(&late));
    assert!(is_over(&shop.commit(&shop.owner, import).await));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn imports_that_nobody_ends_are_swept_after_a_week(pool: PgPool) {
    let (shop, neighbour) = (Shop::open(&pool).await, Shop::open(&pool).await);
    let old = shop.stage(&shop.owner, &file()).await;
    shop.pass(TimeDelta::days(6));
    let young = shop.stage(&shop.owner, &file().named("later.csv")).await;
    neighbour.stage(&neighbour.owner, &file()).await;
    assert_eq!(shop.services.sweep_imports().await.unwrap(), 0);
    shop.pass(TimeDelta::days(2));
    assert_eq!(shop.services.sweep_imports().await.unwrap(), 2);
    let open = shop.services.open_imports(&shop.owner).await.unwrap();
    assert_eq!(
        open.iter().map(|open| open.summary.id).collect::<Vec<_>>(),
        [young]
    );
    assert_eq!(shop.count("import_row").await, 5);
    assert!(neighbour.staging_is_empty().await);
    assert!(is_over(&shop.commit(&shop.owner, old).await));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_request_beyond_the_limits_is_refused_with_its_reason(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let begin = async |change: fn(&mut domain::import::chunk::ImportPlanRequest)| {
        let mut request = file().request();
        change(&mut request);
        refusal(shop.services.begin_import(&shop.owner, request).await)
    };
    assert_eq!(begin(|r| r.rows = 1_048_577).await, ImportRefusal::Rows);
    assert_eq!(begin(|r| r.rows = 0).await, ImportRefusal::Rows);
    assert_eq!(
        begin(|r| r.file_bytes = (200 << 20) + 1).await,
        ImportRefusal::FileTooLarge
    );
    assert_eq!(
        begin(|r| r.headers = vec![String::new(); 501]).await,
        ImportRefusal::Columns
    );
    assert_eq!(
        begin(|r| r.columns.clear()).await,
        ImportRefusal::NothingMapped
    );
    assert_eq!(
        begin(|r| r.columns.push(r.columns[0])).await,
        ImportRefusal::SlotTwice
    );
    assert_eq!(
        begin(|r| r.columns[0].source = 2).await,
        ImportRefusal::Inconsistent
    );
    assert_eq!(
        begin(|r| r.file_sha256.truncate(63)).await,
        ImportRefusal::Inconsistent
    );
    assert_eq!(begin(|r| r.chunks = 0).await, ImportRefusal::Inconsistent);
    let unknown = file().attribute(
        crate::shop::attribute_id(),
        domain::attribute::AttributeKind::Text,
    );
    let unknown = shop
        .services
        .begin_import(&shop.owner, unknown.request())
        .await;
    assert_eq!(refusal(unknown), ImportRefusal::UnknownAttribute);
    assert_eq!(shop.count("import").await, 0);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_row_without_any_value_is_skipped_and_a_blank_phone_unsubscribes_nobody(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let file = File::new(&[Field::CellPhone])
        .row(&[""])
        .unsubscribed(&[""])
        .row(&[&phone(1)]);
    let totals = shop.import(&file).await.totals.unwrap();
    assert_eq!((totals.new, totals.skipped), (1, 2));
    assert_eq!(shop.count("consent_event").await, 0);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_is_staged_stays_within_its_limits(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut file = file().failed(&["6", &"é".repeat(40_000)], vec![]);
    file.headers[1] = "Name ".repeat(100);
    shop.import(&file).await;
    let (headers, rows) = shop
        .services
        .failed_rows(
            &shop.owner,
            shop.services.imports(&shop.owner, None).await.unwrap().rows[0].id,
            0,
        )
        .await
        .unwrap();
    assert_eq!(headers[1].chars().count(), 255);
    assert_eq!(rows.rows[0].cells[1].chars().count(), 32_767);

    let mut request = file.clone().named("short.csv").request();
    (request.rows, request.chunks) = (3, 3);
    let import = shop
        .services
        .begin_import(&shop.owner, request)
        .await
        .unwrap();
    let put = async |number: u32| {
        let body = &file.chunks()[number as usize];
        shop.services
            .put_chunk(&shop.owner, import, number, &checksum(body), body)
            .await
    };
    put(0).await.unwrap();
    assert_eq!(refusal(put(1).await), ImportRefusal::Inconsistent);
    assert_eq!(shop.count("import_row").await, 2);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_person_has_twenty_imports_open_at_most(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let begin = async |number: u32| {
        let request = file().named(&format!("{number}.csv")).request();
        shop.services.begin_import(&shop.owner, request).await
    };
    for number in 0..20 {
        begin(number).await.unwrap();
    }
    assert_eq!(
        refusal(begin(20).await),
        ImportRefusal::TooManyOpen { max: 20 }
    );
    begin(3).await.unwrap();
    let open = shop.services.open_imports(&shop.owner).await.unwrap();
    assert_eq!(open.len(), 20);
}
