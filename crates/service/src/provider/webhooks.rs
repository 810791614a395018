//! What Twilio posts to us.

use super::TwilioAccount;
use crate::{Inbound, Received, ServiceError, Services, StatusNews};
use domain::{
    consent::ProviderMessageId,
    ids::{AccountId, MessageId},
};
use twilio::{BadSignature, FormError, InboundMessage, SignedForm, StatusUpdate};

/// A request as it came.
#[derive(Clone, Copy, Debug)]
pub struct Posted<'a> {
    pub account: AccountId,
    /// Path and query, as they were asked for: they are signed.
    pub address: &'a str,
    pub body: &'a [u8],
    /// The header `X-Twilio-Signature`; blank without one.
    pub signature: &'a str,
}

/// What became of a request that is the provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is written down, now or before.
    Noted,
    /// It is from a short code or a name, which nobody can answer: there is nothing to write down.
    Nobody,
}

/// The texts name no person and repeat nothing of the request: they may be logged.
#[derive(Debug, thiserror::Error)]
pub enum WebhookRefusal {
    #[error("no account here has this provider")]
    UnknownAccount,
    #[error(transparent)]
    Unsigned(#[from] BadSignature),
    #[error("for another account of the provider")]
    OtherAccount,
    #[error("for another number or service than the shop's")]
    OtherSender,
    #[error("about a message that is not ours")]
    NotOurs,
    #[error("a signed request that is not understood: {0}")]
    Form(#[from] FormError),
    #[error(transparent)]
    Failed(#[from] ServiceError),
}

impl Services {
    /// Takes in a message that somebody sent to the shop.
    pub async fn twilio_message(&self, posted: Posted<'_>) -> Result<Taken, WebhookRefusal> {
        let (twilio, form) = self.signed(posted).await?;
        let message = InboundMessage::read(&form)?;
        if message.account != twilio.sid {
            return Err(WebhookRefusal::OtherAccount);
        }
        if !twilio.is_for_us(&message) {
            return Err(WebhookRefusal::OtherSender);
        }
        let Some(from) = message.from.phone().cloned() else {
            return Ok(Taken::Nobody);
        };
        let id = ProviderMessageId::delivered(message.sid.as_str());
        let inbound = Inbound {
            id: id.ok_or(FormError::Malformed("MessageSid"))?,
            from,
            text: message.text,
            media: message
                .media
                .into_iter()
                .map(|media| (media.url, media.content_type))
                .collect(),
            verdict: message.verdict,
        };
        let received = self.receive(posted.account, inbound).await?;
        if received == Received::Seen {
            tracing::info!(account = %posted.account, "a message was delivered again");
        }
        Ok(Taken::Noted)
    }

    /// Writes down what became of a message of the shop: the one that `message` names, if it does.
    pub async fn twilio_status(
        &self,
        posted: Posted<'_>,
        message: Option<MessageId>,
    ) -> Result<Taken, WebhookRefusal> {
        let (twilio, form) = self.signed(posted).await?;
        let update = StatusUpdate::read(&form)?;
        if update.account != twilio.sid {
            return Err(WebhookRefusal::OtherAccount);
        }
        let StatusUpdate {
            sid,
            status,
            trouble,
            ..
        } = update;
        let news = self
            .message_status(posted.account, message, &sid, status, trouble)
            .await?;
        match news {
            StatusNews::Noted | StatusNews::Old => Ok(Taken::Noted),
            StatusNews::NotOurs => Err(WebhookRefusal::NotOurs),
        }
    }

    async fn signed(
        &self,
        posted: Posted<'_>,
    ) -> Result<(TwilioAccount, SignedForm), WebhookRefusal> {
        let twilio = self.providers.twilio(posted.account).await?;
        let twilio = twilio.ok_or(WebhookRefusal::UnknownAccount)?;
        let url = format!("{}{}", self.providers.config.site, posted.address);
        let form = SignedForm::verify(&twilio.token, &url, posted.body, posted.signature)?;
        Ok((twilio, form))
    }
}
