//! The record of an import, from the first byte staged to long after its end.

mod begin;
mod end;
mod find;
mod row;

pub use begin::{Begun, insert, restart, set_columns};
pub use end::{kept, set_cancelled, set_committed, set_plan, set_undone};
pub use find::{
    committed_for_file, count_open, ended, find, header_keys, lock, open, open_for_file, share,
};

use domain::{
    ids::{AttributeId, PersonId},
    import::{
        chunk::{ImportColumn, NewAttribute},
        plan::PlanTotals,
        report::ImportSummary,
    },
};

/// An import as it is on record.
#[derive(Clone, Debug)]
pub struct Import {
    pub summary: ImportSummary,
    pub person: PersonId,
    pub file_sha256: String,
    pub headers: Vec<String>,
    pub rows: u32,
    pub chunks: u32,
    pub request_sha256: Vec<u8>,
    pub columns: Vec<ImportColumn>,
    pub version_column: Option<u32>,
    pub new_attributes: Vec<NewAttribute>,
    pub mapping: String,
    pub corrections: String,
    /// The totals of the plan; their `rev` is the one it was made against.
    pub plan: Option<PlanTotals>,
    pub attributes: Attributes,
    /// Customers removed and values restored, once the import is undone.
    pub undone: Option<(u32, u32)>,
}

/// The attributes that a commit made or took back into use.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    pub made: Vec<AttributeId>,
    pub restored: Vec<AttributeId>,
}

/// The first and the last of some lines. Where lines are looked up one by one, these say which part of an index has them: for
/// a list alone Postgres reads every row of the import.
pub(super) fn span(lines: &[i32]) -> (i32, i32) {
    let first = lines.iter().min().copied().unwrap_or_default();
    (first, lines.iter().max().copied().unwrap_or(first))
}

/// A count of rows as Postgres keeps it; never above the limit of rows, which fits.
pub(super) fn int(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
