//! Exports: who gets which pages, what changes meanwhile, and what the audit says.

use crate::shop::{Shop, change, set, text};
use chrono::{Duration, NaiveDate};
use domain::{
    attribute::AttributeKind,
    audit::{Action, AuditedColumn, AuditedList},
    consent::{ContactPoint, NewEvent, ProviderMessageId, Source},
    export::{
        EXPORT_PAGE_MAX, ExportChanges, ExportFormat, ExportList, ExportRefusal, ExportRequest,
        ExportSpan,
    },
    ids::{AttributeId, CustomerId},
    mutation::{Change, Intent},
    permission::{Permission, Role},
    phone::E164,
    query::Filter,
    slot::{Field, Slot},
};
use service::ServiceError;
use sqlx::PgPool;
use store::Store;
use uuid::Uuid;

fn request(list: ExportList) -> ExportRequest {
    ExportRequest {
        list,
        columns: vec![Slot::Field(Field::FirstName), Slot::Field(Field::CellPhone)],
        format: ExportFormat::Csv,
    }
}

fn refusal<T>(answer: Result<T, ServiceError>) -> Option<ExportRefusal> {
    match answer.err()? {
        ServiceError::Export(refusal) => Some(refusal),
        _ => None,
    }
}

/// The first names of a list, page by page.
async fn names(shop: &Shop, list: ExportList) -> Vec<String> {
    let services = &shop.services;
    let begun = services
        .begin_export(&shop.owner, request(list))
        .await
        .unwrap();
    let page = services
        .export_page(&shop.owner, begun.id, ExportSpan::default())
        .await
        .unwrap();
    assert_eq!((page.rows.len(), page.next), (begun.rows as usize, None));
    page.rows
        .iter()
        .map(|row| row.values[0].as_ref().unwrap().to_string())
        .collect()
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_list_is_exported_with_the_columns_asked_for_and_written_into_the_audit(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let attribute = shop.add_attribute("Véhicule", AttributeKind::Text).await;
    let ana = shop
        .add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, "4185551234")])
        .await;
    shop.apply(set(
        ana,
        vec![Change {
            slot: Slot::Attribute(attribute),
            from: None,
            to: text("Civic"),
        }],
    ))
    .await;
    let services = &shop.services;
    let wanted = ExportRequest {
        columns: vec![
            Slot::Attribute(attribute),
            Slot::Field(Field::City),
            Slot::Field(Field::CellPhone),
        ],
        ..request(ExportList::All)
    };
    let begun = services.begin_export(&shop.owner, wanted).await.unwrap();
    let page = services
        .export_page(&shop.owner, begun.id, ExportSpan::default())
        .await
        .unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0].customer, ana);
    assert_eq!(page.rows[0].rev, shop.customer(ana).await.rev);
    assert_eq!(
        page.rows[0].values,
        [text("Civic"), None, text("+14185551234")]
    );

    let audit = services.audit(&shop.owner, None).await.unwrap().rows;
    assert_eq!(audit.len(), 1);
    assert_eq!(audit[0].by, shop.owner.name);
    assert_eq!(
        audit[0].action,
        Action::Exported {
            list: AuditedList::All,
            format: ExportFormat::Csv,
            rows: 1,
            columns: vec![
                AuditedColumn::Attribute("Véhicule".to_owned()),
                AuditedColumn::Field("city".to_owned()),
                AuditedColumn::Field("cell_phone".to_owned()),
            ],
        }
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn lists_leave_out_whom_they_should(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.add_customer(&[(Field::FirstName, "Ana"), (Field::CellPhone, "4185550001")])
        .await;
    shop.add_customer(&[(Field::FirstName, "Bea")]).await;
    shop.add_customer(&[(Field::FirstName, "Cleo"), (Field::CellPhone, "4185550003")])
        .await;
    let (all, without) = (ExportList::All, ExportList::WithoutCellPhone);
    assert_eq!(names(&shop, all).await, ["Ana", "Bea", "Cleo"]);
    assert_eq!(names(&shop, without).await, ["Bea"]);
    let shown = |text: &str, filter| ExportList::Shown {
        text: text.to_owned(),
        filter,
    };
    assert_eq!(names(&shop, shown("cle", Filter::All)).await, ["Cleo"]);
    assert_eq!(
        names(&shop, shown("", Filter::WithCellPhone)).await,
        ["Ana", "Cleo"]
    );
    let nobody = shop
        .services
        .begin_export(&shop.owner, request(shown("nobody", Filter::All)))
        .await;
    assert_eq!(refusal(nobody), Some(ExportRefusal::Nobody));
    assert_eq!(
        shop.services
            .audit(&shop.owner, None)
            .await
            .unwrap()
            .rows
            .len(),
        4,
        "what is refused is no export"
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn unsubscribed_customers_are_found_by_the_day_in_the_shops_time_zone(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    // Just before midnight in Toronto, and after it in UTC.
    for (name, phone, at) in [
        ("Ana", "4185550001", "2026-03-02T04:30:00Z"),
        ("Bea", "4185550002", "2026-03-02T05:30:00Z"),
    ] {
        shop.add_customer(&[(Field::FirstName, name), (Field::CellPhone, phone)])
            .await;
        let at = at.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        let point = ContactPoint::sms(E164::new(&format!("+1{phone}")).unwrap());
        let source = Source::Message {
            message: ProviderMessageId::delivered(&format!("SM-{name}")).unwrap(),
        };
        let mut tx = Store::new(pool.clone())
            .write(shop.owner.account)
            .await
            .unwrap();
        let stop = NewEvent::opt_out(point, source, at);
        store::consent::record(&mut tx, vec![stop], at)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    shop.add_customer(&[(Field::FirstName, "Cleo"), (Field::CellPhone, "4185550003")])
        .await;
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day);
    let between = |since, until| ExportList::Unsubscribed { since, until };
    assert_eq!(names(&shop, between(None, None)).await, ["Ana", "Bea"]);
    assert_eq!(names(&shop, between(day(1), day(1))).await, ["Ana"]);
    assert_eq!(names(&shop, between(day(2), None)).await, ["Bea"]);
    assert_eq!(names(&shop, between(None, day(1))).await, ["Ana"]);
    let upside_down = request(between(day(2), day(1)));
    let refused = shop.services.begin_export(&shop.owner, upside_down).await;
    assert_eq!(refusal(refused), Some(ExportRefusal::Days));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_changes_while_pages_are_read_can_be_asked_for_afterwards(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.add_customer(&[(Field::FirstName, "Ana")]).await;
    let bea = shop.add_customer(&[(Field::FirstName, "Bea")]).await;
    let cleo = shop.add_customer(&[(Field::FirstName, "Cleo")]).await;
    let dora = shop.add_customer(&[(Field::FirstName, "Dora")]).await;
    let services = &shop.services;
    let begun = services
        .begin_export(&shop.owner, request(ExportList::WithoutCellPhone))
        .await
        .unwrap();
    let page = services
        .export_page(&shop.owner, begun.id, ExportSpan::default())
        .await
        .unwrap();
    assert_eq!(
        services
            .export_changes(&shop.owner, begun.id, page.rev)
            .await
            .unwrap(),
        ExportChanges::Few {
            rows: vec![],
            gone: vec![]
        }
    );

    shop.apply(set(ana, vec![change(Field::FirstName, "Ana", "Anna")]))
        .await;
    shop.apply(set(bea, vec![change(Field::CellPhone, "", "4185550002")]))
        .await;
    shop.apply(Intent::DeleteCustomer {
        customer: cleo,
        seen_rev: shop.customer(cleo).await.rev,
    })
    .await;
    let eva = shop.add_customer(&[(Field::FirstName, "Eva")]).await;
    let changes = services
        .export_changes(&shop.owner, begun.id, page.rev)
        .await
        .unwrap();
    let ExportChanges::Few { mut rows, mut gone } = changes else {
        panic!("not that many changed")
    };
    rows.sort_by_key(|row| row.customer);
    gone.sort();
    let names: Vec<_> = rows
        .iter()
        .map(|row| (row.customer, row.values[0].clone()))
        .collect();
    assert_eq!(names, [(ana, text("Anna")), (eva, text("Eva"))]);
    assert_eq!(gone, [bea, cleo]);
    assert!(!gone.contains(&dora));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_page_ends_where_the_next_begins(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let rows = i32::from(EXPORT_PAGE_MAX) + 3;
    sqlx::query(
        "with rev as (select set_config('app.rev', '1', true))
         insert into customer (account_id, customer_id, first_name, created_at, updated_at, last_activity_at, created_rev, rev)
         select $1, lpad(to_hex(n), 32, '0')::uuid, n::text, now(), now(), now(), 0, 0
         from rev, generate_series(1, $2) n",
    )
    .bind(shop.owner.account.uuid())
    .bind(rows)
    .execute(&pool)
    .await
    .unwrap();
    let services = &shop.services;
    let begun = services
        .begin_export(&shop.owner, request(ExportList::All))
        .await
        .unwrap();
    let number = |n| CustomerId::new(Uuid::from_u128(n));
    assert_eq!(begun.cuts, [number(EXPORT_PAGE_MAX.into())]);
    let mut seen = Vec::<CustomerId>::new();
    for span in begun.spans() {
        let page = services
            .export_page(&shop.owner, begun.id, span)
            .await
            .unwrap();
        seen.extend(page.rows.iter().map(|row| row.customer));
        assert_eq!(page.next, None);
    }
    let expected: Vec<CustomerId> = (1..=u128::from(EXPORT_PAGE_MAX) + 3).map(number).collect();
    assert_eq!(seen, expected);
    // A span in which there are more than a page has another page behind its first.
    let whole = services
        .export_page(&shop.owner, begun.id, ExportSpan::default())
        .await
        .unwrap();
    let rest = ExportSpan {
        after: whole.next,
        until: None,
    };
    let rest = services
        .export_page(&shop.owner, begun.id, rest)
        .await
        .unwrap();
    let both: Vec<CustomerId> = [whole.rows, rest.rows]
        .iter()
        .flatten()
        .map(|row| row.customer)
        .collect();
    assert_eq!((both, rest.next), (expected, None));
    assert_eq!(
        services
            .export_changes(&shop.owner, begun.id, 0)
            .await
            .unwrap(),
        ExportChanges::Many
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nobody_gets_pages_of_what_another_asked_for_or_may_not_see(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.add_customer(&[(Field::FirstName, "Ana")]).await;
    let services = &shop.services;
    let begun = services
        .begin_export(&shop.owner, request(ExportList::All))
        .await
        .unwrap();
    for role in Role::ALL {
        let caller = shop.hire(*role, &format!("new-{}", role.key())).await;
        let own = services
            .begin_export(&caller, request(ExportList::All))
            .await;
        let may = role.may(Permission::ExportCustomers);
        assert_eq!(
            matches!(own, Err(ServiceError::Forbidden)),
            !may,
            "{role:?}"
        );
        assert_eq!(
            services
                .count_export(&caller, ExportList::All)
                .await
                .is_ok(),
            may
        );
        assert_eq!(
            services.audit(&caller, None).await.is_ok(),
            role.may(Permission::SeeAudit)
        );
        for answer in [
            services
                .export_page(&caller, begun.id, ExportSpan::default())
                .await
                .err(),
            services.export_changes(&caller, begun.id, 0).await.err(),
        ] {
            assert!(
                matches!(
                    answer,
                    Some(ServiceError::NotFound | ServiceError::Forbidden)
                ),
                "{role:?}: {answer:?}"
            );
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_was_searched_for_is_forgotten_after_a_day(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.add_customer(&[(Field::FirstName, "Ana")]).await;
    let list = ExportList::Shown {
        text: "ana".to_owned(),
        filter: Filter::All,
    };
    let services = &shop.services;
    let begun = services
        .begin_export(&shop.owner, request(list))
        .await
        .unwrap();
    assert_eq!(services.sweep_exports().await.unwrap(), 0);
    shop.clock.advance(Duration::hours(25));
    let late = services
        .export_page(&shop.owner, begun.id, ExportSpan::default())
        .await;
    assert_eq!(refusal(late), Some(ExportRefusal::Over));
    assert_eq!(services.sweep_exports().await.unwrap(), 1);
    let kept: String = sqlx::query_scalar("select coalesce(string_agg(export::text || audit_entry::text, ''), '') from export, audit_entry")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(!kept.is_empty() && !kept.contains("ana"), "{kept}");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn columns_that_are_not_there_are_refused(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.add_customer(&[(Field::FirstName, "Ana")]).await;
    let name = Slot::Field(Field::FirstName);
    for (columns, why) in [
        (vec![], ExportRefusal::Columns),
        (vec![name, name], ExportRefusal::Columns),
        (
            vec![Slot::Attribute(AttributeId::new(Uuid::nil()))],
            ExportRefusal::UnknownAttribute,
        ),
    ] {
        let wanted = ExportRequest {
            columns,
            ..request(ExportList::All)
        };
        let refused = shop.services.begin_export(&shop.owner, wanted).await;
        assert_eq!(refusal(refused), Some(why));
    }
}
