//! The review list of wishes to stop that are not certain.

use super::Contacts;
use crate::{Caller, ServiceError, Services};
use domain::{conversation::UncertainWish, permission::Permission, query::Page};
use store::uncertain_wish::{self, StoredWish};

impl Services {
    /// Those that nobody has decided, by their day; or the decided ones, the latest first.
    pub async fn uncertain_wishes(
        &self,
        caller: &Caller,
        settled: bool,
        after: Option<String>,
    ) -> Result<Page<UncertainWish>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let after = after.as_deref();
        let page = if settled {
            uncertain_wish::decided(&mut tx, after).await?
        } else {
            uncertain_wish::open(&mut tx, after).await?
        };
        let contacts =
            Contacts::of(&mut tx, page.rows.iter().map(|wish| &wish.contact.phone)).await?;
        Ok(Page {
            rows: page
                .rows
                .into_iter()
                .map(|wish| shown(wish, &contacts))
                .collect(),
            next: page.next,
        })
    }
}

pub(super) fn shown(wish: StoredWish, contacts: &Contacts) -> UncertainWish {
    UncertainWish {
        id: wish.id,
        conversation: wish.conversation,
        contact: contacts.shown(wish.contact),
        text: wish.text,
        reason: wish.reason,
        heard_at: wish.heard_at,
        due_on: wish.due_on,
        settled: wish.settled,
    }
}
