//! The rows of one list that have arrived so far, and how they follow what happens.

use domain::{
    conversation::ConversationRow,
    ids::ConversationId,
    query::{PAGE_MAX, Page},
};
use std::collections::HashSet;

/// Rows of a page; enough for two tall screens.
pub(in crate::conversations) const FIRST_PAGE: u16 = 50;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::conversations) struct Loaded {
    rows: Vec<ConversationRow>,
    next: Option<String>,
}

impl Loaded {
    pub(in crate::conversations) fn new(page: Page<ConversationRow>) -> Self {
        let mut loaded = Self::default();
        loaded.append(page);
        loaded
    }

    pub(in crate::conversations) fn rows(&self) -> &[ConversationRow] {
        &self.rows
    }

    pub(in crate::conversations) fn row(&self, id: ConversationId) -> Option<&ConversationRow> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// The cursor of the next page.
    pub(in crate::conversations) fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// As the page that was loaded first.
    pub(in crate::conversations) fn page(&self) -> Page<ConversationRow> {
        Page {
            rows: self.rows.clone(),
            next: self.next.clone(),
        }
    }

    /// Adds the page after the last one. A thread that moved while the list was being paged is kept where it was.
    pub(in crate::conversations) fn append(&mut self, page: Page<ConversationRow>) {
        let known: HashSet<ConversationId> = self.rows.iter().map(|row| row.id).collect();
        let new = page.rows.into_iter().filter(|row| !known.contains(&row.id));
        self.rows.extend(new);
        self.next = page.next;
    }

    /// How many rows to ask for, to see all of these as they are now.
    pub(in crate::conversations) fn span(&self) -> u16 {
        u16::try_from(self.rows.len())
            .unwrap_or(PAGE_MAX)
            .clamp(FIRST_PAGE, PAGE_MAX)
    }

    /// Takes over how the beginning of the list is now. Rows beyond it stay, and so does the thread that is being read (`open`)
    /// where it was: in a list of unread ones it would vanish under the reader's eyes.
    pub(in crate::conversations) fn refresh(
        &mut self,
        latest: Page<ConversationRow>,
        open: Option<ConversationId>,
    ) {
        let known: HashSet<ConversationId> = latest.rows.iter().map(|row| row.id).collect();
        let end = latest.rows.last().map(|row| (row.last_at, row.id));
        let old = std::mem::replace(&mut self.rows, latest.rows);
        let kept = open
            .filter(|id| !known.contains(id))
            .and_then(|id| old.iter().find(|row| row.id == id).cloned());
        let more = latest.next.is_some();
        let beyond = old.into_iter().filter(|row| {
            more && !known.contains(&row.id) && end.is_some_and(|end| (row.last_at, row.id) < end)
        });
        let before = self.rows.len();
        self.rows.extend(beyond);
        if self.rows.len() == before || !more {
            self.next = latest.next;
        }
        if let Some(row) = kept
            && self.row(row.id).is_none()
        {
            let at = self
                .rows
                .iter()
                .position(|other| (other.last_at, other.id) < (row.last_at, row.id))
                .unwrap_or(self.rows.len());
            self.rows.insert(at, ConversationRow { unread: 0, ..row });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Duration};
    use domain::{conversation::Contact, phone::E164};
    use uuid::Uuid;

    fn id(number: u128) -> ConversationId {
        ConversationId::new(Uuid::from_u128(number))
    }

    /// A thread whose last message is of this minute.
    fn row(number: u128, minute: i64) -> ConversationRow {
        ConversationRow {
            id: id(number),
            contact: Contact {
                phone: E164::new("+15145550199").unwrap(),
                phone_shown: "(514) 555-0199".to_owned(),
                customer: None,
                name: String::new(),
                unsubscribed: false,
            },
            last_at: DateTime::UNIX_EPOCH + Duration::minutes(minute),
            preview: String::new(),
            is_ours: false,
            delivery: None,
            unread: 1,
            closed: false,
            assignee: None,
        }
    }

    fn page(rows: &[(u128, i64)], next: Option<&str>) -> Page<ConversationRow> {
        Page {
            rows: rows
                .iter()
                .map(|(number, minute)| row(*number, *minute))
                .collect(),
            next: next.map(str::to_owned),
        }
    }

    fn ids(loaded: &Loaded) -> Vec<u128> {
        loaded
            .rows()
            .iter()
            .map(|row| row.id.uuid().as_u128())
            .collect()
    }

    #[test]
    fn a_thread_that_moved_while_paging_is_there_once() {
        let mut loaded = Loaded::new(page(&[(1, 9), (2, 8)], Some("a")));
        loaded.append(page(&[(2, 8), (3, 7)], None));
        assert_eq!(ids(&loaded), [1, 2, 3]);
        assert_eq!(loaded.next(), None);
    }

    #[test]
    fn a_new_message_brings_its_thread_to_the_top_and_the_rest_stays() {
        let mut loaded = Loaded::new(page(&[(1, 9), (2, 8)], Some("a")));
        loaded.append(page(&[(3, 7), (4, 6)], Some("b")));
        loaded.refresh(page(&[(4, 10), (1, 9)], Some("c")), None);
        assert_eq!(ids(&loaded), [4, 1, 2, 3]);
        assert_eq!(loaded.next(), Some("b"));
    }

    #[test]
    fn what_left_the_list_is_gone_from_it() {
        let mut loaded = Loaded::new(page(&[(1, 9), (2, 8), (3, 7)], None));
        loaded.refresh(page(&[(1, 9), (3, 7)], None), None);
        assert_eq!(ids(&loaded), [1, 3]);
    }

    #[test]
    fn the_thread_that_is_read_stays_in_the_list_of_unread_ones() {
        let mut loaded = Loaded::new(page(&[(1, 9), (2, 8), (3, 7)], None));
        loaded.refresh(page(&[(1, 9), (3, 7)], None), Some(id(2)));
        assert_eq!(ids(&loaded), [1, 2, 3]);
        assert_eq!(loaded.row(id(2)).unwrap().unread, 0);
        loaded.refresh(page(&[(1, 9), (3, 7)], None), Some(id(3)));
        assert_eq!(ids(&loaded), [1, 3]);
    }
}
