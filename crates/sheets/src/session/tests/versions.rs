//! Exports that come back: whose row each is, and that every value is the one that was exported.

use super::*;
use crate::{
    export::Export,
    mapping::{Contents, Reason},
    preview::CellRepair,
    protocol::{ExportColumn, ExportPlan},
};
use chrono::{DateTime, NaiveDate};
use domain::{
    contact::{self, E164Only},
    export::{ExportChanges, ExportFormat, ExportPage, ExportRow},
    ids::{AccountId, CustomerId},
    import::chunk::StagedRow,
    slot::SlotKind,
    value::Number,
    version::{CustomerVersion, VERSION_HEADER},
};
use proptest::prelude::*;

fn account() -> AccountId {
    opening().account
}

fn customer(number: u128) -> CustomerId {
    CustomerId::new(Uuid::from_u128(number))
}

fn version(number: u128, rev: u64) -> CustomerVersion {
    CustomerVersion::new(account(), customer(number), rev)
}

fn of_another(number: u128) -> CustomerVersion {
    let other = AccountId::new(Uuid::from_u128(99));
    CustomerVersion::new(other, customer(number), 1)
}

/// One attribute of each kind.
fn attributes() -> Vec<Attribute> {
    vec![
        attribute("Véhicule", AttributeKind::Text, 11),
        attribute("Tags", AttributeKind::Texts, 12),
        attribute("Last visit", AttributeKind::Date, 13),
        attribute("Points", AttributeKind::Number, 14),
        attribute("City", AttributeKind::Text, 15),
    ]
}

/// As exports call the fields in English and in French.
const TITLES: &[[&str; 2]] = &[
    ["Reference", "Référence"],
    ["First name", "Prénom"],
    ["Last name", "Nom de famille"],
    ["Company", "Entreprise"],
    ["Cell phone", "Cellulaire"],
    ["Other phones", "Autres téléphones"],
    ["E-mail", "Courriel"],
    ["Street", "Rue"],
    ["City", "Ville"],
    ["Region", "Région"],
    ["Postal code", "Code postal"],
    ["Country", "Pays"],
    ["Birth date", "Date de naissance"],
    ["Language", "Langue"],
    ["Notes", "Notes"],
];

/// Every field and attribute, as the page asks for them.
fn columns(language: usize) -> Vec<(Slot, ExportColumn)> {
    let fields = Field::ALL.iter().zip(TITLES).map(|(field, titles)| {
        let header = titles[language].to_owned();
        let kind = field.kind();
        (Slot::Field(*field), ExportColumn { header, kind })
    });
    let attributes = attributes().into_iter().map(|attribute| {
        let header = match attribute.name.as_str() {
            "City" => "City (attribute)".to_owned(),
            name => name.to_owned(),
        };
        let kind = attribute.kind.into();
        (Slot::Attribute(attribute.id), ExportColumn { header, kind })
    });
    fields.chain(attributes).collect()
}

fn exported(format: ExportFormat, language: usize, rows: &[Vec<Option<Value>>]) -> Vec<u8> {
    let mut export = Export::new(ExportPlan {
        format,
        title: "Customers".to_owned(),
        author: "Garage".to_owned(),
        created: DateTime::UNIX_EPOCH,
        columns: columns(language)
            .into_iter()
            .map(|(_, column)| column)
            .collect(),
        versions: Some(account()),
    });
    let rows = (1..).zip(rows).map(|(number, values)| ExportRow {
        customer: customer(number),
        rev: 7,
        values: values.clone(),
    });
    let page = ExportPage {
        rev: 9,
        next: None,
        rows: rows.collect(),
    };
    export
        .take_page(postcard::to_allocvec(&page).unwrap())
        .unwrap();
    let none = ExportChanges::Few {
        rows: Vec::new(),
        gone: Vec::new(),
    };
    export
        .take_changes(&postcard::to_allocvec(&none).unwrap())
        .unwrap();
    export.finish(&mut |_| ()).unwrap().1.concat()
}

fn open_export(format: ExportFormat, bytes: Vec<u8>) -> Session {
    let opening = Opening {
        file_name: format!("Customers.{}", format.key()),
        attributes: attributes(),
        ..opening()
    };
    Session::open(bytes, opening, &mut |_| {}).unwrap()
}

/// Files that people corrected are lists like any other.
fn open_list(csv: &str) -> Session {
    let opening = Opening {
        attributes: attributes(),
        ..opening()
    };
    open_with(csv, opening)
}

