//! Signing in, limited by e-mail and by address.

use crate::{Conflict, ServiceError, Services, SessionToken, token};
use chrono::Duration;
use domain::{
    contact::Email,
    ids::{AccountId, PersonId, SessionId},
};
use secrecy::SecretString;
use std::net::IpAddr;
use store::{
    SystemTx, account, invite,
    person::{self, StoredPerson},
    session::{self, NewSession},
    sign_in_attempt::{self, Scope},
};

/// A session ends when it was not used for this long.
pub(crate) const SESSION_DAYS: i64 = 30;

/// Failed tries are counted in windows of this length.
const WINDOW_MINUTES: i64 = 15;
/// Failed tries that a window allows for one e-mail; a person who mistypes gets through, a guesser does not.
const PER_EMAIL: u32 = 10;
/// Failed tries that a window allows from one address: a whole shop may sit behind it.
const PER_ADDRESS: u32 = 50;

#[derive(Debug)]
pub struct SignIn {
    pub email: String,
    pub password: SecretString,
    /// The browser's description of itself.
    pub browser: String,
    /// An IP address, or empty when it is not known.
    pub address: String,
}

impl Services {
    /// Gives a new session. Refuses with [`ServiceError::WrongCredentials`], [`ServiceError::TooManyTries`], or
    /// [`Conflict::NoAccount`] when no account has the person as a member any more.
    pub async fn sign_in(&self, with: SignIn) -> Result<SessionToken, ServiceError> {
        let email = Email::parse(&with.email).map_err(|_| ServiceError::WrongCredentials)?;
        let person = self.prove(&email, with.password, &with.address).await?;
        let mut tx = self.store.system().await?;
        tx.act_for(person.id).await?;
        let accounts = account::choices(&mut tx, person.id).await?;
        let shown = accounts
            .first()
            .ok_or(ServiceError::Conflict(Conflict::NoAccount))?;
        let token = self
            .start_session(&mut tx, person.id, shown.id, &with.browser)
            .await?;
        tx.commit().await?;
        Ok(token)
    }

    /// The person whose e-mail and password these are. Every try counts from its beginning, so that tries made at the
    /// same moment do not slip through; a success takes it back.
    pub(crate) async fn prove(
        &self,
        email: &Email,
        password: SecretString,
        address: &str,
    ) -> Result<StoredPerson, ServiceError> {
        let by_email = token::hash(email.as_str());
        let by_address = token::hash(&network(address));
        let mut tx = self.store.system().await?;
        self.count(&mut tx, Scope::Email, &by_email, PER_EMAIL)
            .await?;
        if !address.is_empty() {
            self.count(&mut tx, Scope::Address, &by_address, PER_ADDRESS)
                .await?;
        }
        let person = person::find_by_email(&mut tx, email).await?;
        tx.commit().await?;

        let hash = person.as_ref().map(|person| person.password_hash.clone());
        let right = self.passwords.is_right(password, hash).await?;
        let person = person
            .filter(|_| right)
            .ok_or(ServiceError::WrongCredentials)?;

        let mut tx = self.store.system().await?;
        sign_in_attempt::forgive_all(&mut tx, Scope::Email, &by_email).await?;
        sign_in_attempt::forgive_one(&mut tx, Scope::Address, &by_address).await?;
        tx.commit().await?;
        Ok(person)
    }

    /// Forgets tries of yesterday, sessions and invitations that have expired, in all accounts.
    pub async fn sweep_sign_in(&self) -> Result<(), ServiceError> {
        let now = self.clock.now();
        let mut tx = self.store.system().await?;
        sign_in_attempt::delete_before(&mut tx, now - Duration::days(1)).await?;
        session::delete_expired(&mut tx, now).await?;
        tx.commit().await?;
        let mut tx = self.store.system().await?;
        let accounts = invite::accounts_with_expired(&mut tx, now).await?;
        drop(tx);
        for account in accounts {
            let mut tx = self.store.stage(account).await?;
            invite::delete_expired(&mut tx, now).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn count(
        &self,
        tx: &mut SystemTx,
        scope: Scope,
        key: &[u8; 32],
        allowed: u32,
    ) -> Result<(), ServiceError> {
        let now = self.clock.now();
        let tries =
            sign_in_attempt::count(tx, scope, key, now, Duration::minutes(WINDOW_MINUTES)).await?;
        if tries.count <= allowed {
            return Ok(());
        }
        let wait = (tries.window_ends_at - now).num_seconds().max(1);
        Err(ServiceError::TooManyTries {
            retry_after_seconds: wait.unsigned_abs(),
        })
    }

    pub(crate) async fn start_session(
        &self,
        tx: &mut SystemTx,
        person: PersonId,
        shown: AccountId,
        browser: &str,
    ) -> Result<SessionToken, ServiceError> {
        let token = SessionToken::random();
        let now = self.clock.now();
        let new = NewSession {
            token_hash: token.hash(),
            id: SessionId::new(self.new_id()),
            person,
            account: Some(shown),
            browser: browser
                .chars()
                .filter(|c| !c.is_control())
                .take(200)
                .collect(),
            at: now,
            expires_at: now + Duration::days(SESSION_DAYS),
        };
        session::insert(tx, &new).await?;
        Ok(token)
    }
}

/// Who has one IPv6 address has its /64.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(v6)) if v6.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        _ => address.to_owned(),
    }
}
