//! The phone simulator: what a customer sees on their phone, and writes with it, while no provider is set.
//!
//! What must stay true: what is written on it is kept apart by its id ([`ProviderMessageId::simulated`]), and counts for nothing
//! once there is a provider ([`store::consent::end_simulation`]).

use crate::{
    Caller, Inbound, InvalidInput, Received, ServiceError, Services, conversations::Contacts,
};
use domain::{
    consent::ProviderMessageId, conversation::SimulatedPhone, error::Invalid, ids::ConversationId,
    permission::Permission, phone::E164,
};
use store::{account, conversation, simulator};

/// Characters of a text that carriers join.
const TEXT_MAX: u32 = 1_600;

impl Services {
    /// What the phone at the other end of a thread shows; `None` when there is no such thread, or a provider is set.
    pub async fn simulated_phone(
        &self,
        caller: &Caller,
        id: ConversationId,
    ) -> Result<Option<SimulatedPhone>, ServiceError> {
        caller.require(Permission::SendMessages)?;
        if !self.providers.is_simulated(caller.account).await? {
            return Ok(None);
        }
        let mut tx = self.store.read_moment(caller.account).await?;
        let Some(stored) = conversation::find(&mut tx, id).await? else {
            return Ok(None);
        };
        let contacts = Contacts::of(&mut tx, std::iter::once(&stored.contact.phone)).await?;
        Ok(Some(SimulatedPhone {
            contact: contacts.shown(stored.contact),
            shop: account::get(&mut tx).await?.name,
            messages: simulator::messages(&mut tx, id).await?,
        }))
    }

    /// Writes to the shop from the phone with a number in any usual spelling, and answers the thread that it is in; `None` when
    /// a provider is set.
    pub async fn simulate_text(
        &self,
        caller: &Caller,
        number: &str,
        text: &str,
    ) -> Result<Option<ConversationId>, ServiceError> {
        caller.require(Permission::SendMessages)?;
        if !self.providers.is_simulated(caller.account).await? {
            return Ok(None);
        }
        let mut tx = self.store.read(caller.account).await?;
        let country = account::get(&mut tx).await?.country;
        drop(tx);
        let from =
            E164::parse(number, country).map_err(|_| InvalidInput::Text(Invalid::NotAPhone))?;
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidInput::Text(Invalid::Empty).into());
        }
        if text.chars().count() > usize::try_from(TEXT_MAX).unwrap_or(usize::MAX) {
            return Err(InvalidInput::Text(Invalid::TooLong { max: TEXT_MAX }).into());
        }
        let inbound = Inbound {
            id: ProviderMessageId::simulated(self.new_id()),
            from,
            text: text.to_owned(),
            media: Vec::new(),
            verdict: None,
        };
        Ok(match self.receive(caller.account, inbound).await? {
            Received::New { conversation } => Some(conversation),
            // A provider was set meanwhile.
            Received::Seen => None,
        })
    }
}
