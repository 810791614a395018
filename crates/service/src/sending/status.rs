//! What the provider says later of a message that it took.

use super::{
    outcome::{delivery, trouble},
    settle::{contact, note_stop_at_provider},
};
use crate::{ServiceError, Services};
use domain::{
    conversation::Delivery,
    ids::{AccountId, MessageId},
};
use store::{
    AccountTx, StoreError,
    outbound::{self, Known, Outcome},
};
use twilio::{MessageSid, MessageStatus, Trouble};

/// What a word of the provider came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusNews {
    /// It was written down.
    Noted,
    /// It was known, or something later is.
    Old,
    /// No message here is known to the provider by this id.
    NotOurs,
}

/// What the provider says of one message.
struct Word<'a> {
    sid: &'a MessageSid,
    status: MessageStatus,
    trouble: Option<Trouble>,
}

impl Services {
    /// Writes down how far a message is. Words come in any order, and more than once. Whoever calls it has checked that they
    /// are the provider's. `message` is whose status callback it was: an answer that was lost comes this way.
    pub async fn message_status(
        &self,
        account: AccountId,
        message: Option<MessageId>,
        sid: &MessageSid,
        status: MessageStatus,
        trouble: Option<Trouble>,
    ) -> Result<StatusNews, ServiceError> {
        let word = Word {
            sid,
            status,
            trouble,
        };
        let mut tx = self.store.read(account).await?;
        let Some(known) = find(&mut tx, message, &word).await? else {
            return Ok(StatusNews::NotOurs);
        };
        drop(tx);
        if !is_news(&known, &word) && !word.is_stop() {
            return Ok(StatusNews::Old);
        }
        let mut tx = self.store.write(account).await?;
        let Some(known) = find(&mut tx, message, &word).await? else {
            return Ok(StatusNews::NotOurs);
        };
        let noted = self.note(&mut tx, &known, &word).await?;
        if !noted {
            return Ok(StatusNews::Old);
        }
        tx.commit().await?;
        // The next message of the thread may go.
        self.wake_sender();
        Ok(StatusNews::Noted)
    }

    async fn note(
        &self,
        tx: &mut AccountTx,
        known: &Known,
        word: &Word<'_>,
    ) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let mut noted = false;
        if let Some(delivery) = word.delivery().filter(|_| is_news(known, word)) {
            let outcome = Outcome::Taken {
                provider_id: Some(word.sid.as_str()),
                delivery,
                trouble: word.trouble.map(trouble),
            };
            noted = outbound::settle(tx, known.last, &[known.delivery], outcome).await?;
            if known.offers {
                let contact = contact(tx, &known.phone).await?;
                outbound::note_offered(tx, &contact, now).await?;
            }
        }
        if word.is_stop() {
            noted |= note_stop_at_provider(tx, &known.phone, known.last.message, now).await?;
        }
        Ok(noted)
    }
}

impl Word<'_> {
    fn is_stop(&self) -> bool {
        self.trouble == Some(Trouble::Unsubscribed)
    }

    fn delivery(&self) -> Option<Delivery> {
        if self.is_stop() && self.status.is_failure() {
            return Some(Delivery::Blocked);
        }
        delivery(self.status)
    }
}

/// The message that the provider has under this id; else the one of the callback, if it waits for its id.
async fn find(
    tx: &mut AccountTx,
    message: Option<MessageId>,
    word: &Word<'_>,
) -> Result<Option<Known>, StoreError> {
    let known = outbound::by_provider_id(tx, word.sid.as_str()).await?;
    if known.is_some() {
        return Ok(known);
    }
    let Some(message) = message else {
        return Ok(None);
    };
    let known = outbound::by_message(tx, message).await?;
    Ok(known.filter(waits_for_its_id))
}

/// Whether it is, or was, handed over without anybody knowing under which id. One that a person has tried again keeps the id of
/// the try before while it is queued: what comes then is about that one.
fn waits_for_its_id(known: &Known) -> bool {
    let no_id = known.provider_id.is_none();
    known.handed
        && (known.delivery == Delivery::Sending
            || no_id && matches!(known.delivery, Delivery::Queued | Delivery::Unknown))
}

fn is_news(known: &Known, word: &Word<'_>) -> bool {
    let Some(delivery) = word.delivery() else {
        return false;
    };
    if known.provider_id.as_deref() != Some(word.sid.as_str()) {
        return true;
    }
    // Of what is on its way again under the id of a try before, nothing is news.
    known.delivery == Delivery::Sent && delivery != Delivery::Sent
}
