//! What an import did, for as long as the account exists.

use crate::{
    ids::ImportId,
    import::{
        chunk::{CellProblem, ImportColumn, NewAttribute},
        plan::PlanTotals,
    },
    query::Page,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Rows are arriving, or wait for Review and Import.
    Staging,
    Committed,
    Undone,
    Cancelled,
}

impl ImportState {
    pub const ALL: &[Self] = &[
        Self::Staging,
        Self::Committed,
        Self::Undone,
        Self::Cancelled,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Staging => "staging",
            Self::Committed => "committed",
            Self::Undone => "undone",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.key() == key)
    }
}

/// `rows == new + changed + same + skipped + failed`, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportTotals {
    pub rows: u32,
    pub new: u32,
    pub changed: u32,
    pub same: u32,
    pub skipped: u32,
    pub failed: u32,
}

/// A line of the import history, and the head of an import's own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSummary {
    pub id: ImportId,
    pub file_name: String,
    pub sheet: Option<String>,
    pub by: String,
    pub started_at: DateTime<Utc>,
    pub state: ImportState,
    /// Set when the import was committed.
    pub totals: Option<ReportTotals>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// An import that is being staged: what is there, and what the server still waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staging {
    pub summary: ImportSummary,
    pub rows: u32,
    pub chunks: u32,
    /// Chunk numbers, counted from 0, that have not arrived.
    pub missing: Vec<u32>,
    /// Present once every chunk is there.
    pub totals: Option<PlanTotals>,
    /// An earlier, committed import of the very same file.
    pub same_file_before: Option<ImportSummary>,
    /// The column titles of the file.
    pub headers: Vec<String>,
    /// The columns with their rules as they are now.
    pub columns: Vec<ImportColumn>,
    /// The column that holds the versions of customers.
    pub version_column: Option<u32>,
    pub new_attributes: Vec<NewAttribute>,
    /// The mapping as the page recorded it.
    pub mapping: String,
    /// The corrections as the page recorded them.
    pub corrections: String,
    pub file_sha256: String,
}

/// The page of one import in the history: what it did and how its columns were mapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportDetail {
    pub summary: ImportSummary,
    /// The column titles of the file.
    pub headers: Vec<String>,
    pub columns: Vec<ImportColumn>,
    pub new_attributes: Vec<NewAttribute>,
}

/// Why a row was not imported. It names nobody: failed rows outlive the customers they are about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowReason {
    #[error("{}", .0.reason)]
    Cell(CellProblem),
    #[error("line {0} comes before and is about the same reference, phone number or customer")]
    SameAsLine(u32),
    #[error("the phone number belongs to another customer")]
    PhoneTaken,
    #[error("the reference belongs to another customer")]
    ReferenceTaken,
}

/// A failed row, with its cells as they were in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedRow {
    pub line: u32,
    pub cells: Vec<String>,
    /// One for each problem.
    pub reasons: Vec<RowReason>,
}

/// What an undo did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoReport {
    pub customers_removed: u32,
    pub values_restored: u32,
    /// Profiles and values that somebody touched since, and that were therefore left as they are: a page of them.
    pub kept: Page<UndoKept>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoKept {
    pub customer: crate::ids::CustomerId,
    pub name: String,
    /// `None`: the whole profile, made by the import and edited since.
    pub slot: Option<crate::slot::Slot>,
}
