//! The customers that are ticked in the list.

use domain::{customer::CustomerRow, ids::CustomerId};
use std::collections::BTreeMap;

/// Each with the cell phone as it is shown, blank when there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(BTreeMap<CustomerId, String>);

impl Selection {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, id: CustomerId) -> bool {
        self.0.contains_key(&id)
    }

    pub fn set(&mut self, row: &CustomerRow, ticked: bool) {
        if ticked {
            self.0.insert(row.id, row.cell_phone_shown.clone());
        } else {
            self.0.remove(&row.id);
        }
    }

    pub fn set_all(&mut self, rows: &[CustomerRow], ticked: bool) {
        for row in rows {
            self.set(row, ticked);
        }
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn has_all(&self, rows: &[CustomerRow]) -> bool {
        !rows.is_empty() && rows.iter().all(|row| self.has(row.id))
    }

    pub fn ids(&self) -> Vec<CustomerId> {
        self.0.keys().copied().collect()
    }

    pub fn with_cell_phone(&self) -> usize {
        self.0.values().filter(|phone| !phone.is_empty()).count()
    }

    /// The cell phones, one on a line.
    pub fn cell_phones(&self) -> String {
        self.0
            .values()
            .filter(|phone| !phone.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use uuid::Uuid;

    fn row(id: u128, phone: &str) -> CustomerRow {
        CustomerRow {
            id: CustomerId::new(Uuid::from_u128(id)),
            name: String::new(),
            reference: None,
            cell_phone: None,
            cell_phone_shown: phone.to_owned(),
            email: None,
            last_activity_at: DateTime::UNIX_EPOCH,
            unsubscribed_at: None,
        }
    }

    #[test]
    fn ticking_every_loaded_row_and_unticking_one_leaves_the_others() {
        let rows = [
            row(1, "(514) 555-0101"),
            row(2, ""),
            row(3, "(514) 555-0103"),
        ];
        let mut selection = Selection::default();
        selection.set_all(&rows, true);
        assert!(selection.has_all(&rows));
        selection.set(&rows[0], false);
        assert!(!selection.has_all(&rows));
        assert_eq!((selection.len(), selection.with_cell_phone()), (2, 1));
        assert_eq!(selection.cell_phones(), "(514) 555-0103");
    }

    #[test]
    fn an_empty_list_is_not_all_ticked() {
        assert!(!Selection::default().has_all(&[]));
    }
}
