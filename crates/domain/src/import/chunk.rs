//! The rows of a file on their way from the worker to the server: postcard, as a raw DEFLATE stream (RFC 1951), in
//! chunks numbered from 0. Lines grow within a chunk and from chunk to chunk.

use crate::{
    attribute::{AttributeKind, AttributeName},
    error::Invalid,
    ids::AttributeId,
    import::merge::MergeRule,
    slot::Slot,
    value::Value,
    version::CustomerVersion,
};
use serde::{Deserialize, Serialize};

/// The most rows of a chunk.
pub const CHUNK_ROWS: usize = 5_000;
/// The most bytes of a chunk, inflated.
pub const CHUNK_BYTES_MAX: usize = 64 << 20;
/// The most bytes of a chunk as it is sent. Pages cut their chunks so that they fit even if nothing in them can be
/// deflated.
pub const CHUNK_SENT_MAX: usize = 20 << 20;

/// The most characters of a cell, as in spreadsheets.
pub const CELL_CHARS_MAX: usize = 32_767;

/// What is decided about a file before its first chunk is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPlanRequest {
    pub file_name: String,
    pub file_bytes: u64,
    /// SHA-256 of the file, in hex: the same file is recognised when it comes again.
    pub file_sha256: String,
    pub sheet: Option<String>,
    /// The column titles as read, one for each column of the file.
    pub headers: Vec<String>,
    /// The columns that are imported; no slot twice.
    pub columns: Vec<ImportColumn>,
    /// The column of the file that holds the versions of customers, counted from 0.
    pub version_column: Option<u32>,
    /// The attributes to make at commit, named by `columns`.
    pub new_attributes: Vec<NewAttribute>,
    /// Rows that the chunks will carry, skipped and failed ones included.
    pub rows: u32,
    pub chunks: u32,
    /// The page's own record of the mapping, to offer it again for a file with such headers. Opaque to the server.
    pub mapping: String,
    /// The page's own record of the corrections made to cells and rows of this file, to send the rest of it after a
    /// closed tab. It holds personal data: the server forgets it when the import is committed or cancelled.
    pub corrections: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportColumn {
    pub slot: Slot,
    pub rule: MergeRule,
    /// The column of the file that fills the slot, counted from 0; the first one when there are several.
    pub source: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAttribute {
    pub id: AttributeId,
    pub name: AttributeName,
    pub kind: AttributeKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunk {
    pub number: u32,
    pub rows: Vec<StagedRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagedRow {
    /// The line of the file, counted from 1 as spreadsheets do.
    pub line: u32,
    pub content: RowContent,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowContent {
    /// A row to import: one value for each entry of [`ImportPlanRequest::columns`], in their order.
    Values {
        values: Vec<Option<Value>>,
        /// A do-not-contact column says so. An import never subscribes anybody.
        unsubscribe: bool,
        /// Whose row it was when it was exported.
        version: Option<CustomerVersion>,
    },
    /// Left out on purpose.
    Skipped(SkipReason),
    /// Left out because it cannot be read as mapped; its cells are kept for the file of failed rows.
    Failed {
        cells: Vec<String>,
        problems: Vec<CellProblem>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    ByPerson,
    /// The same person stands on an earlier line, which took over what was blank there.
    FoldedInto(u32),
    /// None of its mapped cells holds a value.
    NothingMapped,
}

/// A cell that cannot be imported as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellProblem {
    /// The column of the file, counted from 0.
    pub column: u32,
    pub reason: CellReason,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellReason {
    #[error("{0}")]
    Invalid(Invalid),
    /// The same number stands on another line for another person.
    #[error("the same phone number is on line {line} for another customer")]
    PhoneOfLine { line: u32 },
    /// More than one reading is possible, such as 5.55E+09 for a phone.
    #[error("digits were lost before the file was saved")]
    DigitsLost,
    #[error("a formula without a saved result")]
    FormulaWithoutValue,
    #[error("an error value of the spreadsheet, such as #N/A")]
    SpreadsheetError,
    #[error("more than 32,767 characters")]
    CellTooLong,
    /// The row holds something, but nothing that says whose it is.
    #[error("the row names nobody")]
    NamesNobody,
}
