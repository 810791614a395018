//! What the page shows of the rows of a file.

use domain::import::chunk::{CellReason, SkipReason};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowView {
    #[default]
    All,
    /// Rows with an unsolved problem.
    OnlyProblems,
    /// The row at a line of the file alone.
    Line(u32),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowWindow {
    /// The place of the first row in the view, counted from 0.
    pub from: u32,
    /// Rows of the whole view.
    pub total: u32,
    pub rows: Vec<PreviewRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// The line of the file, counted from 1.
    pub line: u32,
    pub state: RowState,
    /// A do-not-contact column says yes.
    pub unsubscribe: bool,
    /// One for each column of the file, ignored ones included.
    pub cells: Vec<PreviewCell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// Will be imported.
    Ready,
    /// Has an unsolved problem, and will be left out and listed as failed.
    Failed,
    Skipped(SkipReason),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewCell {
    /// As the file says.
    pub raw: String,
    /// What a person wrote instead; `Some("")` for a cell left blank on purpose.
    pub fixed: Option<String>,
    /// As understood, for people (`yes` and `no` of a do-not-contact column excepted): phones in national form, dates as `YYYY-MM-DD`, numbers with a dot. Two for a full name
    /// (first, last); empty when blank, ignored or not understood.
    pub values: Vec<String>,
    pub problem: Option<CellReason>,
    /// What was done to understand the cell.
    pub repairs: Vec<CellRepair>,
}

/// What was done to understand a cell that is not quite what it should be.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellRepair {
    /// A phone that the spreadsheet had turned into a number.
    PhoneFromNumber,
    /// The `+` of a number of another country had been lost.
    PlusRestored,
    /// A cell phone with an extension, which was left out.
    ExtensionDropped,
    /// Several values in one cell: the first was taken.
    FirstOfSeveral,
    /// Several phones in one cell: one was taken, the rest went to the other phones.
    MorePhonesKept,
    /// A formula whose result the file does not hold: blank.
    FormulaWithoutValue,
    /// `n/a`, `-`, `0000-00-00`: blank.
    BlankPlaceholder,
    /// A version that is not as it was exported: blank, so that the row is matched as one without.
    VersionDamaged,
    /// A year of two digits.
    CenturyAdded,
    /// A date that the spreadsheet had turned into a number of days.
    DateFromSerial,
    /// The time of day was left out.
    TimeDropped,
    /// `12 %` is 12, `$12` is 12.
    UnitDropped,
    /// `1001.0` is 1001: a program had written a whole number with decimals.
    ZerosDropped,
}

/// Counts over every row. `rows == ready + failed + skipped`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub rows: u32,
    pub ready: u32,
    pub failed: u32,
    /// Folded ones included.
    pub skipped: u32,
    pub folded: u32,
    /// Ready rows that a do-not-contact column unsubscribes.
    pub unsubscribes: u32,
    /// Cells that a person corrected.
    pub fixed: u32,
    pub columns: Vec<ColumnQuality>,
    /// The texts that are not understood, the most frequent first; at most [`PROBLEM_GROUPS`].
    pub problems: Vec<ProblemGroup>,
}

pub const PROBLEM_GROUPS: usize = 100;

/// `filled + blank + problems` is the number of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnQuality {
    pub column: u32,
    pub filled: u32,
    pub blank: u32,
    pub problems: u32,
}

/// Cells of a column that say the same and are not understood: one fix mends them all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemGroup {
    pub column: u32,
    pub text: String,
    pub reason: CellReason,
    pub cells: u32,
    pub first_line: u32,
}
