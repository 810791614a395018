//! Sending what is queued. Any number of servers may: a message is in the hands of one of them.
//!
//! What must stay true (docs/adr/0016):
//! - A message is marked as being handed over before it is. What became of it is then asked of the provider, and never guessed:
//!   nothing is handed over twice because an answer was lost.
//! - Consent is checked when a message is taken, and once more behind the fence (`store::consent::fence`) right before it is
//!   handed over: a wish to stop that has been committed is not followed by a message.
//! - In a thread one message goes at a time, in the order in which they were written.

mod ask;
mod hand_over;
mod outcome;
mod permitted;
mod settle;
mod status;
mod take;

pub use status::StatusNews;

use crate::{ServiceError, Services};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::AccountId;
use rand::seq::SliceRandom;
use std::{collections::BTreeSet, error::Error, time::Duration};
use store::outbound;
use take::Turn;

/// How long a message that is being handed over stays with the server that does it. Longer than what is allowed before the
/// request ([`START_BY`]), and the request (`twilio::Settings::timeout`: 20 s), together.
const LEASE: TimeDelta = TimeDelta::seconds(45);
/// A request that has not begun by then does not begin any more.
const START_BY: TimeDelta = TimeDelta::seconds(20);
/// How long it is tried to learn what became of a message, and a message waits for the shop's settings to be mended.
const GIVE_UP: TimeDelta = TimeDelta::days(1);

/// What [`Services::send_next_message`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worked {
    /// Something, and there may be more.
    Done,
    /// Nothing is due; `again_in`, if it is known when something will be.
    Idle { again_in: Option<Duration> },
}

impl Services {
    /// Takes the message whose turn it is, of all accounts, to its next state, or asks the provider about one of which it is not
    /// known whether it was sent.
    pub async fn send_next_message(&self) -> Result<Worked, ServiceError> {
        let now = self.clock.now();
        let mut system = self.store.system().await?;
        let in_doubt = outbound::accounts_in_doubt(&mut system, now).await?;
        let due = outbound::accounts_with_due(&mut system, now).await?;
        drop(system);
        let in_doubt: BTreeSet<AccountId> = in_doubt.into_iter().collect();
        let mut accounts: Vec<AccountId> = in_doubt.iter().copied().chain(due).collect();
        // No account comes before the others for having more to send.
        accounts.shuffle(&mut rand::rng());
        let (mut failure, mut again_at) = (None, None);
        for account in accounts {
            match self
                .send_next_of(account, in_doubt.contains(&account))
                .await
            {
                Ok(Step::Done) => return Ok(Worked::Done),
                Ok(Step::Idle(None)) | Err(ServiceError::Busy) => {}
                Ok(Step::Idle(Some(at))) => {
                    again_at = Some(again_at.map_or(at, |other: DateTime<Utc>| other.min(at)));
                }
                Err(cause) => {
                    // The messages of the other accounts do not wait for it.
                    let error: &dyn Error = &cause;
                    tracing::error!(%account, error, "the messages of an account cannot be sent");
                    failure = Some(cause);
                }
            }
        }
        let again_in = again_at.map(|at| (at - now).to_std().unwrap_or_default());
        failure.map_or(Ok(Worked::Idle { again_in }), Err)
    }

    /// Ends when a message was queued by this server.
    pub async fn message_queued(&self) {
        self.messages.notified().await;
    }

    /// Says that a message may have been queued. After the commit, or nobody sees it yet.
    pub(crate) fn wake_sender(&self) {
        self.messages.notify_one();
    }

    async fn send_next_of(&self, account: AccountId, in_doubt: bool) -> Result<Step, ServiceError> {
        let carrier = self.carriers.of(account).await?;
        if in_doubt && self.ask_about_next(account, &carrier).await? {
            return Ok(Step::Done);
        }
        match self.take_message(account, &carrier).await? {
            Turn::Handed(handed, twilio) => {
                // Another task may take the next.
                self.wake_sender();
                self.hand_over(&handed, &twilio).await?;
                Ok(Step::Done)
            }
            Turn::Settled => Ok(Step::Done),
            Turn::NotBefore(at) => Ok(Step::Idle(at)),
        }
    }
}

/// What was done for one account.
enum Step {
    Done,
    Idle(Option<DateTime<Utc>>),
}
