//! Random tables against a plain model: rows applied one after the other to a list of profiles.

use crate::shop::{File, Shop, attribute_id, phone, text};
use domain::{
    attribute::AttributeKind,
    customer::Values,
    ids::{AttributeId, CustomerId},
    import::{
        chunk::{ImportColumn, RowContent, SkipReason},
        merge::MergeRule,
        report::ReportTotals,
    },
    slot::{Field, Slot},
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet};

const CASES: u32 = 60;
const COLUMNS: &[Field] = &[
    Field::Reference,
    Field::CellPhone,
    Field::FirstName,
    Field::OtherPhones,
];

#[derive(Clone, Debug)]
enum Line {
    Cells([String; 5]),
    Skipped,
    Failed,
}

#[derive(Clone, Debug)]
struct Case {
    first: Vec<Line>,
    second: Vec<Line>,
    rules: Vec<MergeRule>,
    chunk_rows: usize,
    /// Which of the customers somebody renames between the import and its undo.
    touched: Vec<bool>,
}

fn line() -> impl Strategy<Value = Line> {
    let few = |choices: Vec<String>| prop_oneof![1 => Just(String::new()), 3 => prop::sample::select(choices)];
    let phones = || (1..6).map(phone).collect::<Vec<_>>();
    let cells = (
        few(["a", "A", "b", "c", "d"].map(str::to_owned).to_vec()),
        few(phones()),
        few(["Ana", "Bea"].map(str::to_owned).to_vec()),
        few(vec![
            phone(1),
            format!("{}, {}", phone(7), phone(8)),
            format!("{}, {}", phone(8), phone(9)),
        ]),
        few(["x", "y, z", "x, z"].map(str::to_owned).to_vec()),
    );
    prop_oneof![
        8 => cells.prop_map(|(a, b, c, d, e)| Line::Cells([a, b, c, d, e])),
        1 => Just(Line::Skipped),
        1 => Just(Line::Failed),
    ]
}

fn case() -> impl Strategy<Value = Case> {
    let rules = [
        MergeRule::FillBlanks,
        MergeRule::Replace,
        MergeRule::ReplaceAndErase,
        MergeRule::Never,
        MergeRule::Add,
    ];
    let lines = || prop::collection::vec(line(), 1..9);
    (
        lines(),
        lines(),
        prop::collection::vec(prop::sample::select(rules.to_vec()), 5),
        1..4_usize,
        prop::collection::vec(any::<bool>(), 8),
    )
        .prop_map(|(first, second, rules, chunk_rows, touched)| Case {
            first,
            second,
            rules,
            chunk_rows,
            touched,
        })
}

fn file(name: &str, lines: &[Line], tags: AttributeId, is_new: bool, chunk_rows: usize) -> File {
    let file = File::new(COLUMNS).named(name);
    let mut file = if is_new {
        file.new_attribute(tags, "Tags", AttributeKind::Texts)
    } else {
        file.attribute(tags, AttributeKind::Texts)
    };
    file.chunk_rows = chunk_rows;
    for line in lines {
        file = match line {
            Line::Cells(cells) => file.row(&cells.each_ref().map(String::as_str)),
            Line::Skipped => file.skipped(SkipReason::ByPerson),
            Line::Failed => file.failed(&["?"], vec![]),
        };
    }
    file
}

/// What the records are after a file, by the rules of the product.
struct Model {
    changed: BTreeMap<CustomerId, Values>,
    new: Vec<Values>,
    totals: ReportTotals,
}

fn key(values: &Values, field: Field) -> Option<String> {
    Some(values.text(field).to_lowercase()).filter(|key| !key.is_empty())
}

fn model(before: &BTreeMap<CustomerId, Values>, file: &File) -> Model {
    let columns: Vec<ImportColumn> = file.columns();
    let mut model = Model {
        changed: before.clone(),
        new: Vec::new(),
        totals: ReportTotals::default(),
    };
    let mut keys = BTreeSet::new();
    let mut written = BTreeSet::new();
    for row in &file.rows {
        model.totals.rows += 1;
        let RowContent::Values { values, .. } = &row.content else {
            match row.content {
                RowContent::Failed { .. } => model.totals.failed += 1,
                _ => model.totals.skipped += 1,
            }
            continue;
        };
        let row: Values = columns
            .iter()
            .zip(values)
            .filter_map(|(column, value)| Some((column.slot, value.clone()?)))
            .collect();
        if row.is_empty() {
            model.totals.skipped += 1;
            continue;
        }
        let who = |field: Field| {
            let wanted = key(&row, field)?;
            before
                .iter()
                .find(|(_, values)| key(values, field).as_ref() == Some(&wanted))
                .map(|(id, _)| *id)
        };
        let (referred, owner) = (who(Field::Reference), who(Field::CellPhone));
        let seen_before = [Field::Reference, Field::CellPhone]
            .into_iter()
            .filter_map(|field| Some((field, key(&row, field)?)))
            .filter(|key| !keys.insert(key.clone()))
            .count()
            > 0;
        let phone_of_another = match (referred, owner) {
            (Some(referred), Some(owner)) => referred != owner,
            (None, Some(owner)) => {
                key(&row, Field::Reference).is_some()
                    && key(&before[&owner], Field::Reference).is_some()
            }
            (_, None) => false,
        };
        let customer = referred.or(owner);
        let refused = seen_before
            || phone_of_another
            || customer.is_some_and(|customer| !written.insert(customer));
        match customer {
            _ if refused => model.totals.failed += 1,
            None => {
                model.totals.new += 1;
                model.new.push(row);
            }
            Some(customer) => {
                let current = model.changed.get_mut(&customer).unwrap();
                let unchanged = current.clone();
                for column in &columns {
                    let merged = column
                        .rule
                        .merge(current.get(column.slot), row.get(column.slot));
                    current.set(column.slot, merged);
                }
                if *current == unchanged {
                    model.totals.same += 1;
                } else {
                    model.totals.changed += 1;
                }
            }
        }
    }
    model
}

