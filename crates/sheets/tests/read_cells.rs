//! What single cells of workbooks say.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod archives;

use archives::{archive, workbook};
use sheets::{
    detected::{Overrides, Repair},
    read::{self, Opened},
    table::CellKind,
};
use std::fmt::Write;

const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="[$-409]000;@"/><numFmt numFmtId="166" formatCode="0.00"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>"#;

fn open(bytes: &[u8]) -> Opened {
    read::open("list", bytes, &Overrides::default()).unwrap()
}

/// The texts and kinds of the cells below the title of a sheet of one column.
fn cells(opened: &Opened) -> Vec<(CellKind, &str)> {
    let cell = |row: &u32| opened.table.cell(*row, 0);
    let cells = opened.data.iter().map(cell);
    cells.map(|cell| (cell.kind, cell.text)).collect()
}

fn sheet(rows: &str) -> Vec<u8> {
    let title = r#"<row><c t="inlineStr"><is><t>Ref</t></is></c></row>"#;
    format!("<worksheet><sheetData>{title}{rows}</sheetData></worksheet>").into_bytes()
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<c><table name="S"><table-row><table-cell value-type="string"><p>Ref</p></table-cell></table-row>{rows}</table></c>"#
    );
    archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn leading_zeros_that_only_the_format_shows_are_kept() {
    let rows = r#"<row><c s="1"><v>123</v></c></row><row><c s="2"><v>7</v></c></row><row><c s="1"><v>1234567</v></c></row><row><c s="3"><v>7</v></c></row><row><c s="1"><v>1.5</v></c></row><row><c s="1"><v>-4</v></c></row>"#;
    let opened = open(&workbook(
        "",
        &sheet(rows),
        &[("xl/styles.xml", STYLES.as_bytes())],
    ));
    assert_eq!(
        cells(&opened),
        [
            (CellKind::Text, "00123"),
            (CellKind::Text, "007"),
            (CellKind::Text, "1234567"),
            (CellKind::Number, "7"),
            (CellKind::Number, "1.5"),
            (CellKind::Number, "-4"),
        ]
    );
    let cell = |value: &str, shown: &str| {
        format!(
            r#"<table-row><table-cell value-type="float" value="{value}"><p>{shown}</p></table-cell></table-row>"#
        )
    };
    let rows = cell("123", "00123") + &cell("123", "123,00") + &cell("5", "0") + &cell("0", "000");
    assert_eq!(
        cells(&open(&ods(&rows))),
        [
            (CellKind::Text, "00123"),
            (CellKind::Number, "123"),
            (CellKind::Number, "5"),
            (CellKind::Text, "000"),
        ]
    );
}

#[test]
fn zeros_of_a_program_that_cannot_calculate_are_no_results() {
    let recalculates = r#"<calcPr calcId="124519" fullCalcOnLoad="1"/>"#;
    let rows = |second: &str| {
        sheet(&format!(
            r"<row><c><f>A9*2</f><v>0</v></c></row><row><c><f>A9*3</f><v>{second}</v></c></row><row><c><v>0</v></c></row>"
        ))
    };
    let (blank, number) = (CellKind::FormulaWithoutValue, CellKind::Number);
    let dummies = open(&workbook(recalculates, &rows("0"), &[]));
    assert_eq!(
        cells(&dummies),
        [(blank, "=A9*2"), (blank, "=A9*3"), (number, "0")]
    );
    let results = open(&workbook(recalculates, &rows("6"), &[]));
    assert_eq!(
        cells(&results),
        [(number, "0"), (number, "6"), (number, "0")]
    );
    let calculated = open(&workbook("", &rows("0"), &[]));
    assert_eq!(cells(&calculated), [(number, "0"); 3]);
}

