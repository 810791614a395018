//! Exporting customers: which ones, which of their columns, and the pages in which they travel to the browser, where the
//! file is made.
//!
//! What must stay true: a file shows the customers as they were at one moment. Pages are read several at a time, each at a
//! moment of its own; what changed since the oldest of them is asked for after the last ([`ExportChanges`]).

mod packed;

use crate::{
    ids::{CustomerId, ExportId},
    query::Filter,
    slot::Slot,
    value::Value,
};
use chrono::NaiveDate;
pub use packed::{PackedPage, PackedRow, PackedValue};
use serde::{Deserialize, Serialize};

/// The most rows of one page.
pub const EXPORT_PAGE_MAX: u16 = 5_000;
/// The most customers that [`ExportChanges`] names. When more changed, the export begins anew.
pub const EXPORT_CHANGES_MAX: u16 = 5_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRequest {
    pub list: ExportList,
    /// In the order of the file; never none, and none twice.
    pub columns: Vec<Slot>,
    pub format: ExportFormat,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportList {
    All,
    WithoutCellPhone,
    /// Customers whose cell phone does not want messages, by the day in the account's time zone on which that was first
    /// known. Both days count; `None` has no end.
    Unsubscribed {
        since: Option<NaiveDate>,
        until: Option<NaiveDate>,
    },
    /// What the customer list shows.
    Shown {
        text: String,
        filter: Filter,
    },
}

impl ExportList {
    /// Whether its first day is after its last.
    pub fn is_upside_down(&self) -> bool {
        matches!(self, Self::Unsubscribed { since: Some(since), until: Some(until) } if since > until)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    #[default]
    Xlsx,
    Csv,
}

impl ExportFormat {
    /// The ending of the file's name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// The media type: RFC 7111 for CSV, IANA's registration for workbooks.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
        }
    }
}

/// An export that has begun: it is in the audit, and its pages can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportBegun {
    pub id: ExportId,
    /// How many customers are in the list now; never none.
    pub rows: u32,
    /// The last customer of each page but the last one, so that pages can be asked for without waiting for others.
    pub cuts: Vec<CustomerId>,
}

impl ExportBegun {
    /// All of the list, page by page. The last one has no end: who is made meanwhile is in it.
    pub fn spans(&self) -> impl Iterator<Item = ExportSpan> {
        let ends = self.cuts.iter().copied().map(Some).chain([None]);
        let begins = [None]
            .into_iter()
            .chain(self.cuts.iter().copied().map(Some));
        begins
            .zip(ends)
            .map(|(after, until)| ExportSpan { after, until })
    }
}

/// The customers behind `after` up to and with `until`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportSpan {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<CustomerId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<CustomerId>,
}

/// A page of rows, in the order of the customers' ids: the order in which they were made. Travels as a [`PackedPage`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportPage {
    /// Everything up to this rev is in the page.
    pub rev: u64,
    /// Ask for the rest of the span behind it; `None` if this was all. More may be in a span than there were when it was cut.
    pub next: Option<CustomerId>,
    pub rows: Vec<ExportRow>,
}

/// A customer as it is at `rev`, with a value for each column of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRow {
    pub customer: CustomerId,
    /// Of the customer's last change.
    pub rev: u64,
    pub values: Vec<Option<Value>>,
}

/// What changed between a page and one moment later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportChanges {
    Few {
        /// Customers of the list as they are now.
        rows: Vec<ExportRow>,
        /// Customers who are not in the list, or do not exist, any more.
        gone: Vec<CustomerId>,
    },
    /// More than [`EXPORT_CHANGES_MAX`].
    Many,
}

/// Why an export is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportRefusal {
    #[error("There is nobody in this list.")]
    Nobody,
    #[error("No column is chosen, or one twice.")]
    Columns,
    #[error("A column is an attribute that does not exist any more.")]
    UnknownAttribute,
    #[error("The first day is after the last.")]
    Days,
    /// Its pages can be asked for on the day on which it began.
    #[error("The export began too long ago.")]
    Over,
    #[error("The server was told of no mail server.")]
    NoMail,
    #[error("No mail can be addressed to the person.")]
    MailAddress,
    /// Another file than the one that was announced.
    #[error("The file did not arrive as it was sent.")]
    FileMixedUp,
    /// More than [`crate::mail::MAILED_KEPT_MAX`].
    #[error("Too much is kept on the server for the person already.")]
    TooMuchKept,
    /// What was attached, and what was kept for a link long enough, is erased.
    #[error("The file is not kept any more.")]
    FileGone,
}
