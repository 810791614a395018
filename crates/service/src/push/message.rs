//! Intents about messages of the shop.

use super::{Answer, Door};
use crate::conversations::{Contacts, language, message_to};
use domain::{
    conversation::{Delivery, Origin, Purpose},
    customer::Values,
    ids::{ConversationId, MessageId},
    keyword::with_offer,
    mutation::Reason,
    phone::E164,
    segment::measure,
    template::Template,
};
use store::{
    AccountTx, StoreError,
    conversation::{self, StoredContact, StoredConversation},
    customer,
    message::{self, NewOutbound},
};

/// A message that is about to be queued.
pub(super) struct New {
    pub(super) id: MessageId,
    /// The thread to begin where the number has none.
    pub(super) conversation: ConversationId,
    pub(super) phone: E164,
}

impl Door<'_> {
    /// Queues a message, and a thread for it where the number has none.
    pub(super) async fn send_message(
        &self,
        tx: &mut AccountTx,
        new: New,
        text: &Template,
    ) -> Result<Answer, StoreError> {
        if message::is_id_taken(tx, new.id).await? {
            return Ok(Answer::noop());
        }
        let thread = conversation::find_by_phone(tx, &new.phone).await?;
        if thread.is_none() && conversation::find(tx, new.conversation).await?.is_some() {
            return Ok(Answer::rejected(Reason::IdTaken));
        }
        let (contact, values) = recipient(tx, &new.phone, thread.as_ref()).await?;
        let contacts = Contacts::of(tx, std::iter::once(&new.phone)).await?;
        if contacts.stopped_at(&contact).is_some() {
            return Ok(Answer::rejected(Reason::Unsubscribed));
        }
        let text = message_to(&values, text, self.country);
        if text.is_empty() {
            return Ok(Answer::rejected(Reason::NothingGiven));
        }
        let language = language(&values);
        let offered = message::is_offered(tx, &contacts.key(&new.phone)).await?;
        let measure = if offered {
            measure(&text)
        } else {
            measure(&with_offer(&text, language))
        };
        if measure.excess() > 0 {
            return Ok(Answer::rejected(Reason::TextTooLong));
        }
        let conversation = if let Some(thread) = thread {
            thread.id
        } else {
            let (id, customer) = (new.conversation, contact.customer);
            conversation::insert(tx, id, &new.phone, customer, self.author.at).await?;
            id
        };
        let message = NewOutbound {
            id: new.id,
            conversation,
            text: &text,
            person: Some(self.author.person),
            origin: Origin::Staff,
            purpose: Purpose::Service,
            language,
            segments: u32::try_from(measure.segments).unwrap_or(u32::MAX),
            at: self.author.at,
        };
        message::insert_outbound(tx, &message).await?;
        conversation::note_outbound(tx, conversation, self.author.at, true).await?;
        Ok(Answer::applied())
    }

    pub(super) async fn retry_message(
        &self,
        tx: &mut AccountTx,
        id: MessageId,
    ) -> Result<Answer, StoreError> {
        let Some(found) = message::find_outbound(tx, id).await? else {
            return Ok(Answer::rejected(Reason::UnknownMessage));
        };
        if found.delivery == Delivery::Queued {
            return Ok(Answer::noop());
        }
        if !found.delivery.may_be_retried() {
            return Ok(Answer::rejected(Reason::UnknownMessage));
        }
        let Some(thread) = conversation::find(tx, found.conversation).await? else {
            return Ok(Answer::rejected(Reason::UnknownMessage));
        };
        let contacts = Contacts::of(tx, std::iter::once(&thread.contact.phone)).await?;
        if found.purpose != Purpose::Answer && contacts.stopped_at(&thread.contact).is_some() {
            return Ok(Answer::rejected(Reason::Unsubscribed));
        }
        message::retry(tx, id, self.author.at).await?;
        Ok(Answer::applied())
    }

    pub(super) async fn cancel_message(
        &self,
        tx: &mut AccountTx,
        id: MessageId,
    ) -> Result<Answer, StoreError> {
        let found = message::find_outbound(tx, id).await?;
        Ok(match found.map(|found| found.delivery) {
            Some(Delivery::Queued) => {
                message::cancel(tx, id).await?;
                Answer::applied()
            }
            Some(Delivery::Cancelled) => Answer::noop(),
            _ => Answer::rejected(Reason::UnknownMessage),
        })
    }
}

/// Who gets a message to this number, as they are now.
async fn recipient(
    tx: &mut AccountTx,
    phone: &E164,
    thread: Option<&StoredConversation>,
) -> Result<(StoredContact, Values), StoreError> {
    let known = match thread.and_then(|thread| thread.contact.customer) {
        Some(id) => Some(id),
        None => conversation::holder(tx, phone).await?,
    };
    let stored = match known {
        Some(id) => customer::find(tx, id).await?,
        None => None,
    };
    let contact = StoredContact::of(phone.clone(), stored.as_ref());
    Ok((
        contact,
        stored.map_or_else(Values::default, |stored| stored.values),
    ))
}
