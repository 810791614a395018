//! Lists of customers as files: rows in, bytes out, in one pass.

mod csv;
mod print;
mod short;
mod xlsx;

use chrono::{DateTime, Utc};
pub use csv::Csv;
use domain::slot::SlotKind;
pub use xlsx::{TooLong, Workbook, WriteError, Xlsx};

/// What a file says before its rows.
#[derive(Clone, Debug)]
pub struct Head {
    /// What the list is called. A workbook's sheets and properties carry it.
    pub title: String,
    pub columns: Vec<WriteColumn>,
    /// Whose list it is, among the properties of a workbook.
    pub author: String,
    pub created: DateTime<Utc>,
}

#[derive(Clone, Debug)]
pub struct WriteColumn {
    pub header: String,
    /// How a workbook formats the cells, those too that a person fills in later.
    pub kind: SlotKind,
    /// Kept in a workbook without being shown; delimited text shows everything.
    pub hidden: bool,
}

/// One cell to be written, as [`Value`](domain::value::Value) prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    Blank,
    /// A text or a collection.
    Text(&'a str),
    /// What is no number becomes a text.
    Number(&'a str),
    /// What is no date becomes a text.
    Date(&'a str),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}
