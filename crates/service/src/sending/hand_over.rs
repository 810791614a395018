//! Handing a message to the provider, behind the fence of its contact point.

use super::{START_BY, permitted::stopped, take::Handed};
use crate::{ServiceError, Services, TwilioCarrier};
use domain::conversation::SendTrouble;
use store::{consent::fence, outbound};
use twilio::{Outgoing, SendError, Sent};

/// How handing over ended.
pub(super) enum Attempt {
    /// Nothing was handed over, because messages to the number were stopped meanwhile.
    Stopped(SendTrouble),
    /// Nothing was handed over: a wish is being written down, or it took too long to begin. It is soon due again.
    NotBegun,
    /// What the provider said, or did not say.
    Asked(Result<Sent, SendError>),
}

impl Services {
    pub(super) async fn hand_over(
        &self,
        handed: &Handed,
        twilio: &TwilioCarrier,
    ) -> Result<(), ServiceError> {
        match self.attempt(handed, twilio).await {
            Ok(attempt) => self.settle_attempt(handed, attempt).await,
            Err(cause) => {
                // It fails before the request, so that nothing was handed over. Where this cannot be noted down either, the
                // provider is asked later.
                self.settle_attempt(handed, Attempt::NotBegun).await?;
                Err(cause)
            }
        }
    }

    /// An error comes before the request, never after it.
    async fn attempt(
        &self,
        handed: &Handed,
        twilio: &TwilioCarrier,
    ) -> Result<Attempt, ServiceError> {
        let mut tx = self.store.stage(handed.account).await?;
        if !fence::open(&mut tx, &handed.contact).await?
            || !outbound::is_under_way(&mut tx, handed.tried).await?
        {
            return Ok(Attempt::NotBegun);
        }
        let standing = outbound::standing(&mut tx, &handed.phone, &handed.contact).await?;
        let now = self.clock.now();
        if let Some(trouble) = stopped(handed.purpose, &standing, now) {
            return Ok(Attempt::Stopped(trouble));
        }
        if now > handed.at + START_BY {
            return Ok(Attempt::NotBegun);
        }
        let callback = twilio.status_callback(handed.tried.message);
        let asked = twilio
            .client
            .send(&Outgoing {
                sender: &twilio.sender,
                to: &handed.phone,
                text: &handed.text,
                status_callback: callback.as_ref(),
            })
            .await;
        // It has written nothing: that it held the fence until here is all.
        if let Err(cause) = tx.commit().await {
            let message = handed.tried.message;
            tracing::warn!(%message, %cause, "the fence around a message that was handed over broke");
        }
        Ok(Attempt::Asked(asked))
    }
}
