//! The parts of a workbook beside its sheets (ECMA-376 part 1, 18.2; part 2 for the container's own).

use super::{escape::plain, name};
use crate::write::Head;
use chrono::SecondsFormat;
use std::fmt::Write;

const PROLOGUE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

pub(super) const SHEET: &str = "xl/worksheets/sheet#.xml";

/// A sheet that was written: the cells from title to last row, as `$A$1:$T$100`, if it has columns.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) range: Option<String>,
}

/// Names and texts of the parts that tell of the sheets.
pub(super) fn around(head: &Head, sheets: &[Written]) -> [(&'static str, String); 6] {
    [
        ("_rels/.rels", relations()),
        ("docProps/core.xml", core(head)),
        ("docProps/app.xml", app()),
        ("xl/workbook.xml", workbook(head, sheets)),
        (
            "xl/_rels/workbook.xml.rels",
            workbook_relations(sheets.len()),
        ),
        ("[Content_Types].xml", content_types(sheets.len())),
    ]
}

fn relations() -> String {
    format!(
        "{PROLOGUE}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{OFFICE}/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>"
    )
}

fn core(head: &Head) -> String {
    let (title, author) = (plain(&head.title), plain(&head.author));
    let created = head.created.to_rfc3339_opts(SecondsFormat::Secs, true);
    format!(
        "{PROLOGUE}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{created}</dcterms:created></cp:coreProperties>"
    )
}

fn app() -> String {
    format!(
        "{PROLOGUE}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>Regulars</Application></Properties>"
    )
}

/// The hidden name is what Excel writes beside an automatic filter, and looks for.
fn workbook(head: &Head, sheets: &[Written]) -> String {
    let (mut list, mut filters) = (String::new(), String::new());
    for (at, sheet) in sheets.iter().enumerate() {
        let number = at + 1;
        let name = name::of_sheet(&head.title, number);
        let shown = plain(&name);
        let _ = write!(
            list,
            "<sheet name=\"{shown}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"
        );
        if let Some(range) = &sheet.range {
            let quoted = plain(&name::quoted(&name));
            let _ = write!(
                filters,
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{at}\" hidden=\"1\">{quoted}!{range}</definedName>"
            );
        }
    }
    if !filters.is_empty() {
        filters = format!("<definedNames>{filters}</definedNames>");
    }
    format!(
        "{PROLOGUE}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{OFFICE}\">\
         <bookViews><workbookView/></bookViews><sheets>{list}</sheets>{filters}</workbook>"
    )
}

fn workbook_relations(sheets: usize) -> String {
    let mut list = String::new();
    for number in 1..=sheets {
        let _ = write!(
            list,
            "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
    }
    let styles = sheets + 1;
    format!(
        "{PROLOGUE}<Relationships xmlns=\"{PACKAGE}/relationships\">{list}\
         <Relationship Id=\"rId{styles}\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
    )
}

fn content_types(sheets: usize) -> String {
    let mut list = String::new();
    for number in 1..=sheets {
        let _ = write!(
            list,
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{SPREADSHEET}.worksheet+xml\"/>"
        );
    }
    format!(
        "{PROLOGUE}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{SPREADSHEET}.sheet.main+xml\"/>{list}\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{SPREADSHEET}.styles+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>"
    )
}
