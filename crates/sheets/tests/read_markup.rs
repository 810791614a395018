//! Web pages and the XML of Excel 2003, saved as workbooks.

use sheets::{
    detected::{Format, Overrides, Repair},
    error::{LooksLike, ReadError},
    read::{self, Opened},
    table::CellKind,
};

fn open(bytes: &[u8]) -> Result<Opened, ReadError> {
    read::open("clients.xls", bytes, &Overrides::default())
}

fn rows(opened: &Opened) -> Vec<Vec<&str>> {
    let table = &opened.table;
    let texts = |row: &u32| {
        (0..table.columns())
            .map(|column| table.cell(*row, column).text)
            .collect()
    };
    opened.data.iter().map(texts).collect()
}

fn names(opened: &Opened) -> Vec<&str> {
    let columns = opened.detected.columns.iter();
    columns.map(|column| column.name.as_str()).collect()
}

#[test]
fn a_table_of_a_web_page_called_workbook_is_read() {
    let page = b"<html><head><meta charset=windows-1252><style>td{color:<red>}</style></head><body>
        <table><tr><td>Logo<td>Menu</table>
        <TABLE border=1><thead><tr><th>R\xe9f<th colspan='2'>Nom &amp; pr&eacute;nom<th nowrap>T&eacute;l.</tr></thead>
        <tr><td>00123</td><td>Roy</td><td>Am\xe9lie&nbsp;</td><td>514-844-5599<br>
            418-340-2002</td></tr>
        <tr><td rowspan=2>A2<td>C\xf4t\xe9<td>Luc<td><!-- none --></tr>
        <tr><td>Chen<td><b>W</b>ei<td>&lt; 5</tr></TABLE>";
    let opened = open(page).unwrap();
    assert_eq!(opened.detected.format, Format::Html);
    assert_eq!(
        names(&opened),
        ["Réf", "Nom & prénom", "Nom & prénom (2)", "Tél."]
    );
    assert_eq!(
        rows(&opened),
        [
            ["00123", "Roy", "Amélie", "514-844-5599\n418-340-2002"],
            ["A2", "Côté", "Luc", ""],
            ["A2", "Chen", "Wei", "< 5"],
        ]
    );
    let told = Repair::WrongEnding {
        ending: "xls".to_owned(),
    };
    assert!(opened.detected.repairs.contains(&told));
}

#[test]
fn tables_within_tables_and_several_tables_can_be_told_apart() {
    let page = b"<table><tr><td>Ref<td>Name</tr><tr><td>A1<td>Roy<table><tr><td>a<td>b<tr><td>c<td>d<tr><td>e<td>f</table></tr></table>";
    let opened = open(page).unwrap();
    assert_eq!(opened.detected.sheets.len(), 2);
    assert_eq!(names(&opened), ["a", "b"]);
    let overrides = Overrides {
        sheet: Some("1".to_owned()),
        ..Overrides::default()
    };
    let outer = read::open("clients.xls", page.as_slice(), &overrides).unwrap();
    assert_eq!(rows(&outer), [["A1", "Roy"]]);
}

#[test]
fn a_page_without_a_table_of_two_rows_is_refused() {
    for page in [
        &b"<html><body><p>Session expired</p></body></html>"[..],
        b"<table><tr><td>Ref</td></tr><tr></tr></table>",
    ] {
        assert_eq!(
            open(page).unwrap_err(),
            ReadError::NotASpreadsheet(LooksLike::WebPage)
        );
    }
}

const XML: &str = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"><NumberFormat ss:Format="00000"/></Style><Style ss:ID="s2"><NumberFormat ss:Format="Short Date"/></Style></Styles>
<Worksheet ss:Name="Notes"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="Clients &amp; amis"><Table>
<Row ss:Index="2"><Cell><Data ss:Type="String">Ref</Data></Cell><Cell ss:MergeAcross="1"><Data ss:Type="String">Name</Data></Cell><Cell><Data ss:Type="String">Since</Data></Cell><Cell><Data ss:Type="String">Total</Data></Cell></Row>
<Row><Cell ss:StyleID="s1"><Data ss:Type="Number">123</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">Roy<Comment><ss:Data>no</ss:Data></Comment></Data></Cell><Cell ss:StyleID="s2"><Data ss:Type="DateTime">2024-01-31T00:00:00.000</Data></Cell><Cell ss:Formula="=RC[-1]"><Data ss:Type="Number">12.50</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="String">A2</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">C&#244;t&#233;</Data></Cell><Cell/><Cell ss:Formula="=RC[-1]"/></Row>
</Table></Worksheet></Workbook>"#;

#[test]
fn the_xml_of_excel_2003_is_read() {
    let opened = open(XML.as_bytes()).unwrap();
    let detected = &opened.detected;
    assert_eq!(detected.format, Format::SpreadsheetMl);
    assert_eq!(detected.sheet.as_deref(), Some("Clients & amis"));
    assert_eq!(detected.header_line, 2);
    assert_eq!(
        rows(&opened),
        [
            ["00123", "", "Roy", "2024-01-31", "12.5"],
            ["A2", "", "Côté", "", "=RC[-1]"],
        ]
    );
    let kinds: Vec<CellKind> = opened
        .table
        .cells(opened.data[0])
        .map(|cell| cell.kind)
        .collect();
    assert_eq!(kinds[3..], [CellKind::Date, CellKind::Number]);
    let told = Repair::HiddenRows {
        count: 1,
        first_line: 4,
    };
    assert!(detected.repairs.contains(&told));
}

#[test]
fn what_is_cut_off_is_told() {
    let page = b"<table><tr><td>Ref<td>Name</tr><tr><td>A1<td>Roy</tr><tr><td>A2";
    assert_eq!(open(page).unwrap_err(), ReadError::CutOff);
    assert_eq!(
        open(&XML.as_bytes()[..XML.len() - 200]).unwrap_err(),
        ReadError::CutOff
    );
}

#[test]
fn no_cut_or_scratched_page_brings_reading_down() {
    let page = "<html><table><tr><th colspan=2>Réf<th>Nom</tr><tr><td rowspan=3>A1<td>&eacute;<td>x<br>y</tr></table>";
    for bytes in [page.as_bytes(), XML.as_bytes()] {
        for at in (0..bytes.len()).step_by(5) {
            let _ = open(&bytes[..at]);
            for byte in [b'<', b'"', b'9', 0xFF] {
                let mut scratched = bytes.to_vec();
                scratched[at] = byte;
                let _ = open(&scratched);
            }
        }
    }
}
