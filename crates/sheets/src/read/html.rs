//! Tables of web pages, which many programs save under the name of a workbook.

use super::{
    Merge, Raw,
    markup::{self, Markup, Tag, Token},
    sheets::{self, Grid, Measure},
};
use crate::{
    detected::{Format, Overrides, SheetFound},
    error::{Damage, LooksLike, MAX_COLUMNS, MAX_ROWS, ReadError},
    table::CellKind,
    understand::date::Serials,
};

const MAX_MERGES: usize = 200_000;

pub(super) fn read(bytes: &[u8], overrides: &Overrides) -> Result<Raw, ReadError> {
    let text = markup::decoded(bytes, overrides);
    let mut page = Page::default();
    for token in Markup::of_page(&text) {
        page.token(&token)?;
    }
    if !page.open.is_empty() {
        return Err(ReadError::CutOff);
    }
    let mut tables = page.done;
    tables.sort_by_key(|table| table.number);
    tables.retain(|table| table.measure.filled_rows > 1);
    let names = (1..).zip(&tables).map(|(number, table)| SheetFound {
        name: u32::to_string(&number),
        hidden: false,
        filled_rows: Some(table.measure.filled_rows),
    });
    let sheets: Vec<SheetFound> = names.collect();
    let measures: Vec<Measure> = tables.iter().map(|table| table.measure).collect();
    if tables.is_empty() {
        return Err(ReadError::NotASpreadsheet(LooksLike::WebPage));
    }
    let chosen = sheets::choose(&sheets, &measures, overrides.sheet.as_deref())?;
    let name = sheets.get(chosen).map(|sheet| sheet.name.clone());
    if tables.iter().any(|table| table.grid.builder.is_full()) {
        return Err(ReadError::Unreadable(Damage::Size));
    }
    let is_alone = sheets.len() == 1;
    let table = tables.swap_remove(chosen);
    Ok(Raw {
        format: Format::Html,
        text: None,
        sheets: if is_alone { Vec::new() } else { sheets },
        sheet: name.filter(|_| !is_alone),
        table: table.grid.builder.finish(),
        merges: table.merges,
        hidden: Vec::new(),
        serials: Serials::default(),
        repairs: Vec::new(),
    })
}

/// One table while it is read.
#[derive(Default)]
struct HtmlTable {
    /// In the order in which they begin.
    number: usize,
    grid: Grid,
    merges: Vec<Merge>,
    measure: Measure,
    line: u32,
    column: u32,
    filled: u32,
    /// For each column, the last line that a cell above reaches down to.
    reached: Vec<u32>,
    cell: Option<OpenCell>,
}

struct OpenCell {
    columns: u32,
    rows: u32,
    text: String,
}

impl HtmlTable {
    fn begin_row(&mut self) -> Result<(), ReadError> {
        self.end_cell()?;
        self.measure.row(std::mem::take(&mut self.filled));
        self.line += 1;
        self.column = 0;
        Ok(())
    }

    fn begin_cell(&mut self, tag: &Tag<'_>) -> Result<(), ReadError> {
        self.end_cell()?;
        if self.line == 0 {
            self.begin_row()?;
        }
        let is_reached = |column: u32, table: &Self| {
            table
                .reached
                .get(column as usize)
                .is_some_and(|last| *last >= table.line)
        };
        while is_reached(self.column, self) {
            self.column += 1;
        }
        let span = |name| tag.number(name).unwrap_or(1).max(1);
        self.cell = Some(OpenCell {
            columns: span("colspan").min(MAX_COLUMNS),
            rows: span("rowspan").min(MAX_ROWS),
            text: String::new(),
        });
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), ReadError> {
        let Some(cell) = self.cell.take() else {
            return Ok(());
        };
        let (first_column, first_line) = (self.column, self.line);
        self.column = first_column.saturating_add(cell.columns);
        let last_line = first_line.saturating_add(cell.rows - 1);
        if cell.rows > 1 && self.column <= MAX_COLUMNS {
            let columns = first_column as usize..self.column as usize;
            self.reached.resize(self.reached.len().max(columns.end), 0);
            for reached in self.reached.get_mut(columns).unwrap_or_default() {
                *reached = last_line;
            }
        }
        let text = cell.text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if cell.rows > 1 || cell.columns > 1 {
            self.merges
                .extend((self.merges.len() < MAX_MERGES).then_some(Merge {
                    first_line,
                    last_line,
                    first_column,
                    last_column: self.column - 1,
                }));
        }
        self.filled += 1;
        let span = self.grid.builder.keep(text);
        self.grid
            .set(first_line, first_column, CellKind::Text, span)
    }

    fn finish(&mut self) -> Result<(), ReadError> {
        self.end_cell()?;
        self.measure.row(std::mem::take(&mut self.filled));
        Ok(())
    }
}

#[derive(Default)]
struct Page {
    /// Tables within cells of tables, the innermost last.
    open: Vec<HtmlTable>,
    done: Vec<HtmlTable>,
    begun: usize,
}

impl Page {
    fn token(&mut self, token: &Token<'_>) -> Result<(), ReadError> {
        match token {
            Token::Open(tag) if tag.name.eq_ignore_ascii_case("table") => {
                self.open.push(HtmlTable {
                    number: self.begun,
                    grid: Grid::new(),
                    ..HtmlTable::default()
                });
                self.begun += 1;
                Ok(())
            }
            Token::Close(name) if name.eq_ignore_ascii_case("table") => self.close(),
            token => match self.open.last_mut() {
                Some(table) => inside(table, token),
                None => Ok(()),
            },
        }
    }

    fn close(&mut self) -> Result<(), ReadError> {
        if let Some(mut table) = self.open.pop() {
            table.finish()?;
            self.done.push(table);
        }
        Ok(())
    }
}

fn inside(table: &mut HtmlTable, token: &Token<'_>) -> Result<(), ReadError> {
    match token {
        Token::Open(tag) => match tag.name.to_ascii_lowercase().as_str() {
            "tr" => table.begin_row()?,
            "td" | "th" => table.begin_cell(tag)?,
            "br" | "p" | "div" | "li" => break_line(table),
            _ => {}
        },
        Token::Close(name) => match name.to_ascii_lowercase().as_str() {
            "tr" | "td" | "th" => table.end_cell()?,
            "p" | "div" | "li" => break_line(table),
            _ => {}
        },
        Token::Text { raw, is_plain } => {
            if let Some(cell) = &mut table.cell {
                let shown = if *is_plain {
                    (*raw).into()
                } else {
                    markup::shown(raw)
                };
                push_words(&mut cell.text, &shown);
            }
        }
    }
    Ok(())
}

fn break_line(table: &mut HtmlTable) {
    if let Some(cell) = table.cell.as_mut().filter(|cell| !cell.text.is_empty()) {
        let len = cell.text.trim_end().len();
        cell.text.truncate(len);
        cell.text.push('\n');
    }
}

/// Pages show runs of white space as one space.
fn push_words(text: &mut String, shown: &str) {
    for letter in shown.chars() {
        let letter = if letter.is_whitespace() { ' ' } else { letter };
        if letter != ' ' || !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(letter);
        }
    }
}
