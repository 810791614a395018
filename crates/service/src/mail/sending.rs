//! Sending what is queued. Any number of servers may: each mail is taken by one of them.
//!
//! What must stay true: a mail is sent at least once, until it is given up. It is noted down as sent after the mail server took
//! it; in between a crash sends it again, under the same Message-ID.

use super::{Mailer, NotSent, message};
use crate::{ServiceError, Services};
use chrono::{DateTime, TimeDelta, Utc};
use domain::mail::{Carriage, Trouble, pieces, wait_after};
use lettre::Message;
use store::export::mail::{
    self,
    queue::{self, Outcome, Taken},
};

/// How long a mail stays with the server that took it before it is taken for crashed.
pub(super) const TAKEN_FOR: TimeDelta = TimeDelta::minutes(10);

impl Services {
    /// Sends the mail that has been due longest, of all accounts. `false`: none is due.
    pub async fn send_next_mail(&self) -> Result<bool, ServiceError> {
        let Some(mailer) = &self.mailer else {
            return Ok(false);
        };
        let Some(taken) = self.take_mail().await? else {
            return Ok(false);
        };
        let sent = match self.compose(mailer, &taken).await? {
            Ok(message) => mailer.send(message).await,
            Err(trouble) => Err(NotSent {
                trouble,
                cause: "it cannot be written".to_owned(),
            }),
        };
        let now = self.clock.now();
        let outcome = match sent {
            Ok(()) => Outcome::Sent {
                at: now,
                keep_file: Carriage::of(taken.bytes) == Carriage::Linked,
            },
            Err(why) => not_sent(&taken, &why, now),
        };
        let mut tx = self.store.stage(taken.account).await?;
        queue::settle(&mut tx, taken.export, taken.tries, outcome).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Ends when a mail was queued by this server; never, where none can be.
    pub async fn mail_queued(&self) {
        match &self.mailer {
            Some(mailer) => mailer.queued().await,
            None => std::future::pending().await,
        }
    }

    async fn take_mail(&self) -> Result<Option<Taken>, ServiceError> {
        let now = self.clock.now();
        let mut system = self.store.system().await?;
        let accounts = queue::accounts_with_due(&mut system, now).await?;
        drop(system);
        for account in accounts {
            let mut tx = self.store.stage(account).await?;
            let taken = queue::take(&mut tx, now, now + TAKEN_FOR).await?;
            tx.commit().await?;
            if taken.is_some() {
                return Ok(taken);
            }
        }
        Ok(None)
    }

    async fn compose(
        &self,
        mailer: &Mailer,
        taken: &Taken,
    ) -> Result<Result<Message, Trouble>, ServiceError> {
        let now = self.clock.now();
        if Carriage::of(taken.bytes) == Carriage::Linked {
            return Ok(message::linked(mailer, taken, now));
        }
        let mut file = Vec::with_capacity(usize::try_from(taken.bytes).unwrap_or_default());
        let mut tx = self.store.read_moment(taken.account).await?;
        for number in 0..pieces(taken.bytes) {
            match mail::piece(&mut tx, taken.export, number).await? {
                Some(piece) => file.extend(piece),
                None => return Ok(Err(Trouble::FileGone)),
            }
        }
        Ok(message::attached(mailer, taken, file, now))
    }
}

fn not_sent(taken: &Taken, why: &NotSent, now: DateTime<Utc>) -> Outcome {
    let NotSent { trouble, cause } = why;
    let age = now - taken.queued_at;
    let wait = wait_after(taken.tries, age).filter(|_| trouble.may_pass());
    let (export, tries) = (taken.export, taken.tries);
    if let Some(wait) = wait {
        let after_seconds = wait.num_seconds();
        tracing::warn!(%export, tries, cause, after_seconds, "a mail was not sent; it is tried again");
        Outcome::Later {
            next_try_at: now + wait,
            trouble: *trouble,
        }
    } else {
        tracing::error!(%export, tries, cause, "a mail was not sent, and is given up");
        Outcome::Failed {
            at: now,
            trouble: *trouble,
        }
    }
}
