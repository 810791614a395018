//! The rows of one list that have arrived so far, in pages one after another.

use chrono::{DateTime, Utc};
use domain::{
    customer::CustomerRow,
    ids::CustomerId,
    query::{PAGE_MAX, Page},
};
use std::collections::{BTreeSet, HashSet};

/// Rows of the first page; enough for two tall screens.
pub const FIRST_PAGE: u16 = 100;
/// Rows that should be there below what can be seen.
const AHEAD: usize = 150;
/// A scroll bar dragged to the end of a huge list asks for this many rows more, and not for all of them. Browsers also
/// cannot lay out elements of more than some ten million pixels.
const REACH: usize = 200_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    rows: Vec<CustomerRow>,
    ids: HashSet<CustomerId>,
    next: Option<String>,
    /// How many rows there are in all, once it is known.
    total: Option<u64>,
}

impl Loaded {
    pub fn new(page: Page<CustomerRow>, total: Option<u64>) -> Self {
        let mut loaded = Self {
            total,
            ..Self::default()
        };
        loaded.append(page);
        loaded
    }

    /// Adds the page after the last one. A row that moved down the list while it was being paged is kept where it was.
    pub fn append(&mut self, page: Page<CustomerRow>) {
        for row in page.rows {
            if self.ids.insert(row.id) {
                self.rows.push(row);
            }
        }
        self.next = page.next;
    }

    pub fn rows(&self) -> &[CustomerRow] {
        &self.rows
    }

    pub fn set_total(&mut self, total: u64) {
        self.total = Some(total);
    }

    pub fn total(&self) -> Option<u64> {
        if self.next.is_none() {
            u64::try_from(self.rows.len()).ok()
        } else {
            self.total
        }
    }

    pub fn is_complete(&self) -> bool {
        self.next.is_none()
    }

    /// How many rows the scroll bar is for: rows that are known of but not loaded have a place too.
    pub fn length(&self) -> usize {
        let known = self
            .total()
            .and_then(|total| usize::try_from(total).ok())
            .unwrap_or(0);
        known.clamp(self.rows.len(), self.rows.len() + REACH)
    }

    /// The cursor and size of the page to ask for when rows up to `end` are in sight; `None` when enough is there.
    pub fn wanted(&self, end: usize) -> Option<(String, u16)> {
        let missing = (end + AHEAD)
            .checked_sub(self.rows.len())
            .filter(|missing| *missing > 0)?;
        let limit = u16::try_from(missing)
            .unwrap_or(PAGE_MAX)
            .clamp(FIRST_PAGE * 2, PAGE_MAX);
        self.next.clone().map(|cursor| (cursor, limit))
    }

    /// The cursor of the next page, whatever is in sight.
    pub fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// Shows an edited customer's row as it is now, where it stands.
    pub fn put(&mut self, row: CustomerRow) {
        if let Some(old) = self.rows.iter_mut().find(|old| old.id == row.id) {
            *old = row;
        }
    }

    /// Marks customers who were unsubscribed; those who were already stay as they are.
    pub fn unsubscribe(&mut self, ids: &[CustomerId], at: DateTime<Utc>) {
        let ids: BTreeSet<CustomerId> = ids.iter().copied().collect();
        for row in self.rows.iter_mut().filter(|row| ids.contains(&row.id)) {
            row.unsubscribed_at.get_or_insert(at);
        }
    }

    pub fn remove(&mut self, id: CustomerId) {
        if self.ids.remove(&id) {
            self.rows.retain(|row| row.id != id);
            self.total = self.total.map(|total| total.saturating_sub(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn row(id: u128) -> CustomerRow {
        CustomerRow {
            id: CustomerId::new(Uuid::from_u128(id)),
            name: format!("Customer {id}"),
            reference: None,
            cell_phone: None,
            cell_phone_shown: String::new(),
            email: None,
            last_activity_at: DateTime::UNIX_EPOCH,
            unsubscribed_at: None,
        }
    }

    fn page(ids: std::ops::Range<u128>, next: Option<&str>) -> Page<CustomerRow> {
        Page {
            rows: ids.map(row).collect(),
            next: next.map(str::to_owned),
        }
    }

    #[test]
    fn a_row_that_moved_while_paging_is_there_once() {
        let mut loaded = Loaded::new(page(0..100, Some("a")), Some(150));
        loaded.append(page(95..150, None));
        assert_eq!(loaded.rows().len(), 150);
        assert!(loaded.is_complete());
    }

    #[test]
    fn the_next_page_is_asked_for_before_its_rows_are_in_sight() {
        let loaded = Loaded::new(page(0..100, Some("a")), Some(100_000));
        assert_eq!(loaded.wanted(20), Some(("a".to_owned(), 200)));
        assert_eq!(loaded.wanted(50_000), Some(("a".to_owned(), PAGE_MAX)));
        assert_eq!(Loaded::new(page(0..200, Some("a")), None).wanted(20), None);
        assert_eq!(Loaded::new(page(0..100, None), None).wanted(90), None);
    }

    #[test]
    fn the_scroll_bar_is_as_long_as_the_whole_list() {
        assert_eq!(
            Loaded::new(page(0..100, Some("a")), Some(100_000)).length(),
            100_000
        );
        assert_eq!(Loaded::new(page(0..100, Some("a")), None).length(), 100);
        assert_eq!(Loaded::new(page(0..100, None), Some(7)).length(), 100);
    }

    #[test]
    fn a_deleted_customer_leaves_the_list_and_its_count() {
        let mut loaded = Loaded::new(page(0..3, Some("a")), Some(10));
        loaded.remove(row(1).id);
        assert_eq!(loaded.total(), Some(9));
        assert_eq!(
            loaded
                .rows()
                .iter()
                .map(|row| row.name.as_str())
                .collect::<Vec<_>>(),
            ["Customer 0", "Customer 2"]
        );
    }

    #[test]
    fn an_edited_customer_changes_where_it_stands() {
        let mut loaded = Loaded::new(page(0..3, None), None);
        loaded.put(CustomerRow {
            name: "Ana".to_owned(),
            ..row(1)
        });
        assert_eq!(loaded.rows()[1].name, "Ana");
    }
}
