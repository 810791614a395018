//! Why a file is refused.

use serde::{Deserialize, Serialize};

pub const MAX_BYTES: u64 = 200 * 1024 * 1024;
pub const MAX_ROWS: u32 = 1_048_576;
pub const MAX_COLUMNS: u32 = 500;
/// Of all parts of a packed workbook together.
pub const MAX_INFLATED: u64 = 2 * 1024 * 1024 * 1024;
/// Inflated bytes for each packed one.
pub const MAX_RATIO: u64 = 200;

/// Why a file cannot be read as a table. Nothing else makes reading fail: dirt is repaired and told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadError {
    #[error("the file holds nothing")]
    Empty,
    #[error("the file has column titles and no data")]
    HeaderOnly,
    #[error("not a spreadsheet, but {0}")]
    NotASpreadsheet(LooksLike),
    #[error("the file is cut off")]
    CutOff,
    #[error("the file is protected by a password")]
    PasswordProtected,
    #[error("{bytes} bytes, more than {MAX_BYTES}")]
    TooLarge { bytes: u64 },
    #[error("more than {MAX_ROWS} rows")]
    TooManyRows,
    #[error("{columns} columns, more than {MAX_COLUMNS}")]
    TooManyColumns { columns: u32 },
    #[error("the file unpacks to far more than a spreadsheet of its size")]
    ZipBomb,
    /// The file has no sheet of the name that was asked for.
    #[error("there is no such sheet")]
    NoSuchSheet,
    #[error("the inside of the file is damaged: {0}")]
    Unreadable(Damage),
}

/// What a file that is no spreadsheet seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LooksLike {
    #[error("a picture")]
    Picture,
    #[error("a PDF")]
    Pdf,
    #[error("an archive")]
    Archive,
    #[error("a word processor's document")]
    Document,
    #[error("a presentation")]
    Presentation,
    #[error("a web page")]
    WebPage,
    #[error("XML")]
    Xml,
    #[error("JSON")]
    Json,
    #[error("sound or film")]
    Media,
    #[error("an Apple Numbers document")]
    Numbers,
    #[error("bytes of no known kind")]
    Unknown,
}

/// Which part of a workbook does not hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    #[error("its container")]
    Container,
    #[error("a packed part")]
    Compression,
    #[error("the list of sheets")]
    Workbook,
    #[error("a sheet")]
    Sheet,
    #[error("the shared texts")]
    SharedStrings,
    /// More text than one table can address (4 GB).
    #[error("its size")]
    Size,
}
