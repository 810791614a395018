//! Every sample file comes out as its answer key says.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking"
)]

use domain::{account::Country, attribute::AttributeKind, import::chunk::SkipReason, slot::Field};
use serde_json::Value as Json;
use sheets::{
    error::ReadError,
    mapping::{
        AppointmentField, Belongs, CellFormat, Column, DateOrder, DecimalMark, MappingProblem,
        NameOrder,
    },
    preview::{CellRepair, RowState, RowView, RowWindow},
    protocol::ImportKind,
    session::{Opening, Session},
};
use std::{fs, path::PathBuf};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/files/samples")
        .join(name)
}

fn key() -> serde_json::Map<String, Json> {
    serde_json::from_str(&fs::read_to_string(path("expected.json")).unwrap()).unwrap()
}

fn open(name: &str) -> Result<Session, ReadError> {
    let opening = Opening {
        file_name: name.to_owned(),
        kind: if name.starts_with("appointments") {
            ImportKind::Appointments
        } else {
            ImportKind::Customers
        },
        country: Country::CANADA,
        account: domain::ids::AccountId::new(uuid::Uuid::nil()),
        attributes: Vec::new(),
        remembered: None,
        corrections: None,
    };
    Session::open(fs::read(path(name)).unwrap(), opening, &mut |_| {})
}

fn column<'a>(columns: &'a [Column], name: &str) -> &'a Column {
    columns
        .iter()
        .find(|column| column.header == name)
        .unwrap_or_else(|| panic!("no column {name}"))
}

/// Whether a column belongs where the key's words say.
fn agrees(column: &Column, expected: &str) -> bool {
    let (what, format) = match expected.split_once(" (") {
        Some((what, rest)) => (what, Some(rest.trim_end_matches(')'))),
        None => (expected, None),
    };
    let order = match format {
        Some("Y-M-D") => Some(CellFormat::Dates(DateOrder::YearMonthDay)),
        Some("D/M/Y") => Some(CellFormat::Dates(DateOrder::DayMonthYear)),
        _ => None,
    };
    let kind = |text: &str| match text {
        "text" => AttributeKind::Text,
        "number" => AttributeKind::Number,
        "date" => AttributeKind::Date,
        "collection of texts" => AttributeKind::Texts,
        other => panic!("{other} is no kind"),
    };
    let belongs = match (&column.belongs, what) {
        (Belongs::FullName(NameOrder::FirstLast), "full name") => format == Some("first + last"),
        (Belongs::FullName(NameOrder::LastFirst), "full name") => format == Some("last, first"),
        (Belongs::Appointment(field), what) => matches!(
            (field, what),
            (AppointmentField::Date, "date")
                | (AppointmentField::Time, "time")
                | (AppointmentField::Service, "service")
        ),
        (Belongs::New { kind: found, name }, what) => {
            what.strip_prefix("attribute ")
                .is_some_and(|text| kind(text) == *found)
                && *name == column.header
        }
        (Belongs::NewOfAppointment { kind: found, .. }, what) => what
            .strip_prefix("appointment attribute ")
            .is_some_and(|text| kind(text) == *found),
        (Belongs::Field(Field::Notes), "notes or attribute text") => true,
        (Belongs::Field(field), what) => field.key() == what,
        _ => false,
    };
    belongs && (order.is_none() || column.format == order)
}

fn texts(json: &Json) -> Vec<&str> {
    json.as_array()
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .collect()
}

#[test]
fn columns_are_proposed_as_the_key_says() {
    for (file, expected) in key() {
        let Some(columns) = expected["columns"].as_object() else {
            continue;
        };
        let mapping = open(&file).unwrap().mapping();
        for (name, belongs) in columns {
            let column = column(&mapping.columns, name);
            assert!(
                agrees(column, belongs.as_str().unwrap()),
                "{file}: {name} is {:?}, {:?}",
                column.belongs,
                column.format
            );
            assert!(!column.reasons.is_empty(), "{file}: {name} has no reason");
        }
        for name in texts(&expected["decimal_comma"]) {
            assert_eq!(
                column(&mapping.columns, name).format,
                Some(CellFormat::Numbers(DecimalMark::Comma)),
                "{file}: {name}"
            );
        }
        let date_questions = mapping
            .problems
            .iter()
            .filter(|problem| matches!(problem, MappingProblem::DateOrderNeeded { .. }));
        assert_eq!(date_questions.count(), 0, "{file}");
    }
}

