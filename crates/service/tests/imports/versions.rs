//! Exports that come back: what was changed in the file, in the app, and in both.

use crate::shop::{File, Shop, attribute_id, phone, text};
use domain::{
    attribute::AttributeKind,
    ids::{AccountId, CustomerId, ImportId},
    import::{
        merge::MergeRule,
        plan::{
            Clashing, ManyClashing, PlanRow, PlanTotals, RowConflict, RowOutcome, VersionIgnored,
        },
        report::{ReportTotals, RowReason},
        three_way::Clash,
    },
    slot::{Field, Slot},
    value::Value,
    version::CustomerVersion,
};
use service::{Conflict, ServiceError};
use sqlx::PgPool;
use std::collections::BTreeMap;
use uuid::Uuid;

const COLUMNS: &[Field] = &[
    Field::Reference,
    Field::FirstName,
    Field::CellPhone,
    Field::City,
];

const CITY: Slot = Slot::Field(Field::City);
const PHONE: Slot = Slot::Field(Field::CellPhone);

/// Ana, Bea and Cleo, who all live in Laval.
async fn three_customers(shop: &Shop) {
    let file = File::new(COLUMNS)
        .named("first.csv")
        .row(&["A", "Ana", &phone(1), "Laval"])
        .row(&["B", "Bea", &phone(2), "Laval"])
        .row(&["C", "Cleo", &phone(3), "Laval"]);
    shop.import(&file).await;
}

/// The version of each customer as an export of this moment would carry it.
async fn versions(shop: &Shop) -> BTreeMap<CustomerId, CustomerVersion> {
    let revs: Vec<(Uuid, i64)> =
        sqlx::query_as("select customer_id, rev from customer where account_id = $1")
            .bind(shop.owner.account.uuid())
            .fetch_all(&shop.pool)
            .await
            .unwrap();
    let version = |(id, rev): (Uuid, i64)| {
        let customer = CustomerId::new(id);
        let rev = u64::try_from(rev).unwrap();
        (
            customer,
            CustomerVersion::new(shop.owner.account, customer, rev),
        )
    };
    revs.into_iter().map(version).collect()
}

/// What an export of these columns holds at this moment, with cells written over by `edit`.
async fn export(shop: &Shop, edit: impl Fn(&str, &mut Vec<String>)) -> File {
    let versions = versions(shop).await;
    let mut file = File::new(COLUMNS)
        .named("export.csv")
        .rule(MergeRule::Replace);
    let mut customers: Vec<_> = shop.customers().await.into_iter().collect();
    customers.sort_by_key(|(_, values)| values.text(Field::FirstName).to_owned());
    for (customer, values) in customers {
        let mut cells: Vec<String> = COLUMNS
            .iter()
            .map(|field| values.text(*field).to_owned())
            .collect();
        let name = cells[1].clone();
        edit(&name, &mut cells);
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        file = file.exported(versions[&customer], &cells);
    }
    file
}

async fn plan(shop: &Shop, file: &File) -> (ImportId, PlanTotals, Vec<PlanRow>) {
    let import = shop.stage(&shop.owner, file).await;
    let totals = shop
        .services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    (import, totals, rows(shop, import).await)
}

async fn rows(shop: &Shop, import: ImportId) -> Vec<PlanRow> {
    let page = shop
        .services
        .plan_rows(&shop.owner, import, None, 0, 500)
        .await;
    page.unwrap().rows
}

async fn set(shop: &Shop, name: &str, slot: Slot, value: &str) {
    let (customer, _) = shop.named(name).await;
    shop.edit(customer, slot, Value::text(value)).await;
}

async fn erase(shop: &Shop, customer: CustomerId) {
    let mut tx = shop.store.write(shop.owner.account).await.unwrap();
    store::customer::erase(&mut tx, customer).await.unwrap();
    tx.commit().await.unwrap();
}

fn outcomes(rows: &[PlanRow]) -> Vec<RowOutcome> {
    rows.iter().map(|row| row.outcome).collect()
}

