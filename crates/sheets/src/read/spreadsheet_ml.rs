//! The XML spreadsheets of Excel 2003, which reports still come in, under the name of a workbook.

use super::{
    Merge, Raw,
    markup::{self, Markup, Tag, Token},
    number_format,
    sheets::{self, Grid, Measure},
    value::{self, Meaning},
};
use crate::{
    detected::{Format, Overrides, SheetFound},
    error::{Damage, ReadError},
    table::CellKind,
    understand::date::Serials,
};
use std::collections::HashMap;

const MAX_MERGES: usize = 200_000;

pub(super) fn read(bytes: &[u8], overrides: &Overrides) -> Result<Raw, ReadError> {
    let text = markup::decoded(bytes, overrides);
    let wanted = overrides.sheet.as_deref();
    let mut counting = Walk::new(None);
    counting.walk(&text)?;
    if !counting.is_whole {
        return Err(ReadError::CutOff);
    }
    let (sheets, measures) = (counting.sheets, counting.measures);
    if sheets.is_empty() {
        return Err(ReadError::Unreadable(Damage::Workbook));
    }
    let chosen = sheets::choose(&sheets, &measures, wanted)?;
    let mut reading = Walk::new(Some(chosen));
    reading.walk(&text)?;
    let mut grid = reading.grid;
    if grid.builder.is_full() {
        return Err(ReadError::Unreadable(Damage::Size));
    }
    let found = sheets.get(chosen);
    let repairs = grid
        .disorder_repair()
        .into_iter()
        .chain(found.and_then(|sheet| sheets::hidden_repair(sheet, wanted)))
        .collect();
    Ok(Raw {
        format: Format::SpreadsheetMl,
        text: None,
        sheet: found.map(|sheet| sheet.name.clone()),
        sheets,
        hidden: grid.take_hidden(),
        serials: Serials::default(),
        table: grid.builder.finish(),
        merges: reading.merges,
        repairs,
    })
}

/// One walk over all sheets; fills the grid from the wanted one, if any.
struct Walk {
    wanted: Option<usize>,
    sheets: Vec<SheetFound>,
    measures: Vec<Measure>,
    /// How many digits styles show at least, by their names.
    padded: HashMap<String, Meaning>,
    style: String,
    grid: Grid,
    merges: Vec<Merge>,
    line: u32,
    column: u32,
    filled: u32,
    cell: Option<OpenCell>,
    /// The data of the open cell, remarks excepted.
    is_data: bool,
    is_visibility: bool,
    is_whole: bool,
}

#[derive(Default)]
struct OpenCell {
    kind: String,
    text: String,
    formula: Option<String>,
    meaning: Option<Meaning>,
    /// Beside the first column and row.
    more_columns: u32,
    more_rows: u32,
}

impl Walk {
    fn new(wanted: Option<usize>) -> Self {
        Self {
            wanted,
            sheets: Vec::new(),
            measures: Vec::new(),
            padded: HashMap::new(),
            style: String::new(),
            grid: Grid::new(),
            merges: Vec::new(),
            line: 0,
            column: 0,
            filled: 0,
            cell: None,
            is_data: false,
            is_visibility: false,
            is_whole: false,
        }
    }

    fn is_reading(&self) -> bool {
        self.wanted
            .is_some_and(|wanted| wanted + 1 == self.sheets.len())
    }

    fn walk(&mut self, text: &str) -> Result<(), ReadError> {
        let mut remarks = 0_u32;
        for token in Markup::of_xml(text) {
            match token {
                Token::Open(tag) if tag.name == "Comment" => remarks += u32::from(!tag.is_empty),
                Token::Close("Comment") => remarks = remarks.saturating_sub(1),
                _ if remarks > 0 => {}
                Token::Open(tag) => self.open(&tag)?,
                Token::Close(name) => self.close(name)?,
                Token::Text { raw, is_plain } => self.text(raw, is_plain),
            }
        }
        Ok(())
    }

