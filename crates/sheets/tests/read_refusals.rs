//! Every reason to refuse a file, and nothing but refusals from damaged ones.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod archives;

use archives::archive;
use sheets::{
    detected::Overrides,
    error::{Damage, LooksLike, MAX_BYTES, ReadError},
    read,
};
use std::{fs, path::PathBuf};

fn files() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/files")
}

fn file(name: &str) -> Vec<u8> {
    fs::read(files().join(name)).unwrap()
}

fn refusal(name: &str, bytes: &[u8]) -> ReadError {
    match read::open(name, bytes, &Overrides::default()) {
        Ok(opened) => panic!("{name} was read: {:?}", opened.detected),
        Err(error) => error,
    }
}

fn workbook(sheet: &[u8]) -> Vec<u8> {
    archives::workbook("", sheet, &[])
}

fn sheet(rows: &str) -> Vec<u8> {
    workbook(format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes())
}

#[test]
fn nothing_is_no_list() {
    assert_eq!(refusal("list.csv", b""), ReadError::Empty);
    assert_eq!(refusal("list.csv", b"\xEF\xBB\xBF"), ReadError::Empty);
    assert_eq!(refusal("list.csv", b"\n\n;;;\n  \n"), ReadError::Empty);
    assert_eq!(refusal("list.xlsx", &sheet("")), ReadError::Empty);
}

#[test]
fn titles_without_data_are_told_apart_from_nothing() {
    assert_eq!(
        refusal("list.csv", b"Reference,Cell phone\n"),
        ReadError::HeaderOnly
    );
    assert_eq!(
        refusal(
            "list.csv",
            b"Our customers,,\n\nReference,Name,Cell phone\n\n"
        ),
        ReadError::HeaderOnly
    );
    let rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Ref</t></is></c></row><row r="2"><c r="A2" s="1"/></row>"#;
    assert_eq!(refusal("list.xlsx", &sheet(rows)), ReadError::HeaderOnly);
}

#[test]
fn what_is_no_spreadsheet_is_called_by_its_name() {
    let is = |bytes: &[u8], kind: LooksLike| {
        assert_eq!(
            refusal("list.xlsx", bytes),
            ReadError::NotASpreadsheet(kind)
        );
    };
    is(&file("samples/picture.xlsx"), LooksLike::Picture);
    is(b"\xFF\xD8\xFF\xE0\0\x10JFIF", LooksLike::Picture);
    is(b"%PDF-1.7\n", LooksLike::Pdf);
    is(b"\x1F\x8B\x08\0", LooksLike::Archive);
    is(&archive(&[("photos/a.txt", b"hello")]), LooksLike::Archive);
    is(
        &archive(&[("word/document.xml", b"<w/>")]),
        LooksLike::Document,
    );
    is(
        &archive(&[("ppt/presentation.xml", b"<p/>")]),
        LooksLike::Presentation,
    );
    is(
        &archive(&[("mimetype", b"application/vnd.oasis.opendocument.text")]),
        LooksLike::Document,
    );
    is(
        b"\xEF\xBB\xBF<html><body><table><tr><td>Ref</td></tr></table>",
        LooksLike::WebPage,
    );
    is(b"<!DOCTYPE html>\n<html>", LooksLike::WebPage);
    is(b"<?xml version=\"1.0\"?>\n<rows/>", LooksLike::Xml);
    is(b"[{\"ref\": 1}]", LooksLike::Json);
    is(
        &(0..=255)
            .cycle()
            .take(4096)
            .map(|byte: u16| u8::try_from(byte).unwrap())
            .collect::<Vec<_>>(),
        LooksLike::Unknown,
    );
}

#[test]
fn a_locked_workbook_asks_for_its_password() {
    assert_eq!(
        refusal("locked.xlsx", &file("locked.xlsx")),
        ReadError::PasswordProtected
    );
    let manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>".as_slice();
    let kind = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
    let locked = archive(&[
        ("mimetype", kind),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"\xA7\x01"),
    ]);
    assert_eq!(refusal("locked.ods", &locked), ReadError::PasswordProtected);
}

#[test]
fn a_cut_workbook_is_told() {
    assert_eq!(
        refusal("cut.xlsx", &file("samples/cut.xlsx")),
        ReadError::CutOff
    );
    let old = file("old-long.xls");
    assert_eq!(refusal("cut.xls", &old[..old.len() / 2]), ReadError::CutOff);
}

#[test]
fn a_sheet_whose_texts_are_missing_is_not_read_without_them() {
    let rows = r#"<row><c r="A1" t="s"><v>7</v></c></row>"#;
    assert_eq!(
        refusal("list.xlsx", &sheet(rows)),
        ReadError::Unreadable(Damage::SharedStrings)
    );
}

