//! One thread, whether it has begun or not.

use super::{Contacts, language, wishes};
use crate::{Caller, InvalidInput, ServiceError, Services};
use domain::{
    conversation::{Conversation, StaffName},
    customer::Values,
    error::Invalid,
    ids::{ConversationId, CustomerId},
    permission::Permission,
    phone::E164,
    slot::Field,
};
use store::{
    AccountTx, StoreError, account,
    conversation::{self, StoredContact, StoredConversation},
    customer, message, uncertain_wish,
};

/// A thread before its number is asked about.
struct Found {
    id: ConversationId,
    exists: bool,
    contact: StoredContact,
    closed: bool,
    unread: u32,
    assignee: Option<StaffName>,
}

impl From<StoredConversation> for Found {
    fn from(stored: StoredConversation) -> Self {
        Self {
            id: stored.id,
            exists: true,
            contact: stored.contact,
            closed: stored.closed,
            unread: stored.unread,
            assignee: stored.assignee,
        }
    }
}

impl Services {
    /// A thread; `None` when there is none of this id.
    pub async fn conversation(
        &self,
        caller: &Caller,
        id: ConversationId,
    ) -> Result<Option<Conversation>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read_moment(caller.account).await?;
        match conversation::find(&mut tx, id).await? {
            Some(stored) => Ok(Some(shown(&mut tx, stored.into()).await?)),
            None => Ok(None),
        }
    }

    /// The thread with the cell phone of a customer; `None` when there is no such customer, or no cell phone.
    pub async fn conversation_with_customer(
        &self,
        caller: &Caller,
        id: CustomerId,
    ) -> Result<Option<Conversation>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read_moment(caller.account).await?;
        let Some(stored) = customer::find(&mut tx, id).await? else {
            return Ok(None);
        };
        let Ok(phone) = E164::new(stored.values.text(Field::CellPhone)) else {
            return Ok(None);
        };
        Ok(Some(self.with_phone(&mut tx, phone).await?))
    }

    /// The thread with a number in any usual spelling.
    pub async fn conversation_with_number(
        &self,
        caller: &Caller,
        number: &str,
    ) -> Result<Conversation, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read_moment(caller.account).await?;
        let country = account::get(&mut tx).await?.country;
        let phone =
            E164::parse(number, country).map_err(|_| InvalidInput::Text(Invalid::NotAPhone))?;
        Ok(self.with_phone(&mut tx, phone).await?)
    }

    async fn with_phone(
        &self,
        tx: &mut AccountTx,
        phone: E164,
    ) -> Result<Conversation, StoreError> {
        if let Some(stored) = conversation::find_by_phone(tx, &phone).await? {
            return shown(tx, stored.into()).await;
        }
        let stored = match conversation::holder(tx, &phone).await? {
            Some(id) => customer::find(tx, id).await?,
            None => None,
        };
        let found = Found {
            id: ConversationId::new(self.new_id()),
            exists: false,
            contact: StoredContact::of(phone, stored.as_ref()),
            closed: false,
            unread: 0,
            assignee: None,
        };
        shown(tx, found).await
    }
}

async fn shown(tx: &mut AccountTx, mut found: Found) -> Result<Conversation, StoreError> {
    // Whom a message would go to: somebody may have got the number among others since the thread began.
    if found.contact.customer.is_none()
        && let Some(id) = conversation::holder(tx, &found.contact.phone).await?
    {
        let stored = customer::find(tx, id).await?;
        found.contact = StoredContact::of(found.contact.phone, stored.as_ref());
    }
    let contacts = Contacts::of(tx, std::iter::once(&found.contact.phone)).await?;
    let key = contacts.key(&found.contact.phone);
    let offer = if message::is_offered(tx, &key).await? {
        None
    } else {
        let stored = match found.contact.customer {
            Some(id) => customer::find(tx, id).await?,
            None => None,
        };
        Some(language(
            &stored.map_or_else(Values::default, |stored| stored.values),
        ))
    };
    let wish = uncertain_wish::open_of(tx, &key)
        .await?
        .map(|wish| wishes::shown(wish, &contacts));
    Ok(Conversation {
        id: found.id,
        exists: found.exists,
        consent: contacts.status(&found.contact.phone),
        unsubscribed_at: contacts.stopped_at(&found.contact),
        contact: contacts.shown(found.contact),
        closed: found.closed,
        unread: found.unread,
        assignee: found.assignee,
        offer,
        wish,
        rev: tx.rev().await?,
    })
}