#[test]
fn exactly_the_problems_of_the_key_are_found_at_their_lines() {
    for (file, expected) in key() {
        let Some(problems) = expected["problems"].as_array() else {
            continue;
        };
        let mut session = open(&file).unwrap();
        let columns = session.mapping().columns;
        let window = session.window(0, 1_000, RowView::OnlyProblems);
        let mut found: Vec<(u64, &str, &str)> = Vec::new();
        for row in &window.rows {
            for (cell, column) in row.cells.iter().zip(&columns) {
                if cell.problem.is_some() {
                    found.push((row.line.into(), &column.header, &cell.raw));
                }
            }
        }
        let expected: Vec<(u64, &str, &str)> = problems
            .iter()
            .map(|p| {
                (
                    p["line"].as_u64().unwrap(),
                    p["column"].as_str().unwrap(),
                    p["value"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(found, expected, "{file}");
    }
}

fn all_rows(file: &str) -> (Session, RowWindow) {
    let mut session = open(file).unwrap();
    let window = session.window(0, 1_000, RowView::All);
    (session, window)
}

#[test]
fn dates_written_as_text_among_real_ones_are_understood() {
    for (file, expected) in key() {
        let Some(lines) = expected["text_dates_in_rows"].as_array() else {
            continue;
        };
        let (session, window) = all_rows(&file);
        let dates: Vec<u32> = session
            .mapping()
            .columns
            .iter()
            .filter(|c| matches!(c.format, Some(CellFormat::Dates(_))))
            .map(|c| c.column)
            .collect();
        for line in lines {
            let row = window
                .rows
                .iter()
                .find(|row| line.as_u64() == Some(row.line.into()))
                .unwrap();
            for column in &dates {
                let cell = &row.cells[*column as usize];
                assert!(
                    cell.values.len() == 1 && cell.problem.is_none(),
                    "{file}, line {line}: {cell:?}"
                );
            }
        }
    }
}

#[test]
fn formulas_without_results_are_blank_and_told() {
    for (file, expected) in key() {
        for name in texts(&expected["formulas_without_cached_value"]) {
            let (session, window) = all_rows(&file);
            let column = column(&session.mapping().columns, name).column as usize;
            let told = |row: &sheets::preview::PreviewRow| {
                row.cells[column].repairs == [CellRepair::FormulaWithoutValue]
            };
            assert!(
                window
                    .rows
                    .iter()
                    .all(|row| told(row) && row.cells[column].values.is_empty()),
                "{file}: {name}"
            );
        }
    }
}

#[test]
fn the_same_person_is_folded_and_phones_of_others_are_told() {
    for (file, expected) in key() {
        let pairs = |name: &str| -> Vec<(u64, u64)> {
            let pairs = expected[name].as_array().into_iter().flatten();
            pairs
                .map(|pair| (pair[0].as_u64().unwrap(), pair[1].as_u64().unwrap()))
                .collect()
        };
        if expected["same_person_in_file"].is_null() {
            continue;
        }
        let (mut session, window) = all_rows(&file);
        let mut folded: Vec<(u64, u64)> = Vec::new();
        let mut phones: Vec<(u64, u64)> = Vec::new();
        for row in &window.rows {
            if let RowState::Skipped(SkipReason::FoldedInto(line)) = row.state {
                folded.push((line.into(), row.line.into()));
            }
            for cell in &row.cells {
                if let Some(domain::import::chunk::CellReason::PhoneOfLine { line }) = cell.problem
                {
                    phones.push((line.into(), row.line.into()));
                }
            }
        }
        assert_eq!(
            (folded, phones),
            (pairs("same_person_in_file"), pairs("phone_of_someone_else")),
            "{file}"
        );
        assert!(
            u64::from(session.summary().ready)
                <= expected["new_customers_at_most"].as_u64().unwrap(),
            "{file}"
        );
    }
}

#[test]
fn do_not_contact_lists_unsubscribe_exactly_the_people_they_name() {
    for (file, expected) in key() {
        if let Some(count) = expected["unsubscribes"].as_u64() {
            let mut session = open(&file).unwrap();
            assert_eq!(u64::from(session.summary().unsubscribes), count, "{file}");
        }
    }
}

#[test]
fn dates_that_cannot_be_told_are_asked_for() {
    for (file, expected) in key() {
        for name in texts(&expected["must_ask_for_date_format"]) {
            let mapping = open(&file).unwrap().mapping();
            let column = column(&mapping.columns, name);
            assert_eq!(column.format, None, "{file}: {name}");
            assert!(
                mapping.problems.contains(&MappingProblem::DateOrderNeeded {
                    column: column.column
                }),
                "{file}: {name}"
            );
        }
    }
}

#[test]
fn every_data_row_is_seen_and_what_is_new_is_counted() {
    for (file, expected) in key() {
        if expected["refused_with_a_clear_message"] == true {
            assert!(open(&file).is_err(), "{file}");
            continue;
        }
        let mut session = open(&file).unwrap();
        let summary = session.summary();
        assert_eq!(
            Some(u64::from(summary.rows)),
            expected["data_rows"].as_u64(),
            "{file}"
        );
        if let Some(count) = expected["new_customers"].as_u64() {
            assert_eq!(u64::from(summary.ready), count, "{file}");
        }
    }
}
