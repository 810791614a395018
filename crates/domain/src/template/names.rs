//! What the variables are called, in the language of who writes the message.

use crate::{fold::fold, slot::Slot};
use std::collections::BTreeMap;

/// The names of the fields and attributes that a message may use. Of two equal names the first one given counts.
#[derive(Clone, Debug, Default)]
pub struct Names {
    slots: BTreeMap<String, Slot>,
    names: BTreeMap<Slot, String>,
}

/// Equal for names that mean the same: case, accents and spacing aside.
fn key(name: &str) -> String {
    fold(&name.split_whitespace().collect::<Vec<_>>().join(" "))
}

impl Names {
    /// The variable that is meant by a key or a name. Keys come first, so that a key always means its own.
    pub(super) fn slot(&self, name: &str) -> Option<Slot> {
        let known = |slot: &Slot| self.names.contains_key(slot);
        name.parse()
            .ok()
            .filter(known)
            .or_else(|| self.slots.get(&key(name)).copied())
    }

    /// What reads back as this variable: its name, or else its key.
    pub(super) fn name(&self, slot: Slot) -> String {
        self.names
            .get(&slot)
            .filter(|name| self.slot(name) == Some(slot))
            .cloned()
            .unwrap_or_else(|| slot.to_string())
    }
}

/// Blank names name nothing.
impl<N: Into<String>> FromIterator<(N, Slot)> for Names {
    fn from_iter<I: IntoIterator<Item = (N, Slot)>>(given: I) -> Self {
        let mut names = Self::default();
        for (name, slot) in given {
            let name = name.into();
            names.slots.entry(key(&name)).or_insert(slot);
            names.names.entry(slot).or_insert(name);
        }
        names.slots.remove("");
        names
    }
}
