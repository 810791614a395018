//! Signed-in browsers.

use crate::{Caller, ServiceError, Services, SessionToken, input, sign_in::SESSION_DAYS, token};
use chrono::Duration;
use domain::{
    ids::{AccountId, SessionId},
    person::{Device, Me},
};
use secrecy::SecretString;
use store::{account, membership, person, session};

/// A session is noted as used at most this often: every request asks for its caller.
const NOTED_EVERY: Duration = Duration::minutes(1);

impl Services {
    /// Who a browser's token stands for, in the account that the browser showed last, or in another one of the person
    /// when they have left that one. `None` when the session has ended, or the person is a member nowhere.
    pub async fn caller(&self, token: &str) -> Result<Option<Caller>, ServiceError> {
        let now = self.clock.now();
        let mut tx = self.store.system().await?;
        let Some(session) = session::find(&mut tx, &token::hash(token), now).await? else {
            return Ok(None);
        };
        tx.act_for(session.person).await?;
        let accounts = account::choices(&mut tx, session.person).await?;
        let shown = accounts
            .iter()
            .find(|choice| Some(choice.id) == session.account)
            .or(accounts.first());
        let Some(shown) = shown else { return Ok(None) };
        if now - session.last_seen >= NOTED_EVERY {
            session::touch(&mut tx, session.id, now, now + Duration::days(SESSION_DAYS)).await?;
        }
        tx.commit().await?;
        Ok(Some(Caller {
            person: session.person,
            account: shown.id,
            role: shown.role,
            session: session.id,
            name: session.person_name,
        }))
    }

    pub async fn sign_out(&self, caller: &Caller) -> Result<(), ServiceError> {
        let mut tx = self.store.system().await?;
        session::delete(&mut tx, caller.person, caller.session).await?;
        Ok(tx.commit().await?)
    }

    pub async fn me(&self, caller: &Caller) -> Result<Me, ServiceError> {
        let mut tx = self.store.system().await?;
        tx.act_for(caller.person).await?;
        let person = person::find(&mut tx, caller.person)
            .await?
            .ok_or(ServiceError::NotFound)?;
        let accounts = account::choices(&mut tx, caller.person).await?;
        tx.commit().await?;
        let mut tx = self.store.read(caller.account).await?;
        Ok(Me {
            person: person.id,
            name: person.name,
            email: person.email,
            role: caller.role,
            account: account::get(&mut tx).await?,
            accounts,
        })
    }

    /// Shows another account of the person in this browser.
    pub async fn switch_account(&self, caller: &Caller, to: AccountId) -> Result<(), ServiceError> {
        let mut tx = self.store.read(to).await?;
        membership::role_of(&mut tx, caller.person)
            .await?
            .ok_or(ServiceError::NotFound)?;
        drop(tx);
        let mut tx = self.store.system().await?;
        session::show_account(&mut tx, caller.session, to).await?;
        Ok(tx.commit().await?)
    }

    /// The browsers in which the caller is signed in, the last used first.
    pub async fn devices(&self, caller: &Caller) -> Result<Vec<Device>, ServiceError> {
        let mut tx = self.store.system().await?;
        let sessions = session::of_person(&mut tx, caller.person, self.clock.now()).await?;
        let devices = sessions.into_iter().map(|session| Device {
            session: session.id,
            browser: session.browser,
            signed_in_at: session.signed_in_at,
            last_seen: session.last_seen,
            this_one: session.id == caller.session,
        });
        Ok(devices.collect())
    }

    /// Signs the caller out in another browser, or in this one.
    pub async fn revoke_device(
        &self,
        caller: &Caller,
        session: SessionId,
    ) -> Result<(), ServiceError> {
        let mut tx = self.store.system().await?;
        if !session::delete(&mut tx, caller.person, session).await? {
            return Err(ServiceError::NotFound);
        }
        Ok(tx.commit().await?)
    }

    /// Ends the session of a browser that has been given another one.
    pub async fn end_session(&self, token: &str) -> Result<(), ServiceError> {
        let mut tx = self.store.system().await?;
        session::delete_token(&mut tx, &token::hash(token)).await?;
        Ok(tx.commit().await?)
    }

    /// Changes the caller's password and signs them out everywhere; this browser gets a new session. Guesses at the current
    /// one are limited as at sign-in.
    pub async fn change_password(
        &self,
        caller: &Caller,
        current: SecretString,
        new: SecretString,
        browser: &str,
    ) -> Result<SessionToken, ServiceError> {
        input::new_password(&new)?;
        let mut tx = self.store.system().await?;
        let person = person::find(&mut tx, caller.person)
            .await?
            .ok_or(ServiceError::NotFound)?;
        drop(tx);
        self.prove(&person.email, current, "").await?;
        let hash = self.passwords.hash(new).await?;
        let mut tx = self.store.system().await?;
        person::set_password(&mut tx, caller.person, &hash).await?;
        session::delete_all(&mut tx, caller.person).await?;
        let token = self
            .start_session(&mut tx, caller.person, caller.account, browser)
            .await?;
        tx.commit().await?;
        Ok(token)
    }
}
