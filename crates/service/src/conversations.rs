//! Reading conversations.

mod contacts;
mod thread;
mod wishes;
mod words;

pub(crate) use contacts::Contacts;
pub(crate) use words::{language, message_to};

use crate::{Caller, ServiceError, Services};
use domain::{
    conversation::{
        ConversationCounts, ConversationQuery, ConversationRow, SavedReply, StaffName, ThreadPage,
    },
    ids::{ConversationId, CustomerId},
    permission::Permission,
    query::Page,
};
use store::{
    conversation::{self, StoredConversation},
    membership, message, saved_reply,
};

impl Services {
    /// One page of the threads that answer the query, the latest first.
    pub async fn conversations(
        &self,
        caller: &Caller,
        query: ConversationQuery,
    ) -> Result<Page<ConversationRow>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let page = conversation::page(&mut tx, &query, caller.person).await?;
        let contacts =
            Contacts::of(&mut tx, page.rows.iter().map(|row| &row.contact.phone)).await?;
        Ok(Page {
            rows: page
                .rows
                .into_iter()
                .map(|stored| row(stored, &contacts))
                .collect(),
            next: page.next,
        })
    }

    pub async fn conversation_counts(
        &self,
        caller: &Caller,
    ) -> Result<ConversationCounts, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        Ok(conversation::counts(&mut tx, caller.person).await?)
    }

    /// The latest entries of a thread, or those before a cursor; none when there is no such thread.
    pub async fn thread(
        &self,
        caller: &Caller,
        id: ConversationId,
        before: Option<String>,
    ) -> Result<ThreadPage, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        Ok(message::page(&mut tx, id, before.as_deref()).await?)
    }

    /// The latest first; none when there is no such customer.
    pub async fn conversations_of_customer(
        &self,
        caller: &Caller,
        id: CustomerId,
    ) -> Result<Vec<ConversationRow>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let rows = conversation::of_customer(&mut tx, id).await?;
        let contacts = Contacts::of(&mut tx, rows.iter().map(|row| &row.contact.phone)).await?;
        Ok(rows
            .into_iter()
            .map(|stored| row(stored, &contacts))
            .collect())
    }

    /// Who may take care of threads.
    pub async fn staff(&self, caller: &Caller) -> Result<Vec<StaffName>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let members = membership::list(&mut tx).await?.into_iter();
        Ok(members
            .filter(|member| member.role.may(Permission::SendMessages))
            .map(|member| StaffName {
                id: member.person,
                name: member.name,
            })
            .collect())
    }

    /// By their titles.
    pub async fn saved_replies(&self, caller: &Caller) -> Result<Vec<SavedReply>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        Ok(saved_reply::list(&mut tx).await?)
    }
}

fn row(stored: StoredConversation, contacts: &Contacts) -> ConversationRow {
    let (preview, is_ours, delivery) = stored.last.map_or_else(
        || (String::new(), true, None),
        |last| (last.text, last.is_ours, last.delivery),
    );
    ConversationRow {
        id: stored.id,
        contact: contacts.shown(stored.contact),
        last_at: stored.last_at,
        preview,
        is_ours,
        delivery,
        unread: stored.unread,
        closed: stored.closed,
        assignee: stored.assignee,
    }
}