async fn check(pool: &PgPool, case: Case) -> Result<(), String> {
    let shop = Shop::open(pool).await;
    let tags = attribute_id();
    let first = file("first.csv", &case.first, tags, true, 3);
    compare(&shop, &BTreeMap::new(), &first).await?;

    let before = shop.rows().await;
    let profiles = shop.customers().await;
    let mut second = file("second.csv", &case.second, tags, false, case.chunk_rows);
    for (column, rule) in second.columns.iter_mut().zip(&case.rules) {
        column.2 = *rule;
    }
    let import = compare(&shop, &profiles, &second).await?;

    let after = shop.customers().await;
    let name = Slot::Field(Field::FirstName);
    let touched: BTreeSet<CustomerId> = after
        .keys()
        .zip(&case.touched)
        .filter(|(_, touched)| **touched)
        .map(|(id, _)| *id)
        .collect();
    for id in &touched {
        shop.edit(*id, name, text("Touched")).await;
    }
    let report = shop
        .services
        .undo_import(&shop.owner, import)
        .await
        .map_err(|error| error.to_string())?;

    let mut expected = profiles.clone();
    for id in &touched {
        let changed_by_import = profiles
            .get(id)
            .map(|values| values.get(name) != after[id].get(name));
        match changed_by_import {
            // A profile made by the import, and touched, stays as it is.
            None => {
                let mut values = after[id].clone();
                values.set(name, text("Touched"));
                expected.insert(*id, values);
            }
            Some(_) => expected.get_mut(id).unwrap().set(name, text("Touched")),
        }
    }
    let undone = shop.customers().await;
    if undone != expected {
        return Err(format!(
            "after the undo: {undone:#?}\nexpected: {expected:#?}"
        ));
    }
    let untouched = |rows: BTreeMap<uuid::Uuid, serde_json::Value>| {
        rows.into_iter()
            .filter(|(id, _)| !touched.contains(&CustomerId::new(*id)))
            .collect::<Vec<_>>()
    };
    if untouched(shop.rows().await) != untouched(before) {
        return Err("the undo left a trace in a row that nobody touched".to_owned());
    }
    let made_and_touched = touched
        .iter()
        .filter(|id| !profiles.contains_key(id))
        .count();
    let renamed_twice = touched
        .iter()
        .filter(|id| {
            profiles
                .get(id)
                .is_some_and(|values| values.get(name) != after[id].get(name))
        })
        .count();
    if report.kept.rows.len() != made_and_touched + renamed_twice {
        return Err(format!("kept {:?}", report.kept));
    }
    if !shop.staging_is_empty().await {
        return Err("staging was left behind".to_owned());
    }
    Ok(())
}

/// Imports the file, and says where the records differ from the model.
async fn compare(
    shop: &Shop,
    before: &BTreeMap<CustomerId, Values>,
    file: &File,
) -> Result<domain::ids::ImportId, String> {
    let model = model(before, file);
    let summary = shop.import(file).await;
    let totals = summary.totals.ok_or("no totals")?;
    if totals != model.totals {
        return Err(format!("totals {totals:?}, expected {:?}", model.totals));
    }
    if totals.rows != totals.new + totals.changed + totals.same + totals.skipped + totals.failed {
        return Err(format!("{totals:?} do not add up"));
    }
    let (old, new): (BTreeMap<_, _>, BTreeMap<_, _>) = shop
        .customers()
        .await
        .into_iter()
        .partition(|(id, _)| before.contains_key(id));
    if old != model.changed {
        return Err(format!("changed {old:#?}\nexpected {:#?}", model.changed));
    }
    let sorted = |values: Vec<Values>| {
        let mut texts: Vec<String> = values.iter().map(|values| format!("{values:?}")).collect();
        texts.sort();
        texts
    };
    let (new, expected) = (sorted(new.into_values().collect()), sorted(model.new));
    if new != expected {
        return Err(format!("new {new:#?}\nexpected {expected:#?}"));
    }
    Ok(summary.id)
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn random_files_do_what_a_plain_model_does_and_undo_takes_it_back(pool: PgPool) {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    for _ in 0..CASES {
        let mut tree = case().new_tree(&mut runner).unwrap();
        let Err(mut problem) = check(&pool, tree.current()).await else {
            continue;
        };
        // The smallest case that still fails is the one to read.
        while tree.simplify() {
            match check(&pool, tree.current()).await {
                Err(smaller) => problem = smaller,
                Ok(()) => {
                    if !tree.complicate() {
                        break;
                    }
                }
            }
        }
        panic!("{:#?}\n{problem}", tree.current());
    }
}
