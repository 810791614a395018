//! Signed-in browsers.

use crate::{Caller, ServiceError, Services, SessionToken, input, sign_in::SESSION_DAYS, token};
use chrono::{DateTime, Duration, Utc};
use domain::{
    ids::{AccountId, SessionId},
    person::{AccountChoice, Device, Me},
};
use secrecy::SecretString;
use store::{
    StoreError, SystemTx, account, membership, person,
    session::{self, StoredSession},
};

/// A session is noted as used at most this often: every request asks for its caller.
const NOTED_EVERY: Duration = Duration::minutes(1);

impl Services {
    /// Who a browser's token stands for, in the account that the browser showed last, or in another one of the person
    /// when they have left that one. `None` when the session has ended, or the person is a member nowhere.
    pub async fn caller(&self, token: &str) -> Result<Option<Caller>, ServiceError> {
        let now = self.clock.now();
        let mut tx = self.store.system().await?;
        let Some((session, shown)) = look_up(&mut tx, token, now).await? else {
            return Ok(None);
        };
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

    /// Whether a browser's token still stands for somebody, in this very account. It does not count as a use of the session.
    pub async fn stays_in(&self, token: &str, account: AccountId) -> Result<bool, ServiceError> {
        let mut tx = self.store.system().await?;
        let found = look_up(&mut tx, token, self.clock.now()).await?;
        Ok(found.is_some_and(|(_, shown)| shown.id == account))
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

/// The session of a token, and the account that it is in: the one that the browser showed last, or else another one of the
/// person.
async fn look_up(
    tx: &mut SystemTx,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Option<(StoredSession, AccountChoice)>, StoreError> {
    let Some(session) = session::find(tx, &token::hash(token), now).await? else {
        return Ok(None);
    };
    tx.act_for(session.person).await?;
    let mut accounts = account::choices(tx, session.person).await?;
    let at = accounts
        .iter()
        .position(|choice| Some(choice.id) == session.account);
    let shown = match at {
        Some(at) => Some(accounts.swap_remove(at)),
        None => accounts.into_iter().next(),
    };
    Ok(shown.map(|shown| (session, shown)))
}
