//! Who carries the text messages of an account.

use crate::ServiceError;
use domain::ids::{AccountId, MessageId};
use std::{fmt, num::NonZeroU32, pin::Pin, sync::Arc};
use twilio::{Twilio, Url};

/// Who carries messages.
#[derive(Clone, Debug)]
pub enum Carrier {
    /// The phone simulator: a message is there as soon as it is sent.
    Simulator,
    Twilio(Arc<TwilioCarrier>),
}

/// An account of Twilio, and how it is used.
#[derive(Clone, Debug)]
pub struct TwilioCarrier {
    pub client: Twilio,
    pub sender: twilio::Sender,
    /// The most segments in a second.
    pub per_second: NonZeroU32,
    /// Where Twilio tells what becomes of messages: `…/webhooks/twilio/{account}/status`. `None` where Twilio cannot reach this
    /// server; it would refuse such an address together with the message.
    pub status_url: Option<Url>,
}

impl Carrier {
    /// Tells the carriers of an account apart: one cannot be asked for a message that another has.
    pub fn key(&self) -> String {
        match self {
            Self::Simulator => "simulator".to_owned(),
            Self::Twilio(twilio) => format!("twilio:{}", twilio.client.account()),
        }
    }
}

impl TwilioCarrier {
    /// Where Twilio tells what becomes of this message. It names the message, so that an answer that was lost comes this way.
    pub(crate) fn status_callback(&self, message: MessageId) -> Option<Url> {
        let mut url = self.status_url.clone()?;
        url.query_pairs_mut()
            .append_pair("message", &message.to_string());
        Some(url)
    }
}

/// An answer that is not there at once.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, ServiceError>> + Send + 'a>>;

/// Says who carries the messages of an account. It is asked for each message, without a transaction.
pub trait Carriers: Send + Sync + fmt::Debug {
    fn of(&self, account: AccountId) -> Pending<'_, Carrier>;
}

/// One carrier for every account.
impl Carriers for Carrier {
    fn of(&self, _account: AccountId) -> Pending<'_, Carrier> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}
