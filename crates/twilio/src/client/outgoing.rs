//! A message of the shop, and what Twilio says when it takes it.

use crate::{
    address::Address,
    sid::{MessageSid, ServiceSid},
    status::MessageStatus,
};
use domain::phone::E164;
use reqwest::Url;
use std::fmt;

/// Who writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sender {
    From(Address),
    /// Twilio chooses a sender of the service.
    Service(ServiceSid),
}

/// A message to send.
#[derive(Clone)]
pub struct Outgoing<'a> {
    pub sender: &'a Sender,
    pub to: &'a E164,
    /// At most [`domain::segment::MESSAGE_MAX`] characters.
    pub text: &'a str,
    /// Where Twilio tells what becomes of it. Twilio signs this address as it is here.
    pub status_callback: Option<&'a Url>,
}

impl Outgoing<'_> {
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        let sender = match self.sender {
            Sender::From(address) => ("From", address.to_string()),
            Sender::Service(sid) => ("MessagingServiceSid", sid.to_string()),
        };
        let mut fields = vec![
            sender,
            ("To", self.to.to_string()),
            ("Body", self.text.to_owned()),
        ];
        fields.extend(
            self.status_callback
                .map(|url| ("StatusCallback", url.to_string())),
        );
        fields
    }
}

/// Whom it is to and what it says is personal.
impl fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").finish_non_exhaustive()
    }
}

/// A message that Twilio has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// What status callbacks name it by.
    pub sid: MessageSid,
    /// How far it is; `None` when Twilio says a word that is not known.
    pub status: Option<MessageStatus>,
}
