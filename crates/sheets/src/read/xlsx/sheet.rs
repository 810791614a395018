//! A worksheet's XML, cell by cell.

use super::{
    SAMPLE,
    place::{merge, reference},
    strings::{self, SharedStrings},
    styles::Styles,
};
use crate::{
    error::{Damage, ReadError},
    read::{
        Merge,
        sheets::Grid,
        value::{self, Meaning},
        xml::{self, Tag, Token, Xml, unescaped},
        zip::Part,
    },
    table::{CellKind, Span},
    understand::date::Serials,
};

/// More merges than a person makes.
const MAX_MERGES: usize = 200_000;

/// What a sheet's cells refer to.
pub(super) struct Context<'a> {
    pub(super) strings: &'a SharedStrings,
    pub(super) styles: &'a Styles,
    pub(super) serials: Serials,
    /// The results of formulas are zeros that stand for nothing.
    pub(super) has_dummy_results: bool,
}

/// Makes room for all cells, going by the first of them.
pub(super) fn make_room(part: Part<'_>, context: &Context<'_>, grid: &mut Grid) {
    let whole = part.expected();
    if whole > SAMPLE {
        let mut few = Grid::new();
        // It ends in the middle of something.
        read(part.first(SAMPLE), context, &mut few).ok();
        grid.builder.expect_like(&few.builder, SAMPLE, whole);
    }
}

/// Fills the grid; answers the merged cells.
pub(super) fn read(
    part: Part<'_>,
    context: &Context<'_>,
    grid: &mut Grid,
) -> Result<Vec<Merge>, ReadError> {
    let mut xml = Xml::new(part, Damage::Sheet);
    let mut reader = Reader {
        context,
        grid,
        line: 0,
        next_column: 0,
        cell: Cell::default(),
        inside: Inside::Nothing,
    };
    let mut merges = Vec::new();
    let mut value = Vec::new();
    let mut formula = String::new();
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(tag) => match tag.name {
                b"c" => {
                    reader.begin_cell(tag);
                    value.clear();
                    formula.clear();
                    if reader.cell.kind != Kind::Text
                        && let Some(raw) = xml.leaf(b"<v>", b"</v></c>")
                    {
                        reader.end_cell(raw, "")?;
                    }
                }
                b"v" if !tag.is_empty => reader.inside = Inside::Value,
                b"f" => {
                    reader.cell.has_formula = true;
                    reader.inside = if tag.is_empty {
                        Inside::Nothing
                    } else {
                        Inside::Formula
                    };
                }
                b"t" if !tag.is_empty && reader.inside != Inside::Phonetic => {
                    reader.inside = Inside::Inline;
                }
                b"rPh" if !tag.is_empty => reader.inside = Inside::Phonetic,
                b"row" => reader.begin_row(tag),
                b"mergeCell" if merges.len() < MAX_MERGES => {
                    merges.extend(tag.attribute(b"ref").and_then(merge));
                }
                _ => {}
            },
            Token::Close(name) => match name {
                b"c" => reader.end_cell(&value, &formula)?,
                b"rPh" => reader.inside = Inside::Nothing,
                b"v" | b"f" | b"t" if reader.inside != Inside::Phonetic => {
                    reader.inside = Inside::Nothing;
                }
                _ => {}
            },
            Token::Text { raw, is_plain } => match reader.inside {
                Inside::Nothing | Inside::Phonetic => {}
                Inside::Value if reader.cell.kind == Kind::Text => {
                    strings::append(&mut reader.grid.builder, raw, is_plain);
                }
                Inside::Value => value.extend_from_slice(raw),
                Inside::Formula => formula.push_str(&unescaped(raw)),
                Inside::Inline => strings::append(&mut reader.grid.builder, raw, is_plain),
            },
        }
    }
    Ok(merges)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Value,
    Formula,
    Inline,
    /// How to pronounce what stands beside it.
    Phonetic,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Bool,
    Error,
    IsoDate,
}

#[derive(Default)]
struct Cell {
    column: u32,
    kind: Kind,
    style: u32,
    has_formula: bool,
    /// Where the cell's own text begins in the arena.
    text_start: usize,
}

struct Reader<'a> {
    context: &'a Context<'a>,
    grid: &'a mut Grid,
    line: u32,
    next_column: u32,
    cell: Cell,
    inside: Inside,
}

