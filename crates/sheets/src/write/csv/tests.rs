use super::*;
use crate::write::WriteColumn;
use chrono::DateTime;
use domain::slot::SlotKind;

fn written(titles: &[&str], rows: &[&[Cell<'_>]]) -> String {
    let column = |title: &&str| WriteColumn {
        header: (*title).to_owned(),
        kind: SlotKind::Text,
        hidden: false,
    };
    let mut csv = Csv::new(&Head {
        title: "Customers".to_owned(),
        columns: titles.iter().map(column).collect(),
        author: "Garage".to_owned(),
        created: DateTime::UNIX_EPOCH,
    });
    for row in rows {
        csv.row(row.iter().copied());
    }
    String::from_utf8(csv.finish().concat()).unwrap()
}

fn cell(text: &str) -> String {
    let written = written(&["T", "U"], &[&["x".into(), text.into()]]);
    let cell = written
        .strip_prefix("\u{FEFF}T,U\r\nx,")
        .and_then(|rest| rest.strip_suffix("\r\n"));
    cell.unwrap().to_owned()
}

#[test]
fn quotes_stand_where_they_are_needed_and_nowhere_else() {
    for (text, expected) in [
        ("Roy", "Roy"),
        ("O'Neil", "O'Neil"),
        ("Roy, Luc", "\"Roy, Luc\""),
        ("5\" pipe", "\"5\"\" pipe\""),
        ("a\nb", "\"a\nb\""),
        (" a", "\" a\""),
        ("a ", "\"a \""),
        ("007", "007"),
        ("Zoé 🚗", "Zoé 🚗"),
        ("", ""),
    ] {
        assert_eq!(cell(text), expected);
    }
}

#[test]
fn what_a_spreadsheet_would_run_has_an_apostrophe_in_front() {
    for (text, expected) in [
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (
            "=HYPERLINK(\"x\",\"y\")",
            "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"",
        ),
        ("+15145551234", "+15145551234"),
        ("-12.5", "-12.5"),
        ("-A1", "'-A1"),
    ] {
        assert_eq!(cell(text), expected);
    }
}

#[test]
fn dates_and_numbers_are_plain_and_every_row_has_all_columns() {
    let row = [Cell::Date("1899-12-31"), Cell::Number("-1234567.8")];
    assert_eq!(
        written(&["=A", "B", "C"], &[&row, &[]]),
        "\u{FEFF}'=A,B,C\r\n1899-12-31,-1234567.8,\r\n,,\r\n"
    );
}

#[test]
fn a_blank_cell_alone_in_its_row_is_still_a_record() {
    assert_eq!(
        written(&["A"], &[&[Cell::Blank], &["x".into()]]),
        "\u{FEFF}A\r\n\"\"\r\nx\r\n"
    );
}

proptest::proptest! {
    #[test]
    fn a_mark_is_seen_wherever_it_stands(text in "[a-z][a-zé\u{2c0}\u{4d0}]{0,40}", at in 1_usize..=41, mark in "[,\"\n\r]") {
        let at = text.char_indices().map(|(at, _)| at).nth(at).unwrap_or(text.len());
        proptest::prop_assert!(!cell(&text).starts_with('"'));
        let marked = [&text[..at], &mark, &text[at..]].concat();
        let quoted = format!("\"{}\"", marked.replace('"', "\"\""));
        proptest::prop_assert_eq!(cell(&marked), quoted);
    }
}
