//! Every cell of a column, checked; and every row, decided.

pub(crate) mod people;

use crate::{
    table::{Cell, CellKind},
    understand::{Content, Plans, Reading, understand},
};
use domain::{ids::CustomerId, import::chunk::CellReason, phone::E164};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Blank,
    Filled,
    Problem,
    /// A do-not-contact cell that says yes.
    Yes,
}

/// What came of the cells of one column, by data row.
#[derive(Debug, Default)]
pub(crate) struct ColumnCheck {
    pub status: Vec<Status>,
    pub problems: BTreeMap<u32, CellReason>,
    /// Of a column of cell phones: the digits of each, or 0.
    pub phones: Vec<u64>,
    /// Cells that hold phones beside the one that was taken, by row.
    pub more_phones: BTreeSet<u32>,
    /// Of a column of versions: whose row each is.
    pub versions: BTreeMap<u32, CustomerId>,
}

impl ColumnCheck {
    pub(crate) fn of<'a>(
        cells: impl ExactSizeIterator<Item = Cell<'a>>,
        reading: Reading,
        plans: &Plans,
    ) -> Self {
        let mut check = Self {
            status: vec![Status::Blank; cells.len()],
            ..Self::default()
        };
        if reading == Reading::Phone {
            check.phones = vec![0; cells.len()];
        }
        for (row, cell) in (0..).zip(cells) {
            if cell.kind != CellKind::Blank {
                check.set(row, cell, reading, plans);
            }
        }
        check
    }

    /// Checks one cell, again or for the first time.
    pub(crate) fn set(&mut self, row: u32, cell: Cell<'_>, reading: Reading, plans: &Plans) {
        let Some(status) = self.status.get_mut(row as usize) else {
            return;
        };
        if *status == Status::Problem {
            self.problems.remove(&row);
        }
        if let Some(phone) = self
            .phones
            .get_mut(row as usize)
            .filter(|phone| **phone != 0)
        {
            *phone = 0;
            self.more_phones.remove(&row);
        }
        if reading == Reading::Version {
            self.versions.remove(&row);
        }
        *status = match understand(reading, cell, plans).content {
            Content::Blank => Status::Blank,
            Content::Problem(reason) => {
                self.problems.insert(row, reason);
                Status::Problem
            }
            Content::Yes(true) => Status::Yes,
            Content::Version(version) => {
                self.versions.insert(row, version.customer);
                Status::Filled
            }
            Content::Phone { phone, more } => {
                if let Some(place) = self.phones.get_mut(row as usize) {
                    *place = digits(&phone);
                }
                if !more.is_empty() {
                    self.more_phones.insert(row);
                }
                Status::Filled
            }
            _ => Status::Filled,
        };
    }
}

/// At most fifteen, and the first is no zero: as a number they are the phone.
fn digits(phone: &E164) -> u64 {
    phone
        .as_str()
        .trim_start_matches('+')
        .parse()
        .unwrap_or_default()
}