fn all(outcome: RowOutcome) -> Vec<RowOutcome> {
    vec![outcome; 3]
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_untouched_file_changes_nothing_whatever_happened_in_the_app(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    three_customers(&shop).await;
    let file = export(&shop, |_, _| ()).await;
    // The file's phone of Ana is Bea's by now, and its reference Cleo's: nobody wrote that into the file.
    set(&shop, "Ana", PHONE, &phone(9)).await;
    set(&shop, "Bea", PHONE, &phone(1)).await;
    set(&shop, "Ana", Slot::Field(Field::Reference), "Z").await;
    set(&shop, "Cleo", Slot::Field(Field::Reference), "A").await;
    set(&shop, "Ana", CITY, "Québec").await;
    set(&shop, "Ana", CITY, "Lévis").await;
    set(&shop, "Bea", CITY, "").await;
    let before = shop.rows().await;
    for rule in [MergeRule::Replace, MergeRule::ReplaceAndErase] {
        let (_, totals, rows) = plan(&shop, &file.clone().rule(rule)).await;
        assert_eq!(outcomes(&rows), all(RowOutcome::Same), "{rule:?}");
        assert_eq!((totals.same, totals.clashes), (3, 0));
    }
    let summary = shop.import(&file).await;
    let totals = ReportTotals {
        rows: 3,
        same: 3,
        ..ReportTotals::default()
    };
    assert_eq!(summary.totals, Some(totals));
    assert_eq!(shop.rows().await, before);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_was_corrected_in_the_file_is_written_and_nothing_else(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    three_customers(&shop).await;
    let file = export(&shop, |name, cells| {
        if name == "Ana" {
            "Gatineau".clone_into(&mut cells[3]);
            // A blank cell never erases unless asked.
            cells[2] = String::new();
        }
    })
    .await;
    set(&shop, "Ana", Slot::Field(Field::FirstName), "Anna").await;
    let (import, totals, rows) = plan(&shop, &file).await;
    assert_eq!((totals.changed, totals.same, totals.clashes), (1, 2, 0));
    let changed = rows
        .iter()
        .find(|row| row.outcome == RowOutcome::Changed)
        .unwrap();
    assert_eq!(changed.cells.len(), 1);
    assert_eq!(
        (
            changed.cells[0].before.clone(),
            changed.cells[0].after.clone()
        ),
        (text("Laval"), text("Gatineau"))
    );
    shop.commit(&shop.owner, import).await.unwrap();
    let (_, anna) = shop.named("Anna").await;
    assert_eq!(anna.text(Field::City), "Gatineau");
    assert_eq!(anna.text(Field::CellPhone), phone(1));

    shop.services
        .undo_import(&shop.owner, import)
        .await
        .unwrap();
    let (_, anna) = shop.named("Anna").await;
    assert_eq!(anna.text(Field::City), "Laval");
}

/// Ana's city was changed to Gatineau in the file and to Québec in the app, Bea's to the same in both.
async fn clashing(shop: &Shop) -> File {
    three_customers(shop).await;
    let file = export(shop, |name, cells| match name {
        "Ana" => "Gatineau".clone_into(&mut cells[3]),
        "Bea" => "Lévis".clone_into(&mut cells[3]),
        _ => {}
    })
    .await;
    set(shop, "Ana", CITY, "Québec").await;
    set(shop, "Bea", CITY, "Lévis").await;
    file
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_both_changed_stays_as_it_is_in_the_app(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let file = clashing(&shop).await;
    let (import, totals, rows) = plan(&shop, &file).await;
    assert_eq!(outcomes(&rows), all(RowOutcome::Same));
    assert_eq!((totals.same, totals.clashes, totals.taken), (3, 1, 0));
    let page = shop
        .services
        .clashing_rows(&shop.owner, import, 0, 10)
        .await
        .unwrap();
    assert_eq!((page.rows.len(), page.next), (1, None));
    let row = &page.rows[0];
    assert_eq!(row.name, "Ana");
    assert_eq!(
        row.clashes[0].clash,
        Clash {
            slot: CITY,
            base: text("Laval"),
            from: text("Québec"),
            to: text("Gatineau"),
            taken: false,
        }
    );
    assert_eq!(row.clashes[0].by.as_ref(), Some(&shop.owner.name));
    assert_eq!(row.clashes[0].at, Some(shop.now()));
    let before = shop.rows().await;
    let summary = shop.commit(&shop.owner, import).await.unwrap();
    let totals = ReportTotals {
        rows: 3,
        same: 3,
        ..ReportTotals::default()
    };
    assert_eq!(summary.totals, Some(totals));
    assert_eq!(shop.rows().await, before);
}

async fn choose(shop: &Shop, import: ImportId, which: Clashing, take: bool) -> PlanTotals {
    let chosen = shop
        .services
        .choose_clashing(&shop.owner, import, which, take)
        .await;
    chosen.unwrap()
}

const fn many(which: ManyClashing, seen: PlanTotals) -> Clashing {
    Clashing::Many {
        which,
        seen: seen.digest,
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn for_many_nobody_takes_what_was_not_shown(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let file = clashing(&shop).await;
    let (import, seen, _) = plan(&shop, &file).await;
    // Now Bea's city clashes too.
    set(&shop, "Bea", CITY, "Sherbrooke").await;
    for which in [ManyClashing::All, ManyClashing::Column(CITY)] {
        let refused = shop
            .services
            .choose_clashing(&shop.owner, import, many(which, seen), true)
            .await;
        assert!(matches!(
            refused,
            Err(ServiceError::Conflict(Conflict::PlanChanged))
        ));
    }
    // The plan that is to be looked at now is there already.
    let clashes: usize = rows(&shop, import)
        .await
        .iter()
        .map(|row| row.clashes.len())
        .sum();
    assert_eq!(clashes, 2);
    let now = shop
        .services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    assert_eq!((now.clashes, now.taken), (2, 0));
    let taken = choose(&shop, import, many(ManyClashing::All, now), true).await;
    assert_eq!((taken.clashes, taken.taken), (2, 2));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_the_file_says_is_written_when_it_is_chosen(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let file = clashing(&shop).await;
    let (import, reviewed, planned) = plan(&shop, &file).await;
    let line = planned
        .iter()
        .find(|row| !row.clashes.is_empty())
        .unwrap()
        .line;
    let between = |ours: &str, theirs: &str| Clashing::Cell {
        line,
        slot: CITY,
        from: text(ours),
        to: text(theirs),
    };
    // Somebody who saw other values has not chosen between these.
    for unseen in [between("Laval", "Gatineau"), between("Québec", "Lévis")] {
        assert_eq!(choose(&shop, import, unseen, true).await, reviewed);
    }
    let cell = || between("Québec", "Gatineau");
    let taken = choose(&shop, import, cell(), true).await;
    assert_eq!(
        (taken.changed, taken.same, taken.clashes, taken.taken),
        (1, 2, 1, 1)
    );
    // What was reviewed is what is written, choices included.
    let refused = shop
        .services
        .commit_import(&shop.owner, import, reviewed.digest)
        .await;
    assert!(matches!(
        refused,
        Err(ServiceError::Conflict(Conflict::PlanChanged))
    ));
    let left = choose(&shop, import, cell(), false).await;
    assert_eq!(left.digest, reviewed.digest);
    let all = |seen: PlanTotals| many(ManyClashing::All, seen);
    let city = many(ManyClashing::Column(CITY), left);
    for which in [cell(), city, all(left)] {
        let chosen = choose(&shop, import, which, true).await;
        let others = many(ManyClashing::Column(PHONE), chosen);
        let again = choose(&shop, import, others, false).await;
        assert_eq!(again.digest, taken.digest);
        choose(&shop, import, all(again), false).await;
    }
    choose(&shop, import, all(left), true).await;
    assert_eq!(
        rows(&shop, import)
            .await
            .iter()
            .map(|row| row.cells.len())
            .sum::<usize>(),
        1
    );
    let summary = shop.commit(&shop.owner, import).await.unwrap();
    assert_eq!(summary.totals.map(|totals| totals.changed), Some(1));
    assert_eq!(shop.named("Ana").await.1.text(Field::City), "Gatineau");
    shop.services
        .undo_import(&shop.owner, import)
        .await
        .unwrap();
    assert_eq!(shop.named("Ana").await.1.text(Field::City), "Québec");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_choice_lasts_as_long_as_both_values_do(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let file = clashing(&shop).await;
    let (import, seen, _) = plan(&shop, &file).await;
    let taken = choose(&shop, import, many(ManyClashing::All, seen), true).await;
    // Something else happens: the plan is made anew, and the choice is the same.
    set(&shop, "Cleo", CITY, "Lévis").await;
    let again = shop
        .services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    assert_eq!((again.taken, again.digest), (1, taken.digest));
    // The value that was seen is not there any more: the app's stays until somebody chooses again.
    set(&shop, "Ana", CITY, "Sherbrooke").await;
    let again = shop
        .services
        .plan_totals(&shop.owner, import)
        .await
        .unwrap();
    assert_eq!((again.clashes, again.taken, again.changed), (1, 0, 0));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_customer_who_was_deleted_since_is_matched_by_the_other_keys(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    three_customers(&shop).await;
    let file = export(&shop, |_, _| ()).await;
    let (ana, _) = shop.named("Ana").await;
    erase(&shop, ana).await;
    set(&shop, "Bea", Slot::Field(Field::Reference), "A").await;
    let (_, totals, rows) = plan(&shop, &file).await;
    let of_ana = rows.iter().find(|row| row.version.is_some()).unwrap();
    assert_eq!(of_ana.version, Some(VersionIgnored::CustomerGone));
    // Its reference is Bea's by now, whom another row is about; or else it would have made Ana anew.
    let bea = shop.named("Bea").await.0;
    assert_eq!(of_ana.customer, Some(bea));
    assert_eq!(totals.rows, 3);
    assert_eq!(rows.iter().filter(|row| row.version.is_some()).count(), 1);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_deleted_customer_whom_no_other_key_names_is_new_and_says_why(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    three_customers(&shop).await;
    let file = export(&shop, |_, _| ()).await;
    let (ana, _) = shop.named("Ana").await;
    erase(&shop, ana).await;
    let (_, totals, rows) = plan(&shop, &file).await;
    assert_eq!((totals.new, totals.same), (1, 2));
    assert_eq!(rows[0].version, Some(VersionIgnored::CustomerGone));
    let summary = shop.import(&file.named("again.csv")).await;
    assert_eq!(summary.totals.map(|totals| totals.new), Some(1));
    assert_ne!(
        shop.named("Ana").await.0,
        ana,
        "erased ids do not come back"
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn versions_of_another_account_are_never_trusted(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    three_customers(&shop).await;
    let other = Shop::open(&pool).await;
    three_customers(&other).await;
    let (bea, _) = shop.named("Bea").await;
    let (of_other, _) = other.named("Ana").await;
    let stranger = AccountId::new(Uuid::now_v7());
    let file = File::new(COLUMNS)
        .rule(MergeRule::Replace)
        // Of the other account, of a customer there.
        .exported(
            CustomerVersion::new(other.owner.account, of_other, 1),
            &["A", "Ana", "", ""],
        )
        // As if it were this account's: there is no such customer here.
        .exported(
            CustomerVersion::new(shop.owner.account, of_other, 1),
            &["C", "Cleo", "", ""],
        )
        // Of a stranger, about a customer of this account.
        .exported(
            CustomerVersion::new(stranger, bea, 1),
            &["X", "Xenia", "", ""],
        );
    let (_, totals, rows) = plan(&shop, &file).await;
    let versions: Vec<_> = rows.iter().map(|row| row.version).collect();
    assert_eq!(
        versions,
        [
            Some(VersionIgnored::OtherAccount),
            Some(VersionIgnored::CustomerGone),
            Some(VersionIgnored::OtherAccount)
        ]
    );
    assert_eq!((totals.same, totals.new), (2, 1));
    let (ana, _) = shop.named("Ana").await;
    assert_eq!(rows[0].customer, Some(ana));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_version_that_is_ahead_of_the_account_is_no_version(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    three_customers(&shop).await;
    let (ana, _) = shop.named("Ana").await;
    let rev = shop
        .store
        .read(shop.owner.account)
        .await
        .unwrap()
        .rev()
        .await
        .unwrap();
    let of_ana = |rev| CustomerVersion::new(shop.owner.account, ana, rev);
    // As if the records had been restored from a backup since: what they were then, nobody knows.
    let file = File::new(COLUMNS)
        .rule(MergeRule::Replace)
        .exported(of_ana(rev + 1), &["C", "Cleo", "", "Gatineau"]);
    let (_, totals, rows) = plan(&shop, &file).await;
    assert_eq!(rows[0].version, Some(VersionIgnored::Ahead));
    let (cleo, _) = shop.named("Cleo").await;
    assert_eq!((totals.changed, rows[0].customer), (1, Some(cleo)));

    let file = File::new(COLUMNS)
        .named("now.csv")
        .exported(of_ana(rev), &["A", "Ana", "", ""]);
    let (_, _, rows) = plan(&shop, &file).await;
    assert_eq!((rows[0].version, rows[0].customer), (None, Some(ana)));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_untouched_cell_of_an_attribute_that_gave_way_in_a_merge_is_no_correction(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let (size, tyre_size) = (attribute_id(), attribute_id());
    let made = File::new(&[Field::FirstName])
        .named("made.csv")
        .new_attribute(size, "Size", AttributeKind::Text)
        .new_attribute(tyre_size, "Tyre size", AttributeKind::Text)
        .row(&["Ana", "16", "205/55 R16"]);
    shop.import(&made).await;
    let (_, version) = versions(&shop).await.pop_first().unwrap();
    let mut tx = shop.store.write(shop.owner.account).await.unwrap();
    let author = store::attribute::Author {
        person: shop.owner.person,
        at: shop.now(),
    };
    store::attribute::merge(&mut tx, size, tyre_size, author)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let of = |attribute, name: &str, cell: &str| {
        File::new(&[Field::FirstName])
            .named(name)
            .attribute(attribute, AttributeKind::Text)
            .rule(MergeRule::Replace)
            .exported(version, &["Ana", cell])
    };
    for untouched in [
        of(size, "size.csv", "16"),
        of(tyre_size, "tyre-size.csv", "205/55 R16"),
    ] {
        let (_, totals, _) = plan(&shop, &untouched).await;
        assert_eq!((totals.same, totals.clashes), (1, 0), "{}", untouched.name);
    }
    // What was corrected was seen beside what gave way, not beside what stands: a person chooses.
    let (_, totals, found) = plan(&shop, &of(size, "corrected.csv", "17")).await;
    assert_eq!((totals.changed, totals.clashes), (0, 1));
    let clash = &found[0].clashes[0].clash;
    let shown = (&clash.base, &clash.from, &clash.to);
    assert_eq!(shown, (&text("16"), &text("205/55 R16"), &text("17")));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_reference_is_corrected_in_the_file(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    three_customers(&shop).await;
    let file = export(&shop, |name, cells| match name {
        "Ana" => "A-1".clone_into(&mut cells[0]),
        "Bea" => "C".clone_into(&mut cells[0]),
        _ => {}
    })
    .await;
    let (ana, _) = shop.named("Ana").await;
    let (cleo, _) = shop.named("Cleo").await;
    let (import, totals, rows) = plan(&shop, &file).await;
    assert_eq!((totals.changed, totals.same, totals.conflicts), (1, 1, 1));
    assert_eq!(
        (rows[0].customer, rows[0].outcome),
        (Some(ana), RowOutcome::Changed)
    );
    assert_eq!(
        rows[1].conflict,
        Some(RowConflict::ReferenceTaken {
            customer: cleo,
            name: "Cleo".to_owned()
        })
    );
    let slots: Vec<Slot> = rows[1].cells.iter().map(|cell| cell.slot).collect();
    assert_eq!(slots, [Slot::Field(Field::Reference)]);
    shop.commit(&shop.owner, import).await.unwrap();
    assert_eq!(shop.named("Ana").await.1.text(Field::Reference), "A-1");
    let (headers, failed) = shop
        .services
        .failed_rows(&shop.owner, import, 0)
        .await
        .unwrap();
    assert_eq!(failed.rows[0].reasons, [RowReason::ReferenceTaken]);
    // The file of failed rows can be corrected and imported like the export.
    let version = failed.rows[0].cells[headers.len() - 1].parse::<CustomerVersion>();
    assert_eq!(
        version.map(|version| version.customer),
        Ok(shop.named("Bea").await.0)
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_number_that_was_typed_into_the_file_and_is_somebody_elses_is_a_conflict(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    three_customers(&shop).await;
    let file = export(&shop, |name, cells| {
        if name == "Ana" {
            cells[2] = phone(3);
        }
    })
    .await;
    let (cleo, _) = shop.named("Cleo").await;
    let (_, totals, rows) = plan(&shop, &file).await;
    assert_eq!((totals.conflicts, totals.same), (1, 2));
    assert_eq!(
        rows[0].conflict,
        Some(RowConflict::PhoneTaken {
            customer: cleo,
            name: "Cleo".to_owned()
        })
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn no_two_rows_write_one_customer(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    three_customers(&shop).await;
    let (ana, _) = shop.named("Ana").await;
    let version = versions(&shop).await[&ana];
    let file = File::new(COLUMNS)
        .rule(MergeRule::Replace)
        .exported(version, &["A", "Ana", &phone(1), "Lévis"])
        .exported(version, &["A", "Ana", &phone(1), "Québec"])
        .row(&["A", "", "", "Sherbrooke"]);
    let (_, totals, rows) = plan(&shop, &file).await;
    assert_eq!((totals.changed, totals.conflicts), (1, 2));
    let first = rows[0].line;
    for row in &rows[1..] {
        assert_eq!(row.conflict, Some(RowConflict::SameAsLine { line: first }));
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn collections_that_only_grow_never_clash(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let tags = attribute_id();
    let list = |name: &str| {
        File::new(&[Field::Reference])
            .named(name)
            .new_attribute(tags, "Tags", AttributeKind::Texts)
    };
    shop.import(&list("first.csv").row(&["A", "vip, fleet"]))
        .await;
    let (ana, version) = versions(&shop).await.pop_first().unwrap();
    let slot = Slot::Attribute(tags);
    shop.edit(ana, slot, Value::texts(["fleet", "new"])).await;
    let file = list("export.csv").exported(version, &["A", "vip, fleet, senior"]);
    let (_, totals, _) = plan(&shop, &file.clone().rule(MergeRule::Replace)).await;
    assert_eq!((totals.same, totals.clashes), (1, 1));
    shop.import(&file.named("added.csv").rule(MergeRule::Add))
        .await;
    let customers = shop.customers().await;
    assert_eq!(
        customers[&ana].get(slot),
        Value::texts(["fleet", "new", "senior"]).as_ref()
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nobody_but_the_one_who_stages_may_choose(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let file = clashing(&shop).await;
    let (import, seen, _) = plan(&shop, &file).await;
    let colleague = shop.colleague(domain::permission::Role::Owner).await;
    let refused = shop
        .services
        .choose_clashing(&colleague, import, many(ManyClashing::All, seen), true)
        .await;
    assert!(matches!(refused, Err(ServiceError::NotFound)));
}
