//! An account of Twilio through which messages of a shop go.

use domain::{phone::E164, provider::PER_SECOND_MAX};
use secrecy::SecretString;
use std::num::NonZeroU32;
use twilio::{AccountSid, Address, InboundMessage, Sender};

/// Everything that is needed to send, and to know what comes from there.
#[derive(Clone, Debug)]
pub struct TwilioAccount {
    pub sid: AccountSid,
    /// Also signs webhooks.
    pub token: SecretString,
    pub sender: Sender,
    /// The most segments in a second.
    pub per_second: NonZeroU32,
}

impl TwilioAccount {
    /// Whether a message was sent to this shop.
    pub(crate) fn is_for_us(&self, message: &InboundMessage) -> bool {
        match &self.sender {
            Sender::From(address) => message.to == *address,
            Sender::Service(service) => message.service.as_ref() == Some(service),
        }
    }
}

/// The number that customers see; `None` where a Messaging Service chooses it.
pub(crate) const fn number(sender: &Sender) -> Option<&E164> {
    match sender {
        Sender::From(address) => address.phone(),
        Sender::Service(_) => None,
    }
}

/// A phone number in E.164 form, or a Messaging Service (`MG…`). `None` if it is no such thing.
pub fn sender(text: &str) -> Option<Sender> {
    if let Ok(phone) = E164::new(text) {
        return Some(Sender::From(Address::Phone(phone)));
    }
    text.parse().ok().map(Sender::Service)
}

pub(crate) fn sender_text(sender: &Sender) -> String {
    match sender {
        Sender::From(address) => address.to_string(),
        Sender::Service(service) => service.to_string(),
    }
}

/// 1 to [`PER_SECOND_MAX`].
pub fn per_second(number: u32) -> Option<NonZeroU32> {
    NonZeroU32::new(number).filter(|number| number.get() <= PER_SECOND_MAX)
}

/// As Twilio makes them, if not of the length they have today: visible, and nothing that would end a header.
pub fn token(text: &str) -> Option<SecretString> {
    const MAX: usize = 128;
    let text = text.trim();
    let plausible = (1..=MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    plausible.then(|| SecretString::from(text))
}