fn versions_of(rows: &[StagedRow]) -> Vec<Option<CustomerVersion>> {
    let version = |row: &StagedRow| match &row.content {
        RowContent::Values { version, .. } => *version,
        _ => None,
    };
    rows.iter().map(version).collect()
}

const HOSTILE: &[&str] = &[
    "007",
    "+15",
    "+",
    "-12.50",
    "=1+1",
    "'=1+1",
    "''+a",
    "'007",
    "'",
    "\"quoted\"",
    "5\" pipe",
    "a, \"b\"; c | d / e",
    "one\ntwo",
    "two\n\n\nfour",
    "😀 é",
    "Zoé e\u{301}",
    "1e10",
    "1,234.50",
    "1.234,5",
    "12.0",
    "TRUE",
    "yes",
    "n/a",
    "N/A",
    "#N/A",
    "null",
    "0",
    "-",
    "( ) -",
    "12/03/2024",
    "1899-12-31",
    "2024-02-29",
    "514-844-5599",
    "sep=;",
    "Total",
    "ab@example.com",
    "_x0041_",
    "<b>&amp;</b>",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(HOSTILE).prop_map(str::to_owned),
        1 => "[a-cA0'=+@\"<&_;,.é🚗 -]{1,8}",
        1 => "[A-Z][a-z]{1,6}",
    ]
}

/// What the app takes for a slot of this kind.
fn value(kind: SlotKind) -> BoxedStrategy<Option<Value>> {
    let checked = move |value: Value| contact::check(kind, value, &E164Only).ok().flatten();
    let filled = match kind {
        SlotKind::Reference | SlotKind::Text | SlotKind::LongText => {
            text().prop_map(Value::Text).boxed()
        }
        SlotKind::Texts => prop::collection::vec(text(), 1..4)
            .prop_map(Value::Texts)
            .boxed(),
        SlotKind::Phone => (5_000_u32..6_000)
            .prop_map(|line| Value::Text(format!("+1514844{line}")))
            .boxed(),
        SlotKind::Phones => prop::collection::vec(5_000_u32..6_000, 1..3)
            .prop_map(|lines| {
                Value::Texts(lines.iter().map(|line| format!("+1418340{line}")).collect())
            })
            .boxed(),
        SlotKind::Email => "[a-z]{1,5}@[a-z]{2,5}\\.ca".prop_map(Value::Text).boxed(),
        SlotKind::Country => prop::sample::select(vec!["CA", "US", "FR"])
            .prop_map(|code| Value::Text(code.to_owned()))
            .boxed(),
        SlotKind::Language => prop::sample::select(vec!["en", "fr"])
            .prop_map(|code| Value::Text(code.to_owned()))
            .boxed(),
        SlotKind::Date => (600_000..760_000)
            .prop_map(|day| Value::Date(NaiveDate::from_num_days_from_ce_opt(day).unwrap()))
            .boxed(),
        SlotKind::Number => (any::<i32>(), 0_u32..5)
            .prop_map(|(digits, scale)| {
                Value::Number(format!("{digits}e-{scale}").parse::<Number>().unwrap())
            })
            .boxed(),
    };
    prop_oneof![3 => filled.prop_map(checked), 1 => Just(None)].boxed()
}

/// Customers as an account can have them: references and cell phones are those of one.
fn customers() -> impl Strategy<Value = Vec<Vec<Option<Value>>>> {
    let row: Vec<BoxedStrategy<Option<Value>>> = columns(0)
        .iter()
        .map(|(_, column)| value(column.kind))
        .collect();
    prop::collection::vec(row, 1..12).prop_map(|mut rows| {
        for (at, row) in rows.iter_mut().enumerate() {
            for (value, (slot, _)) in row.iter_mut().zip(columns(0)) {
                match (slot, value.as_mut()) {
                    (Slot::Field(Field::Reference), Some(Value::Text(text))) => {
                        *text = format!("{text}{at}");
                    }
                    (Slot::Field(Field::CellPhone), Some(Value::Text(text))) => {
                        *text = format!("{}{at:02}", &text[..10]);
                    }
                    _ => {}
                }
            }
        }
        rows
    })
}

