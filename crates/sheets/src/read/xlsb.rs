//! XLSB: the parts of an XLSX as binary records.

mod records;

use super::{
    Merge, Raw,
    binary::{Aside, BinaryCell, Context, Counter, Fields, Value, rk, utf16},
    number_format, package, sheets,
    sheets::Grid,
    zip::Archive,
};
use crate::{
    detected::{Format, Overrides, SheetFound},
    error::{Damage, ReadError},
    table::{Span, TableBuilder},
    understand::date::Serials,
};
use records::Records;
use std::collections::HashMap;

/// Record types, by the names of the specification (MS-XLSB 2.3).
mod kind {
    pub(super) const ROW_HDR: u32 = 0;
    pub(super) const SST_ITEM: u32 = 19;
    pub(super) const FMT: u32 = 44;
    pub(super) const XF: u32 = 47;
    pub(super) const CELL_R_STRING: u32 = 62;
    pub(super) const WB_PROP: u32 = 153;
    pub(super) const BUNDLE_SH: u32 = 156;
    pub(super) const MERGE_CELL: u32 = 176;
    pub(super) const BEGIN_CELL_XFS: u32 = 617;
    pub(super) const END_CELL_XFS: u32 = 618;
}

const MAX_MERGES: usize = 200_000;

pub(super) fn read(archive: &Archive<'_>, overrides: &Overrides) -> Result<Raw, ReadError> {
    let main = package::main_part(archive)?;
    let relations = package::relations(archive, &main)?;
    let by_kind = |kind: &str| {
        relations
            .values()
            .find(|relation| relation.kind == kind)
            .map(|found| found.target.as_str())
    };
    let mut context = Context::default();
    let (mut sheets, mut parts) = (Vec::new(), Vec::new());
    let workbook = part(archive, &main, Damage::Workbook)?;
    for (kind, body) in Records::new(&workbook) {
        let mut fields = Fields::new(body);
        match kind {
            kind::WB_PROP => {
                context.serials =
                    Serials::of_1904(fields.u32().is_some_and(|flags| flags & 1 != 0));
            }
            kind::BUNDLE_SH => {
                let Some((state, id, name)) = bundle(fields) else {
                    continue;
                };
                let Some(relation) = relations
                    .get(&id)
                    .filter(|relation| relation.kind == "worksheet")
                else {
                    continue;
                };
                sheets.push(SheetFound {
                    name,
                    hidden: state != 0,
                    filled_rows: None,
                });
                parts.push(relation.target.clone());
            }
            _ => {}
        }
    }
    if sheets.is_empty() {
        return Err(ReadError::Unreadable(Damage::Workbook));
    }
    let mut measures = Vec::new();
    for (name, sheet) in parts.iter().zip(&mut sheets) {
        let mut counter = Counter::default();
        each_cell(&part(archive, name, Damage::Sheet)?, |cell| {
            counter.count(&cell);
            Ok(())
        })?;
        let measure = counter.finish();
        sheet.filled_rows = Some(measure.filled_rows);
        measures.push(measure);
    }
    let wanted = overrides.sheet.as_deref();
    let chosen = sheets::choose(&sheets, &measures, wanted)?;
    let mut grid = Grid::new();
    if let Some(styles) = by_kind("styles").filter(|name| archive.has(name)) {
        context.meanings = meanings(&part(archive, styles, Damage::Workbook)?);
    }
    if let Some(strings) = by_kind("sharedStrings").filter(|name| archive.has(name)) {
        context.strings = shared_strings(
            &part(archive, strings, Damage::SharedStrings)?,
            &mut grid.builder,
        );
    }
    let aside = each_cell(&part(archive, &parts[chosen], Damage::Sheet)?, |cell| {
        context.put(cell, &mut grid)
    })?;
    for line in aside.hidden {
        grid.hide(line);
    }
    let merges = aside.merges;
    if grid.builder.is_full() {
        return Err(ReadError::Unreadable(Damage::Size));
    }
    let repairs = grid
        .disorder_repair()
        .into_iter()
        .chain(sheets::hidden_repair(&sheets[chosen], wanted))
        .collect();
    let sheet = Some(sheets[chosen].name.clone());
    Ok(Raw {
        format: Format::Xlsb,
        text: None,
        sheets,
        sheet,
        hidden: grid.take_hidden(),
        serials: context.serials,
        table: grid.builder.finish(),
        merges,
        repairs,
    })
}

fn part(archive: &Archive<'_>, name: &str, damage: Damage) -> Result<Vec<u8>, ReadError> {
    archive.bytes_of(name)?.ok_or(ReadError::Unreadable(damage))
}

/// State, relation and name of a sheet.
fn bundle(mut fields: Fields<'_>) -> Option<(u32, String, String)> {
    let state = fields.u32()?;
    fields.u32()?;
    Some((state, wide_text(&mut fields)?, wide_text(&mut fields)?))
}

