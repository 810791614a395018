//! Twilio's messaging API and webhooks, in the terms of Regulars: bytes of Twilio in, typed values out, and the other way
//! round. It knows no customer, no account and no database.
//!
//! What must stay true:
//! - A webhook is read only after its signature was found right: [`SignedForm`] is the only way in.
//! - Whether a message may have been sent is never guessed: [`SendError::may_have_been_sent`].
//! - No text of a message, no number and no secret is in an error or in what `{:?}` prints of a message.
//!
//! Sources: twilio.com/docs, "Webhooks security", "Messages resource", "Twilio's request to your incoming message webhook",
//! "Outbound message status in status callbacks", "Error and warning dictionary"; as of November 2026.

mod address;
mod client;
mod sid;
mod status;
mod trouble;
mod webhook;

pub use address::{Address, NotAnAddress};
pub use client::{
    CannotSay, CheckError, Credentials, Doubt, Listed, Outgoing, SendError, Sender, Sent,
    SetUpError, Settings, Twilio,
};
pub use sid::{AccountSid, MessageSid, NotASid, ServiceSid};
pub use status::{MessageStatus, UnknownStatus};
pub use trouble::Trouble;
pub use webhook::{BadSignature, FormError, InboundMessage, Media, SignedForm, StatusUpdate};

/// Where a [`Url`] of a status callback or of the API comes from.
pub use reqwest::Url;
