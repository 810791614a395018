//! The entries of a thread that have arrived so far, the oldest first.

use domain::{
    conversation::{Delivery, Entry, EntryKind, ThreadPage},
    ids::MessageId,
};
use std::collections::HashSet;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::conversations) struct Entries {
    list: Vec<Entry>,
    before: Option<String>,
}

impl Entries {
    pub(in crate::conversations) fn new(page: ThreadPage) -> Self {
        Self {
            list: page.entries,
            before: page.before,
        }
    }

    pub(in crate::conversations) fn list(&self) -> &[Entry] {
        &self.list
    }

    pub(in crate::conversations) fn get(&self, id: MessageId) -> Option<&Entry> {
        self.list.iter().find(|entry| entry.id == id)
    }

    pub(in crate::conversations) fn last(&self) -> Option<MessageId> {
        self.list.last().map(|entry| entry.id)
    }

    /// The cursor of the entries before these.
    pub(in crate::conversations) fn before(&self) -> Option<&str> {
        self.before.as_deref()
    }

    pub(in crate::conversations) fn prepend(&mut self, page: ThreadPage) {
        let known: HashSet<MessageId> = self.list.iter().map(|entry| entry.id).collect();
        let mut list = page.entries;
        list.retain(|entry| !known.contains(&entry.id));
        list.append(&mut self.list);
        self.list = list;
        self.before = page.before;
    }

    /// Takes over how the end of the thread is now. Where it does not meet what is here, what is here is too old, and goes.
    pub(in crate::conversations) fn refresh(&mut self, latest: ThreadPage) {
        let known: HashSet<MessageId> = latest.entries.iter().map(|entry| entry.id).collect();
        let meets = self
            .list
            .iter()
            .position(|entry| known.contains(&entry.id))
            .filter(|_| latest.before.is_some());
        match meets {
            Some(at) => {
                self.list.truncate(at);
                self.list.extend(latest.entries);
            }
            None => *self = Self::new(latest),
        }
    }

    /// What a person has just decided about a message of the shop, before the server says so.
    pub(in crate::conversations) fn expect(&mut self, id: MessageId, now: Delivery) {
        let entry = self.list.iter_mut().find(|entry| entry.id == id);
        if let Some(Entry {
            kind: EntryKind::Outbound {
                delivery, trouble, ..
            },
            ..
        }) = entry
        {
            *delivery = now;
            *trouble = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use uuid::Uuid;

    fn id(number: u128) -> MessageId {
        MessageId::new(Uuid::from_u128(number))
    }

    fn page(numbers: &[u128], before: Option<&str>) -> ThreadPage {
        let entry = |number: &u128| Entry {
            id: id(*number),
            at: DateTime::UNIX_EPOCH,
            kind: EntryKind::Note {
                text: String::new(),
                by: String::new(),
            },
        };
        ThreadPage {
            entries: numbers.iter().map(entry).collect(),
            before: before.map(str::to_owned),
        }
    }

    fn numbers(entries: &Entries) -> Vec<u128> {
        let list = entries.list().iter();
        list.map(|entry| entry.id.uuid().as_u128()).collect()
    }

    #[test]
    fn older_entries_stay_when_new_ones_arrive() {
        let mut entries = Entries::new(page(&[5, 6, 7], Some("a")));
        entries.prepend(page(&[2, 3, 4], Some("b")));
        entries.refresh(page(&[6, 7, 8], Some("c")));
        assert_eq!(numbers(&entries), [2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(entries.before(), Some("b"));
    }

    #[test]
    fn a_message_that_came_in_between_is_shown_in_its_place() {
        let mut entries = Entries::new(page(&[5, 7], Some("a")));
        entries.refresh(page(&[5, 6, 7], Some("a")));
        assert_eq!(numbers(&entries), [5, 6, 7]);
    }

    #[test]
    fn after_a_long_absence_no_gap_is_hidden() {
        let mut entries = Entries::new(page(&[1, 2], None));
        entries.refresh(page(&[8, 9], Some("c")));
        assert_eq!(numbers(&entries), [8, 9]);
        assert_eq!(entries.before(), Some("c"));
    }

    #[test]
    fn a_page_that_is_the_whole_thread_replaces_it() {
        let mut entries = Entries::new(page(&[1, 2], None));
        entries.refresh(page(&[2, 3], None));
        assert_eq!(numbers(&entries), [2, 3]);
    }
}
