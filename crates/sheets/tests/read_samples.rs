//! Files as shops have them, against the answer key that came with them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

use serde_json::Value;
use sheets::{
    detected::{Delimiter, Overrides},
    read::{self, Opened},
};
use std::{fs, path::PathBuf};

fn samples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/files/samples")
}

fn key() -> serde_json::Map<String, Value> {
    let text = fs::read_to_string(samples().join("expected.json")).unwrap();
    let Value::Object(key) = serde_json::from_str(&text).unwrap() else {
        panic!("the key is an object")
    };
    assert_eq!(key.len(), 14);
    key
}

fn open(name: &str) -> Opened {
    let bytes = fs::read(samples().join(name)).unwrap();
    read::open(name, bytes, &Overrides::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_sample_is_read_as_the_key_says() {
    for (name, expected) in key() {
        if expected.get("refused_with_a_clear_message").is_some() {
            let bytes = fs::read(samples().join(&name)).unwrap();
            assert!(
                read::open(&name, bytes, &Overrides::default()).is_err(),
                "{name}"
            );
            continue;
        }
        let detected = open(&name).detected;
        for (field, value) in expected.as_object().unwrap() {
            let text = detected.text.as_ref();
            match field.as_str() {
                "encoding" => assert_eq!(text.unwrap().encoding.name(), value, "{name}"),
                "delimiter" => {
                    let delimiter = text
                        .unwrap()
                        .delimiter
                        .map(|delimiter| char::from(delimiter.byte()).to_string());
                    assert_eq!(delimiter.as_deref(), value.as_str(), "{name}");
                }
                "sheet" => assert_eq!(detected.sheet.as_deref(), value.as_str(), "{name}"),
                "header_row" => assert_eq!(
                    u64::from(detected.header_line),
                    value.as_u64().unwrap(),
                    "{name}"
                ),
                "data_rows" => assert_eq!(
                    u64::from(detected.data_rows),
                    value.as_u64().unwrap(),
                    "{name}"
                ),
                "blank_rows" => assert_eq!(
                    u64::from(detected.blank_rows),
                    value.as_u64().unwrap(),
                    "{name}"
                ),
                "total_row_below" => assert_eq!(
                    !detected.total_lines.is_empty(),
                    value.as_bool().unwrap(),
                    "{name}"
                ),
                "empty_columns" => {
                    let letters: Vec<String> = detected
                        .empty_columns()
                        .map(|column| char::from(b'A' + u8::try_from(column).unwrap()).to_string())
                        .collect();
                    assert_eq!(Value::from(letters), *value, "{name}");
                }
                "columns" => {
                    for title in value.as_object().unwrap().keys() {
                        assert!(
                            detected.columns.iter().any(|column| column.name == *title),
                            "{name}: {title}"
                        );
                    }
                }
                "problems" => {
                    let opened = open(&name);
                    for problem in value.as_array().unwrap() {
                        let line = u32::try_from(problem["line"].as_u64().unwrap()).unwrap();
                        let column = detected
                            .columns
                            .iter()
                            .position(|column| column.name == problem["column"]);
                        let row = opened.table.row_at(line).unwrap();
                        let cell = opened
                            .table
                            .cell(row, u32::try_from(column.unwrap()).unwrap());
                        assert_eq!(cell.text, problem["value"], "{name}");
                    }
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_delimiter_that_a_person_chose_is_used() {
    let bytes = fs::read(samples().join("clean.csv")).unwrap();
    let overrides = Overrides {
        delimiter: Some(Delimiter::Tab),
        ..Overrides::default()
    };
    let opened = read::open("clean.csv", bytes, &overrides).unwrap();
    assert_eq!(
        (
            opened.table.columns(),
            opened.detected.text.unwrap().delimiter
        ),
        (1, Some(Delimiter::Tab))
    );
}