    fn text(&mut self, raw: &str, is_plain: bool) {
        if self.is_visibility
            && raw.trim() != "SheetVisible"
            && let Some(sheet) = self.sheets.last_mut()
        {
            sheet.hidden = true;
        }
        if let Some(cell) = self.cell.as_mut().filter(|_| self.is_data) {
            if is_plain {
                cell.text.push_str(raw);
            } else {
                cell.text.push_str(&markup::shown(raw));
            }
        }
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), ReadError> {
        match tag.name {
            "Style" => self.style = tag.attribute("ID").unwrap_or_default(),
            "NumberFormat" => {
                let meaning = tag
                    .attribute("Format")
                    .map(|code| number_format::of_code(&code));
                if let Some(meaning @ Meaning::Padded(_)) = meaning {
                    self.padded.insert(self.style.clone(), meaning);
                }
            }
            "Worksheet" => {
                self.sheets.push(SheetFound {
                    name: tag.attribute("Name").unwrap_or_default(),
                    hidden: false,
                    filled_rows: None,
                });
                self.measures.push(Measure::default());
                self.line = 0;
            }
            "Visible" => self.is_visibility = !tag.is_empty,
            "Row" => {
                self.line = tag
                    .number("Index")
                    .filter(|line| *line > 0)
                    .unwrap_or(self.line.saturating_add(1));
                (self.column, self.filled) = (0, 0);
                if self.is_reading() && tag.attribute("Hidden").as_deref() == Some("1") {
                    self.grid.hide(self.line);
                }
            }
            "Cell" => {
                let index = tag.number("Index").and_then(|index| index.checked_sub(1));
                self.column = index.unwrap_or(self.column);
                self.cell = Some(OpenCell {
                    formula: tag.attribute("Formula"),
                    meaning: tag
                        .attribute("StyleID")
                        .and_then(|style| self.padded.get(&style).copied()),
                    more_columns: tag.number("MergeAcross").unwrap_or(0),
                    more_rows: tag.number("MergeDown").unwrap_or(0),
                    ..OpenCell::default()
                });
                if tag.is_empty {
                    self.end_cell()?;
                }
            }
            "Data" => {
                self.is_data = !tag.is_empty;
                if let Some(cell) = &mut self.cell {
                    cell.kind = tag.attribute("Type").unwrap_or_default();
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "Data" => self.is_data = false,
            "Visible" => self.is_visibility = false,
            "Cell" => self.end_cell()?,
            "Row" => {
                if let Some((measure, sheet)) = self.measures.last_mut().zip(self.sheets.last_mut())
                {
                    measure.row(std::mem::take(&mut self.filled));
                    sheet.filled_rows = Some(measure.filled_rows);
                }
            }
            "Workbook" => self.is_whole = true,
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), ReadError> {
        self.is_data = false;
        let Some(cell) = self.cell.take() else {
            return Ok(());
        };
        let first_column = self.column;
        let last_column = first_column.saturating_add(cell.more_columns);
        self.column = last_column.saturating_add(1);
        if self.is_reading()
            && (cell.more_columns > 0 || cell.more_rows > 0)
            && self.merges.len() < MAX_MERGES
        {
            self.merges.push(Merge {
                first_line: self.line,
                last_line: self.line.saturating_add(cell.more_rows),
                first_column,
                last_column,
            });
        }
        let Some((kind, text)) = content(cell) else {
            return Ok(());
        };
        self.filled += 1;
        if !self.is_reading() {
            return Ok(());
        }
        let span = self.grid.builder.keep(&text);
        if span.is_empty() {
            return Ok(());
        }
        self.grid.set(self.line.max(1), first_column, kind, span)
    }
}

/// The cell as we print it; `None` if it is blank.
fn content(cell: OpenCell) -> Option<(CellKind, String)> {
    if cell.text.trim().is_empty() {
        return cell
            .formula
            .filter(|_| cell.kind != "String")
            .map(|formula| (CellKind::FormulaWithoutValue, formula));
    }
    let written = cell.text.trim();
    Some(match cell.kind.as_str() {
        "Number" => {
            let mut text = String::new();
            let meaning = cell.meaning.unwrap_or(Meaning::Number);
            if meaning == Meaning::Number && value::push_plain_number(&mut text, written) {
                return Some((CellKind::Number, text));
            }
            match written.parse::<f64>() {
                Ok(number) => (
                    value::push_cell_number(&mut text, number, meaning, Serials::default()),
                    text,
                ),
                Err(_) => (CellKind::Text, cell.text),
            }
        }
        "DateTime" => {
            let date = value::iso_date(written);
            let clock = date
                .strip_prefix("1899-12-31T")
                .or_else(|| date.strip_prefix("1899-12-30T"));
            (CellKind::Date, clock.unwrap_or(date).to_owned())
        }
        "Boolean" => {
            let text = if written == "1" { "true" } else { "false" };
            (CellKind::Bool, text.to_owned())
        }
        "Error" => (CellKind::Error, written.to_owned()),
        _ => (CellKind::Text, cell.text),
    })
}
