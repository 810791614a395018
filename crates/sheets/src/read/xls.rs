//! XLS of Excel 5 to 2003 (BIFF5 and BIFF8): one stream of records.

mod globals;
mod kind;
mod records;
mod strings;

use super::{
    Merge, Raw,
    binary::{Aside, BinaryCell, Counter, Fields, Value, rk},
    compound::Compound,
    sheets,
    sheets::Grid,
};
use crate::{
    detected::{Format, Overrides},
    error::{Damage, ReadError},
};
use globals::Globals;
use records::Records;
use strings::Codepage;

const MAX_MERGES: usize = 200_000;

pub(super) fn read(bytes: &[u8], overrides: &Overrides) -> Result<Raw, ReadError> {
    let compound = Compound::open(bytes)?;
    let stream = match compound.stream("Workbook")? {
        Some(stream) => stream,
        None => compound.stream("Book")?.ok_or_else(|| compound.refusal())?,
    };
    let mut grid = Grid::new();
    let Globals {
        mut sheets,
        offsets,
        context,
        codepage,
    } = Globals::read(&stream, &mut grid)?;
    let mut measures = Vec::new();
    for (offset, sheet) in offsets.iter().zip(&mut sheets) {
        let mut counter = Counter::default();
        each_cell(&stream, *offset, codepage, |cell| {
            counter.count(&cell);
            Ok(())
        })?;
        let measure = counter.finish();
        sheet.filled_rows = Some(measure.filled_rows);
        measures.push(measure);
    }
    let wanted = overrides.sheet.as_deref();
    let chosen = sheets::choose(&sheets, &measures, wanted)?;
    let aside = each_cell(&stream, offsets[chosen], codepage, |cell| {
        context.put(cell, &mut grid)
    })?;
    for line in aside.hidden {
        grid.hide(line);
    }
    let merges = aside.merges;
    let repairs = grid
        .disorder_repair()
        .into_iter()
        .chain(sheets::hidden_repair(&sheets[chosen], wanted))
        .collect();
    let sheet = Some(sheets[chosen].name.clone());
    Ok(Raw {
        format: Format::Xls,
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

/// Gives every filled cell of the sheet at `offset` to `take`; answers what else there is to know.
fn each_cell(
    stream: &[u8],
    offset: usize,
    codepage: Codepage,
    mut take: impl FnMut(BinaryCell) -> Result<(), ReadError>,
) -> Result<Aside, ReadError> {
    let mut records = Records::new(stream, offset);
    if !matches!(records.next(), Some((kind::BOF, _))) {
        return Err(if offset >= stream.len() {
            ReadError::CutOff
        } else {
            ReadError::Unreadable(Damage::Sheet)
        });
    }
    let mut aside = Aside::default();
    // Charts within the sheet have records of their own.
    let mut depth = 0_u32;
    // A formula whose text follows in the next record.
    let mut awaits_text = None;
    while let Some((kind, body)) = records.next() {
        match kind {
            kind::BOF => depth += 1,
            kind::EOF if depth == 0 => return Ok(aside),
            kind::EOF => depth -= 1,
            _ if depth > 0 => {}
            kind::MERGE_CELLS if aside.merges.len() < MAX_MERGES => {
                merge_cells(body, &mut aside.merges);
            }
            kind::ROW => aside.hidden.extend(hidden_line(body)),
            kind::MUL_RK => each_of_many(body, &mut take)?,
            kind::STRING => {
                let Some((line, column)) = awaits_text.take() else {
                    continue;
                };
                let mut pieces = records.with_continues(body);
                if let Some(text) = codepage.pieced(&mut pieces) {
                    take(BinaryCell {
                        line,
                        column,
                        value: Value::Text(text),
                    })?;
                }
            }
            _ => {
                let mut fields = Fields::new(body);
                let (Some(row), Some(column)) = (fields.u16(), fields.u16()) else {
                    continue;
                };
                let (line, column) = (u32::from(row) + 1, u32::from(column));
                let Some(style) = fields.u16().map(u32::from) else {
                    continue;
                };
                if kind == kind::LABEL || kind == kind::R_STRING {
                    let mut pieces = records.with_continues(&body[6..]);
                    if let Some(text) = codepage.pieced(&mut pieces) {
                        take(BinaryCell {
                            line,
                            column,
                            value: Value::Text(text),
                        })?;
                    }
                    continue;
                }
                match value(kind, style, fields) {
                    Some(Found::Value(value)) => take(BinaryCell {
                        line,
                        column,
                        value,
                    })?,
                    Some(Found::TextFollows) => awaits_text = Some((line, column)),
                    None => {}
                }
            }
        }
    }
    // The sheet ends without its last record.
    Err(ReadError::CutOff)
}

enum Found {
    Value(Value),
    TextFollows,
}

fn value(kind: u16, style: u32, mut fields: Fields<'_>) -> Option<Found> {
    let value = match kind {
        kind::LABEL_SST => Value::Shared(fields.u32()?),
        kind::NUMBER => Value::Number(fields.f64()?, style),
        kind::RK => Value::Number(rk(fields.u32()?), style),
        kind::BOOL_ERR => {
            let (code, is_error) = (fields.u8()?, fields.u8()?);
            if is_error == 0 {
                Value::Bool(code != 0)
            } else {
                Value::Error(code)
            }
        }
        kind::FORMULA => {
            let result = fields.take(8)?;
            match result {
                [0, .., 0xFF, 0xFF] => return Some(Found::TextFollows),
                [1, _, code, .., 0xFF, 0xFF] => Value::Bool(*code != 0),
                [2, _, code, .., 0xFF, 0xFF] => Value::Error(*code),
                [.., 0xFF, 0xFF] => return None,
                _ => Value::Number(Fields::new(result).f64()?, style),
            }
        }
        _ => return None,
    };
    Some(Found::Value(value))
}

/// One record for a run of numbers in a row.
fn each_of_many(
    body: &[u8],
    take: &mut impl FnMut(BinaryCell) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut fields = Fields::new(body);
    let (Some(row), Some(first)) = (fields.u16(), fields.u16()) else {
        return Ok(());
    };
    let mut column = u32::from(first);
    // The last two bytes repeat the last column.
    while fields.len() >= 8 {
        let (Some(style), Some(packed)) = (fields.u16(), fields.u32()) else {
            break;
        };
        take(BinaryCell {
            line: u32::from(row) + 1,
            column,
            value: Value::Number(rk(packed), u32::from(style)),
        })?;
        column += 1;
    }
    Ok(())
}

/// The line of a row that is not shown.
fn hidden_line(body: &[u8]) -> Option<u32> {
    const HIDDEN: u8 = 0x20;
    let mut fields = Fields::new(body);
    let row = fields.u16()?;
    fields.take(10)?;
    (fields.u8()? & HIDDEN != 0).then(|| u32::from(row) + 1)
}

fn merge_cells(body: &[u8], merges: &mut Vec<Merge>) {
    let mut fields = Fields::new(body);
    fields.u16();
    while let (Some(first_row), Some(last_row), Some(first_column), Some(last_column)) =
        (fields.u16(), fields.u16(), fields.u16(), fields.u16())
    {
        if first_row <= last_row && first_column <= last_column {
            merges.push(Merge {
                first_line: u32::from(first_row) + 1,
                last_line: u32::from(last_row) + 1,
                first_column: u32::from(first_column),
                last_column: u32::from(last_column),
            });
        }
    }
}
