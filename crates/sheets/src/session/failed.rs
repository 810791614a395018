//! The failed rows as a file.

use super::Session;
use crate::mapping::reason_key;
use domain::{error::Invalid, import::chunk::CellReason};
use std::collections::BTreeMap;

impl Session {
    /// The rows and a CSV file of them: UTF-8 with a byte order mark, the columns of the file between the line and the reasons.
    pub(super) fn failed_rows(&mut self, words: &BTreeMap<String, String>) -> (u32, Vec<u8>) {
        self.decide();
        let failed = self
            .decided
            .as_ref()
            .map(|decided| decided.failed.as_slice())
            .unwrap_or_default();
        let word = |key: &str| words.get(key).map_or_else(|| key.to_owned(), Clone::clone);
        let mut file = String::from("\u{feff}");
        let headers = self
            .sheet
            .detected
            .columns
            .iter()
            .map(|column| column.name.as_str());
        write_row(
            &mut file,
            std::iter::once(word("line").as_str())
                .chain(headers)
                .chain([word("reason").as_str()]),
        );
        for row in failed {
            let reasons: Vec<String> = self
                .problems_of(*row)
                .into_iter()
                .map(|(column, reason)| {
                    format!("{}: {}", self.header(column), sentence(&reason, words))
                })
                .collect();
            let line = self.line(*row).to_string();
            let cells = (0..)
                .zip(&self.columns)
                .map(|(column, _)| self.cell(*row, column).text);
            write_row(
                &mut file,
                std::iter::once(line.as_str())
                    .chain(cells)
                    .chain([reasons.join("; ").as_str()]),
            );
        }
        (
            u32::try_from(failed.len()).unwrap_or(u32::MAX),
            file.into_bytes(),
        )
    }
}

/// The reader's sentence for a reason, with its number put in for `{line}` or `{max}`; in English if there is none.
fn sentence(reason: &CellReason, words: &BTreeMap<String, String>) -> String {
    let Some(sentence) = words.get(reason_key(reason)) else {
        return reason.to_string();
    };
    match reason {
        CellReason::PhoneOfLine { line } => sentence.replace("{line}", &line.to_string()),
        CellReason::Invalid(Invalid::TooLong { max } | Invalid::TooMany { max }) => {
            sentence.replace("{max}", &max.to_string())
        }
        _ => sentence.clone(),
    }
}

fn write_row<'a>(file: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            file.push(',');
        }
        write_cell(file, cell);
    }
    file.push_str("\r\n");
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe, which reading takes off again.
fn write_cell(file: &mut String, cell: &str) {
    let number = cell
        .strip_prefix(['+', '-'])
        .is_some_and(|rest| !rest.contains(|c: char| !c.is_ascii_digit() && !" .,()-".contains(c)));
    let runs = cell.starts_with(['=', '+', '-', '@']) && !number;
    let quote = cell.contains(['"', ',', ';', '\n', '\r', '\t']) || cell.trim().len() != cell.len();
    if quote {
        file.push('"');
    }
    if runs {
        file.push('\'');
    }
    if quote {
        file.push_str(&cell.replace('"', "\"\""));
        file.push('"');
    } else {
        file.push_str(cell);
    }
}
