//! What customers write to the shop.

mod answer;
mod consent;

use crate::{
    ServiceError, Services,
    conversations::{Contacts, language},
    provider::Active,
};
use chrono::{DateTime, Utc};
use domain::{
    consent::{ProviderMessageId, Status},
    customer::Values,
    ids::{AccountId, ConversationId, CustomerId, MessageId},
    keyword::{Language, Meaning, Verdict, understand},
    phone::E164,
};
use store::{
    AccountTx, StoreError, account, conversation, customer,
    message::{self, NewInbound},
    provider,
};

/// Characters of a message that are kept. Carriers join some 1,600 at most.
const TEXT_MAX: usize = 10_000;

/// A message that the provider delivered, or the phone simulator.
#[derive(Clone, Debug)]
pub struct Inbound {
    pub id: ProviderMessageId,
    pub from: E164,
    pub text: String,
    /// Where each file lies at the provider, and its MIME type.
    pub media: Vec<(String, String)>,
    /// What the provider made of it, when it says so.
    pub verdict: Option<Verdict>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    New {
        conversation: ConversationId,
    },
    /// It had come before, or is of the simulator that is gone, and nothing happened.
    Seen,
}

impl Services {
    /// Takes a message in, once, however often it is delivered: into its thread, into the ledger where it says STOP or START, and
    /// with the answer that is due, in one transaction.
    pub async fn receive(
        &self,
        account: AccountId,
        inbound: Inbound,
    ) -> Result<Received, ServiceError> {
        let without_own = self.providers.without_own(account).await?;
        // However long an import takes: the provider does not come again with a STOP that was turned away.
        let mut tx = self.store.write_patiently(account).await?;
        let active = provider::get(&mut tx)
            .await?
            .map_or(without_own, Active::Own);
        if inbound.id.is_simulated() && !matches!(active, Active::Simulator) {
            // Since it was typed, a provider was set.
            return Ok(Received::Seen);
        }
        let at = self.clock.now();
        if !message::is_new(&mut tx, &inbound.id, at).await? {
            return Ok(Received::Seen);
        }
        let shop = account::get(&mut tx).await?;
        let thread = self.thread_with(&mut tx, &inbound.from, at).await?;
        let contacts = Contacts::of(&mut tx, std::iter::once(&inbound.from)).await?;
        let text = kept(&inbound.text);
        let stopped = contacts.status(&inbound.from) == Status::Unsubscribed;
        let heard = Heard {
            id: MessageId::new(self.new_id()),
            meaning: understand(&text, stopped, inbound.verdict),
            inbound: &inbound,
            shop_number: active.number(),
            contacts,
            thread,
            at,
        };
        let new = NewInbound {
            id: heard.id,
            conversation: heard.thread.id,
            provider_id: &inbound.id,
            text: &text,
            media: &inbound.media,
            meaning: heard.meaning,
            at,
        };
        message::insert_inbound(&mut tx, &new).await?;
        conversation::note_inbound(&mut tx, heard.thread.id, at).await?;
        if let Some(customer) = heard.thread.customer {
            customer::note_activity(&mut tx, customer, at).await?;
        }
        let changed = consent::hear(&mut tx, &heard, &shop).await?;
        self.answer(&mut tx, &heard, &shop, changed).await?;
        tx.commit().await?;
        self.wake_sender();
        Ok(Received::New {
            conversation: heard.thread.id,
        })
    }

    /// The thread with a number, which begins now where there was none.
    async fn thread_with(
        &self,
        tx: &mut AccountTx,
        phone: &E164,
        at: DateTime<Utc>,
    ) -> Result<Thread, StoreError> {
        let known = conversation::find_by_phone(tx, phone).await?;
        let customer = match known.as_ref().and_then(|known| known.contact.customer) {
            Some(customer) => Some(customer),
            None => conversation::holder(tx, phone).await?,
        };
        let id = if let Some(known) = known {
            if let Some(customer) = customer.filter(|_| known.contact.customer.is_none()) {
                conversation::set_customer(tx, known.id, customer).await?;
            }
            known.id
        } else {
            let id = ConversationId::new(self.new_id());
            conversation::insert(tx, id, phone, customer, at).await?;
            id
        };
        let values = match customer {
            Some(customer) => customer::find(tx, customer).await?,
            None => None,
        }
        .map_or_else(Values::default, |stored| stored.values);
        Ok(Thread {
            id,
            customer,
            language: language(&values),
        })
    }
}

/// A message with what was understood.
struct Heard<'a> {
    id: MessageId,
    meaning: Meaning,
    inbound: &'a Inbound,
    /// The number that customers see; `None` where it is not known, as where a service of the provider chooses it.
    shop_number: Option<E164>,
    /// As they were before this message.
    contacts: Contacts,
    thread: Thread,
    at: DateTime<Utc>,
}

struct Thread {
    id: ConversationId,
    customer: Option<CustomerId>,
    /// In which the customer is written to.
    language: Language,
}

/// The text as it came, without what the database cannot keep.
fn kept(text: &str) -> String {
    text.chars().filter(|c| *c != '\0').take(TEXT_MAX).collect()
}
