use super::*;
use crate::{
    detected::Overrides,
    read::{self, Opened},
    table::CellKind,
    write::WriteColumn,
};
use chrono::DateTime;
use domain::slot::SlotKind;
use flate2::read::DeflateDecoder;
use std::io::Read;

fn head(columns: &[(&str, SlotKind)]) -> Head {
    let column = |(header, kind): &(&str, SlotKind)| WriteColumn {
        header: (*header).to_owned(),
        kind: *kind,
        hidden: false,
    };
    Head {
        title: "L'été & co".to_owned(),
        columns: columns.iter().map(column).collect(),
        author: "Garage <Roy>".to_owned(),
        created: DateTime::UNIX_EPOCH,
    }
}

fn open(bytes: &[u8], sheet: Option<&str>) -> Opened {
    let overrides = Overrides {
        sheet: sheet.map(str::to_owned),
        header_line: Some(1),
        last_line: Some(u32::MAX),
        ..Overrides::default()
    };
    read::open("list.xlsx", bytes, &overrides).unwrap()
}

/// The text of a part whose header must say what it holds.
fn part(bytes: &[u8], name: &str) -> String {
    let found = memchr::memmem::find_iter(bytes, b"PK\x03\x04")
        .find(|at| bytes[at + 30..].starts_with(name.as_bytes()));
    let header = &bytes[found.unwrap()..];
    let field = |at: usize| u32::from_le_bytes(header[at..at + 4].try_into().unwrap());
    let packed = &header[30 + name.len()..][..field(18) as usize];
    let mut text = String::new();
    DeflateDecoder::new(packed)
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(field(22) as usize, text.len());
    let mut crc = flate2::Crc::new();
    crc.update(text.as_bytes());
    assert_eq!(field(14), crc.sum());
    text
}

#[test]
fn cells_have_the_types_of_their_values() {
    let mut xlsx = Xlsx::new(head(&[("T", SlotKind::Text), ("D", SlotKind::Date)]));
    for row in [
        [Cell::Text("007"), Cell::Date("1900-03-01")],
        [Cell::Text("=1+1"), Cell::Date("1900-02-28")],
        [Cell::Text("1e10"), Cell::Date("9999-12-31")],
        [Cell::Number("0.1"), Cell::Text("_x0041_")],
        [Cell::Number("0.1234567890123456789"), Cell::Text(" a\n🚗 ")],
        [Cell::Number("1</v>"), Cell::Date("</v>")],
    ] {
        xlsx.row(row).unwrap();
    }
    let written = xlsx.finish().unwrap();
    let opened = open(&written.bytes, None);
    let read: Vec<_> = (1..opened.table.rows())
        .flat_map(|row| [0, 1].map(|column| opened.table.cell(row, column)))
        .map(|cell| (cell.kind, cell.text))
        .collect();
    assert_eq!(
        read,
        [
            (CellKind::Text, "007"),
            (CellKind::Date, "1900-03-01"),
            (CellKind::Text, "=1+1"),
            (CellKind::Text, "1900-02-28"),
            (CellKind::Text, "1e10"),
            (CellKind::Date, "9999-12-31"),
            (CellKind::Number, "0.1"),
            (CellKind::Text, "_x0041_"),
            (CellKind::Text, "0.1234567890123456789"),
            (CellKind::Text, " a\n🚗 "),
            (CellKind::Text, "1</v>"),
            (CellKind::Text, "</v>"),
        ]
    );
}

