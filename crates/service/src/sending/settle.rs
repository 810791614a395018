//! Writing down what became of a message.

use super::{
    LEASE,
    hand_over::Attempt,
    outcome::{after_failure, delivery, rest},
    take::Handed,
};
use crate::{ServiceError, Services};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    consent::{ContactKey, ContactPoint, NewEvent, Source},
    conversation::{Delivery, SendTrouble},
    ids::MessageId,
    phone::E164,
    rate::Bucket,
};
use store::{
    AccountTx, StoreError, consent,
    outbound::{self, Outcome},
};
use twilio::{SendError, Sent};

/// When a message is due again that was not handed over.
const SOON: TimeDelta = TimeDelta::seconds(1);
/// A bucket is full after this: it holds what goes in a second.
const FULL_AFTER: TimeDelta = TimeDelta::seconds(1);

impl Services {
    /// It waits its turn, however long: what the provider said is not lost because an import is in the way.
    pub(super) async fn settle_attempt(
        &self,
        handed: &Handed,
        attempt: Attempt,
    ) -> Result<(), ServiceError> {
        let mut tx = self.store.write_patiently(handed.account).await?;
        let now = self.clock.now();
        let tried = handed.tried;
        let open = [Delivery::Sending];
        let settled = match attempt {
            Attempt::Stopped(trouble) => {
                let delivery = Delivery::Blocked;
                let outcome = Outcome::Ended { delivery, trouble };
                outbound::settle(&mut tx, tried, &open, outcome).await?
            }
            Attempt::NotBegun => {
                let outcome = Outcome::Again {
                    at: now + SOON,
                    trouble: None,
                    counts: false,
                    stuck_since: tried.stuck_since,
                };
                outbound::settle(&mut tx, tried, &open, outcome).await?
            }
            Attempt::Asked(Ok(sent)) => taken(&mut tx, handed, &sent, now).await?,
            Attempt::Asked(Err(error)) => refused(&mut tx, handed, error, now).await?,
        };
        tx.commit().await?;
        let message = tried.message;
        if !settled {
            tracing::info!(%message, "a message was settled by somebody else before its try ended");
        }
        Ok(())
    }
}

async fn taken(
    tx: &mut AccountTx,
    handed: &Handed,
    sent: &Sent,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = Outcome::Taken {
        provider_id: Some(sent.sid.as_str()),
        delivery: sent.status.and_then(delivery).unwrap_or(Delivery::Sent),
        trouble: None,
    };
    // Also one that was put back meanwhile: the provider has it.
    let open = [Delivery::Sending, Delivery::Queued];
    let settled = outbound::settle(tx, handed.tried, &open, outcome).await?;
    if handed.offers {
        outbound::note_offered(tx, &handed.contact, now).await?;
    }
    Ok(settled)
}

async fn refused(
    tx: &mut AccountTx,
    handed: &Handed,
    error: SendError,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let message = handed.tried.message;
    tracing::warn!(%message, cause = %error, "the provider did not take a message");
    if let Some(rest) = rest(error) {
        outbound::put_bucket(tx, Bucket(now + rest + FULL_AFTER)).await?;
    }
    let Some(outcome) = after_failure(handed.tried, error, now, rand::random()) else {
        let ask_at = handed.at + LEASE;
        return outbound::ask_again(tx, handed.tried, ask_at, SendTrouble::NoAnswer).await;
    };
    let settled = outbound::settle(tx, handed.tried, &[Delivery::Sending], outcome).await?;
    if matches!(
        outcome,
        Outcome::Ended {
            trouble: SendTrouble::UnsubscribedAtProvider,
            ..
        }
    ) {
        note_stop_at_provider(tx, &handed.phone, message, now).await?;
    }
    Ok(settled)
}

/// The ledger learns that the customer wrote STOP to the provider. Says whether it did not know.
pub(super) async fn note_stop_at_provider(
    tx: &mut AccountTx,
    phone: &E164,
    message: MessageId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let point = ContactPoint::sms(phone.clone());
    let event = NewEvent::opt_out(point, Source::Refusal { message }, now);
    Ok(consent::record_changes(tx, vec![event], now).await? > 0)
}

/// The contact point of a number, as it stands in the tables.
pub(super) async fn contact(tx: &mut AccountTx, phone: &E164) -> Result<ContactKey, StoreError> {
    let key = consent::key(tx).await?;
    Ok(key.contact(&ContactPoint::sms(phone.clone())))
}
