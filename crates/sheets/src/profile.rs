//! What the cells of a column look like, over every row.

mod dates;
mod different;
mod numbers;
mod shape;
mod texts;

use crate::{
    read::Opened,
    table::{Cell, CellKind},
    understand::{Content, Plans, Reading, bare, date, understand, words},
};
pub(crate) use dates::DateTally;
pub(crate) use different::different;
use domain::contact::Email;
pub(crate) use numbers::NumberTally;
use shape::{AT, Shape};
pub(crate) use texts::{TextTally, collection};

/// Counts over the filled cells of one column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    pub filled: u32,
    pub samples: Vec<String>,
    pub emails: u32,
    /// Written like a phone: 10 to 15 digits and the usual marks.
    pub phone_like: u32,
    pub postal_codes: u32,
    pub times: u32,
    pub yes_or_no: u32,
    /// Formulas without results; not counted as filled.
    pub formulas: u32,
    pub dates: DateTally,
    pub numbers: NumberTally,
    pub texts: TextTally,
}

const SAMPLES: usize = 3;
const SAMPLE_CHARS: usize = 80;

impl Profile {
    /// Counts the cells of a column in the data rows from `first` on that `rows` are. A call of its own for few rows, because
    /// an engine of WebAssembly puts in the code that it has optimised only between calls.
    #[inline(never)]
    pub(crate) fn add_rows(&mut self, sheet: &Opened, column: u32, first: u32, rows: &[u32]) {
        for (row, table_row) in (first..).zip(rows) {
            self.add(row, sheet.table.cell(*table_row, column));
        }
    }

    fn add(&mut self, row: u32, cell: Cell<'_>) {
        if cell.kind == CellKind::FormulaWithoutValue {
            self.formulas += 1;
        }
        let text = bare(cell.text);
        if text.is_empty() || matches!(cell.kind, CellKind::Blank | CellKind::FormulaWithoutValue) {
            return;
        }
        self.filled += 1;
        if self.samples.len() < SAMPLES {
            let sample: String = text.chars().take(SAMPLE_CHARS).collect();
            if !self.samples.contains(&sample) {
                self.samples.push(sample);
            }
        }
        match cell.kind {
            CellKind::Error => return,
            CellKind::Date => {
                self.dates.add_real(text);
                self.times += u32::from(
                    !text.contains('-')
                        || text.starts_with("1899")
                        || text.starts_with("1900-01-00"),
                );
                return;
            }
            CellKind::Number => self.numbers.add_real(text),
            _ if words::is_placeholder(text) || words::is_unfilled(text) => {
                self.filled -= 1;
                return;
            }
            _ => {}
        }
        let shape = Shape::of(text);
        if shape.holds(AT) {
            self.emails += u32::from(Email::parse(text).is_ok());
        }
        if shape.digits > 0 {
            self.phone_like += u32::from((10..=15).contains(&shape.digits) && shape.is_of_phone());
            if cell.kind != CellKind::Number {
                self.numbers.add_text(row, text, &shape);
                self.dates.add_text(row, text, &shape);
                self.times += u32::from(
                    text.len() <= 11
                        && text.bytes().any(|b| matches!(b, b':' | b'h' | b'H'))
                        && date::time(text).is_some(),
                );
            }
            self.postal_codes += u32::from(is_postal_code(text));
        }
        self.yes_or_no += u32::from(words::is_yes_or_no(text));
        self.texts.add(text, &shape);
    }

    /// `part` of the filled cells, in percent, rounded down.
    pub(crate) fn percent(&self, part: u32) -> u8 {
        percent(part, self.filled)
    }
}

pub(crate) fn percent(part: u32, whole: u32) -> u8 {
    u8::try_from(u64::from(part) * 100 / u64::from(whole.max(1))).unwrap_or(100)
}

/// How many of the filled cells are understood when read so, in percent: of all, or of 1,000 spread evenly over the file.
pub(crate) fn fit(sheet: &Opened, column: u32, reading: Reading, plans: &Plans) -> u8 {
    const ENOUGH: usize = 1_000;
    let step = (sheet.data.len() / ENOUGH).max(1);
    let (mut understood, mut filled) = (0, 0);
    for row in sheet.data.iter().step_by(step) {
        let cell = sheet.table.cell(*row, column);
        match understand(reading, cell, plans).content {
            Content::Blank => {}
            Content::Problem(_) => filled += 1,
            _ => {
                filled += 1;
                understood += 1;
            }
        }
    }
    percent(understood, filled)
}

/// `A1A 1A1` of Canada; the five or nine digits of the United States look like any number.
fn is_postal_code(text: &str) -> bool {
    let mut pattern = text.bytes().filter(|b| !matches!(b, b' ' | b'-'));
    let mut next = |letter: bool| {
        pattern.next().is_some_and(|b| {
            if letter {
                b.is_ascii_alphabetic()
            } else {
                b.is_ascii_digit()
            }
        })
    };
    let fits = text.len() <= 8
        && next(true)
        && next(false)
        && next(true)
        && next(false)
        && next(true)
        && next(false);
    fits && pattern.next().is_none()
}
