//! Import: everything or nothing.

use crate::shop::{File, Shop, attribute_id, phone, text};
use domain::{
    attribute::AttributeKind,
    history::{HistoryEvent, Source},
    ids::AttributeId,
    import::{
        chunk::{CellProblem, CellReason, SkipReason},
        merge::MergeRule,
        refusal::ImportRefusal,
        report::ImportState,
    },
    permission::Role,
    slot::{Field, Slot},
    value::Value,
};
use service::{Conflict, ServiceError};
use sqlx::PgPool;

const COLUMNS: &[Field] = &[Field::Reference, Field::FirstName, Field::CellPhone];

fn file() -> File {
    File::new(COLUMNS)
        .row(&["A", "Ana", &phone(1)])
        .row(&["B", "Bea", ""])
        .row(&["", "Cleo", &phone(3)])
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn every_field_and_every_kind_of_attribute_arrives_as_it_is_in_the_file(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let cells = [
        "007",
        "Zoë",
        "O'Neil",
        "Garage \"Nord\"",
        "+15144460001",
        "+15144460002, +15144460003",
        "zoe@example.com",
        "1 rue Émile",
        "Montréal",
        "QC",
        "H2X 1Y4",
        "CA",
        "1980-02-29",
        "fr",
        "one\ntwo",
        "long\ntext",
        "a, b",
        "2024-12-31",
        "-12.50",
    ];
    let mut file = File::new(Field::ALL);
    let kinds = [
        AttributeKind::Text,
        AttributeKind::Texts,
        AttributeKind::Date,
        AttributeKind::Number,
    ];
    for (number, kind) in (0..).zip(kinds) {
        file = file.new_attribute(attribute_id(), &format!("Attribute {number}"), kind);
    }
    let file = file.row(&cells);
    let summary = shop.import(&file).await;
    assert_eq!(summary.totals.unwrap().new, 1);
    let (customer, values) = shop.named("Zoë").await;
    let values: Vec<String> = file
        .columns
        .iter()
        .map(|(slot, ..)| {
            values
                .get(*slot)
                .map(ToString::to_string)
                .unwrap_or_default()
        })
        .collect();
    assert_eq!(values[..18], cells[..18]);
    assert_eq!(values[18], "-12.5");

    let page = shop
        .services
        .history(&shop.owner, customer, None)
        .await
        .unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0].event, HistoryEvent::Created);
    let source = Source::Import {
        import: summary.id,
        file_name: "customers.csv".to_owned(),
        line: 2,
    };
    assert_eq!(page.rows[0].source, source);
    assert!(shop.staging_is_empty().await);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_same_file_twice_changes_nothing(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.import(&file()).await;
    let before = shop.rows().await;
    let import = shop.stage(&shop.owner, &file()).await;
    let staging = shop.services.staging(&shop.owner, import).await.unwrap();
    assert!(staging.same_file_before.is_some());
    let totals = shop
        .commit(&shop.owner, import)
        .await
        .unwrap()
        .totals
        .unwrap();
    assert_eq!((totals.rows, totals.same), (3, 3));
    assert_eq!(shop.rows().await, before);
    assert_eq!(shop.count("customer_history").await, 0);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_change_is_in_the_history_with_the_value_before(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.import(&file()).await;
    let second = File::new(COLUMNS)
        .rule(MergeRule::Replace)
        .named("second.csv")
        .row(&["b", "Béa", &phone(2)]);
    let summary = shop.import(&second).await;
    let (customer, values) = shop.named("Béa").await;
    assert_eq!(values.text(Field::CellPhone), phone(2));
    let page = shop
        .services
        .history(&shop.owner, customer, None)
        .await
        .unwrap();
    let source = Source::Import {
        import: summary.id,
        file_name: "second.csv".to_owned(),
        line: 2,
    };
    assert!(page.rows[..3].iter().all(|entry| entry.source == source));
    let name = HistoryEvent::Changed {
        slot: Slot::Field(Field::FirstName),
        from: text("Bea"),
        to: text("Béa"),
    };
    assert!(page.rows.iter().any(|entry| entry.event == name));
    assert_eq!(page.rows[0].by.as_deref(), Some(shop.owner.name.as_str()));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn failed_rows_and_conflicts_are_kept_in_the_columns_they_came_from(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.import(&file()).await;
    let problem = CellProblem {
        column: 2,
        reason: CellReason::Invalid(domain::error::Invalid::NotAPhone),
    };
    let second = File::new(COLUMNS)
        .named("second.csv")
        .failed(&["F", "Fay", "123"], vec![problem])
        .skipped(SkipReason::ByPerson)
        .row(&["X", "Xenia", &phone(1)])
        .row(&["N", "Nora", ""])
        .row(&["n", "Nora again", ""]);
    let summary = shop.import(&second).await;
    let totals = summary.totals.unwrap();
    assert_eq!(
        (totals.rows, totals.new, totals.skipped, totals.failed),
        (5, 1, 1, 3)
    );
    let (headers, failed) = shop
        .services
        .failed_rows(&shop.owner, summary.id, 0)
        .await
        .unwrap();
    assert_eq!(headers, ["reference", "first_name", "cell_phone"]);
    let failed: Vec<_> = failed
        .rows
        .iter()
        .map(|row| {
            (
                row.line,
                row.cells.join("|"),
                row.reasons
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("|"),
            )
        })
        .collect();
    let expected = [
        (
            2,
            "F|Fay|123".to_owned(),
            "not a valid phone number".to_owned(),
        ),
        (
            4,
            format!("X|Xenia|{}", phone(1)),
            "the phone number belongs to another customer".to_owned(),
        ),
        (
            6,
            "n|Nora again|".to_owned(),
            "line 5 comes before and is about the same reference, phone number or customer"
                .to_owned(),
        ),
    ];
    assert_eq!(failed, expected);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn two_people_who_import_the_same_customers_at_once_make_no_duplicates(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let colleague = shop.colleague(Role::Advisor).await;
    let mine = shop.stage(&shop.owner, &file()).await;
    let theirs = shop.stage(&colleague, &file()).await;
    for (caller, import) in [(&shop.owner, mine), (&colleague, theirs)] {
        assert_eq!(
            shop.services.plan_totals(caller, import).await.unwrap().new,
            3
        );
    }
    let (one, other) = tokio::join!(
        shop.commit(&shop.owner, mine),
        shop.commit(&colleague, theirs)
    );
    let is_stale = |result: &Result<_, _>| {
        matches!(result, Err(ServiceError::Conflict(Conflict::PlanChanged)))
    };
    let one = if is_stale(&one) {
        shop.commit(&shop.owner, mine).await
    } else {
        one
    };
    let other = if is_stale(&other) {
        shop.commit(&colleague, theirs).await
    } else {
        other
    };
    let totals = [one, other].map(|summary| summary.unwrap().totals.unwrap());
    assert_eq!(totals.iter().map(|totals| totals.new).sum::<u32>(), 3);
    assert_eq!(totals.iter().map(|totals| totals.same).sum::<u32>(), 3);
    assert_eq!(shop.count("customer").await, 3);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_commit_asked_for_twice_is_done_once(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let import = shop.stage(&shop.owner, &file()).await;
    let commit = || shop.commit(&shop.owner, import);
    let (one, other) = tokio::join!(commit(), commit());
    let again = commit().await.unwrap();
    assert_eq!((one.unwrap(), other.unwrap()), (again.clone(), again));
    assert_eq!(shop.count("customer").await, 3);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_database_that_dies_in_the_middle_of_a_commit_leaves_nothing_half_written(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.import(&file()).await;
    let before = shop.rows().await;
    let second = File::new(COLUMNS)
        .rule(MergeRule::Replace)
        .named("second.csv")
        .new_attribute(attribute_id(), "Tags", AttributeKind::Text)
        .row(&["A", "Anna", "", "x"])
        .row(&["N", "Nora", "", "y"]);
    let import = shop.stage(&shop.owner, &second).await;
    shop.services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    // The last statement of a commit ends the very connection that carries it.
    sqlx::raw_sql(
        "create function die() returns trigger language plpgsql security definer as
             $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
         create trigger die before update on import for each row when (new.state = 'committed') execute function die()",
    )
    .execute(&pool)
    .await
    .unwrap();
    let died = shop.commit(&shop.owner, import).await;
    assert!(matches!(died, Err(ServiceError::Store(_))), "{died:?}");
    sqlx::raw_sql("drop trigger die on import")
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(shop.rows().await, before);
    assert_eq!(
        (
            shop.count("attribute").await,
            shop.count("customer_history").await
        ),
        (0, 0)
    );

    let summary = shop.commit(&shop.owner, import).await.unwrap();
    assert_eq!(
        (summary.state, summary.totals.unwrap().new),
        (ImportState::Committed, 1)
    );
    assert_eq!(shop.named("Anna").await.1.iter().count(), 4);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_attribute_made_meanwhile_is_used_if_it_is_of_the_same_kind(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (first, second) = (attribute_id(), attribute_id());
    let with = |id, name: &str, kind| {
        File::new(&[Field::FirstName])
            .named(name)
            .new_attribute(id, name, kind)
            .row(&["Ana", "5"])
    };
    let late = with(second, "BALANCÉ", AttributeKind::Number);
    let import = shop.stage(&shop.owner, &late).await;
    shop.services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    shop.import(&with(first, "Balance", AttributeKind::Number))
        .await;
    shop.commit(&shop.owner, import).await.unwrap();
    assert_eq!(
        shop.services.attributes(&shop.owner).await.unwrap().len(),
        1
    );
    let five = Some(Value::Number("5".parse().unwrap()));
    for (_, values) in shop.customers().await {
        assert_eq!(values.get(Slot::Attribute(first)).cloned(), five);
    }

    let other_kind = with(attribute_id(), "balance", AttributeKind::Text);
    let refused = shop
        .services
        .begin_import(&shop.owner, other_kind.request())
        .await;
    let expected = ImportRefusal::AttributeOfAnotherKind("Balance".to_owned());
    assert!(matches!(refused, Err(ServiceError::Import(refusal)) if refusal == expected));
    let twice = with(attribute_id(), "balance", AttributeKind::Number)
        .attribute(first, AttributeKind::Number);
    let refused = shop
        .services
        .begin_import(&shop.owner, twice.request())
        .await;
    let expected = ImportRefusal::AttributeTwice("Balance".to_owned());
    assert!(matches!(refused, Err(ServiceError::Import(refusal)) if refusal == expected));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn wishes_not_to_be_contacted_are_kept_for_ever(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.import(&file()).await;
    let list = File::new(COLUMNS)
        .named("do-not-contact.csv")
        .unsubscribed(&["A", "", ""])
        .unsubscribed(&["", "", &phone(9)])
        .unsubscribed(&["X", "Xenia", &phone(3)])
        .unsubscribed(&["Y", "Yann", &phone(1)])
        .row(&["B", "", ""]);
    let import = shop.stage(&shop.owner, &list).await;
    let plan = shop
        .services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    assert_eq!((plan.conflicts, plan.unsubscribes), (1, 3));
    shop.commit(&shop.owner, import).await.unwrap();
    shop.services
        .undo_import(&shop.owner, import)
        .await
        .unwrap();
    for (number, wished) in [(1, true), (2, false), (3, true), (9, true)] {
        let known: bool = sqlx::query_scalar(
            "select exists (
                 select from consent_state s join account a using (account_id)
                 where s.contact_key = keyed_hash(a.erasure_key, $1) and s.status = 'unsubscribed'
             )",
        )
        .bind(phone(number))
        .fetch_one(&pool)
        .await
        .unwrap();
        assert_eq!(known, wished, "{number}");
    }
    let ledger = shop.count("consent_event").await;
    assert_eq!(ledger, 3);

    let again = shop
        .stage(&shop.owner, &list.clone().named("again.csv"))
        .await;
    shop.commit(&shop.owner, again).await.unwrap();
    assert_eq!(
        shop.count("consent_event").await,
        ledger,
        "a list that repeats itself is no news"
    );
    for sql in [
        "delete from consent_event",
        "update consent_event set kind = 'start'",
        "truncate consent_event",
        "delete from consent_state",
    ] {
        for role in ["set local role regulars_app", ""] {
            let mut tx = pool.begin().await.unwrap();
            sqlx::raw_sql(role).execute(&mut *tx).await.unwrap();
            assert!(sqlx::query(sql).execute(&mut *tx).await.is_err(), "{sql}");
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_mapping_is_remembered_for_files_with_such_headers(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let headers = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let mut file = file();
    for (name, titles, mapping) in [
        ("1", "Nº Nom Tél A B", "old"),
        ("2", "Nº Nom Tél A B", "exact"),
        ("3", "Nº Nom Tél A B C", "near"),
    ] {
        file.headers = headers(titles);
        mapping.clone_into(&mut file.mapping);
        shop.import(&file.clone().named(name)).await;
    }
    let remembered = async |titles: &str| {
        shop.services
            .remembered_mapping(&shop.owner, &headers(titles))
            .await
            .unwrap()
    };
    assert_eq!(remembered("b a tel NOM nº").await.as_deref(), Some("exact"));
    assert_eq!(
        remembered("Nº Nom Tél A B C D").await.as_deref(),
        Some("near")
    );
    assert_eq!(remembered("Nº Nom Tél").await, None);
    assert_eq!(remembered("").await, None);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_import_writes_nothing_that_nobody_reviewed(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.import(&file()).await;
    let (ana, _) = shop.named("Ana").await;
    let second = File::new(COLUMNS)
        .rule(MergeRule::Replace)
        .named("second.csv")
        .row(&["A", "Anna", "", ""]);
    let import = shop.stage(&shop.owner, &second).await;
    let plan = async || {
        shop.services
            .plan_totals(&shop.owner, import)
            .await
            .unwrap()
    };
    let commit = async |seen: u64| shop.services.commit_import(&shop.owner, import, seen).await;
    let is_stale = |result: &Result<_, _>| {
        matches!(result, Err(ServiceError::Conflict(Conflict::PlanChanged)))
    };

    let seen = plan().await.digest;
    let slot = Slot::Field(Field::FirstName);
    shop.edit(ana, slot, text("Anouk")).await;
    assert!(
        is_stale(&commit(seen).await),
        "the value replaced is another"
    );
    assert_eq!(shop.customers().await[&ana].text(Field::FirstName), "Anouk");

    let seen = plan().await.digest;
    let mut columns = second.columns();
    columns[1].rule = MergeRule::Never;
    shop.services
        .set_rules(&shop.owner, import, columns)
        .await
        .unwrap();
    assert!(is_stale(&commit(seen).await), "the rules are others");

    let seen = plan().await.digest;
    let (bea, _) = shop.named("Bea").await;
    shop.edit(bea, slot, text("Beata")).await;
    assert_eq!(
        commit(seen).await.unwrap().totals.unwrap().same,
        1,
        "what the import does not touch does not matter"
    );
}

/// Makes two attributes by import and merges the first into the second.
async fn merged(shop: &Shop, kind: AttributeKind) -> (AttributeId, AttributeId) {
    let (car, vehicle) = (attribute_id(), attribute_id());
    let file = File::new(&[Field::FirstName])
        .named("made.csv")
        .new_attribute(car, "Car", kind)
        .new_attribute(vehicle, "Vehicle", kind)
        .row(&["Ana", "5", ""]);
    shop.import(&file).await;
    merge(shop, car, vehicle).await;
    (car, vehicle)
}

async fn merge(shop: &Shop, from: AttributeId, into: AttributeId) {
    let mut tx = shop.store.write(shop.owner.account).await.unwrap();
    let author = store::attribute::Author {
        person: shop.owner.person,
        at: shop.now(),
    };
    store::attribute::merge(&mut tx, from, into, author)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_column_of_an_attribute_that_was_merged_away_fills_the_one_that_took_it_over(
    pool: PgPool,
) {
    let shop = Shop::open(&pool).await;
    let (car, vehicle) = merged(&shop, AttributeKind::Number).await;
    let five = Some(Value::Number("5".parse().unwrap()));
    let proposed_as_new = File::new(&[Field::FirstName])
        .named("new.csv")
        .new_attribute(car, "car", AttributeKind::Number)
        .row(&["Bea", "5"]);
    shop.import(&proposed_as_new).await;
    let chosen = File::new(&[Field::FirstName])
        .named("chosen.csv")
        .attribute(car, AttributeKind::Number)
        .row(&["Cleo", "5"]);
    shop.import(&chosen).await;
    for name in ["Bea", "Cleo"] {
        let (_, values) = shop.named(name).await;
        assert_eq!(
            values.get(Slot::Attribute(vehicle)).cloned(),
            five,
            "{name}"
        );
    }
    assert_eq!(
        shop.services.attributes(&shop.owner).await.unwrap().len(),
        1
    );

    let other_kind = File::new(&[Field::FirstName])
        .new_attribute(car, "Car", AttributeKind::Text)
        .row(&["Dora", "x"]);
    let refused = shop
        .services
        .begin_import(&shop.owner, other_kind.request())
        .await;
    let expected = ImportRefusal::AttributeOfAnotherKind("Vehicle".to_owned());
    assert!(matches!(refused, Err(ServiceError::Import(refusal)) if refusal == expected));

    let renamed = File::new(&[Field::FirstName])
        .named("renamed.csv")
        .new_attribute(car, "Colour", AttributeKind::Text)
        .row(&["Eva", "red"]);
    shop.import(&renamed).await;
    let attributes = shop.services.attributes(&shop.owner).await.unwrap();
    let colour = attributes
        .iter()
        .find(|attribute| attribute.name.as_str() == "Colour")
        .unwrap();
    let (_, eva) = shop.named("Eva").await;
    assert_eq!(eva.get(Slot::Attribute(colour.id)).cloned(), text("red"));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_attribute_merged_away_between_the_rows_and_the_commit_loses_nothing(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (_, vehicle) = merged(&shop, AttributeKind::Text).await;
    let (van, file) = (
        attribute_id(),
        File::new(&[Field::FirstName]).named("vans.csv"),
    );
    shop.import(
        &file
            .clone()
            .named("van.csv")
            .new_attribute(van, "Van", AttributeKind::Text)
            .row(&["Ana2", "a"]),
    )
    .await;
    let import = shop
        .stage(
            &shop.owner,
            &file
                .attribute(van, AttributeKind::Text)
                .row(&["Bea", "big"]),
        )
        .await;
    merge(&shop, van, vehicle).await;
    shop.commit(&shop.owner, import).await.unwrap();
    let (_, bea) = shop.named("Bea").await;
    assert_eq!(bea.get(Slot::Attribute(vehicle)).cloned(), text("big"));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn failed_rows_come_in_pages_however_long_they_are(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut file = File::new(&[Field::FirstName]).row(&["Ana"]);
    file.chunk_rows = 5_000;
    for _ in 0..1_200 {
        file = file.failed(&["?"], vec![]);
    }
    for _ in 0..200 {
        file = file.failed(&[&"é".repeat(32_000)], vec![]);
    }
    let summary = shop.import(&file).await;
    let (mut lines, mut sizes, mut after) = (Vec::new(), Vec::new(), 0);
    loop {
        let (_, page) = shop
            .services
            .failed_rows(&shop.owner, summary.id, after)
            .await
            .unwrap();
        let bytes: usize = page.rows.iter().map(|row| row.cells[0].len()).sum();
        assert!(bytes < 5 << 20, "{bytes}");
        sizes.push(page.rows.len());
        lines.extend(page.rows.iter().map(|row| row.line));
        let Some(next) = page.next else { break };
        after = next.parse().unwrap();
    }
    assert_eq!(sizes[0], 1_000);
    assert!(sizes.len() > 3, "{sizes:?}");
    assert_eq!(lines, (3..=1_402).collect::<Vec<u32>>());
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_commit_that_is_stopped_writes_nothing_and_can_be_done_again(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.import(&file()).await;
    let second = File::new(COLUMNS)
        .named("again.csv")
        .rule(MergeRule::Replace)
        .row(&["A", "Anna", ""])
        .row(&["D", "Dora", ""]);
    let import = shop.stage(&shop.owner, &second).await;
    let seen = shop
        .services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    let before = shop.rows().await;

    let mut held = pool.begin().await.unwrap();
    sqlx::query("select 1 from customer where reference = 'A' for update")
        .execute(&mut *held)
        .await
        .unwrap();
    let (services, owner) = (shop.services.clone(), shop.owner.clone());
    let commit =
        tokio::spawn(async move { services.commit_import(&owner, import, seen.digest).await });
    let progress = loop {
        match shop.services.import_progress(&shop.owner, import).await {
            Ok(None) => tokio::task::yield_now().await,
            other => break other.unwrap().unwrap(),
        }
    };
    assert_eq!((progress.done, progress.total), (0, 2));
    let stranger = shop.colleague(Role::Owner).await;
    assert!(matches!(
        shop.services.stop_commit(&stranger, import).await,
        Err(ServiceError::NotFound)
    ));
    shop.services
        .stop_commit(&shop.owner, import)
        .await
        .unwrap();
    held.rollback().await.unwrap();
    assert!(matches!(
        commit.await.unwrap(),
        Err(ServiceError::Import(ImportRefusal::Stopped))
    ));
    assert_eq!(shop.rows().await, before);
    assert_eq!(shop.count("import_progress").await, 0);

    let totals = shop
        .commit(&shop.owner, import)
        .await
        .unwrap()
        .totals
        .unwrap();
    assert_eq!((totals.new, totals.changed), (1, 1));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_stop_that_a_killed_server_left_behind_stops_nothing(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let import = shop.stage(&shop.owner, &file()).await;
    let seen = shop
        .services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    sqlx::query("insert into import_progress values ($1, $2, 1, 2, true)")
        .bind(shop.owner.account.uuid())
        .bind(import.uuid())
        .execute(&pool)
        .await
        .unwrap();
    let committed = shop
        .services
        .commit_import(&shop.owner, import, seen.digest)
        .await;
    assert_eq!(committed.unwrap().totals.unwrap().new, 3);
}
