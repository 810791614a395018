//! OpenDocument spreadsheets: all sheets in one part, with cells and rows that stand for many.

mod cell;
mod text;

use super::{
    Merge, Raw, sheets,
    sheets::{Grid, Measure},
    xml::{Tag, Token, Xml},
    zip::Archive,
};
use crate::{
    detected::{Format, Overrides, SheetFound},
    error::{Damage, MAX_COLUMNS, MAX_ROWS, ReadError},
    table::{CellKind, Span},
    understand::date::Serials,
};
use cell::CellTag;
use std::collections::HashSet;
use text::CellText;

/// Cells that repetition may make out of nothing.
const MAX_REPEATED: u64 = 50_000_000;
const MAX_MERGES: usize = 200_000;

pub(super) fn read(archive: &Archive<'_>, overrides: &Overrides) -> Result<Raw, ReadError> {
    let wanted = overrides.sheet.as_deref();
    let mut counting = Walk::new(None);
    counting.walk(archive)?;
    let (mut sheets, measures) = (counting.sheets, counting.measures);
    let chosen = sheets::choose(&sheets, &measures, wanted)?;
    for (sheet, measure) in sheets.iter_mut().zip(&measures) {
        sheet.filled_rows = Some(measure.filled_rows);
    }
    let mut reading = Walk::new(Some(chosen));
    reading.walk(archive)?;
    let (mut grid, merges) = (reading.grid, reading.merges);
    if grid.builder.is_full() {
        return Err(ReadError::Unreadable(Damage::Size));
    }
    let repairs = grid
        .disorder_repair()
        .into_iter()
        .chain(sheets::hidden_repair(&sheets[chosen], wanted))
        .collect();
    let sheet = Some(sheets[chosen].name.clone());
    let hidden = grid.take_hidden();
    Ok(Raw {
        format: Format::Ods,
        text: None,
        sheets,
        sheet,
        table: grid.builder.finish(),
        merges,
        hidden,
        serials: Serials::default(),
        repairs,
    })
}

/// One walk over all sheets; fills the grid from the wanted one, if any.
struct Walk {
    wanted: Option<usize>,
    sheets: Vec<SheetFound>,
    measures: Vec<Measure>,
    hidden_styles: HashSet<String>,
    grid: Grid,
    merges: Vec<Merge>,
    /// The line before the open row.
    line: u32,
    row_repeats: u32,
    is_hidden: bool,
    column: u32,
    /// The filled cells of the open row.
    row: Vec<(u32, CellKind, Span)>,
    repeated: u64,
}

impl Walk {
    fn new(wanted: Option<usize>) -> Self {
        Self {
            wanted,
            sheets: Vec::new(),
            measures: Vec::new(),
            hidden_styles: HashSet::new(),
            grid: Grid::new(),
            merges: Vec::new(),
            line: 0,
            row_repeats: 1,
            is_hidden: false,
            column: 0,
            row: Vec::new(),
            repeated: 0,
        }
    }

    fn walk(&mut self, archive: &Archive<'_>) -> Result<(), ReadError> {
        let part = archive
            .part("content.xml")?
            .ok_or(ReadError::Unreadable(Damage::Workbook))?;
        let mut xml = Xml::new(part, Damage::Sheet);
        let mut style = None;
        // A cell may hold a table of its own: its text is not ours.
        let mut depth = 0_u32;
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(tag) => match tag.name {
                    b"style" => style = tag.text(b"name"),
                    b"table-properties" if tag.attribute(b"display") == Some(b"false") => {
                        self.hidden_styles.extend(style.take());
                    }
                    b"table" => {
                        depth += u32::from(!tag.is_empty);
                        if depth == 1 && !tag.is_empty {
                            self.begin_sheet(tag);
                        }
                    }
                    b"table-row" if depth == 1 => {
                        self.row_repeats = tag.number(b"number-rows-repeated").unwrap_or(1).max(1);
                        self.column = 0;
                        self.is_hidden =
                            matches!(tag.attribute(b"visibility"), Some(b"filter" | b"collapse"));
                        if tag.is_empty {
                            self.end_row()?;
                        }
                    }
                    b"table-cell" | b"covered-table-cell" if depth == 1 => {
                        let cell = CellTag::read(tag);
                        let is_empty = tag.is_empty;
                        let mut text = CellText::default();
                        if !is_empty {
                            text.read(&mut xml)?;
                        }
                        self.cell(cell, &text.text)?;
                    }
                    _ => {}
                },
                Token::Close(b"table-row") if depth == 1 => self.end_row()?,
                Token::Close(b"table") => depth = depth.saturating_sub(1),
                Token::Close(_) | Token::Text { .. } => {}
            }
        }
        Ok(())
    }

    fn begin_sheet(&mut self, tag: Tag<'_>) {
        let hidden = tag
            .text(b"style-name")
            .is_some_and(|style| self.hidden_styles.contains(&style));
        let name = tag.text(b"name").unwrap_or_default();
        self.sheets.push(SheetFound {
            name,
            hidden,
            filled_rows: None,
        });
        self.measures.push(Measure::default());
        self.line = 0;
        self.row.clear();
    }

    fn is_reading(&self) -> bool {
        self.wanted
            .is_some_and(|wanted| wanted + 1 == self.sheets.len())
    }

    fn cell(&mut self, cell: CellTag, text: &str) -> Result<(), ReadError> {
        let column = self.column;
        self.column = column.saturating_add(cell.repeats);
        if self.is_reading()
            && (cell.columns > 1 || cell.rows > 1)
            && self.merges.len() < MAX_MERGES
        {
            let first_line = self.line.saturating_add(1);
            self.merges.push(Merge {
                first_line,
                last_line: first_line.saturating_add(cell.rows - 1),
                first_column: column,
                last_column: column.saturating_add(cell.columns - 1),
            });
        }
        let last = column.saturating_add(cell.repeats - 1);
        let Some((kind, content)) = cell.content(text) else {
            return Ok(());
        };
        if last >= MAX_COLUMNS && self.is_reading() {
            return Err(ReadError::TooManyColumns {
                columns: last.saturating_add(1),
            });
        }
        let last = last.min(MAX_COLUMNS);
        let span = if self.is_reading() {
            self.grid.builder.keep(&content)
        } else {
            Span::default()
        };
        self.row
            .extend((column..=last).map(|column| (column, kind, span)));
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let first = self.line;
        self.line = first.saturating_add(self.row_repeats);
        if self.row.is_empty() {
            return Ok(());
        }
        if self.is_reading() {
            if self.line > MAX_ROWS {
                return Err(ReadError::TooManyRows);
            }
            self.repeated += (self.row.len() as u64) * u64::from(self.row_repeats - 1);
            if self.repeated > MAX_REPEATED {
                return Err(ReadError::ZipBomb);
            }
            for line in first + 1..=self.line {
                if self.is_hidden {
                    self.grid.hide(line);
                }
                for (column, kind, span) in &self.row {
                    self.grid.set(line, *column, *kind, *span)?;
                }
            }
        } else if let Some(measure) = self.measures.last_mut() {
            let filled = u32::try_from(self.row.len()).unwrap_or(u32::MAX);
            measure.rows(filled, self.row_repeats);
        }
        self.row.clear();
        Ok(())
    }
}