fn wide_text(fields: &mut Fields<'_>) -> Option<String> {
    let len = usize::try_from(fields.u32()?).ok()?;
    Some(utf16(fields.take(len.checked_mul(2)?)?))
}

fn shared_strings(part: &[u8], builder: &mut TableBuilder) -> Vec<Span> {
    let items = Records::new(part).filter(|(kind, _)| *kind == kind::SST_ITEM);
    items
        .map(|(_, body)| {
            let mut fields = Fields::new(body);
            let text = fields
                .u8()
                .and_then(|_| wide_text(&mut fields))
                .unwrap_or_default();
            builder.keep(&text)
        })
        .collect()
}

fn meanings(part: &[u8]) -> Vec<super::value::Meaning> {
    let mut codes = HashMap::new();
    let mut meanings = Vec::new();
    let mut is_cell_style = false;
    for (kind, body) in Records::new(part) {
        let mut fields = Fields::new(body);
        match kind {
            kind::BEGIN_CELL_XFS => is_cell_style = true,
            kind::END_CELL_XFS => is_cell_style = false,
            kind::FMT => {
                if let (Some(id), Some(code)) = (fields.u16(), wide_text(&mut fields)) {
                    codes.insert(u32::from(id), number_format::of_code(&code));
                }
            }
            kind::XF if is_cell_style => {
                let id = fields.u16().and_then(|_| fields.u16()).map_or(0, u32::from);
                meanings.push(
                    codes
                        .get(&id)
                        .copied()
                        .unwrap_or_else(|| number_format::built_in(id)),
                );
            }
            _ => {}
        }
    }
    meanings
}

/// Gives every filled cell of a sheet to `take`; answers what else there is to know.
fn each_cell(
    part: &[u8],
    mut take: impl FnMut(BinaryCell) -> Result<(), ReadError>,
) -> Result<Aside, ReadError> {
    let mut aside = Aside::default();
    let (mut line, mut column) = (0_u32, 0_u32);
    for (kind, body) in Records::new(part) {
        let mut fields = Fields::new(body);
        match kind {
            kind::ROW_HDR => {
                line = fields.u32().unwrap_or(line).saturating_add(1);
                column = 0;
                aside.hidden.extend(is_hidden(fields).then_some(line));
            }
            kind::MERGE_CELL if aside.merges.len() < MAX_MERGES => {
                aside.merges.extend(merge(fields));
            }
            1..=18 | kind::CELL_R_STRING => {
                let is_short = (12..=18).contains(&kind);
                if !is_short {
                    let Some(at) = fields.u32() else { continue };
                    column = at;
                }
                let Some(style) = fields.u32().map(|style| style & 0x00FF_FFFF) else {
                    continue;
                };
                if let Some(value) = value(if is_short { kind - 11 } else { kind }, style, fields) {
                    take(BinaryCell {
                        line: line.max(1),
                        column,
                        value,
                    })?;
                }
                column = column.saturating_add(1);
            }
            _ => {}
        }
    }
    Ok(aside)
}

/// What follows the number of a row: its format, its height, and whether it is shown.
fn is_hidden(mut fields: Fields<'_>) -> bool {
    const HIDDEN: u8 = 0x10;
    let flags = fields.take(7).and_then(|_| fields.u8());
    flags.is_some_and(|flags| flags & HIDDEN != 0)
}

fn value(kind: u32, style: u32, mut fields: Fields<'_>) -> Option<Value> {
    Some(match kind {
        2 => Value::Number(rk(fields.u32()?), style),
        3 | 11 => Value::Error(fields.u8()?),
        4 | 10 => Value::Bool(fields.u8()? != 0),
        5 | 9 => Value::Number(fields.f64()?, style),
        6 | 8 => Value::Text(wide_text(&mut fields)?),
        7 => Value::Shared(fields.u32()?),
        kind::CELL_R_STRING => {
            fields.u8()?;
            Value::Text(wide_text(&mut fields)?)
        }
        _ => return None,
    })
}

fn merge(mut fields: Fields<'_>) -> Option<Merge> {
    let (first_row, last_row) = (fields.u32()?, fields.u32()?);
    let (first_column, last_column) = (fields.u32()?, fields.u32()?);
    let (first_line, last_line) = (first_row.checked_add(1)?, last_row.checked_add(1)?);
    (first_line <= last_line && first_column <= last_column).then_some(Merge {
        first_line,
        last_line,
        first_column,
        last_column,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_no_height_is_hidden() {
        let header = |flags: u8| [0, 0, 0, 0, 0x2C, 0x01, 0, flags, 0, 1, 0, 0, 0];
        assert!(is_hidden(Fields::new(&header(0x10))));
        assert!(!is_hidden(Fields::new(&header(0x0F))));
        assert!(!is_hidden(Fields::new(&[])));
    }
}