#[test]
fn rows_beyond_a_sheet_go_on_in_another_one() {
    let mut xlsx = Xlsx::with_lines(head(&[("Title", SlotKind::Text)]), 3);
    for text in ["a", "b", "c", "d", "e"] {
        xlsx.row([text.into()]).unwrap();
    }
    let written = xlsx.finish().unwrap();
    assert_eq!(written.sheets, 3);
    for (name, expected) in [
        ("L'été & co", ["Title", "a", "b"].as_slice()),
        ("L'été & co 2", &["Title", "c", "d"]),
        ("L'été & co 3", &["Title", "e"]),
    ] {
        let opened = open(&written.bytes, Some(name));
        let rows = 0..opened.table.rows();
        let texts: Vec<_> = rows.map(|row| opened.table.cell(row, 0).text).collect();
        assert_eq!(texts, expected);
    }
    let last = part(&written.bytes, "xl/worksheets/sheet3.xml");
    assert!(last.contains("<autoFilter ref=\"A1:A2\"/>"), "{last}");
    let workbook = part(&written.bytes, "xl/workbook.xml");
    let filter = "localSheetId=\"2\" hidden=\"1\">'L''été &amp; co 3'!$A$1:$A$2<";
    assert!(workbook.contains(filter), "{workbook}");
}

#[test]
fn a_sheet_holds_a_million_rows() {
    let mut xlsx = Xlsx::new(head(&[("N", SlotKind::Number)]));
    let one = Cell::Number("1");
    for _ in 0..MAX_LINES {
        xlsx.row([one]).unwrap();
    }
    assert_eq!((xlsx.sheets.len(), xlsx.lines), (1, 2));
}

#[test]
fn texts_too_long_for_a_cell_are_told() {
    let mut xlsx = Xlsx::new(head(&[("A", SlotKind::Texts), ("B", SlotKind::LongText)]));
    let long = "é".repeat(32_768);
    xlsx.row(["x".into(), Cell::Blank]).unwrap();
    xlsx.row(["x".into(), Cell::Text(&long)]).unwrap();
    let written = xlsx.finish().unwrap();
    assert_eq!(written.too_long, [TooLong { row: 1, column: 1 }]);
    let opened = open(&written.bytes, None);
    assert_eq!(opened.table.cell(2, 1).text, "é".repeat(32_767));
}

#[test]
fn columns_are_as_wide_as_what_they_hold_and_keep_texts_as_texts() {
    let mut head = head(&[
        ("Id", SlotKind::Reference),
        ("Notes", SlotKind::LongText),
        ("Email", SlotKind::Email),
        ("Born", SlotKind::Date),
        ("Paid", SlotKind::Number),
    ]);
    head.columns[0].hidden = true;
    let mut xlsx = Xlsx::new(head);
    let notes = "x".repeat(100);
    let row = [
        "1".into(),
        notes.as_str().into(),
        "luc.roy@example.com".into(),
    ];
    xlsx.row(row).unwrap();
    let sheet = part(&xlsx.finish().unwrap().bytes, "xl/worksheets/sheet1.xml");
    let columns = [
        r#"<cols><col min="1" max="1" width="8" style="2" hidden="1" customWidth="1"/>"#,
        r#"<col min="2" max="2" width="60" style="2" customWidth="1"/>"#,
        r#"<col min="3" max="3" width="20" style="2" customWidth="1"/>"#,
        r#"<col min="4" max="4" width="8" style="3" customWidth="1"/>"#,
        r#"<col min="5" max="5" width="8" style="0" customWidth="1"/></cols>"#,
    ];
    assert!(sheet.contains(&columns.concat()), "{sheet}");
}

#[test]
fn the_file_says_whose_and_what_it_is() {
    let bytes = Xlsx::new(head(&[])).finish().unwrap().bytes;
    let core = part(&bytes, "docProps/core.xml");
    assert!(
        core.contains("<dc:title>L'été &amp; co</dc:title>"),
        "{core}"
    );
    assert!(core.contains("<dc:creator>Garage &lt;Roy&gt;</dc:creator>"));
    assert!(core.contains(">1970-01-01T00:00:00Z</dcterms:created>"));
    assert!(part(&bytes, "docProps/app.xml").contains(">Regulars<"));
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("autoFilter"));
}

#[test]
fn columns_have_letters() {
    let of = [0, 25, 26, 701, 702, 16_383].map(sheet::letters);
    assert_eq!(of, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
}
