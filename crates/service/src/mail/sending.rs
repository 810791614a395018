//! Sending what is queued. Any number of servers may: each mail is taken by one of them.
//!
//! What must stay true: a mail is sent at least once, until it is given up. It is noted down as sent after the mail server took
//! it; in between a crash sends it again, under the same Message-ID.

use super::{
    Mailer, NotSent,
    message::{self, Addressed},
};
use crate::{ServiceError, Services};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ids::AccountId,
    mail::{Carriage, Trouble, pieces, wait_after},
    permission::Permission,
};
use lettre::Message;
use std::error::Error;
use store::{
    AccountTx, StoreError,
    export::mail::{
        self,
        queue::{self, Letter, Outcome, Taken},
    },
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
        let outcome = match self.letter(&taken).await? {
            Some(letter) => self.try_to_send(mailer, &taken, &letter).await?,
            None => Outcome::Failed {
                at: self.clock.now(),
                trouble: Trouble::Unreadable,
            },
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
        let mut failure = None;
        for account in accounts {
            match self.take_mail_of(account, now).await {
                Ok(Some(taken)) => return Ok(Some(taken)),
                Ok(None) => {}
                Err(cause) => {
                    // The mails of the other accounts do not wait for it.
                    let error: &dyn Error = &cause;
                    tracing::error!(%account, error, "the mails of an account cannot be taken");
                    failure = Some(cause);
                }
            }
        }
        failure.map_or(Ok(None), Err)
    }

    async fn take_mail_of(
        &self,
        account: AccountId,
        now: DateTime<Utc>,
    ) -> Result<Option<Taken>, ServiceError> {
        let mut tx = self.store.stage(account).await?;
        let taken = queue::take(&mut tx, now, now + TAKEN_FOR).await?;
        tx.commit().await?;
        Ok(taken)
    }

    /// What was taken; `None`, and noted in the log, if that cannot be read.
    async fn letter(&self, taken: &Taken) -> Result<Option<Letter>, ServiceError> {
        let mut tx = self.store.read(taken.account).await?;
        match queue::letter(&mut tx, taken.export).await {
            Ok(letter) => Ok(Some(letter)),
            Err(cause @ StoreError::Corrupt { .. }) => {
                let export = taken.export;
                tracing::error!(%export, %cause, "a queued mail cannot be read, and is given up");
                Ok(None)
            }
            Err(cause) => Err(cause.into()),
        }
    }

    async fn try_to_send(
        &self,
        mailer: &Mailer,
        taken: &Taken,
        letter: &Letter,
    ) -> Result<Outcome, ServiceError> {
        let sent = match self.compose(mailer, taken, letter).await? {
            Ok(message) => mailer.send(message).await,
            Err(trouble) => Err(NotSent {
                trouble,
                cause: format!("{trouble:?}"),
            }),
        };
        let now = self.clock.now();
        Ok(match sent {
            Ok(()) => Outcome::Sent {
                at: now,
                keep_file: letter.carriage == Carriage::Linked,
            },
            Err(why) if why.trouble.is_of_size() && letter.carriage == Carriage::Attached => {
                let (export, cause) = (taken.export, why.cause);
                tracing::info!(%export, cause, "a mail is too large for the mail server; it is sent as a link");
                Outcome::AsLink { next_try_at: now }
            }
            Err(why) => not_sent(taken, &why, now),
        })
    }

    /// Whoever exported may have been removed since, or may not export any more: nothing is sent to them then.
    async fn compose(
        &self,
        mailer: &Mailer,
        taken: &Taken,
        letter: &Letter,
    ) -> Result<Result<Message, Trouble>, ServiceError> {
        let reader = letter.reader.as_ref();
        let Some(reader) = reader.filter(|reader| reader.role.may(Permission::ExportCustomers))
        else {
            return Ok(Err(Trouble::NotAllowed));
        };
        let mut tx = self.store.stage(taken.account).await?;
        queue::address(&mut tx, taken.export, &reader.email).await?;
        tx.commit().await?;
        let mail = Addressed {
            export: taken.export,
            to: &reader.email,
            letter,
        };
        let now = self.clock.now();
        if letter.carriage == Carriage::Linked {
            return Ok(message::linked(mailer, mail, now));
        }
        let mut tx = self.store.read_moment(taken.account).await?;
        let file = file(&mut tx, taken, letter.bytes).await?;
        Ok(file
            .ok_or(Trouble::FileGone)
            .and_then(|file| message::attached(mailer, mail, file, now)))
    }
}

async fn file(
    tx: &mut AccountTx,
    taken: &Taken,
    bytes: u32,
) -> Result<Option<Vec<u8>>, ServiceError> {
    let mut file = Vec::with_capacity(usize::try_from(bytes).unwrap_or_default());
    for number in 0..pieces(bytes) {
        match mail::piece(tx, taken.export, number).await? {
            Some(piece) => file.extend(piece),
            None => return Ok(None),
        }
    }
    Ok(Some(file))
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
