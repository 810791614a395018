//! What the two binary formats of Excel share.

use super::{
    Merge,
    sheets::{Grid, Measure},
    value::{self, Meaning},
};
use crate::{
    error::{Damage, ReadError},
    table::{CellKind, Span},
    understand::date::Serials,
};

/// The content of a cell.
#[derive(Debug)]
pub(super) enum Value {
    /// The index of a shared text.
    Shared(u32),
    /// A number, and the style that shows it.
    Number(f64, u32),
    Text(String),
    Bool(bool),
    Error(u8),
}

/// A cell at a line (from 1) and a column (from 0).
#[derive(Debug)]
pub(super) struct BinaryCell {
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) value: Value,
}

/// What cells refer to.
#[derive(Debug, Default)]
pub(super) struct Context {
    pub(super) strings: Vec<Span>,
    /// What each cell style makes of numbers.
    pub(super) meanings: Vec<Meaning>,
    pub(super) serials: Serials,
}

impl Context {
    pub(super) fn put(&self, cell: BinaryCell, grid: &mut Grid) -> Result<(), ReadError> {
        let builder = &mut grid.builder;
        let start = builder.text_len();
        let (kind, shared) = match cell.value {
            Value::Shared(index) => {
                // A text that is missing is a loss that nobody would notice: better no sheet than that.
                let text = self.strings.get(index as usize).copied();
                (
                    CellKind::Text,
                    Some(text.ok_or(ReadError::Unreadable(Damage::SharedStrings))?),
                )
            }
            Value::Number(number, style) => {
                let meaning = self
                    .meanings
                    .get(style as usize)
                    .copied()
                    .unwrap_or(Meaning::Number);
                let kind = builder.append_with(|text| {
                    value::push_cell_number(text, number, meaning, self.serials)
                });
                (kind, None)
            }
            Value::Text(text) => {
                builder.append(&text);
                (CellKind::Text, None)
            }
            Value::Bool(is_true) => {
                builder.append(if is_true { "true" } else { "false" });
                (CellKind::Bool, None)
            }
            Value::Error(code) => {
                builder.append(error_text(code));
                (CellKind::Error, None)
            }
        };
        let span = shared.unwrap_or_else(|| builder.filled_span_from(start));
        if span.is_empty() {
            Ok(())
        } else {
            grid.set(cell.line, cell.column, kind, span)
        }
    }
}

/// What a sheet says beside its cells.
#[derive(Debug, Default)]
pub(super) struct Aside {
    pub(super) merges: Vec<Merge>,
    /// Lines that are not shown.
    pub(super) hidden: Vec<u32>,
}

/// Counts the cells of a sheet without keeping them.
#[derive(Debug, Default)]
pub(super) struct Counter {
    measure: Measure,
    line: u32,
    filled: u32,
}

impl Counter {
    pub(super) fn count(&mut self, cell: &BinaryCell) {
        if cell.line != self.line {
            self.measure.row(std::mem::take(&mut self.filled));
            self.line = cell.line;
        }
        self.filled += u32::from(!matches!(&cell.value, Value::Text(text) if text.is_empty()));
    }

    pub(super) fn finish(mut self) -> Measure {
        self.measure.row(self.filled);
        self.measure
    }
}

/// A number packed into 30 bits: an integer, or the upper half of a float, either perhaps in hundredths.
pub(super) fn rk(packed: u32) -> f64 {
    let number = if packed & 2 != 0 {
        f64::from(packed.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(packed & !3) << 32)
    };
    if packed & 1 != 0 {
        number / 100.0
    } else {
        number
    }
}

fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#ERROR!",
    }
}

/// Reads little-endian fields of a record; past its end there is nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(super) const fn new(record: &'a [u8]) -> Self {
        Self { rest: record }
    }

    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*taken)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        self.array().map(f64::from_le_bytes)
    }

    pub(super) const fn len(&self) -> usize {
        self.rest.len()
    }
}

/// Text of two bytes a letter.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let (units, _) = bytes.as_chunks::<2>();
    char::decode_utf16(units.iter().map(|unit| u16::from_le_bytes(*unit)))
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}
