//! Who changed which field from what to what, when, and from where.

use crate::{ids::ImportId, slot::Slot, value::Value};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    pub at: DateTime<Utc>,
    /// The person's name; `None` when nobody of the staff did it.
    pub by: Option<String>,
    pub source: Source,
    pub event: HistoryEvent,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryEvent {
    Created,
    Changed {
        slot: Slot,
        from: Option<Value>,
        to: Option<Value>,
    },
}

/// From where a change came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Staff,
    Import {
        import: ImportId,
        file_name: String,
        /// The line of the file, counted from 1 as spreadsheets do.
        line: u32,
    },
    /// Undoing an import put the value back.
    Undo {
        import: ImportId,
        file_name: String,
    },
}
