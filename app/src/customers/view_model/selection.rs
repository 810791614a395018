//! The customers that are ticked in the list.

use domain::{customer::CustomerRow, ids::CustomerId, phone::E164};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(BTreeMap<CustomerId, Ticked>);

/// What is known of a customer who is ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ticked {
    cell_phone: Option<E164>,
    /// Blank when there is none.
    cell_phone_shown: String,
    unsubscribed: bool,
}

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
            let ticked = Ticked {
                cell_phone: row.cell_phone.clone(),
                cell_phone_shown: row.cell_phone_shown.clone(),
                unsubscribed: row.unsubscribed_at.is_some(),
            };
            self.0.insert(row.id, ticked);
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

    /// Those who are not unsubscribed, as far as the list knows, each with the cell phone that it shows.
    pub fn subscribed(&self) -> Vec<(CustomerId, Option<E164>)> {
        self.0
            .iter()
            .filter(|(_, ticked)| !ticked.unsubscribed)
            .map(|(id, ticked)| (*id, ticked.cell_phone.clone()))
            .collect()
    }

    /// Marks customers who were unsubscribed.
    pub fn unsubscribe(&mut self, ids: &[CustomerId]) {
        for id in ids {
            if let Some(ticked) = self.0.get_mut(id) {
                ticked.unsubscribed = true;
            }
        }
    }

    pub fn with_cell_phone(&self) -> usize {
        self.shown().count()
    }

    /// The cell phones, one on a line.
    pub fn cell_phones(&self) -> String {
        self.shown().collect::<Vec<_>>().join("\n")
    }

    fn shown(&self) -> impl Iterator<Item = &str> {
        self.0
            .values()
            .map(|ticked| ticked.cell_phone_shown.as_str())
            .filter(|phone| !phone.is_empty())
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
    fn who_is_unsubscribed_is_not_asked_for_again() {
        let mut rows = [row(1, ""), row(2, ""), row(3, "")];
        rows[1].unsubscribed_at = Some(DateTime::UNIX_EPOCH);
        let mut selection = Selection::default();
        selection.set_all(&rows, true);
        let ids = |selection: &Selection| -> Vec<CustomerId> {
            selection
                .subscribed()
                .into_iter()
                .map(|(id, _)| id)
                .collect()
        };
        assert_eq!(ids(&selection), [rows[0].id, rows[2].id]);
        selection.unsubscribe(&[rows[0].id, CustomerId::new(Uuid::from_u128(9))]);
        assert_eq!(ids(&selection), [rows[2].id]);
        assert_eq!(selection.len(), 3);
    }

    #[test]
    fn an_empty_list_is_not_all_ticked() {
        assert!(!Selection::default().has_all(&[]));
    }
}
