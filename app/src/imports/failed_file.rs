//! The failed rows of an import as a file to correct and import again. Pure.

use super::wording;
use crate::{
    csv::{BOM, record},
    i18n::Locale,
};
use domain::import::report::FailedRow;
use leptos_i18n::td_string;

/// A CSV file (RFC 4180): every column of the file as it was, before it the line, after it the reasons.
pub(crate) fn csv(headers: &[String], rows: &[FailedRow], locale: Locale) -> String {
    let (line_title, reason_title) = (
        td_string!(locale, imports.line),
        td_string!(locale, imports.reason),
    );
    let mut out = String::from(BOM);
    record(
        &mut out,
        std::iter::once(line_title)
            .chain(headers.iter().map(String::as_str))
            .chain([reason_title]),
    );
    for row in rows {
        let reasons: Vec<_> = row
            .reasons
            .iter()
            .map(|reason| wording::row_reason(locale, reason, headers))
            .collect();
        let (line, reasons) = (row.line.to_string(), reasons.join(" "));
        let cells =
            (0..headers.len()).map(|column| row.cells.get(column).map_or("", String::as_str));
        record(
            &mut out,
            std::iter::once(line.as_str())
                .chain(cells)
                .chain([reasons.as_str()]),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        error::Invalid,
        import::{
            chunk::{CellProblem, CellReason},
            report::RowReason,
        },
    };

    fn invalid(column: u32, why: Invalid) -> RowReason {
        RowReason::Cell(CellProblem {
            column,
            reason: CellReason::Invalid(why),
        })
    }

    fn row(line: u32, cells: &[&str], reasons: &[RowReason]) -> FailedRow {
        FailedRow {
            line,
            cells: cells.iter().map(|text| (*text).to_owned()).collect(),
            reasons: reasons.to_vec(),
        }
    }

    fn file(locale: Locale, rows: &[FailedRow]) -> String {
        csv(&["Name".to_owned(), "Cell".to_owned()], rows, locale)
    }

    #[test]
    fn keeps_the_cells_and_says_line_and_reasons_in_the_readers_language() {
        let reasons = [invalid(1, Invalid::NotAPhone), RowReason::PhoneTaken];
        let rows = [row(14, &["Roy, Zoé", "123"], &reasons)];
        assert_eq!(
            file(Locale::en, &rows),
            "\u{feff}Line,Name,Cell,Reason\r\n14,\"Roy, Zoé\",123,Cell: This is not a valid phone number. This number \
             belongs to another customer.\r\n"
        );
        assert_ne!(file(Locale::fr, &rows), file(Locale::en, &rows));
    }

    #[test]
    fn a_row_with_missing_cells_keeps_its_reason_in_the_last_column() {
        let rows = [row(2, &["Roy"], &[RowReason::PhoneTaken])];
        assert!(
            file(Locale::en, &rows)
                .ends_with("2,Roy,,This number belongs to another customer.\r\n")
        );
    }

    #[test]
    fn a_cell_cannot_run_as_a_formula() {
        let rows = [row(2, &["=HYPERLINK(\"http://x\")", "@SUM(A1)"], &[])];
        assert!(file(Locale::en, &rows).contains("\"'=HYPERLINK(\"\"http://x\"\")\",'@SUM(A1),"));
    }

    #[test]
    fn phones_and_negative_numbers_stay_as_they_are() {
        let rows = [row(2, &["-12.50", "+1 (418) 555-0100"], &[])];
        assert!(file(Locale::en, &rows).contains("2,-12.50,+1 (418) 555-0100,"));
    }
}
