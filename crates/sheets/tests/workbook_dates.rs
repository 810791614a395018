//! Dates of workbooks as they are imported.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod archives;

use domain::account::Country;
use sheets::{
    mapping::{CellFormat, Column, DateOrder, Evidence, MappingProblem},
    preview::RowView,
    protocol::ImportKind,
    session::{Opening, Session},
};
use std::fmt::Write;

const STYLES: &str =
    r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
/// 2024-01-01, as spreadsheets count days.
const NEW_YEAR: u32 = 45_292;

/// A column of real dates in January 2024, and texts under them.
fn open(days: &[u32], texts: &[&str]) -> Session {
    let mut rows = String::new();
    let mut row = |cell: &str| write!(rows, "<row>{cell}</row>").unwrap();
    let text = |text: &str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
    row(&text("Last visit"));
    for day in days {
        row(&format!(r#"<c s="1"><v>{}</v></c>"#, NEW_YEAR - 1 + day));
    }
    for written in texts {
        row(&text(written));
    }
    open_rows("", &rows)
}

fn open_rows(says: &str, rows: &str) -> Session {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let bytes = archives::workbook(
        says,
        sheet.as_bytes(),
        &[("xl/styles.xml", STYLES.as_bytes())],
    );
    let opening = Opening {
        file_name: "list.xlsx".to_owned(),
        kind: ImportKind::Customers,
        country: Country::CANADA,
        account: domain::ids::AccountId::new(uuid::Uuid::nil()),
        attributes: Vec::new(),
        remembered: None,
        corrections: None,
    };
    Session::open(bytes, opening, &mut |_| {}).unwrap()
}

fn column(session: &Session) -> Column {
    session.mapping().columns.remove(0)
}

#[test]
fn real_dates_on_early_days_beside_texts_on_late_ones_are_asked_about() {
    for late in ["25/04/2024", "04/25/2024"] {
        let session = open(&[1, 3, 5, 9, 12], &[late, late]);
        let column = column(&session);
        assert_eq!(column.format, None, "{late}");
        let seen = Evidence::LikelySwapped {
            line: 7,
            text: late.to_owned(),
        };
        assert_eq!(column.evidence, Some(seen));
        let asked = MappingProblem::DateOrderNeeded { column: 0 };
        assert!(session.mapping().problems.contains(&asked));
    }
}

#[test]
fn real_dates_that_cannot_be_swapped_are_not_asked_about() {
    let quiet: [(&[u32], &[&str]); 3] = [
        (&[1, 3, 5, 9, 13], &["25/04/2024"]),
        (&[1, 3, 5, 9], &["25/04/2024"]),
        (&[1, 3, 5, 9, 12], &["25/04/2024", "03/04/2024"]),
    ];
    for (days, texts) in quiet {
        let format = column(&open(days, texts)).format;
        assert_eq!(format, Some(CellFormat::Dates(DateOrder::DayMonthYear)));
    }
}

#[test]
fn a_day_that_lost_its_format_is_counted_as_its_workbook_counts() {
    let rows = r#"<row><c t="inlineStr"><is><t>Last visit</t></is></c></row><row><c s="1"><v>43830</v></c></row><row><c><v>43830</v></c></row>"#;
    for (says, day) in [
        (r#"<workbookPr date1904="1"/>"#, "2024-01-01"),
        ("", "2019-12-31"),
    ] {
        let window = open_rows(says, rows).window(0, 9, RowView::All);
        let days: Vec<&str> = window
            .rows
            .iter()
            .map(|row| row.cells[0].values[0].as_str())
            .collect();
        assert_eq!(days, [day, day]);
    }
}