#[test]
fn rows_that_a_filter_hides_are_read_and_told() {
    let rows = r#"<row r="2"><c><v>1</v></c></row><row r="3" hidden="1"><c><v>2</v></c></row><row r="4" hidden="1"/><row r="5" hidden="true"><c><v>3</v></c></row>"#;
    let told = [Repair::HiddenRows {
        count: 2,
        first_line: 3,
    }];
    let opened = open(&workbook("", &sheet(rows), &[]));
    assert_eq!(cells(&opened).len(), 3);
    assert_eq!(opened.detected.repairs, told);
    let row = |attributes: &str, text: &str| {
        format!(
            r#"<table-row {attributes}><table-cell value-type="string"><p>{text}</p></table-cell></table-row>"#
        )
    };
    let filtered = row(r#"visibility="filter" number-rows-repeated="2""#, "b");
    let opened = open(&ods(&(row("", "a") + &filtered + &row("", "c"))));
    assert_eq!(cells(&opened).len(), 4);
    assert_eq!(opened.detected.repairs, told);
}

#[test]
fn a_value_merged_over_rows_fills_only_blank_cells_of_data() {
    let text = |place: &str, text: &str| {
        format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    };
    let rows = [
        text("A2", "1") + &text("B2", "Roy"),
        text("A3", "2"),
        text("A4", "3") + &text("B4", "Côté"),
        text("A6", "4"),
    ];
    let lines = ["2", "3", "4", "6"].iter().zip(rows);
    let rows: Vec<String> = lines
        .map(|(line, cells)| format!(r#"<row r="{line}">{cells}</row>"#))
        .collect();
    let rows = rows.concat();
    let head = text("A1", "Ref") + &text("B1", "Name");
    let sheet = |merges: &str| {
        format!(
            r#"<worksheet><sheetData><row r="1">{head}</row>{rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"#
        )
    };
    let names = |merges: &str| {
        let opened = open(&workbook("", sheet(merges).as_bytes(), &[]));
        let cells = opened.data.iter();
        let names: Vec<String> = cells
            .map(|row| opened.table.cell(*row, 1).text.to_owned())
            .collect();
        (names.join(","), opened.detected.repairs)
    };
    let told = |first_line| {
        vec![Repair::FilledDown {
            count: 1,
            first_line,
        }]
    };
    assert_eq!(
        names(r#"<mergeCell ref="B2:B4"/>"#),
        ("Roy,Roy,Côté,".to_owned(), told(2))
    );
    assert_eq!(
        names(r#"<mergeCell ref="B4:B99"/><mergeCell ref="B5:B6"/>"#),
        ("Roy,,Côté,Côté".to_owned(), told(4))
    );
}

/// Lets an archive say that each of its parts unpacks to so many bytes.
fn declare(archive: &mut [u8], unpacked: u32) {
    let entries: Vec<usize> = memchr::memmem::find_iter(archive, b"PK\x01\x02").collect();
    for entry in entries {
        archive[entry + 24..entry + 28].copy_from_slice(&unpacked.to_le_bytes());
    }
}

#[test]
fn a_sheet_of_which_only_the_beginning_is_looked_at_ahead_is_read_whole() {
    const ROWS: usize = 20_000;
    let (mut texts, mut rows) = (String::new(), String::new());
    for row in 0..ROWS {
        write!(texts, "<si><t>Text {row} &amp; more</t></si>").unwrap();
        // What comes later is longer than the beginning promises.
        let number = if row < ROWS / 2 { row } else { row * 100_000 };
        write!(
            rows,
            r#"<row><c t="s"><v>{row}</v></c><c><v>{number}</v></c></row>"#
        )
        .unwrap();
    }
    let strings = format!("<sst>{texts}</sst>");
    let parts = [("xl/sharedStrings.xml", strings.as_bytes())];
    let mut bytes = workbook("", &sheet(&rows), &parts);
    for declared in [1_000_000, 1, u32::MAX - 1] {
        declare(&mut bytes, declared);
        let overrides = Overrides {
            header_line: Some(1),
            ..Overrides::default()
        };
        let opened = read::open("list", &*bytes, &overrides).unwrap();
        let cell = |row: &u32, column| opened.table.cell(*row, column).text;
        for (at, row) in opened.data.iter().enumerate() {
            assert_eq!(cell(row, 0), format!("Text {at} & more"));
        }
        assert_eq!(opened.data.len(), ROWS);
        assert_eq!(
            opened.data.last().map(|row| cell(row, 1)),
            Some("1999900000")
        );
    }
}