/// What each row brings, by slot.
fn brought(request: &ImportPlanRequest, row: &StagedRow) -> Vec<Option<Value>> {
    let RowContent::Values { values, .. } = &row.content else {
        panic!("{:?}", row.content)
    };
    columns(0)
        .iter()
        .map(|(slot, _)| {
            let place = request
                .columns
                .iter()
                .position(|column| column.slot == *slot)?;
            values[place].clone()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn every_value_comes_back_as_it_was_exported(rows in customers(), language in 0_usize..2, format in prop::sample::select(vec![ExportFormat::Xlsx, ExportFormat::Csv])) {
        let rows: Vec<Vec<Option<Value>>> = rows
            .into_iter()
            .filter(|row| row.iter().any(Option::is_some))
            .collect();
        prop_assume!(!rows.is_empty());
        let mut session = open_export(format, exported(format, language, &rows));
        for (column, (slot, _)) in session.mapping().columns.iter().zip(columns(language)) {
            let expected = match slot {
                Slot::Field(field) => Belongs::Field(field),
                Slot::Attribute(id) => Belongs::Attribute(id),
            };
            prop_assert!(column.belongs == expected || column.filled == 0 && column.belongs == Belongs::Ignore, "{:?}", column);
        }
        let (request, staged) = staged(&mut session);
        let back: Vec<Vec<Option<Value>>> = staged.iter().map(|row| brought(&request, row)).collect();
        for (row, back) in rows.iter().zip(&back) {
            for ((value, back), (_, column)) in row.iter().zip(back).zip(columns(language)) {
                prop_assert_eq!(value, back, "{}", column.header);
            }
        }
        let expected: Vec<_> = (1..).zip(&rows).map(|(number, _)| Some(version(number, 7))).collect();
        prop_assert_eq!(versions_of(&staged), expected);
    }
}

#[test]
fn the_versions_are_found_and_say_what_happens_to_corrections() {
    let csv = format!(
        "Reference,Tags,{VERSION_HEADER}\nA,vip,{}\nB,,{}\n",
        version(1, 3),
        version(2, 4)
    );
    let mut session = open_list(&csv);
    let columns = session.mapping().columns;
    assert_eq!(columns[2].belongs, Belongs::Version);
    let versions = Reason::Contents {
        contents: Contents::Versions,
        percent: 100,
    };
    assert_eq!(columns[2].reasons, [versions]);
    let rules = |session: &Session| -> Vec<MergeRule> {
        let columns = session.mapping().columns;
        columns.iter().take(2).map(|column| column.rule).collect()
    };
    assert_eq!(rules(&session), [MergeRule::Replace, MergeRule::Replace]);
    ask(
        &mut session,
        Ask::SetColumn {
            column: 2,
            belongs: Belongs::Ignore,
        },
    );
    assert_eq!(rules(&session), [MergeRule::FillBlanks, MergeRule::Add]);
    let (request, rows) = staged(&mut session);
    assert_eq!(request.version_column, None);
    assert_eq!(versions_of(&rows), [None, None]);
    ask(
        &mut session,
        Ask::SetColumn {
            column: 2,
            belongs: Belongs::Version,
        },
    );
    ask(
        &mut session,
        Ask::SetRule {
            column: 1,
            rule: MergeRule::Never,
        },
    );
    assert_eq!(rules(&session), [MergeRule::Replace, MergeRule::Never]);
    let (request, rows) = staged(&mut session);
    assert_eq!(request.version_column, Some(2));
    assert_eq!(
        versions_of(&rows),
        [Some(version(1, 3)), Some(version(2, 4))]
    );
}

#[test]
fn the_title_may_have_been_changed() {
    let csv = format!("Reference,x\nA,{}\nB,{}\n", version(1, 3), version(2, 4));
    assert_eq!(belongs(&open_list(&csv))[1], Belongs::Version);
}

#[test]
fn rules_remembered_of_an_export_are_not_those_of_another_list() {
    let export = format!("Reference,City,{VERSION_HEADER}\nA,x,{}\n", version(1, 3));
    let remembered = |session: &mut Session| staged(session).0.mapping;
    let of_export = remembered(&mut open_list(&export));
    let of_list = remembered(&mut open_list("Reference,City\nA,x\n"));
    let with = |csv: &str, mapping: String| {
        let session = open_with(
            csv,
            Opening {
                remembered: Some(mapping),
                ..opening()
            },
        );
        session.mapping().columns[1].rule
    };
    assert_eq!(
        with("Reference,City\nA,x\n", of_export.clone()),
        MergeRule::FillBlanks
    );
    assert_eq!(with(&export, of_list), MergeRule::Replace);
    assert_eq!(with(&export, of_export), MergeRule::Replace);
}

#[test]
fn a_damaged_version_is_told_and_holds_nothing_back() {
    let damaged = version(2, 4).to_string().replace(".4.", ".5.");
    let csv = format!(
        "First name,{VERSION_HEADER}\nAna,{}\nBea,{damaged}\n,{damaged}\nCleo,\n",
        version(1, 3)
    );
    let mut session = open_list(&csv);
    let window = session.window(0, 10, RowView::All);
    assert_eq!(
        window.rows[1].cells[1].repairs,
        [CellRepair::VersionDamaged]
    );
    assert_eq!(window.rows[1].cells[1].problem, None);
    assert_eq!(
        states(&mut session),
        [
            RowState::Ready,
            RowState::Ready,
            RowState::Skipped(SkipReason::NothingMapped),
            RowState::Ready
        ]
    );
    let (_, rows) = staged(&mut session);
    assert_eq!(versions_of(&rows), [Some(version(1, 3)), None, None, None]);
}

#[test]
fn versions_of_another_account_are_ignored_and_nothing_is_replaced() {
    let csv = format!(
        "Reference,{VERSION_HEADER}\nA,{}\nB,{}\n",
        of_another(1),
        of_another(2)
    );
    let session = open_list(&csv);
    let columns = session.mapping().columns;
    assert_eq!(columns[1].belongs, Belongs::Ignore);
    assert_eq!(columns[1].reasons, [Reason::OtherAccount]);
    assert_eq!(columns[0].rule, MergeRule::FillBlanks);
}

#[test]
fn two_columns_of_versions_are_one_and_make_no_attribute() {
    let csv = format!(
        "Reference,{VERSION_HEADER},{VERSION_HEADER}\nA,{0},{0}\n",
        version(1, 3)
    );
    let belongs = belongs(&open_list(&csv));
    assert_eq!(belongs[1..], [Belongs::Version, Belongs::Ignore]);
}

#[test]
fn two_rows_of_one_version_are_one_person_and_two_versions_two() {
    let csv = format!(
        "Reference,First name,City,Cell phone,{VERSION_HEADER}\n\
         A,Ana,,,{0}\n\
         ,Anna,Laval,,{0}\n\
         A,Bea,,514-844-5599,{1}\n\
         ,Cleo,,514-844-5599,{2}\n\
         ,,Québec,,{0}\n",
        version(1, 3),
        version(2, 3),
        version(3, 3)
    );
    let mut session = open_list(&csv);
    assert_eq!(
        states(&mut session),
        [
            RowState::Ready,
            RowState::Skipped(SkipReason::FoldedInto(2)),
            // That both are called A is for the server to say.
            RowState::Ready,
            RowState::Failed,
            RowState::Skipped(SkipReason::FoldedInto(2)),
        ]
    );
    let (_, rows) = staged(&mut session);
    let RowContent::Values {
        values, version, ..
    } = &rows[0].content
    else {
        panic!("{:?}", rows[0])
    };
    assert_eq!(
        values[..3],
        [Value::text("A"), Value::text("Ana"), Value::text("Laval")]
    );
    assert_eq!(version.map(|version| version.customer), Some(customer(1)));
}

#[test]
fn a_version_says_who_a_row_without_a_name_is_about() {
    let csv = format!(
        "First name,City,{VERSION_HEADER}\nAna,,{}\n,Laval,{}\n,Laval,\n",
        version(1, 3),
        version(2, 3)
    );
    let mut session = open_list(&csv);
    assert_eq!(
        states(&mut session),
        [RowState::Ready, RowState::Ready, RowState::Failed]
    );
    assert_eq!(session.mapping_problems(), []);
}

#[test]
fn a_column_with_the_name_of_a_retired_attribute_says_so_and_proposes_nothing() {
    let mut retired = attribute("Loyalty level", AttributeKind::Text, 21);
    retired.retired = true;
    let session = open_with(
        "Reference,loyalty  level\nA,gold\nB,silver\n",
        Opening {
            attributes: vec![retired],
            ..opening()
        },
    );
    let column = &session.mapping().columns[1];
    assert_eq!(column.belongs, Belongs::Ignore);
    assert_eq!(
        column.reasons,
        [Reason::RetiredAttribute {
            name: "Loyalty level".to_owned()
        }]
    );
}
