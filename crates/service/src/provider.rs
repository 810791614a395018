//! The provider of text messages: through whom the messages of an account go.
//!
//! What must stay true:
//! - An account's own settings come first; then, for the oldest account, those of the environment; else there is the simulator.
//! - A token is kept encrypted, and handed to nobody but the provider.
//! - When an account goes from the simulator to a provider, no START that the simulator brought lifts an unsubscription.

mod carriers;
mod config;
mod providers;
mod settings;
mod twilio_account;
mod webhooks;

pub use config::ProviderConfig;
pub(crate) use providers::{Active, Providers};
pub use twilio_account::{TwilioAccount, per_second, sender, token};
pub use webhooks::{Posted, Taken, WebhookRefusal};

use crate::{Caller, ServiceError, Services};
use domain::{permission::Permission, provider::Provider};
use store::consent;

impl Services {
    /// Through whom the messages of the caller's account go.
    pub async fn provider(&self, caller: &Caller) -> Result<Provider, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        Ok(match self.providers.active(caller.account).await? {
            Active::Simulator => Provider::Simulator,
            active => Provider::Twilio {
                number: active.number(),
            },
        })
    }

    /// Ends the simulation of the account that the environment has a provider for. A server calls it before it serves.
    pub async fn end_simulation(&self) -> Result<(), ServiceError> {
        let Some(account) = self.providers.account_of_environment().await? else {
            return Ok(());
        };
        if !matches!(
            self.providers.active(account).await?,
            Active::Environment(_)
        ) {
            return Ok(());
        }
        let mut tx = self.store.write_patiently(account).await?;
        if consent::end_simulation(&mut tx, self.clock.now()).await? > 0 {
            tx.commit().await?;
        }
        Ok(())
    }
}
