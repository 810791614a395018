//! What the page and the worker say to each other about one file: JSON, with bytes beside it where said.
//!
//! The page posts a [`Request`]; the worker answers with exactly one [`Answer`] of the same id that is not
//! [`Reply::Progress`]. The worker keeps the file, the mapping and every fix; the page shows windows of it. Ending the
//! worker is how the page cancels.

use crate::{
    detected::{Detected, Overrides},
    error::ReadError,
    mapping::{Belongs, CellFormat, Column, MappingProblem},
    preview::{RowView, RowWindow, Summary},
};
use chrono::{DateTime, Utc};
use domain::{
    account::Country,
    attribute::Attribute,
    export::ExportFormat,
    ids::{AccountId, CustomerId},
    import::{chunk::ImportPlanRequest, merge::MergeRule},
    slot::SlotKind,
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub id: u32,
    pub ask: Ask,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The id of the request.
    pub id: u32,
    pub reply: Reply,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    Customers,
    Appointments,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// The bytes of the file travel beside this as a transferred `ArrayBuffer`. Progress, then [`Reply::Opened`] or
    /// [`Reply::Unreadable`].
    Open {
        file_name: String,
        kind: ImportKind,
        country: Country,
        account: AccountId,
        /// Every attribute of the account, retired ones included.
        attributes: Vec<Attribute>,
        /// What [`ImportPlanRequest::mapping`] said for this file or one with such headers.
        remembered: Option<String>,
        /// What [`ImportPlanRequest::corrections`] said; those of another file are left alone.
        corrections: Option<String>,
    },
    /// Reads the same file in another way. Columns of the same title keep what was chosen; corrections stay as long as the
    /// same sheet is cut into as many columns. If it cannot be read so, everything stays as it was.
    /// → [`Reply::Opened`] or [`Reply::Unreadable`]
    Reread { overrides: Overrides },
    /// Applies a remembered mapping that the page could only look up once it knew the headers. → [`Reply::Mapping`]
    Recall { mapping: String },
    /// → [`Reply::Mapping`]
    SetColumn { column: u32, belongs: Belongs },
    /// The order of dates, the decimal mark, the separator. → [`Reply::Mapping`]
    SetFormat { column: u32, format: CellFormat },
    /// → [`Reply::Mapping`]
    SetRule { column: u32, rule: MergeRule },
    /// → [`Reply::Rows`]. `from` counts the rows of the view, from 0.
    Rows {
        from: u32,
        count: u32,
        view: RowView,
    },
    /// Writes into one cell; a fix that says what the file says is no fix. → [`Reply::Edited`]
    Fix {
        line: u32,
        column: u32,
        text: String,
    },
    /// Gives a cell back what the file says. → [`Reply::Edited`]
    Unfix { line: u32, column: u32 },
    /// Writes into every cell of a column that now says `from_text`. → [`Reply::Edited`]
    FixEverywhere {
        column: u32,
        from_text: String,
        to_text: String,
    },
    /// Leaves the cells of a column that have a problem blank. → [`Reply::Edited`]
    ClearProblems { column: u32 },
    /// → [`Reply::Edited`]
    SkipRow { line: u32, skip: bool },
    /// Skips every row that has a problem. → [`Reply::Edited`]
    SkipProblemRows,
    /// → [`Reply::Summary`]
    Summary,
    /// What to begin the import with. → [`Reply::Plan`] or [`Reply::Blocked`]
    Plan,
    /// One of the chunks that the plan counted, numbered from 0. → [`Reply::Chunk`] and its bytes
    Chunk { number: u32 },
    /// Begins a file of customers. → [`Reply::Taken`]
    BeginExport(ExportPlan),
    /// The postcard of the next [`domain::export::PackedPage`] of the list travels beside this. → [`Reply::Taken`]
    TakePage,
    /// The postcard of the [`domain::export::ExportChanges`] since the oldest page travels beside this. → [`Reply::Taken`], or
    /// [`Reply::TooManyChanges`]
    TakeChanges,
    /// Progress, then [`Reply::Exported`] and the file. → [`Reply::NotExported`] if the file cannot be made.
    WriteExport,
}

/// The file that is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportPlan {
    pub format: ExportFormat,
    /// What the list is called.
    pub title: String,
    /// Whose list it is.
    pub author: String,
    pub created: DateTime<Utc>,
    pub columns: Vec<ExportColumn>,
    /// A last column for the versions of the customers, which are those of this account.
    pub versions: Option<AccountId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportColumn {
    pub header: String,
    pub kind: SlotKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    Progress(Progress),
    Opened(Opened),
    Unreadable(ReadError),
    Mapping(Mapping),
    Rows(RowWindow),
    Edited {
        /// Cells or rows that changed.
        changed: u32,
        summary: Summary,
    },
    Summary(Summary),
    Plan(Box<ImportPlanRequest>),
    /// The mapping cannot be imported as it is.
    Blocked(Vec<MappingProblem>),
    /// The deflated bytes travel beside this.
    Chunk {
        number: u32,
        /// Of the deflated bytes, in hex.
        sha256: String,
    },
    /// What the worker has of an export.
    Taken {
        rows: u32,
        /// The rev of the oldest page.
        since: Option<u64>,
        /// Where the next page begins.
        next: Option<CustomerId>,
    },
    /// The pages are out of date: the export has to begin anew.
    TooManyChanges,
    /// The bytes of the file travel beside this, in pieces.
    Exported {
        rows: u32,
        /// More than one if the rows were too many for a sheet of a workbook.
        sheets: u32,
        /// Cells that hold only the beginning of their text, because a workbook's cell holds no more.
        cut: u32,
    },
    /// The file would be larger than 4 GB.
    NotExported,
    /// No file is open, or the file has no such line, column or chunk.
    NoSuchThing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub step: Step,
    pub done: u64,
    pub total: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Counted in bytes of the file.
    Reading,
    /// Counted in columns.
    Understanding,
    /// Counted in rows.
    Writing,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    pub file_bytes: u64,
    /// In hex. Only of a file that is opened with corrections, which must be the file that they were made to.
    pub file_sha256: Option<String>,
    /// How the file was read, with its number of data rows. Its columns are those of `mapping`, in the same order.
    pub detected: Detected,
    pub mapping: Mapping,
}

/// Every column with what it belongs to, and what is wrong with the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    pub columns: Vec<Column>,
    /// Empty: the import can go on. See [`MappingProblem::blocks`].
    pub problems: Vec<MappingProblem>,
}
