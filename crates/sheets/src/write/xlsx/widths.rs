//! How wide columns are shown.

use crate::write::{Cell, WriteColumn};

/// In characters of the default font, as `<col>` counts them (ECMA-376 part 1, 18.3.1.13).
const NARROWEST: usize = 8;
const WIDEST: usize = 60;
/// The button of the filter beside a title.
const BUTTON: usize = 3;
/// Between a cell's text and its borders.
const PADDING: usize = 1;
const DATE: usize = 10;
const NUMBER: usize = 10;

/// The widest cell of each column so far.
#[derive(Debug)]
pub(super) struct Widths(Vec<usize>);

impl Widths {
    pub(super) fn of_titles(columns: &[WriteColumn]) -> Self {
        let title = |column: &WriteColumn| longest_line(&column.header) + BUTTON;
        Self(columns.iter().map(title).collect())
    }

    pub(super) fn measure(&mut self, column: usize, cell: Cell<'_>) {
        let len = match cell {
            Cell::Blank => 0,
            Cell::Text(text) => longest_line(text),
            Cell::Number(_) => NUMBER,
            Cell::Date(_) => DATE,
        };
        if let Some(width) = self.0.get_mut(column) {
            *width = len.max(*width);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0
            .iter()
            .map(|width| (width + PADDING).clamp(NARROWEST, WIDEST))
    }
}

fn longest_line(text: &str) -> usize {
    text.lines()
        .map(|line| line.chars().take(WIDEST).count())
        .max()
        .unwrap_or(0)
}
