//! Where the settings of an account are.

use super::{ProviderConfig, TwilioAccount, per_second, sender, twilio_account::number};
use crate::{ServiceError, TwilioCarrier, secret_box::Purpose};
use domain::{ids::AccountId, phone::E164};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock},
};
use store::{
    Store, account,
    provider::{self, StoredProvider},
};

/// The providers of all accounts.
#[derive(Debug)]
pub(crate) struct Providers {
    store: Store,
    pub(crate) config: ProviderConfig,
    oldest_account: OnceLock<AccountId>,
    pub(super) clients: Mutex<HashMap<AccountId, (TwilioAccount, Arc<TwilioCarrier>)>>,
}

/// What an account goes by.
#[derive(Debug)]
pub(crate) enum Active<'a> {
    Own(StoredProvider),
    Environment(&'a TwilioAccount),
    Simulator,
}

impl Active<'_> {
    /// The number that customers see; `None` where there is none, or a Messaging Service chooses it.
    pub(crate) fn number(&self) -> Option<E164> {
        match self {
            Self::Own(own) => number(&sender(&own.sender)?).cloned(),
            Self::Environment(account) => number(&account.sender).cloned(),
            Self::Simulator => None,
        }
    }
}

impl Providers {
    pub(crate) fn new(store: Store, config: ProviderConfig) -> Self {
        Self {
            store,
            config,
            oldest_account: OnceLock::new(),
            clients: Mutex::default(),
        }
    }

    pub(crate) async fn active(&self, account: AccountId) -> Result<Active<'_>, ServiceError> {
        let mut tx = self.store.read(account).await?;
        let own = provider::get(&mut tx).await?;
        drop(tx);
        match own {
            Some(own) => Ok(Active::Own(own)),
            None => self.without_own(account).await,
        }
    }

    /// What an account goes by that has no settings of its own. It may need a connection: not while a transaction is open.
    pub(crate) async fn without_own(&self, account: AccountId) -> Result<Active<'_>, ServiceError> {
        let served = self.account_of_environment().await? == Some(account);
        Ok(match &self.config.environment {
            Some(environment) if served => Active::Environment(environment),
            _ => Active::Simulator,
        })
    }

    /// The account of Twilio that messages of an account go through; `None`: the simulator has them.
    pub(super) async fn twilio(
        &self,
        account: AccountId,
    ) -> Result<Option<TwilioAccount>, ServiceError> {
        match self.active(account).await? {
            Active::Simulator => Ok(None),
            Active::Environment(twilio) => Ok(Some(twilio.clone())),
            Active::Own(own) => {
                let opened = self.open(account, &own);
                opened.map(Some).ok_or(ServiceError::ProviderUnreadable)
            }
        }
    }

    pub(crate) async fn is_simulated(&self, account: AccountId) -> Result<bool, ServiceError> {
        Ok(matches!(self.active(account).await?, Active::Simulator))
    }

    /// The oldest account, where the environment has a provider: it never changes, and is asked for once.
    pub(super) async fn account_of_environment(&self) -> Result<Option<AccountId>, ServiceError> {
        if self.config.environment.is_none() {
            return Ok(None);
        }
        if let Some(known) = self.oldest_account.get() {
            return Ok(Some(*known));
        }
        let mut tx = self.store.system().await?;
        let oldest = account::oldest(&mut tx).await?;
        Ok(oldest.map(|oldest| *self.oldest_account.get_or_init(|| oldest)))
    }

    /// `None`: the server's key is another one by now, or what is kept is not understood.
    fn open(&self, account: AccountId, own: &StoredProvider) -> Option<TwilioAccount> {
        let key = self.config.key.as_ref()?;
        Some(TwilioAccount {
            sid: own.account_sid.parse().ok()?,
            token: key.open(account, Purpose::TwilioToken, &own.auth_token)?,
            sender: sender(&own.sender)?,
            per_second: per_second(own.per_second)?,
        })
    }
}
