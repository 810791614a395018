//! Setting the provider up, and taking it away.

use super::{
    TwilioAccount, per_second,
    providers::Active,
    token,
    twilio_account::{sender, sender_text},
};
use crate::{Caller, SecretKey, ServiceError, Services, secret_box::Purpose};
use domain::{
    account::Country,
    audit::Action,
    ids::AuditId,
    permission::Permission,
    phone::E164,
    provider::{NewTwilioSettings, ProviderProblem, ProviderSettings, TwilioSettings},
};
use store::{
    AccountTx, account,
    attribute::Author,
    audit, consent,
    provider::{self, StoredProvider},
};
use twilio::{Address, CheckError, Sender};

impl Services {
    /// What is set up, without any secret.
    pub async fn provider_settings(
        &self,
        caller: &Caller,
    ) -> Result<ProviderSettings, ServiceError> {
        caller.require(Permission::ManageCompany)?;
        let twilio = match self.providers.active(caller.account).await? {
            Active::Simulator => None,
            Active::Own(own) => Some(TwilioSettings {
                account_sid: own.account_sid,
                sender: own.sender,
                per_second: own.per_second,
                from_environment: false,
            }),
            Active::Environment(account) => Some(TwilioSettings {
                account_sid: account.sid.to_string(),
                sender: sender_text(&account.sender),
                per_second: account.per_second.get(),
                from_environment: true,
            }),
        };
        Ok(ProviderSettings {
            twilio,
            can_keep_secrets: self.providers.config.key.is_some(),
            inbound_url: self.providers.config.inbound_url(caller.account),
        })
    }

    /// Keeps the settings once the provider has accepted them; or says which cannot be right, and keeps what there was.
    pub async fn set_twilio(
        &self,
        caller: &Caller,
        settings: NewTwilioSettings,
    ) -> Result<Option<ProviderProblem>, ServiceError> {
        caller.require(Permission::ManageCompany)?;
        let mut tx = self.store.read(caller.account).await?;
        let country = account::get(&mut tx).await?.country;
        let own = provider::get(&mut tx).await?;
        drop(tx);
        let (twilio, key) = match self.read_settings(caller, &settings, own.as_ref(), country) {
            Ok(read) => read,
            Err(problem) => return Ok(Some(problem)),
        };
        let client = self.providers.config.client(&twilio);
        // The address of the API is the server's setting; nothing of it can be wrong that an account could mend.
        let client = client.map_err(|_| ServiceError::ProviderUnreachable)?;
        match client.check().await {
            Ok(()) => {}
            Err(CheckError::Refused) => return Ok(Some(ProviderProblem::Refused)),
            Err(CheckError::Unreachable) => return Err(ServiceError::ProviderUnreachable),
        }
        let auth_token = key
            .seal(caller.account, Purpose::TwilioToken, &twilio.token)
            .ok_or(ServiceError::ProviderUnreadable)?;
        let stored = StoredProvider {
            account_sid: twilio.sid.to_string(),
            auth_token,
            sender: sender_text(&twilio.sender),
            per_second: twilio.per_second.get(),
        };
        let author = self.author(caller);
        let mut tx = self.store.write(caller.account).await?;
        provider::set(&mut tx, &stored, author).await?;
        // Of an account that had a provider before there is nothing to end.
        consent::end_simulation(&mut tx, author.at).await?;
        let action = Action::ProviderSet {
            sender: stored.sender,
        };
        self.note_provider(&mut tx, &action, author).await?;
        tx.commit().await?;
        Ok(None)
    }

    /// Back to the simulator, or to what the environment names.
    pub async fn remove_provider(&self, caller: &Caller) -> Result<(), ServiceError> {
        caller.require(Permission::ManageCompany)?;
        let without = self.providers.without_own(caller.account).await?;
        let author = self.author(caller);
        let mut tx = self.store.write(caller.account).await?;
        let own = provider::get(&mut tx).await?;
        let own = own.ok_or(ServiceError::NotFound)?;
        provider::remove(&mut tx).await?;
        if matches!(without, Active::Environment(_)) {
            consent::end_simulation(&mut tx, author.at).await?;
        }
        let action = Action::ProviderRemoved { sender: own.sender };
        self.note_provider(&mut tx, &action, author).await?;
        Ok(tx.commit().await?)
    }

    fn read_settings(
        &self,
        caller: &Caller,
        settings: &NewTwilioSettings,
        own: Option<&StoredProvider>,
        country: Country,
    ) -> Result<(TwilioAccount, &SecretKey), ProviderProblem> {
        let sid = settings.account_sid.trim().parse();
        let sid = sid.map_err(|_| ProviderProblem::AccountSid)?;
        let given = settings.auth_token.as_deref();
        let given = given
            .map(|text| token(text).ok_or(ProviderProblem::AuthToken))
            .transpose()?;
        let sender =
            typed_sender(settings.sender.trim(), country).ok_or(ProviderProblem::Sender)?;
        let per_second = per_second(settings.per_second).ok_or(ProviderProblem::PerSecond)?;
        let key = self
            .providers
            .config
            .key
            .as_ref()
            .ok_or(ProviderProblem::NoKey)?;
        let kept = || key.open(caller.account, Purpose::TwilioToken, &own?.auth_token);
        let twilio = TwilioAccount {
            sid,
            token: given.or_else(kept).ok_or(ProviderProblem::AuthToken)?,
            sender,
            per_second,
        };
        Ok((twilio, key))
    }

    fn author(&self, caller: &Caller) -> Author {
        Author {
            person: caller.person,
            at: self.clock.now(),
        }
    }

    async fn note_provider(
        &self,
        tx: &mut AccountTx,
        action: &Action,
        author: Author,
    ) -> Result<(), ServiceError> {
        Ok(audit::insert(tx, AuditId::new(self.new_id()), action, author).await?)
    }
}

/// A number in any usual spelling, or a Messaging Service.
fn typed_sender(text: &str, country: Country) -> Option<Sender> {
    sender(text).or_else(|| {
        let phone = E164::parse(text, country).ok()?;
        Some(Sender::From(Address::Phone(phone)))
    })
}
