//! Taking the message whose turn it is, in one write.

use super::{
    LEASE,
    permitted::{quiet_until, stopped},
    settle::contact,
};
use crate::{Carrier, ServiceError, Services, TwilioCarrier};
use chrono::{DateTime, Utc};
use domain::{
    consent::ContactKey,
    conversation::{Delivery, Purpose, SendTrouble},
    ids::AccountId,
    keyword::with_offer,
    phone::E164,
    rate::{Rate, Turn as RateTurn},
    segment::{Measure, measure},
};
use std::{num::NonZeroU32, sync::Arc};
use store::{
    AccountTx, StoreError, account,
    outbound::{self, Due, Handing, Outcome, Try},
};

/// What came of looking for a message.
pub(super) enum Turn {
    /// It is marked as being handed over, and now must be.
    Handed(Handed, Arc<TwilioCarrier>),
    /// A message has got to another state, or waits for a later hour.
    Settled,
    /// There is none, or the rate lets none go yet.
    NotBefore(Option<DateTime<Utc>>),
}

/// A message that is being handed over.
pub(super) struct Handed {
    pub(super) account: AccountId,
    pub(super) tried: Try,
    pub(super) at: DateTime<Utc>,
    pub(super) phone: E164,
    pub(super) contact: ContactKey,
    pub(super) purpose: Purpose,
    pub(super) text: String,
    pub(super) offers: bool,
}

impl Services {
    pub(super) async fn take_message(
        &self,
        account: AccountId,
        carrier: &Carrier,
    ) -> Result<Turn, ServiceError> {
        let mut tx = self.store.write_soon(account).await?;
        let now = self.clock.now();
        let Some(due) = next(&mut tx, now).await? else {
            return Ok(Turn::NotBefore(None));
        };
        let contact = contact(&mut tx, &due.phone).await?;
        let standing = outbound::standing(&mut tx, &due.phone, &contact).await?;
        if let Some(trouble) = stopped(due.purpose, &standing, now) {
            return end(tx, &due, Delivery::Blocked, trouble).await;
        }
        if due.purpose == Purpose::Marketing {
            let zone = account::get(&mut tx).await?.time_zone;
            if let Some(until) = quiet_until(&zone, now) {
                outbound::postpone_marketing(&mut tx, now, until).await?;
                tx.commit().await?;
                return Ok(Turn::Settled);
            }
        }
        let offers = due.offers || !standing.offered && due.purpose != Purpose::Answer;
        let text = if offers {
            with_offer(&due.text, due.language)
        } else {
            due.text.clone()
        };
        let measured = measure(&text);
        if measured.excess() > 0 || measured.segments == 0 {
            return end(tx, &due, Delivery::Failed, SendTrouble::Text).await;
        }
        let segments = segments(&measured);
        let key = carrier.key();
        let handing = Handing {
            to: &key,
            at: now,
            ask_at: now + LEASE,
            text: &text,
            offers,
            segments: segments.get(),
        };
        let twilio = match carrier {
            Carrier::Simulator => {
                let tried = outbound::hand_over(&mut tx, due.last.message, handing).await?;
                deliver(&mut tx, tried, &contact, offers, now).await?;
                tx.commit().await?;
                return Ok(Turn::Settled);
            }
            Carrier::Twilio(twilio) => Arc::clone(twilio),
        };
        let rate = Rate::new(twilio.per_second, twilio.per_second);
        let bucket = outbound::bucket(&mut tx).await?;
        match rate.take(bucket, segments, now) {
            RateTurn::At(at) => return Ok(Turn::NotBefore(Some(at))),
            RateTurn::Now(bucket) => outbound::put_bucket(&mut tx, bucket).await?,
        }
        let tried = outbound::hand_over(&mut tx, due.last.message, handing).await?;
        tx.commit().await?;
        let handed = Handed {
            account,
            tried,
            at: now,
            phone: due.phone,
            contact,
            purpose: due.purpose,
            text,
            offers,
        };
        Ok(Turn::Handed(handed, twilio))
    }
}

/// Answers come before what people write, and that before campaigns.
async fn next(tx: &mut AccountTx, now: DateTime<Utc>) -> Result<Option<Due>, StoreError> {
    for purpose in [Purpose::Answer, Purpose::Service, Purpose::Marketing] {
        let due = outbound::next(tx, purpose, now).await?;
        if due.is_some() {
            return Ok(due);
        }
    }
    Ok(None)
}

async fn end(
    mut tx: AccountTx,
    due: &Due,
    delivery: Delivery,
    trouble: SendTrouble,
) -> Result<Turn, ServiceError> {
    let outcome = Outcome::Ended { delivery, trouble };
    outbound::settle(&mut tx, due.last, &[Delivery::Queued], outcome).await?;
    tx.commit().await?;
    Ok(Turn::Settled)
}

/// On the simulator a message has arrived with the commit.
async fn deliver(
    tx: &mut AccountTx,
    tried: Try,
    contact: &ContactKey,
    offers: bool,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let outcome = Outcome::Taken {
        provider_id: None,
        delivery: Delivery::Delivered,
        trouble: None,
    };
    outbound::settle(tx, tried, &[Delivery::Sending], outcome).await?;
    if offers {
        outbound::note_offered(tx, contact, now).await?;
    }
    Ok(())
}

fn segments(measured: &Measure) -> NonZeroU32 {
    let segments = u32::try_from(measured.segments).unwrap_or(u32::MAX);
    NonZeroU32::new(segments).unwrap_or(NonZeroU32::MIN)
}
