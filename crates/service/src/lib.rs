//! Use cases: who may, and what happens in one transaction.
//!
//! What must stay true:
//! - Everything but signing in, setting up and reading an invitation takes a [`Caller`], and asks the one table of
//!   permissions before it does anything.
//! - Customers and attributes change by [`Services::push`] and by imports, and in no other way.
//! - Nothing but a customer's own START lifts an unsubscription: the one intent about consent can only stop messages.
//! - Passwords and tokens are never kept, logged or answered: only their hashes are stored.

mod caller;
mod clock;
mod consent;
mod customers;
mod error;
mod exports;
mod imports;
mod input;
mod mail;
mod password;
mod people;
mod push;
mod session;
mod setup;
mod sign_in;
mod token;

pub use caller::Caller;
pub use clock::{Clock, SystemClock};
pub use error::{Conflict, InvalidInput, ServiceError};
pub use mail::{Mailer, Sender, SmtpServer};
pub use setup::SetUp;
pub use sign_in::SignIn;
pub use token::SessionToken;

use password::Passwords;
use std::sync::Arc;
use store::Store;
use uuid::{NoContext, Timestamp, Uuid};

/// Every use case. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Services {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) passwords: Passwords,
    pub(crate) mailer: Option<Arc<Mailer>>,
}

impl Services {
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            clock,
            passwords: Passwords::default(),
            mailer: None,
        }
    }

    /// With a way to send mails.
    #[must_use]
    pub fn with_mailer(self, mailer: Arc<Mailer>) -> Self {
        Self {
            mailer: Some(mailer),
            ..self
        }
    }

    /// A fresh id that carries the clock's time.
    pub(crate) fn new_id(&self) -> Uuid {
        let now = self.clock.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        Uuid::new_v7(Timestamp::from_unix(
            NoContext,
            seconds,
            now.timestamp_subsec_nanos(),
        ))
    }
}
