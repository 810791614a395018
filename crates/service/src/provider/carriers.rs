//! From the settings of an account to who carries its messages.

use super::{Providers, TwilioAccount};
use crate::{Carrier, Carriers, Pending, ServiceError, TwilioCarrier};
use domain::ids::AccountId;
use secrecy::ExposeSecret;
use std::sync::{Arc, PoisonError};

impl Carriers for Providers {
    fn of(&self, account: AccountId) -> Pending<'_, Carrier> {
        Box::pin(async move {
            match self.twilio(account).await? {
                Some(twilio) => Ok(Carrier::Twilio(self.carrier(account, twilio)?)),
                None => Ok(Carrier::Simulator),
            }
        })
    }
}

impl Providers {
    /// Clients keep their connections: there is one for each account, until its settings are others.
    fn carrier(
        &self,
        account: AccountId,
        twilio: TwilioAccount,
    ) -> Result<Arc<TwilioCarrier>, ServiceError> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, carrier)) = clients.get(&account)
            && same(of, &twilio)
        {
            return Ok(Arc::clone(carrier));
        }
        // Whoever runs the server has set an address that cannot be one: see `ProviderConfig::api`.
        let client = self.config.client(&twilio);
        let carrier = Arc::new(TwilioCarrier {
            client: client.map_err(|_| ServiceError::ProviderUnreachable)?,
            sender: twilio.sender.clone(),
            per_second: twilio.per_second,
            status_url: self.config.status_url(account),
        });
        clients.insert(account, (twilio, Arc::clone(&carrier)));
        Ok(carrier)
    }
}

fn same(one: &TwilioAccount, other: &TwilioAccount) -> bool {
    one.sid == other.sid
        && one.token.expose_secret() == other.token.expose_secret()
        && one.sender == other.sender
        && one.per_second == other.per_second
}
