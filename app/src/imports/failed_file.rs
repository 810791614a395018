//! The failed rows of an import as a file to correct and import again. Pure.

use domain::import::report::FailedRow;

/// Tells spreadsheets that the file is UTF-8.
const BOM: char = '\u{feff}';

/// A CSV file (RFC 4180): every column of the file as it was, before it the line, after it the reasons.
pub(crate) fn csv(
    headers: &[String],
    rows: &[FailedRow],
    line_title: &str,
    reason_title: &str,
) -> String {
    let mut out = String::from(BOM);
    record(
        &mut out,
        std::iter::once(line_title)
            .chain(headers.iter().map(String::as_str))
            .chain([reason_title]),
    );
    for row in rows {
        let (line, reasons) = (row.line.to_string(), row.reasons.join("; "));
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

fn record<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (column, cell) in cells.enumerate() {
        if column > 0 {
            out.push(',');
        }
        let (mark, quoted) = (
            if would_run(cell) { "'" } else { "" },
            cell.contains([',', '"', '\n', '\r']),
        );
        if quoted {
            out.push('"');
            out.push_str(mark);
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(mark);
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

/// Whether a spreadsheet would take the cell for a formula. Phones and negative numbers begin alike and are harmless.
fn would_run(cell: &str) -> bool {
    let harmless = |rest: &str| {
        rest.chars()
            .all(|c| c.is_ascii_digit() || " .,-()".contains(c))
    };
    match cell.chars().next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some(sign @ ('+' | '-')) => !harmless(&cell[sign.len_utf8()..]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u32, cells: &[&str], reasons: &[&str]) -> FailedRow {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        FailedRow {
            line,
            cells: owned(cells),
            reasons: owned(reasons),
        }
    }

    fn file(rows: &[FailedRow]) -> String {
        csv(
            &["Name".to_owned(), "Cell".to_owned()],
            rows,
            "Line",
            "Reason",
        )
    }

    #[test]
    fn keeps_the_cells_and_says_line_and_reasons() {
        let file = file(&[row(
            14,
            &["Roy, Zoé", "123"],
            &["not a valid phone number", "no such date"],
        )]);
        assert_eq!(
            file,
            "\u{feff}Line,Name,Cell,Reason\r\n14,\"Roy, Zoé\",123,not a valid phone number; no such date\r\n"
        );
    }

    #[test]
    fn a_row_with_missing_cells_keeps_its_reason_in_the_last_column() {
        assert!(file(&[row(2, &["Roy"], &["why"])]).ends_with("2,Roy,,why\r\n"));
    }

    #[test]
    fn a_cell_cannot_run_as_a_formula() {
        let file = file(&[row(
            2,
            &["=HYPERLINK(\"http://x\")", "@SUM(A1)"],
            &["-cmd|' /C calc'!A0"],
        )]);
        assert!(
            file.contains("\"'=HYPERLINK(\"\"http://x\"\")\"")
                && file.contains(",'@SUM(A1),'-cmd|")
        );
    }

    #[test]
    fn phones_and_negative_numbers_stay_as_they_are() {
        assert!(
            file(&[row(2, &["-12.50", "+1 (418) 555-0100"], &[])])
                .contains("2,-12.50,+1 (418) 555-0100,")
        );
    }
}
