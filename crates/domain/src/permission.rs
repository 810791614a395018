//! Who may do what: the one table, also shown on a settings page.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Viewer,
    Advisor,
    Manager,
    Owner,
}

impl Role {
    pub const ALL: &[Self] = &[Self::Owner, Self::Manager, Self::Advisor, Self::Viewer];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Advisor => "advisor",
            Self::Manager => "manager",
            Self::Owner => "owner",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.key() == key)
    }

    pub fn may(self, permission: Permission) -> bool {
        self >= permission.least_role()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    SeeCustomers,
    EditCustomers,
    UnsubscribeCustomers,
    SendMessages,
    DeleteCustomers,
    AddAttributes,
    ManageAttributes,
    ImportCustomers,
    UndoImports,
    ExportCustomers,
    SeeAudit,
    ManageCompany,
    ManagePeople,
}

impl Permission {
    pub const ALL: &[Self] = &[
        Self::SeeCustomers,
        Self::EditCustomers,
        Self::UnsubscribeCustomers,
        Self::SendMessages,
        Self::AddAttributes,
        Self::ImportCustomers,
        Self::UndoImports,
        Self::ExportCustomers,
        Self::DeleteCustomers,
        Self::ManageAttributes,
        Self::ManageCompany,
        Self::SeeAudit,
        Self::ManagePeople,
    ];

    /// Every role at or above this one has the permission.
    pub const fn least_role(self) -> Role {
        match self {
            Self::SeeCustomers => Role::Viewer,
            Self::EditCustomers
            | Self::UnsubscribeCustomers
            | Self::SendMessages
            | Self::AddAttributes
            | Self::ImportCustomers => Role::Advisor,
            Self::UndoImports
            | Self::ExportCustomers
            | Self::SeeAudit
            | Self::DeleteCustomers
            | Self::ManageAttributes
            | Self::ManageCompany => Role::Manager,
            Self::ManagePeople => Role::Owner,
        }
    }
}
