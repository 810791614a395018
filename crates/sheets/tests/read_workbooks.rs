//! Workbooks written by openpyxl, LibreOffice, xlwt and an XLSB writer; see `files/make_fixtures.py`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

use sheets::{
    detected::{Format, Overrides, Repair, Title},
    error::ReadError,
    read::{self, Opened},
    table::CellKind,
};
use std::{fs, path::PathBuf};

fn bytes(name: &str) -> Vec<u8> {
    fs::read(
        PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("tests/files")
            .join(name),
    )
    .unwrap()
}

fn open(name: &str) -> Opened {
    read::open(name, bytes(name), &Overrides::default())
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn rows(opened: &Opened) -> Vec<Vec<String>> {
    let table = &opened.table;
    let text = |row: &u32| {
        (0..table.columns())
            .map(|column| table.cell(*row, column).text.to_owned())
            .collect()
    };
    opened.data.iter().map(text).collect()
}

fn names(opened: &Opened) -> Vec<&str> {
    opened
        .detected
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect()
}

#[test]
fn every_kind_of_cell_reads_as_it_shows_whoever_wrote_it() {
    for name in [
        "kinds.xlsx",
        "kinds-libre.xlsx",
        "kinds-libre.ods",
        "kinds-libre.xls",
    ] {
        let opened = open(name);
        assert_eq!(names(&opened), ["Value", "Reads as", "Kind"], "{name}");
        assert_eq!(opened.detected.data_rows, 19, "{name}");
        for row in &opened.data {
            let [value, text, kind] = [0, 1, 2].map(|column| opened.table.cell(*row, column));
            assert_eq!(
                value.text,
                text.text,
                "{name} line {}",
                opened.table.line(*row)
            );
            assert_eq!(
                format!("{:?}", value.kind),
                kind.text,
                "{name} line {}",
                opened.table.line(*row)
            );
        }
    }
}

#[test]
fn the_contents_name_the_format() {
    let format = |name: &str| open(name).detected.format;
    assert_eq!(format("kinds.xlsx"), Format::Xlsx);
    assert_eq!(format("kinds-libre.ods"), Format::Ods);
    assert_eq!(format("kinds-libre.xls"), Format::Xls);
    assert_eq!(format("binary.xlsb"), Format::Xlsb);
}

#[test]
fn dates_of_the_calendar_of_1904_are_the_same_days() {
    for name in ["dates-1904.xlsx", "dates-1904.xls"] {
        let days: Vec<String> = rows(&open(name))
            .into_iter()
            .map(|row| row[3].clone())
            .collect();
        assert_eq!(days, ["1980-02-29", "1999-12-31", "2001-01-01"], "{name}");
    }
}

#[test]
fn merged_titles_spread_and_a_value_merged_over_rows_is_that_of_each() {
    for name in ["merged.xlsx", "merged.ods", "merged.xls"] {
        let opened = open(name);
        let detected = &opened.detected;
        assert_eq!(
            names(&opened),
            ["Ref", "Name", "Phone", "Street", "City"],
            "{name}"
        );
        assert_eq!(
            (detected.header_line, detected.title_lines.as_slice()),
            (4, [1].as_slice()),
            "{name}"
        );
        assert_eq!(
            (
                detected.first_data_line,
                detected.last_data_line,
                detected.data_rows
            ),
            (5, 7, 3),
            "{name}"
        );
        assert_eq!(
            (detected.blank_rows, detected.total_lines.as_slice()),
            (0, [8].as_slice()),
            "{name}"
        );
        assert!(
            detected
                .repairs
                .contains(&Repair::MergedHeader { count: 4 }),
            "{name}: {:?}",
            detected.repairs
        );
        assert!(
            detected.repairs.contains(&Repair::FilledDown {
                count: 1,
                first_line: 5
            }),
            "{name}"
        );
        let cities: Vec<String> = rows(&opened)
            .into_iter()
            .map(|row| row[4].clone())
            .collect();
        assert_eq!(cities, ["Lévis", "Lévis", "Lévis"], "{name}");
    }
}

#[test]
fn hidden_and_nearly_empty_sheets_are_passed_over_and_can_be_chosen() {
    for name in ["hidden-first.xlsx", "hidden-first.ods", "hidden-first.xls"] {
        let opened = open(name);
        assert_eq!(
            opened.detected.sheet.as_deref(),
            Some("Clients & amis"),
            "{name}"
        );
        let sheets: Vec<(&str, bool, Option<u32>)> = opened
            .detected
            .sheets
            .iter()
            .map(|sheet| (sheet.name.as_str(), sheet.hidden, sheet.filled_rows))
            .collect();
        let expected = [
            ("Lists", true, Some(50)),
            ("Read me", false, Some(1)),
            ("Clients & amis", false, Some(4)),
        ];
        assert_eq!(sheets, expected, "{name}");

        let choose = |sheet: &str| {
            let overrides = Overrides {
                sheet: Some(sheet.to_owned()),
                ..Overrides::default()
            };
            read::open(name, bytes(name), &overrides).map(|opened| opened.detected)
        };
        let lists = choose("Lists").unwrap();
        assert_eq!(
            (lists.sheet.as_deref(), lists.last_data_line),
            (Some("Lists"), 50),
            "{name}"
        );
        assert_eq!(
            choose("Lists ").unwrap_err(),
            ReadError::NoSuchSheet,
            "{name}"
        );
    }
}

#[test]
fn runs_of_rich_text_are_one_text() {
    assert_eq!(
        rows(&open("rich-text.xlsx")),
        [["Zoë", "likes winter tires"]]
    );
}

#[test]
fn shared_texts_that_run_over_records_come_out_whole() {
    let opened = open("old-long.xls");
    assert_eq!(opened.detected.data_rows, 120);
    for (at, row) in (1_usize..).zip(rows(&opened)) {
        let letter = if at % 2 == 1 { "é" } else { "→" };
        assert_eq!(row[4], format!("{at} {}", letter.repeat(at * 3)));
        assert_eq!(row[2], (5_145_550_000_usize + at).to_string());
    }
}

#[test]
fn binary_workbooks_read_like_any_other() {
    let opened = open("binary.xlsb");
    assert_eq!(
        names(&opened),
        ["Ref", "Name", "Phone", "Birthday", "Balance", "Member"]
    );
    let rows = rows(&opened);
    assert_eq!(rows.len(), 6);
    assert_eq!(
        rows[0],
        [
            "00123",
            "Zoë",
            "514-555-0101",
            "1980-02-29",
            "12.25",
            "true"
        ]
    );
    assert_eq!(
        rows[3],
        [
            "00124b",
            "José ñ",
            "5145550001",
            "2024-01-05T14:30:00",
            "1",
            "false"
        ]
    );
    let kinds: Vec<CellKind> = opened
        .table
        .cells(opened.data[0])
        .map(|cell| cell.kind)
        .collect();
    let text = CellKind::Text;
    assert_eq!(
        kinds,
        [
            text,
            text,
            text,
            CellKind::Date,
            CellKind::Number,
            CellKind::Bool
        ]
    );
}

#[test]
fn a_workbook_under_another_name_is_read_and_the_name_reported() {
    let opened = read::open("clients.csv", bytes("kinds.xlsx"), &Overrides::default()).unwrap();
    assert!(opened.detected.repairs.contains(&Repair::WrongEnding {
        ending: "csv".to_owned()
    }));
    let opened = read::open("kinds.XLSX", bytes("kinds.xlsx"), &Overrides::default()).unwrap();
    assert_eq!(opened.detected.repairs, []);
}

#[test]
fn formulas_without_results_are_told_and_kept() {
    let opened = open("samples/workbook.xlsx");
    let visits = opened
        .detected
        .columns
        .iter()
        .position(|column| column.name == "Visits")
        .unwrap();
    let cell = opened
        .table
        .cell(opened.data[0], u32::try_from(visits).unwrap());
    assert_eq!(
        (cell.kind, cell.text),
        (CellKind::FormulaWithoutValue, "=1+0")
    );
    let told = Repair::FormulasWithoutValue {
        count: 150,
        first_line: 4,
    };
    assert!(
        opened.detected.repairs.contains(&told),
        "{:?}",
        opened.detected.repairs
    );
}

#[test]
fn a_person_can_say_where_the_table_is() {
    let name = "merged.xlsx";
    let overrides = Overrides {
        header_line: Some(7),
        ..Overrides::default()
    };
    let detected = read::open(name, bytes(name), &overrides);
    assert_eq!(detected.unwrap_err(), ReadError::HeaderOnly);
    let overrides = Overrides {
        header_line: Some(4),
        last_line: Some(6),
        ..Overrides::default()
    };
    let detected = read::open(name, bytes(name), &overrides).unwrap().detected;
    assert_eq!(
        (
            detected.header_line,
            detected.last_data_line,
            detected.data_rows
        ),
        (4, 6, 2)
    );
    let overrides = Overrides {
        header_line: Some(0),
        last_line: Some(7),
        ..Overrides::default()
    };
    let detected = read::open(name, bytes(name), &overrides).unwrap().detected;
    assert_eq!(
        (
            detected.header_line,
            detected.first_data_line,
            detected.data_rows
        ),
        (0, 1, 6)
    );
    assert_eq!(
        (detected.columns[0].name.as_str(), detected.columns[0].title),
        ("Column A", Title::Missing)
    );
}

#[test]
fn a_hidden_row_of_old_excel_is_told() {
    let mut bytes = bytes("old-long.xls");
    // The record of the third row, of 16 bytes after its type and length.
    let record = [0x08, 0x02, 0x10, 0x00, 0x02, 0x00];
    let at = bytes
        .windows(record.len())
        .position(|window| window == record)
        .unwrap();
    bytes[at + 4 + 12] |= 0x20;
    let opened = read::open("old-long.xls", bytes.as_slice(), &Overrides::default()).unwrap();
    assert!(opened.detected.repairs.contains(&Repair::HiddenRows {
        count: 1,
        first_line: 3
    }));
}
