//! Whatever list is written, as CSV or as a workbook, is read back cell by cell.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use chrono::{DateTime, NaiveDate};
use domain::{
    slot::SlotKind,
    value::{Number, Value},
};
use proptest::prelude::*;
use sheets::{
    detected::{Delimiter, Overrides},
    read,
    table::CellKind,
    write::{Cell, Csv, Head, WriteColumn, Xlsx},
};

const HOSTILE: &[&str] = &[
    "007",
    "+",
    "-",
    "@",
    "=1+1",
    "'=x",
    "''+a",
    "'+15145551234",
    "+1 (514) 555-1234",
    "-12.5",
    "--1",
    "'007",
    "'",
    "''",
    "'t Hooft",
    "1e10",
    "1E+10",
    "TRUE",
    "#N/A",
    "5\" pipe",
    "\"",
    "\"\"",
    "\"a\",b",
    "'=\"x\"",
    "a\nb",
    "\n=1",
    "a,b;c|d\te",
    "_x0041_",
    "_x0041_x0042_",
    "__x000D_",
    "_x+041_",
    "<b>&amp;</b>",
    "]]>",
    "&#65;",
    "Zoé",
    "🚗 e\u{301}",
    "\u{FFFE}x\u{FFFF}",
    "ﬁ＝1",
    "＝1",
    "12/03/2024",
    "1900-02-29",
    "sep=;",
    "a  b",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        2 => prop::sample::select(HOSTILE).prop_map(str::to_owned),
        1 => "[a-cA0'=+@\"<&_x,;.\n é🚗-]{1,8}",
        1 => "\\PC{1,12}",
    ];
    prop_oneof![
        3 => piece.clone(),
        1 => (piece.clone(), piece).prop_map(|(a, b)| a + &b),
    ]
    .prop_map(|text| text.trim().to_owned())
}

/// What stands in a slot: texts are trimmed and not empty, years have four digits.
fn value() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        4 => text().prop_map(|text| Value::text(&text)),
        1 => prop::collection::vec(text(), 1..4).prop_map(Value::texts),
        1 => (1..=3_652_059).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).map(Value::Date)),
        1 => (any::<i64>(), 0_u32..10, 0_u32..19).prop_map(|(digits, scale, cut)| {
            let digits = digits / 10_i64.pow(cut);
            format!("{digits}e-{scale}").parse::<Number>().ok().map(Value::Number)
        }),
        1 => Just(None),
    ]
}

fn tables() -> impl Strategy<Value = Vec<Vec<Option<Value>>>> {
    (1_usize..5).prop_flat_map(|width| {
        let row = prop::collection::vec(value(), width);
        prop::collection::vec(row, 1..12)
    })
}

/// The first column numbers the rows, so that none of them is blank.
fn head(width: usize) -> Head {
    let column = |at: usize| WriteColumn {
        header: format!("Title {}", char::from(b'a' + u8::try_from(at).unwrap())),
        kind: SlotKind::LongText,
        hidden: at == 1,
    };
    Head {
        title: "Customers".to_owned(),
        columns: (0..=width).map(column).collect(),
        author: "Garage".to_owned(),
        created: DateTime::UNIX_EPOCH,
    }
}

/// Calls `write` with the cells of each row.
fn rows(table: &[Vec<Option<Value>>], mut write: impl FnMut(&[Cell<'_>])) {
    for (at, row) in table.iter().enumerate() {
        let number = format!("R{at}");
        let printed: Vec<String> = row.iter().flatten().map(ToString::to_string).collect();
        let mut printed = printed.iter();
        let mut cell = |value: &Value| {
            let text = printed.next()?;
            Some(match value {
                Value::Date(_) => Cell::Date(text),
                Value::Number(_) => Cell::Number(text),
                Value::Text(_) | Value::Texts(_) => Cell::Text(text),
            })
        };
        let mut cells = vec![Cell::Text(&number)];
        cells.extend(
            row.iter()
                .map(|value| value.as_ref().and_then(&mut cell).unwrap_or(Cell::Blank)),
        );
        write(&cells);
    }
}

fn read_back(name: &str, bytes: &[u8]) -> Vec<Vec<(CellKind, String)>> {
    // What is guessed has tests of its own.
    let overrides = Overrides {
        delimiter: name.ends_with("csv").then_some(Delimiter::Comma),
        header_line: Some(1),
        last_line: Some(u32::MAX),
        ..Overrides::default()
    };
    let opened = read::open(name, bytes, &overrides).unwrap();
    let columns = opened.table.columns();
    let cell = |row, column| opened.table.cell(row, column);
    let row = |row: &u32| {
        (1..columns)
            .map(|column| cell(*row, column))
            .map(|cell| (cell.kind, cell.text.to_owned()))
            .collect()
    };
    opened.data.iter().map(row).collect()
}

fn texts(table: &[Vec<Option<Value>>]) -> Vec<Vec<String>> {
    let text = |value: &Option<Value>| value.as_ref().map_or_else(String::new, ToString::to_string);
    table
        .iter()
        .map(|row| row.iter().map(text).collect())
        .collect()
}

proptest! {
    #[test]
    fn a_list_comes_back_from_csv(table in tables()) {
        let mut csv = Csv::new(&head(table[0].len()));
        rows(&table, |cells| csv.row(cells.iter().copied()));
        let read = read_back("list.csv", &csv.finish().concat());
        let read: Vec<Vec<String>> = read.into_iter().map(|row| row.into_iter().map(|(_, text)| text).collect()).collect();
        prop_assert_eq!(read, texts(&table));
    }

    #[test]
    fn a_list_comes_back_from_a_workbook(table in tables()) {
        let width = table[0].len();
        let mut xlsx = Xlsx::new(head(width));
        rows(&table, |cells| xlsx.row(cells.iter().copied()).unwrap());
        let mut read = read_back("list.xlsx", &xlsx.finish().unwrap().bytes);
        for row in &mut read {
            row.resize(width, (CellKind::Blank, String::new()));
        }
        for (row, values) in read.iter().zip(&table) {
            for ((kind, _), value) in row.iter().zip(values) {
                let allowed: &[CellKind] = match value {
                    None => &[CellKind::Blank],
                    Some(Value::Text(_) | Value::Texts(_)) => &[CellKind::Text],
                    Some(Value::Date(_)) => &[CellKind::Date, CellKind::Text],
                    Some(Value::Number(_)) => &[CellKind::Number, CellKind::Text],
                };
                prop_assert!(allowed.contains(kind), "{:?} of {:?}", kind, value);
            }
        }
        let read: Vec<Vec<String>> = read.into_iter().map(|row| row.into_iter().map(|(_, text)| text).collect()).collect();
        prop_assert_eq!(read, texts(&table));
    }
}

#[test]
fn many_rows_come_back() {
    let table: Vec<Vec<Option<Value>>> = (0..5_000)
        .map(|row| {
            vec![
                Value::text(HOSTILE[row % HOSTILE.len()]),
                Value::text(&row.to_string()),
            ]
        })
        .collect();
    let mut xlsx = Xlsx::new(head(2));
    rows(&table, |cells| xlsx.row(cells.iter().copied()).unwrap());
    let read = read_back("list.xlsx", &xlsx.finish().unwrap().bytes);
    let read: Vec<Vec<String>> = read
        .into_iter()
        .map(|row| row.into_iter().map(|(_, text)| text).collect())
        .collect();
    assert_eq!(read, texts(&table));
}