#[test]
fn more_than_the_limits_is_refused_before_it_is_read() {
    let bytes = usize::try_from(MAX_BYTES).unwrap() + 1;
    assert_eq!(
        refusal("big.csv", &vec![b'x'; bytes]),
        ReadError::TooLarge {
            bytes: MAX_BYTES + 1
        }
    );

    let mut text = String::from("Ref,Name\n");
    text.extend(std::iter::repeat_n("1,a\n", 1_048_575));
    assert!(read::open("long.csv", text.as_bytes(), &Overrides::default()).is_ok());
    text.push_str("1,a\n");
    assert_eq!(refusal("long.csv", text.as_bytes()), ReadError::TooManyRows);

    let wide = format!(
        "{}\n{}\n",
        vec!["t"; 501].join(","),
        vec!["x"; 501].join(",")
    );
    assert_eq!(
        refusal("wide.csv", wide.as_bytes()),
        ReadError::TooManyColumns { columns: 501 }
    );

    let cell = |place: &str| format!(r#"<row><c r="{place}"><v>1</v></c></row>"#);
    assert_eq!(
        refusal("wide.xlsx", &sheet(&cell("SG1"))),
        ReadError::TooManyColumns { columns: 501 }
    );
    assert_eq!(
        refusal(
            "long.xlsx",
            &sheet(&cell("A1048577").replace("<row>", r#"<row r="1048577">"#))
        ),
        ReadError::TooManyRows
    );
}

#[test]
fn what_unpacks_without_end_is_refused_while_it_unpacks() {
    let mut bomb = b"<worksheet><sheetData>".to_vec();
    bomb.resize(100_000_000, b' ');
    let packed = workbook(&bomb);
    assert!(packed.len() < 200_000);
    assert_eq!(refusal("bomb.xlsx", &packed), ReadError::ZipBomb);
}

#[test]
fn repetition_in_an_open_document_makes_no_mountain_of_cells() {
    let content = |rows: u32, columns: u32| {
        let content = format!(
            r#"<c><table name="S"><table-row number-rows-repeated="{rows}"><table-cell value-type="string" number-columns-repeated="{columns}"><p>x</p></table-cell></table-row><table-row number-rows-repeated="1000000"><table-cell number-columns-repeated="16384"/></table-row></table></c>"#
        );
        archive(&[
            (
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet",
            ),
            ("content.xml", content.as_bytes()),
        ])
    };
    assert_eq!(
        refusal("bomb.ods", &content(1_000_000, 400)),
        ReadError::ZipBomb
    );
    assert_eq!(
        refusal("wide.ods", &content(2, 16_384)),
        ReadError::TooManyColumns { columns: 16_384 }
    );
    assert_eq!(
        refusal("long.ods", &content(1_048_577, 2)),
        ReadError::TooManyRows
    );
    let read = read::open("few.ods", content(3, 2), &Overrides::default()).unwrap();
    assert_eq!(
        (
            read.table.rows(),
            read.table.columns(),
            read.detected.data_rows
        ),
        (3, 2, 2)
    );
}

#[test]
fn repetition_beyond_the_last_line_is_refused_at_once() {
    let open = |rows: &str| {
        let content = format!(r#"<c><table name="S">{rows}</table></c>"#);
        let bytes = archive(&[
            (
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet",
            ),
            ("content.xml", content.as_bytes()),
        ]);
        refusal("long.ods", &bytes)
    };
    let filled = r#"<table-cell value-type="string"><p>x</p></table-cell>"#;
    for rows in [
        format!(r#"<table-row number-rows-repeated="4294967295"/><table-row>{filled}</table-row>"#),
        format!(r#"<table-row number-rows-repeated="4294967295">{filled}</table-row>"#),
    ] {
        assert_eq!(open(&rows), ReadError::TooManyRows);
    }
}

#[test]
fn a_tag_full_of_arrows_is_read_in_time() {
    let rows = |title: &str| {
        let cell = r#"<c t="inlineStr"><is><t>x</t></is></c>"#;
        format!(r#"<row spans="{title}">{cell}</row><row>{cell}</row>"#)
    };
    let read = read::open(
        "list.xlsx",
        sheet(&rows(&"a>".repeat(300_000))),
        &Overrides::default(),
    );
    assert_eq!(read.unwrap().table.rows(), 2);
}

#[test]
fn refusals_survive_the_way_to_the_page() {
    let error = ReadError::NotASpreadsheet(LooksLike::Picture);
    let json = serde_json::to_string(&error).unwrap();
    assert_eq!(serde_json::from_str::<ReadError>(&json).unwrap(), error);
}

#[test]
fn no_cut_or_scratched_file_brings_reading_down() {
    let mut names: Vec<PathBuf> = Vec::new();
    for folder in [files(), files().join("samples")] {
        names.extend(
            fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.is_file()),
        );
    }
    assert!(names.len() > 25);
    for path in names {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        for at in (0..bytes.len()).step_by(64) {
            let _ = read::open(name, &bytes[..at], &Overrides::default());
            let mut scratched = bytes.clone();
            scratched[at] ^= 0xFF;
            let _ = read::open(name, scratched.as_slice(), &Overrides::default());
        }
    }
}
