//! Use cases: who may, and what happens in one transaction.
//!
//! What must stay true:
//! - Everything but signing in, setting up and reading an invitation takes a [`Caller`], and asks the one table of
//!   permissions before it does anything.
//! - Customers, attributes and conversations change by [`Services::push`], by imports and by what the provider delivers
//!   ([`Services::receive`]), and in no other way.
//! - Nothing but a customer's own START lifts an unsubscription: the one intent about consent can only stop messages.
//! - Passwords and tokens are never kept, logged or answered: only their hashes are stored.

mod caller;
mod carrier;
mod clock;
mod consent;
mod conversations;
mod customers;
mod error;
mod exports;
mod feed;
mod imports;
mod inbound;
mod input;
mod mail;
mod password;
mod people;
mod provider;
mod push;
mod secret_box;
mod sending;
mod session;
mod setup;
mod sign_in;
mod simulator;
mod token;

pub use caller::Caller;
pub use carrier::{Carrier, Carriers, Pending, TwilioCarrier};
pub use clock::{Clock, SystemClock};
pub use error::{Conflict, InvalidInput, ServiceError};
pub use inbound::{Inbound, Received};
pub use mail::{Mailer, Sender, SmtpServer};
pub use provider::{
    Posted, ProviderConfig, Taken, TwilioAccount, WebhookRefusal, per_second, sender,
    token as auth_token,
};
pub use secret_box::SecretKey;
pub use sending::{StatusNews, Worked};
pub use setup::SetUp;
pub use sign_in::SignIn;
pub use store::Changes;
pub use token::SessionToken;
pub use twilio::Url;

use password::Passwords;
use provider::Providers;
use std::sync::{Arc, Mutex};
use store::Store;
use tokio::sync::Notify;
use uuid::{ContextV7, Timestamp, Uuid};

/// Every use case. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Services {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    /// What orders the ids of one moment.
    ids: Arc<Mutex<ContextV7>>,
    pub(crate) passwords: Passwords,
    pub(crate) mailer: Option<Arc<Mailer>>,
    pub(crate) providers: Arc<Providers>,
    pub(crate) carriers: Arc<dyn Carriers>,
    /// Woken when a message was queued.
    pub(crate) messages: Arc<Notify>,
}

impl Services {
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        let providers = Arc::new(Providers::new(store.clone(), ProviderConfig::default()));
        Self {
            store,
            clock,
            ids: Arc::new(Mutex::new(ContextV7::new().with_additional_precision())),
            passwords: Passwords::default(),
            mailer: None,
            carriers: providers.clone(),
            providers,
            messages: Arc::default(),
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

    /// With what whoever runs the server says about providers.
    #[must_use]
    pub fn with_providers(self, config: ProviderConfig) -> Self {
        let providers = Arc::new(Providers::new(self.store.clone(), config));
        Self {
            carriers: providers.clone(),
            providers,
            ..self
        }
    }

    /// With others to carry text messages than the phone simulator.
    #[must_use]
    pub fn with_carriers(self, carriers: Arc<dyn Carriers>) -> Self {
        Self { carriers, ..self }
    }

    /// A fresh id that carries the clock's time. Ids made later sort after, even within the same microsecond: history and audit are
    /// read in the order of their ids.
    pub(crate) fn new_id(&self) -> Uuid {
        let now = self.clock.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        Uuid::new_v7(Timestamp::from_unix(
            self.ids.as_ref(),
            seconds,
            now.timestamp_subsec_nanos(),
        ))
    }
}
