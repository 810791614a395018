//! Which sheet of a workbook is meant, and what the readers of workbooks share.

use crate::{
    detected::{Repair, SheetFound},
    error::{MAX_COLUMNS, MAX_ROWS, ReadError},
    table::{CellKind, Span, TableBuilder},
};

/// How much a sheet holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Measure {
    /// Rows with at least two filled cells: those that look like data.
    pub(super) wide_rows: u32,
    pub(super) cells: u32,
    pub(super) filled_rows: u32,
}

impl Measure {
    /// Counts a row by its filled cells.
    pub(super) fn row(&mut self, filled: u32) {
        self.rows(filled, 1);
    }

    /// Counts as many rows of so many filled cells.
    pub(super) fn rows(&mut self, filled: u32, count: u32) {
        let add = |sum: &mut u32, more: u32| *sum = sum.saturating_add(more);
        add(&mut self.cells, filled.saturating_mul(count));
        add(&mut self.filled_rows, if filled > 0 { count } else { 0 });
        add(&mut self.wide_rows, if filled > 1 { count } else { 0 });
    }
}

/// The index of the sheet of that name, or else of the visible one with most rows of data.
pub(super) fn choose(
    sheets: &[SheetFound],
    measures: &[Measure],
    wanted: Option<&str>,
) -> Result<usize, ReadError> {
    if let Some(name) = wanted {
        return sheets
            .iter()
            .position(|sheet| sheet.name == name)
            .ok_or(ReadError::NoSuchSheet);
    }
    // Of equals the first, which `max_by_key` does not give.
    let fullest = |is_hidden: bool| {
        let of_kind = (0..sheets.len())
            .rev()
            .filter(|index| sheets[*index].hidden == is_hidden);
        of_kind
            .filter(|index| measures[*index].filled_rows > 0)
            .max_by_key(|index| measures[*index])
    };
    fullest(false)
        .or_else(|| fullest(true))
        .ok_or(ReadError::Empty)
}

pub(super) fn hidden_repair(sheet: &SheetFound, wanted: Option<&str>) -> Option<Repair> {
    (sheet.hidden && wanted.is_none()).then_some(Repair::HiddenSheet)
}

/// Puts cells into a table at their place, and keeps to the limits. Blank rows take no room.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) builder: TableBuilder,
    /// The line of the open row of the builder.
    line: u32,
    is_disordered: bool,
    hidden: Vec<u32>,
}

impl Grid {
    pub(super) fn new() -> Self {
        Self {
            builder: TableBuilder::new(),
            line: 0,
            is_disordered: false,
            hidden: Vec::new(),
        }
    }

    /// Sets the cell at a line (from 1) and a column (from 0).
    #[inline]
    pub(super) fn set(
        &mut self,
        line: u32,
        column: u32,
        kind: CellKind,
        span: Span,
    ) -> Result<(), ReadError> {
        if line > MAX_ROWS {
            return Err(ReadError::TooManyRows);
        }
        if column >= MAX_COLUMNS {
            return Err(ReadError::TooManyColumns {
                columns: column.saturating_add(1),
            });
        }
        if line != self.line {
            self.builder.begin_row(line);
            self.line = line;
        }
        let is_next = self.builder.set(column, kind, span);
        self.is_disordered |= !is_next;
        Ok(())
    }

    /// Remembers that a line is not shown: a filter or a person has hidden it.
    pub(super) fn hide(&mut self, line: u32) {
        if line <= MAX_ROWS {
            self.hidden.push(line);
        }
    }

    /// The lines that are not shown, in order.
    pub(super) fn take_hidden(&mut self) -> Vec<u32> {
        let mut hidden = std::mem::take(&mut self.hidden);
        hidden.sort_unstable();
        hidden.dedup();
        hidden
    }

    pub(super) fn disorder_repair(&self) -> Option<Repair> {
        (self.is_disordered || !self.builder.is_sorted()).then_some(Repair::OutOfOrder)
    }
}