impl Reader<'_> {
    fn begin_row(&mut self, tag: Tag<'_>) {
        self.line = tag
            .number(b"r")
            .filter(|line| *line > 0)
            .unwrap_or(self.line.saturating_add(1));
        self.next_column = 0;
        if tag.is_true(b"hidden") {
            self.grid.hide(self.line);
        }
    }

    #[inline]
    fn begin_cell(&mut self, tag: Tag<'_>) {
        let mut cell = Cell {
            column: self.next_column,
            ..Cell::default()
        };
        for (name, value) in tag.attributes() {
            match name {
                b"r" => {
                    if let Some((column, line)) = reference(value) {
                        cell.column = column;
                        if self.line == 0 {
                            self.line = line;
                        }
                    }
                }
                b"s" => cell.style = xml::number(value).unwrap_or(0),
                b"t" => {
                    cell.kind = match value {
                        b"s" => Kind::Shared,
                        b"str" | b"inlineStr" => Kind::Text,
                        b"b" => Kind::Bool,
                        b"e" => Kind::Error,
                        b"d" => Kind::IsoDate,
                        _ => Kind::Number,
                    };
                }
                _ => {}
            }
        }
        cell.text_start = self.grid.builder.text_len();
        self.next_column = cell.column.saturating_add(1);
        self.cell = cell;
        self.inside = Inside::Nothing;
    }

    /// Numbers, booleans, errors and dates have no entities: their value is taken as it stands.
    #[inline]
    fn end_cell(&mut self, value: &[u8], formula: &str) -> Result<(), ReadError> {
        self.inside = Inside::Nothing;
        let content = match self.cell.kind {
            Kind::Shared if !value.trim_ascii().is_empty() => {
                Some((CellKind::Text, self.shared(value)?))
            }
            _ => self.own(value.trim_ascii(), formula),
        };
        match content {
            Some((kind, span)) if !span.is_empty() => {
                self.grid
                    .set(self.line.max(1), self.cell.column, kind, span)
            }
            _ => Ok(()),
        }
    }

    /// A text that is missing is a loss that nobody would notice: better no sheet than that.
    #[inline]
    fn shared(&self, value: &[u8]) -> Result<Span, ReadError> {
        let index = xml::number(value).or_else(|| xml::number(value.trim_ascii()));
        index
            .and_then(|index| self.context.strings.get(index))
            .ok_or(ReadError::Unreadable(Damage::SharedStrings))
    }

    fn own(&mut self, value: &[u8], formula: &str) -> Option<(CellKind, Span)> {
        let start = self.cell.text_start;
        let builder = &mut self.grid.builder;
        let text = builder.filled_span_from(start);
        if !text.is_empty() {
            return Some((CellKind::Text, text));
        }
        let is_dummy = self.cell.has_formula && self.context.has_dummy_results && value == b"0";
        if value.is_empty() || is_dummy {
            if !self.cell.has_formula || self.cell.kind == Kind::Text {
                return None;
            }
            builder.append("=");
            builder.append(formula);
            return Some((CellKind::FormulaWithoutValue, builder.span_from(start)));
        }
        let value = String::from_utf8_lossy(value);
        let kind = match self.cell.kind {
            Kind::Number | Kind::Shared => {
                builder.append_with(|text| push_number(text, &value, self.context, self.cell.style))
            }
            Kind::Bool => {
                builder.append(if matches!(&*value, "1" | "true") {
                    "true"
                } else {
                    "false"
                });
                CellKind::Bool
            }
            Kind::Error => {
                builder.append(&value);
                CellKind::Error
            }
            Kind::IsoDate => {
                builder.append(value::iso_date(&value));
                CellKind::Date
            }
            Kind::Text => {
                builder.append(&value);
                CellKind::Text
            }
        };
        Some((kind, builder.span_from(start)))
    }
}

#[inline]
fn push_number(text: &mut String, written: &str, context: &Context<'_>, style: u32) -> CellKind {
    let meaning = context.styles.meaning(style);
    if meaning == Meaning::Number && value::push_plain_number(text, written) {
        return CellKind::Number;
    }
    if let Ok(number) = written.parse::<f64>() {
        return value::push_cell_number(text, number, meaning, context.serials);
    }
    text.push_str(written);
    CellKind::Text
}
