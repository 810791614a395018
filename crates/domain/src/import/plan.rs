//! Review: what an import would do to the real records.

use crate::{
    ids::CustomerId,
    import::{chunk::SkipReason, report::RowReason, three_way::Clash},
    slot::Slot,
    value::Value,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many rows have which outcome. `rows == new + changed + same + conflicts + skipped + failed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTotals {
    pub rows: u32,
    pub new: u32,
    pub changed: u32,
    pub same: u32,
    /// Rows that cannot be written as they are; at commit they count as failed.
    pub conflicts: u32,
    pub skipped: u32,
    pub failed: u32,
    /// Cells that were changed both in the file and in the app since the file was exported.
    #[serde(default)]
    pub clashes: u32,
    /// Of those, the ones for which a person took what the file says.
    #[serde(default)]
    pub taken: u32,
    /// Customers to be unsubscribed, by a do-not-contact column.
    pub unsubscribes: u32,
    /// The records changed while the import was staged, so that these numbers were made anew.
    pub rev: u64,
    /// Of everything that the plan would write and of the rules it was made by: what was reviewed is what is written.
    pub digest: u64,
}

impl PlanTotals {
    /// Whether this is the plan that had the totals `before`, but for one cell more for which the file's value is taken, or
    /// one less: rows that were shown of that plan are still its rows.
    pub const fn is_one_choice_after(&self, before: &Self, take: bool) -> bool {
        let (more, less) = if take {
            (self.taken, before.taken)
        } else {
            (before.taken, self.taken)
        };
        self.rev == before.rev && self.clashes == before.clashes && more == less.saturating_add(1)
    }
}

/// How many rows of those that take time have been compared, or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub done: u32,
    pub total: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    New,
    Changed,
    Same,
    Conflict,
    Skipped,
    Failed,
}

impl RowOutcome {
    pub const ALL: &[Self] = &[
        Self::New,
        Self::Changed,
        Self::Same,
        Self::Conflict,
        Self::Skipped,
        Self::Failed,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Same => "same",
            Self::Conflict => "conflict",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|outcome| outcome.key() == key)
    }
}

/// One row of Review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRow {
    pub line: u32,
    pub outcome: RowOutcome,
    /// The customer it matches, if any.
    pub customer: Option<CustomerId>,
    /// What to call the customer: from the record, else from the row.
    pub name: String,
    /// New: every value. Changed and conflict: what differs.
    pub cells: Vec<PlanCell>,
    pub conflict: Option<RowConflict>,
    /// Why it was left out, if it was.
    pub skipped: Option<SkipReason>,
    /// What was changed in the file and in the app since the file was exported, and has to be chosen from.
    pub clashes: Vec<PlanClash>,
    /// Why the version that it carries does not count, if it does not.
    pub version: Option<VersionIgnored>,
    /// Why it failed, if it did.
    pub failed: Vec<RowReason>,
    /// The phones of the cells as people of the account's country write them, by E.164 form.
    pub phones: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanCell {
    pub slot: Slot,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// A cell that was changed in two places. What the app has stays unless what the file has is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanClash {
    pub clash: Clash,
    /// Who changed the value in the app last, if anybody of the staff did.
    pub by: Option<String>,
    /// When; `None` when it is not known any more.
    pub at: Option<DateTime<Utc>>,
}

/// Which clashing cells are chosen for. Nobody chooses between values that were not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clashing {
    /// One cell. `from` is what the app had and `to` what the file made of it when the choice was made: by now it may be
    /// something else, and then nothing is chosen.
    Cell {
        line: u32,
        slot: Slot,
        from: Option<Value>,
        to: Option<Value>,
    },
    /// Many, in the plan with the digest `seen`.
    Many { which: ManyClashing, seen: u64 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ManyClashing {
    /// Every one of a field or an attribute.
    Column(Slot),
    All,
}

/// Why a row is matched by its reference and its cell phone although it carries a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VersionIgnored {
    /// Another account made it.
    OtherAccount,
    /// It is of a time that the account has not come to: its records were restored from a backup since.
    Ahead,
    /// The customer was deleted since.
    CustomerGone,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowConflict {
    /// The row's phone belongs to a customer other than the one its reference names.
    PhoneTaken { customer: CustomerId, name: String },
    /// The row names no reference, matches by phone, and brings a reference that another customer has.
    ReferenceTaken { customer: CustomerId, name: String },
    /// An earlier line has the same reference or phone, or matches the same customer. It may be in conflict itself.
    SameAsLine { line: u32 },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stay_shown_after_one_choice_in_the_same_plan_alone() {
        let before = PlanTotals {
            clashes: 3,
            taken: 1,
            rev: 7,
            digest: 1,
            ..PlanTotals::default()
        };
        let taken = PlanTotals {
            taken: 2,
            digest: 2,
            ..before
        };
        assert!(taken.is_one_choice_after(&before, true));
        assert!(before.is_one_choice_after(&taken, false));
        assert!(!taken.is_one_choice_after(&before, false));
        assert!(
            !before.is_one_choice_after(&before, true),
            "nothing was chosen"
        );
        // Another plan, which happens to have as many clashes: those that are shown may not be among them.
        let anew = PlanTotals { rev: 8, ..taken };
        assert!(!anew.is_one_choice_after(&before, true));
        let more = PlanTotals {
            clashes: 4,
            ..taken
        };
        assert!(!more.is_one_choice_after(&before, true));
    }
}
