//! Asking the provider about messages of which it is not known whether they were sent: the server that had one stopped, or the
//! answer did not come.

use super::{
    GIVE_UP, LEASE,
    outcome::{delivery, trouble},
    settle::contact,
};
use crate::{Carrier, ServiceError, Services, TwilioCarrier};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    backoff::Backoff,
    conversation::{Delivery, SendTrouble},
    ids::AccountId,
};
use store::{
    AccountTx, StoreError,
    outbound::{self, Doubtful, Outcome},
};
use twilio::{CannotSay, Listed};

/// By how much the clocks may differ.
const CLOCKS: TimeDelta = TimeDelta::minutes(2);
/// The longest pause between two questions about one message.
const PAUSE_MAX: TimeDelta = TimeDelta::minutes(15);

/// What the provider says.
enum Said {
    /// It may have these.
    Has(Vec<Listed>),
    /// It cannot have it.
    HasNot,
    CannotSay(CannotSay),
    /// It is another provider than the one that would know.
    Changed,
}

impl Services {
    /// Asks about the message that has been in doubt longest. `false`: none is.
    pub(super) async fn ask_about_next(
        &self,
        account: AccountId,
        carrier: &Carrier,
    ) -> Result<bool, ServiceError> {
        let now = self.clock.now();
        let mut tx = self.store.write_soon(account).await?;
        let Some(doubtful) = outbound::claim(&mut tx, now, now + LEASE).await? else {
            return Ok(false);
        };
        tx.commit().await?;
        let said = ask(&doubtful, carrier).await;
        let mut tx = self.store.write_patiently(account).await?;
        conclude(&mut tx, &doubtful, said, self.clock.now()).await?;
        tx.commit().await?;
        Ok(true)
    }
}

async fn ask(doubtful: &Doubtful, carrier: &Carrier) -> Said {
    let handed_to = doubtful.handed_to.as_deref();
    if handed_to.is_some_and(|key| key != carrier.key()) {
        return Said::Changed;
    }
    match carrier {
        // With it, a message is marked and has arrived in one transaction.
        Carrier::Simulator => Said::HasNot,
        Carrier::Twilio(twilio) => ask_twilio(doubtful, twilio).await,
    }
}

async fn ask_twilio(doubtful: &Doubtful, twilio: &TwilioCarrier) -> Said {
    let since = doubtful.handed_at - CLOCKS;
    let listed = twilio
        .client
        .find(&twilio.sender, &doubtful.phone, since)
        .await;
    match listed {
        Ok(mut listed) => {
            listed.retain(|listed| listed.says(&doubtful.text));
            listed.sort_by_key(|listed| listed.created_at);
            Said::Has(listed)
        }
        Err(error) => Said::CannotSay(error),
    }
}

async fn conclude(
    tx: &mut AccountTx,
    doubtful: &Doubtful,
    said: Said,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (tried, message) = (doubtful.tried, doubtful.tried.message);
    let found = match said {
        Said::Has(listed) => first_unknown(tx, listed).await?,
        Said::HasNot => None,
        Said::CannotSay(cause) => {
            tracing::warn!(%message, %cause, "the provider cannot say whether it has a message");
            let age = now - doubtful.handed_at;
            if age < GIVE_UP {
                let at = now + age.clamp(LEASE, PAUSE_MAX);
                outbound::ask_again(tx, tried, at, SendTrouble::NoAnswer).await?;
                return Ok(());
            }
            return end(tx, doubtful, Delivery::Unknown, SendTrouble::NoAnswer).await;
        }
        Said::Changed => {
            return end(
                tx,
                doubtful,
                Delivery::Unknown,
                SendTrouble::ProviderChanged,
            )
            .await;
        }
    };
    let Some(found) = found else {
        if Backoff::MESSAGES.after(tried.number).is_none() {
            return end(tx, doubtful, Delivery::Failed, SendTrouble::NoAnswer).await;
        }
        let outcome = Outcome::Again {
            at: now,
            trouble: None,
            counts: true,
            stuck_since: None,
        };
        outbound::settle(tx, tried, &[Delivery::Sending], outcome).await?;
        return Ok(());
    };
    let outcome = Outcome::Taken {
        provider_id: Some(found.sid.as_str()),
        delivery: found.status.and_then(delivery).unwrap_or(Delivery::Sent),
        trouble: found.trouble.map(trouble),
    };
    outbound::settle(tx, tried, &[Delivery::Sending], outcome).await?;
    if doubtful.offers {
        let contact = contact(tx, &doubtful.phone).await?;
        outbound::note_offered(tx, &contact, now).await?;
    }
    Ok(())
}

/// The oldest that is no other message's.
async fn first_unknown(
    tx: &mut AccountTx,
    listed: Vec<Listed>,
) -> Result<Option<Listed>, StoreError> {
    let ids: Vec<String> = listed.iter().map(|listed| listed.sid.to_string()).collect();
    let known = outbound::known_provider_ids(tx, &ids).await?;
    Ok(listed
        .into_iter()
        .find(|listed| !known.contains(listed.sid.as_str())))
}

async fn end(
    tx: &mut AccountTx,
    doubtful: &Doubtful,
    delivery: Delivery,
    trouble: SendTrouble,
) -> Result<(), StoreError> {
    let outcome = Outcome::Ended { delivery, trouble };
    outbound::settle(tx, doubtful.tried, &[Delivery::Sending], outcome).await?;
    Ok(())
}
