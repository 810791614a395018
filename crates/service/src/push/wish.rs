//! The intent about wishes that are not certain.

use super::{Answer, Door, consent};
use domain::{
    consent::{ContactPoint, Screen},
    ids::MessageId,
    mutation::Reason,
};
use store::{AccountTx, StoreError, customer, uncertain_wish};

impl Door<'_> {
    /// Decides what a message meant. One that was a wish to stop is a wish of the person, as staff write it down.
    pub(super) async fn settle_wish(
        &self,
        tx: &mut AccountTx,
        id: MessageId,
        stop: bool,
    ) -> Result<Answer, StoreError> {
        let Some(wish) = uncertain_wish::find(tx, id).await? else {
            return Ok(Answer::rejected(Reason::UnknownMessage));
        };
        if let Some(settled) = wish.settled {
            return Ok(if settled.stopped == stop {
                Answer::noop()
            } else {
                Answer::rejected(Reason::AlreadySettled)
            });
        }
        let phone = wish.contact.phone;
        let key = store::consent::key(tx).await?;
        let contact = key.contact(&ContactPoint::sms(phone.clone()));
        uncertain_wish::settle(tx, &contact, stop, Some(self.author.person), self.author.at)
            .await?;
        if stop {
            let stored = match wish.contact.customer {
                Some(id) => customer::find(tx, id).await?,
                None => None,
            };
            let wish = consent::Wish {
                phones: vec![phone],
                screen: Screen::Conversation,
                occurred_at: self.author.at,
            };
            self.stop(tx, stored.as_ref(), wish).await?;
        }
        Ok(Answer::applied())
    }
}
