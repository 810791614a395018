//! The first account and its owner.

use crate::{Conflict, ServiceError, Services, SessionToken, input, token};
use chrono::Duration;
use domain::{
    account::Country,
    ids::{AccountId, PersonId},
    permission::Role,
};
use secrecy::SecretString;
use store::{
    AccountTx,
    account::NewAccount,
    membership,
    person::{self, NewPerson},
    setup_token,
};

/// How long the link works that the server prints.
const LINK_HOURS: i64 = 24;

/// A company and its first owner.
#[derive(Debug)]
pub struct SetUp {
    pub company: String,
    pub country: Country,
    /// An IANA name, such as `America/Toronto`.
    pub time_zone: String,
    pub name: String,
    pub email: String,
    pub password: SecretString,
}

impl Services {
    /// Whether there is no account yet.
    pub async fn setup_needed(&self) -> Result<bool, ServiceError> {
        let mut tx = self.store.system().await?;
        Ok(person::is_nobody_there(&mut tx).await?)
    }

    /// The token of a one-time link that makes the first account; links made before stop working. `None` when there is an
    /// account.
    pub async fn new_setup_link(&self) -> Result<Option<String>, ServiceError> {
        let mut tx = self.store.system().await?;
        if !person::is_nobody_there(&mut tx).await? {
            return Ok(None);
        }
        let token = token::random();
        let expires_at = self.clock.now() + Duration::hours(LINK_HOURS);
        setup_token::replace(&mut tx, &token::hash(&token), expires_at).await?;
        tx.commit().await?;
        Ok(Some(token))
    }

    /// Whether the link of this token would make the first account.
    pub async fn setup_is_open(&self, token: &str) -> Result<bool, ServiceError> {
        let mut tx = self.store.system().await?;
        let valid = setup_token::is_valid(&mut tx, &token::hash(token), self.clock.now()).await?;
        Ok(valid && person::is_nobody_there(&mut tx).await?)
    }

    /// Makes the first account with its owner, who is signed in. Refuses with [`ServiceError::NotFound`] when the link is
    /// not the last one made, too old or used.
    pub async fn finish_setup(
        &self,
        token: &str,
        with: SetUp,
        browser: String,
    ) -> Result<SessionToken, ServiceError> {
        let token_hash = token::hash(token);
        // Before anything that takes long: a stranger without a link must not keep the server busy.
        let mut tx = self.store.system().await?;
        if !setup_token::is_valid(&mut tx, &token_hash, self.clock.now()).await? {
            return Err(ServiceError::NotFound);
        }
        drop(tx);
        let (account, owner) = self.prepare(with).await?;
        let mut tx = self.store.create(&account).await?;
        if !setup_token::take(tx.system(), &token_hash, self.clock.now()).await? {
            return Err(ServiceError::NotFound);
        }
        if !person::is_nobody_there(tx.system()).await? {
            return Err(ServiceError::Conflict(Conflict::AlreadySetUp));
        }
        self.insert_owner(&mut tx, &owner).await?;
        let session = self
            .start_session(tx.system(), owner.id, account.id, &browser)
            .await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Checks what was typed, and does the slow work before any transaction begins.
    pub(crate) async fn prepare(
        &self,
        with: SetUp,
    ) -> Result<(NewAccount, NewPerson), ServiceError> {
        input::new_password(&with.password)?;
        let now = self.clock.now();
        let account = NewAccount {
            id: AccountId::new(self.new_id()),
            name: input::name(&with.company)?,
            country: with.country,
            time_zone: with.time_zone,
            at: now,
        };
        let (name, email) = (input::name(&with.name)?, input::email(&with.email)?);
        let mut tx = self.store.system().await?;
        input::time_zone(&mut tx, &account.time_zone).await?;
        drop(tx);
        let owner = NewPerson {
            id: PersonId::new(self.new_id()),
            email,
            name,
            password_hash: self.passwords.hash(with.password).await?,
            at: now,
        };
        Ok((account, owner))
    }

    pub(crate) async fn insert_owner(
        &self,
        tx: &mut AccountTx,
        owner: &NewPerson,
    ) -> Result<(), ServiceError> {
        person::insert(tx.system(), owner).await?;
        Ok(membership::insert(tx, owner.id, Role::Owner, self.clock.now()).await?)
    }
}
