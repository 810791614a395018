//! Review: which customer each row is about, and what it would change.

use crate::shop::{File, Shop, attribute_id, phone, text};
use domain::{
    attribute::AttributeKind,
    import::{
        chunk::{CellProblem, CellReason, SkipReason},
        merge::MergeRule,
        plan::{PlanRow, RowConflict, RowOutcome},
        report::RowReason,
    },
    slot::{Field, Slot},
    value::Value,
};
use sqlx::PgPool;

const COLUMNS: &[Field] = &[Field::Reference, Field::FirstName, Field::CellPhone];

/// Ana and Bea have both keys, Cleo a phone only, Dora a reference only.
async fn four_customers(shop: &Shop) {
    let file = File::new(COLUMNS)
        .named("first.csv")
        .row(&["A", "Ana", &phone(1)])
        .row(&["B", "Bea", &phone(2)])
        .row(&["", "Cleo", &phone(3)])
        .row(&["D", "Dora", ""]);
    shop.import(&file).await;
}

async fn planned(shop: &Shop, file: &File) -> Vec<PlanRow> {
    let import = shop.stage(&shop.owner, file).await;
    let totals = shop
        .services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    let rows = shop
        .services
        .plan_rows(&shop.owner, import, None, 0, 500)
        .await
        .unwrap()
        .rows;
    let count =
        |outcome| u32::try_from(rows.iter().filter(|row| row.outcome == outcome).count()).unwrap();
    let counted = RowOutcome::ALL
        .iter()
        .map(|outcome| count(*outcome))
        .collect::<Vec<_>>();
    let totals = [
        totals.new,
        totals.changed,
        totals.same,
        totals.conflicts,
        totals.skipped,
        totals.failed,
    ];
    assert_eq!(counted, totals, "the totals count what the pages show");
    rows
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_row_is_about_the_customer_with_its_reference_else_with_its_phone(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    four_customers(&shop).await;
    let file = File::new(COLUMNS)
        .rule(MergeRule::Replace)
        .row(&["a", "Anna", ""])
        .row(&["", "Beatrice", &phone(2)])
        .row(&["C", "Cleo", &phone(3)])
        .row(&["D", "", &phone(4)])
        .row(&["E", "Eva", &phone(5)]);
    let rows = planned(&shop, &file).await;
    let of = async |name: &str| Some(shop.named(name).await.0);
    let customers: Vec<_> = rows.iter().map(|row| row.customer).collect();
    assert_eq!(
        customers,
        [
            of("Ana").await,
            of("Bea").await,
            of("Cleo").await,
            of("Dora").await,
            None
        ]
    );
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Ana", "Bea", "Cleo", "Dora", "Eva"]);
    // A reference in other case is the same reference, and replacing it is a change of its own.
    let changed: Vec<_> = rows[0]
        .cells
        .iter()
        .map(|cell| (cell.slot, cell.after.clone()))
        .collect();
    assert_eq!(
        changed,
        [
            (Slot::Field(Field::Reference), text("a")),
            (Slot::Field(Field::FirstName), text("Anna"))
        ]
    );
    assert_eq!(rows[2].cells[0].before, None);
    assert_eq!(rows[2].cells[0].after, text("C"));
    assert_eq!(rows[4].outcome, RowOutcome::New);
    assert_eq!(rows[4].cells.len(), 3);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_number_of_somebody_else_is_a_conflict(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    four_customers(&shop).await;
    let file = File::new(COLUMNS)
        .row(&["A", "Ana", &phone(2)])
        .row(&["X", "Xenia", &phone(1)])
        .row(&["D", "Dora", &phone(3)]);
    let rows = planned(&shop, &file).await;
    let owners: Vec<_> = rows
        .iter()
        .map(|row| match &row.conflict {
            Some(RowConflict::PhoneTaken { name, .. }) => name.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(owners, ["Bea", "Ana", "Cleo"]);
    assert_eq!(rows[1].customer, None);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn of_two_rows_about_one_customer_only_the_first_is_written(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    four_customers(&shop).await;
    let file = File::new(COLUMNS)
        .rule(MergeRule::Replace)
        .row(&["B", "By reference", ""])
        .row(&["", "By phone", &phone(2)])
        .row(&["N", "New", &phone(7)])
        .row(&["n", "Same reference", ""])
        .row(&["M", "Same phone", &phone(7)]);
    let rows = planned(&shop, &file).await;
    let same_as = |line| Some(RowConflict::SameAsLine { line });
    let conflicts: Vec<_> = rows.into_iter().map(|row| row.conflict).collect();
    assert_eq!(conflicts, [None, same_as(2), None, same_as(4), same_as(4)]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn each_rule_treats_filled_and_blank_cells_as_it_says(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let tags = attribute_id();
    let columns = &[Field::Reference, Field::FirstName, Field::City];
    let file = File::new(columns)
        .new_attribute(tags, "Tags", AttributeKind::Texts)
        .row(&["1", "Ana", "", "red, green"]);
    shop.import(&file).await;
    let after = async |rule| {
        let file = File::new(columns)
            .attribute(tags, AttributeKind::Texts)
            .rule(rule)
            .row(&["1", "", "Laval", "green, blue"]);
        planned(&shop, &file)
            .await
            .remove(0)
            .cells
            .into_iter()
            .map(|cell| (cell.slot, cell.after))
            .collect::<Vec<_>>()
    };
    let city = (Slot::Field(Field::City), text("Laval"));
    let with = |tags: &[&str]| Value::texts(tags);
    let tags = |value| (Slot::Attribute(tags), value);
    assert_eq!(
        after(MergeRule::FillBlanks).await,
        std::slice::from_ref(&city)
    );
    assert_eq!(after(MergeRule::Never).await, []);
    assert_eq!(
        after(MergeRule::Replace).await,
        [city.clone(), tags(with(&["green", "blue"]))]
    );
    assert_eq!(
        after(MergeRule::Add).await,
        [city.clone(), tags(with(&["red", "green", "blue"]))]
    );
    let erased = (Slot::Field(Field::FirstName), None);
    assert_eq!(
        after(MergeRule::ReplaceAndErase).await,
        [erased, city, tags(with(&["green", "blue"]))]
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn rows_are_paged_by_line_and_filtered_by_outcome(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let problem = CellProblem {
        column: 1,
        reason: CellReason::SpreadsheetError,
    };
    let mut file = File::new(COLUMNS)
        .skipped(SkipReason::FoldedInto(9))
        .failed(&["9", "#N/A"], vec![problem]);
    for number in 1..=5 {
        file = file.row(&["", &format!("N{number}"), &phone(number)]);
    }
    let import = shop.stage(&shop.owner, &file).await;
    let page = async |outcome, after| {
        shop.services
            .plan_rows(&shop.owner, import, outcome, after, 3)
            .await
    };
    assert!(page(None, 0).await.is_err(), "there is no plan yet");
    shop.services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    let first = page(None, 0).await.unwrap();
    assert_eq!(
        first.rows.iter().map(|row| row.line).collect::<Vec<_>>(),
        [2, 3, 4]
    );
    assert_eq!(first.rows[0].skipped, Some(SkipReason::FoldedInto(9)));
    assert_eq!(
        first.rows[1].failed,
        [RowReason::Cell(CellProblem {
            column: 1,
            reason: CellReason::SpreadsheetError
        })]
    );
    assert_eq!(first.next.as_deref(), Some("4"));
    let last = page(Some(RowOutcome::New), 5).await.unwrap();
    assert_eq!((last.rows.len(), last.next), (3, None));
    assert_eq!(
        page(Some(RowOutcome::Failed), 0).await.unwrap().rows.len(),
        1
    );
    assert_eq!(page(Some(RowOutcome::Skipped), 2).await.unwrap().rows, []);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn other_rules_and_other_records_make_another_plan(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    four_customers(&shop).await;
    let file = File::new(COLUMNS)
        .row(&["A", "Anna", ""])
        .row(&["E", "Eva", ""]);
    let import = shop.stage(&shop.owner, &file).await;
    let before = shop
        .services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    assert_eq!((before.new, before.changed, before.same), (1, 0, 1));

    let mut columns = file.columns();
    columns[1].rule = MergeRule::Replace;
    let ruled = shop
        .services
        .set_rules(&shop.owner, import, columns.clone())
        .await
        .unwrap();
    assert_eq!((ruled.new, ruled.changed, ruled.same), (1, 1, 0));
    columns.swap(0, 1);
    assert!(
        shop.services
            .set_rules(&shop.owner, import, columns)
            .await
            .is_err()
    );

    shop.edit(
        shop.named("Dora").await.0,
        Slot::Field(Field::Reference),
        text("E"),
    )
    .await;
    let moved = shop
        .services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    assert_eq!(
        (moved.new, moved.changed, moved.rev),
        (0, 2, before.rev + 1)
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_plan_that_is_being_made_holds_up_nobody_who_deletes_a_customer(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    four_customers(&shop).await;
    let (ana, _) = shop.named("Ana").await;
    let file = File::new(COLUMNS)
        .named("second.csv")
        .row(&["A", "Anna", ""])
        .row(&["X", "Xenia", &phone(1)]);
    let import = shop.stage(&shop.owner, &file).await;
    let mut planning = shop.store.stage(shop.owner.account).await.unwrap();
    store::import::plan::match_rows(&mut planning, import)
        .await
        .unwrap();

    let mut tx = shop.store.write(shop.owner.account).await.unwrap();
    store::customer::erase(&mut tx, ana).await.unwrap();
    tx.commit().await.unwrap();
    planning.commit().await.unwrap();
    let plan = shop
        .services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    assert_eq!((plan.new, plan.changed, plan.conflicts), (2, 0, 0));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_is_planned_for_a_customer_goes_with_the_customer(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    four_customers(&shop).await;
    let (ana, _) = shop.named("Ana").await;
    let file = File::new(COLUMNS)
        .named("second.csv")
        .row(&["A", "Anna", ""])
        .row(&["B", "Bea", &phone(1)]);
    let import = shop.stage(&shop.owner, &file).await;
    let plan = shop
        .services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    assert_eq!((plan.same, plan.conflicts), (1, 1));
    let mut tx = shop.store.write(shop.owner.account).await.unwrap();
    store::customer::erase(&mut tx, ana).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(shop.count("import_change").await, 0);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_line_behind_one_that_is_in_conflict_itself_is_not_said_to_be_written_there(
    pool: PgPool,
) {
    let shop = Shop::open(&pool).await;
    four_customers(&shop).await;
    let file = File::new(COLUMNS)
        .named("second.csv")
        .row(&["X", "Xenia", &phone(1)])
        .row(&["X", "Xenia", ""]);
    let summary = shop.import(&file).await;
    assert_eq!(summary.totals.unwrap().failed, 2);
    let (_, rows) = shop
        .services
        .failed_rows(&shop.owner, summary.id, 0)
        .await
        .unwrap();
    let reasons: Vec<_> = rows.rows.iter().flat_map(|row| &row.reasons).collect();
    assert_eq!(reasons, [&RowReason::PhoneTaken, &RowReason::SameAsLine(2)]);
}
