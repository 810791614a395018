//! What a shop must be able to answer for: who did it, and when. An action names no customer.

use crate::{
    export::{ExportFormat, ExportList},
    ids::AuditId,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One line of the audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    pub id: AuditId,
    pub at: DateTime<Utc>,
    /// The name of the person.
    pub by: String,
    pub action: Action,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Exported {
        list: AuditedList,
        format: ExportFormat,
        /// How many customers.
        rows: u32,
        columns: Vec<AuditedColumn>,
    },
    /// Had an exported file sent to themselves.
    Mailed {
        list: AuditedList,
        format: ExportFormat,
    },
    /// Had text messages go through a provider, from this number or service of the shop.
    ProviderSet { sender: String },
    /// Took the provider away that was set here, with this number or service.
    ProviderRemoved { sender: String },
}

impl Action {
    /// The stable name.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Exported { .. } => "exported",
            Self::Mailed { .. } => "mailed",
            Self::ProviderSet { .. } => "provider_set",
            Self::ProviderRemoved { .. } => "provider_removed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditedColumn {
    /// The key of a [`crate::slot::Field`].
    Field(String),
    /// The name that the attribute had.
    Attribute(String),
}

/// An [`ExportList`] without what a person searched for, which may be a customer's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditedList {
    All,
    WithoutCellPhone,
    Unsubscribed {
        since: Option<NaiveDate>,
        until: Option<NaiveDate>,
    },
    /// A filter or a search of the customer list.
    Shown,
}

impl From<&ExportList> for AuditedList {
    fn from(list: &ExportList) -> Self {
        match list {
            ExportList::All => Self::All,
            ExportList::WithoutCellPhone => Self::WithoutCellPhone,
            ExportList::Unsubscribed { since, until } => Self::Unsubscribed {
                since: *since,
                until: *until,
            },
            ExportList::Shown { .. } => Self::Shown,
        }
    }
}
