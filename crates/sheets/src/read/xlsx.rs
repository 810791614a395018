//! XLSX and XLSM: one pass from the packed sheet to the table.

mod measure;
mod place;
mod sheet;
mod strings;
mod styles;

use super::{
    Raw, package, sheets,
    sheets::Grid,
    xml::{Token, Xml},
    zip::{Archive, Part},
};
use crate::{
    detected::{Format, Overrides, SheetFound},
    error::{Damage, ReadError},
    understand::date::Serials,
};
use strings::SharedStrings;
use styles::Styles;

/// Bytes that tell how much the whole of a part holds. Room is made for it once: what grows as it goes takes up to twice as much.
const SAMPLE: u64 = 256 * 1024;

#[derive(Debug, Default)]
struct Workbook {
    sheets: Vec<SheetFound>,
    /// The part of each sheet.
    parts: Vec<String>,
    strings: Option<String>,
    styles: Option<String>,
    serials: Serials,
    /// Formulas are to be calculated when the file is opened.
    recalculates: bool,
}

pub(super) fn read(
    archive: &Archive<'_>,
    format: Format,
    overrides: &Overrides,
) -> Result<Raw, ReadError> {
    let mut workbook = Workbook::read(archive)?;
    let wanted = overrides.sheet.as_deref();
    let chosen = workbook.choose(archive, wanted)?;
    let styles = match &workbook.styles {
        Some(part) => Styles::read(archive, part)?,
        None => Styles::default(),
    };
    let mut grid = Grid::new();
    let strings = match &workbook.strings {
        Some(part) => SharedStrings::read(archive, part, &mut grid.builder)?,
        None => SharedStrings::default(),
    };
    let part = || sheet_part(archive, &workbook.parts[chosen]);
    let context = sheet::Context {
        strings: &strings,
        styles: &styles,
        serials: workbook.serials,
        has_dummy_results: workbook.recalculates && measure::has_dummy_results(part()?)?,
    };
    sheet::make_room(part()?, &context, &mut grid);
    let merges = sheet::read(part()?, &context, &mut grid)?;
    drop(strings);
    if grid.builder.is_full() {
        return Err(ReadError::Unreadable(Damage::Size));
    }
    let repairs = grid
        .disorder_repair()
        .into_iter()
        .chain(sheets::hidden_repair(&workbook.sheets[chosen], wanted))
        .collect();
    let hidden = grid.take_hidden();
    let table = grid.builder.finish();
    workbook.sheets[chosen].filled_rows = Some(table.rows());
    let sheet = Some(workbook.sheets[chosen].name.clone());
    Ok(Raw {
        format,
        text: None,
        sheets: workbook.sheets,
        sheet,
        table,
        merges,
        hidden,
        serials: workbook.serials,
        repairs,
    })
}

fn sheet_part<'a>(archive: &'a Archive<'_>, name: &str) -> Result<Part<'a>, ReadError> {
    archive
        .part(name)?
        .ok_or(ReadError::Unreadable(Damage::Sheet))
}

impl Workbook {
    fn read(archive: &Archive<'_>) -> Result<Self, ReadError> {
        let name = package::main_part(archive)?;
        let relations = package::relations(archive, &name)?;
        let by_kind = |kind: &str| {
            relations
                .values()
                .find(|relation| relation.kind == kind && archive.has(&relation.target))
                .map(|found| found.target.clone())
        };
        let mut workbook = Self {
            strings: by_kind("sharedStrings"),
            styles: by_kind("styles"),
            ..Self::default()
        };
        let part = archive
            .part(&name)?
            .ok_or(ReadError::Unreadable(Damage::Workbook))?;
        let mut xml = Xml::new(part, Damage::Workbook);
        while let Some(token) = xml.next()? {
            let Token::Open(tag) = token else { continue };
            match tag.name {
                b"calcPr" => workbook.recalculates = tag.is_true(b"fullCalcOnLoad"),
                b"workbookPr" => workbook.serials = Serials::of_1904(tag.is_true(b"date1904")),
                b"sheet" => {
                    let (Some(name), Some(id)) = (tag.text(b"name"), tag.text(b"id")) else {
                        continue;
                    };
                    // Charts and dialogs are sheets too.
                    let Some(relation) = relations
                        .get(&id)
                        .filter(|relation| relation.kind == "worksheet")
                    else {
                        continue;
                    };
                    let hidden = matches!(tag.attribute(b"state"), Some(b"hidden" | b"veryHidden"));
                    workbook.sheets.push(SheetFound {
                        name,
                        hidden,
                        filled_rows: None,
                    });
                    workbook.parts.push(relation.target.clone());
                }
                _ => {}
            }
        }
        if workbook.sheets.is_empty() {
            Err(ReadError::Unreadable(Damage::Workbook))
        } else {
            Ok(workbook)
        }
    }

    /// Looks into the sheets only if there is a choice.
    fn choose(&mut self, archive: &Archive<'_>, wanted: Option<&str>) -> Result<usize, ReadError> {
        if self.sheets.len() == 1 && wanted.is_none() {
            return Ok(0);
        }
        let mut measures = Vec::new();
        for (part, sheet) in self.parts.iter().zip(&mut self.sheets) {
            let measure = measure::measure(sheet_part(archive, part)?)?;
            sheet.filled_rows = Some(measure.filled_rows);
            measures.push(measure);
        }
        sheets::choose(&self.sheets, &measures, wanted)
    }
}
