//! What is kept in memory while its reader is elsewhere: the list as it was left, and what was typed and not sent.

use super::view_model::{list_view::ListView, loaded::Loaded};
use crate::customers::trouble::Trouble;
use chrono::{DateTime, Utc};
use domain::{
    ids::{ConversationId, MessageId},
    phone::E164,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub(super) struct LeftList {
    pub(super) view: ListView,
    pub(super) loaded: Loaded,
    /// CSS pixels.
    pub(super) scroll_top: i32,
}

/// What is being written to one number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    /// With the names of variables, as it is typed.
    pub(super) message: RwSignal<String>,
    pub(super) note: RwSignal<String>,
    pub(super) is_note: RwSignal<bool>,
    /// Sent, and not shown by the thread yet.
    pub(super) under_way: RwSignal<Vec<UnderWay>>,
    pub(super) failed: RwSignal<Option<Failed>>,
}

/// A bubble that is shown before the server knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnderWay {
    pub(super) id: MessageId,
    pub(super) at: DateTime<Utc>,
    pub(super) text: String,
    pub(super) is_note: bool,
    /// The server has it.
    pub(super) has_landed: bool,
}

/// What came back. Sent again as it is, it keeps its id: when only the answer was lost, it is not sent twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failed {
    pub(super) id: MessageId,
    pub(super) typed: String,
    pub(super) is_note: bool,
    pub(super) why: Trouble,
}

impl Draft {
    fn new() -> Self {
        Self {
            message: RwSignal::new(String::new()),
            note: RwSignal::new(String::new()),
            is_note: RwSignal::new(false),
            under_way: RwSignal::new(Vec::new()),
            failed: RwSignal::new(None),
        }
    }

    pub(super) fn typed(self, is_note: bool) -> RwSignal<String> {
        if is_note { self.note } else { self.message }
    }

    /// What was not sent goes back to where it was typed, before what was typed there since.
    pub(super) fn give_back(self, failed: Failed) {
        self.typed(failed.is_note).try_update(|text| {
            if text.trim().is_empty() {
                text.clone_from(&failed.typed);
            } else {
                text.insert(0, '\n');
                text.insert_str(0, &failed.typed);
            }
        });
        self.drop_bubbles(&[failed.id]);
        self.failed.try_set(Some(failed));
    }

    pub(super) fn landed(self, id: MessageId) {
        self.under_way.try_update(|under_way| {
            for sent in under_way.iter_mut().filter(|sent| sent.id == id) {
                sent.has_landed = true;
            }
        });
    }

    /// What a thread that is asked for from now on shows.
    pub(super) fn landed_so_far(self) -> Vec<MessageId> {
        let landed = |under_way: &Vec<UnderWay>| {
            let landed = under_way.iter().filter(|sent| sent.has_landed);
            landed.map(|sent| sent.id).collect()
        };
        self.under_way
            .try_with_untracked(landed)
            .unwrap_or_default()
    }

    pub(super) fn drop_bubbles(self, of: &[MessageId]) {
        if !of.is_empty() {
            self.under_way
                .try_update(|under_way| under_way.retain(|sent| !of.contains(&sent.id)));
        }
    }
}

/// Lives as long as the frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Desk {
    left: StoredValue<Option<LeftList>>,
    drafts: StoredValue<BTreeMap<E164, Draft>>,
    /// The thread that is on the screen.
    pub(super) open: RwSignal<Option<ConversationId>>,
    owner: StoredValue<Option<Owner>>,
}

/// Called once, by the frame of signed-in pages.
pub fn provide_desk() {
    provide_context(Desk {
        left: StoredValue::new(None),
        drafts: StoredValue::new(BTreeMap::new()),
        open: RwSignal::new(None),
        owner: StoredValue::new(Owner::current()),
    });
}

pub(super) fn use_desk() -> Desk {
    expect_context::<Desk>()
}

impl Desk {
    pub(super) fn draft(self, phone: &E164) -> Draft {
        if let Some(draft) = self.drafts.with_value(|drafts| drafts.get(phone).copied()) {
            return draft;
        }
        // It outlives the page that it is made for.
        let draft = self
            .owner
            .with_value(|owner| owner.as_ref().map(|owner| owner.with(Draft::new)))
            .unwrap_or_else(Draft::new);
        self.drafts.update_value(|drafts| {
            drafts.insert(phone.clone(), draft);
        });
        draft
    }

    pub(super) fn leave(self, list: LeftList) {
        self.left.try_set_value(Some(list));
    }

    /// The list that was left, if it is the one asked for.
    pub(super) fn recall(self, view: &ListView) -> Option<Loaded> {
        self.left.with_value(|list| {
            list.as_ref()
                .filter(|list| list.view == *view)
                .map(|list| list.loaded.clone())
        })
    }

    /// Where the list that was left had been scrolled to, if it is the one asked for. It is on the screen again then, and no
    /// longer left.
    pub(super) fn take_place(self, view: &ListView) -> Option<i32> {
        self.left
            .try_update_value(Option::take)
            .flatten()
            .filter(|list| list.view == *view)
            .map(|list| list.scroll_top)
    }
}
