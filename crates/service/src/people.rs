//! Members of an account, and invitations to it.

use crate::{Caller, Conflict, ServiceError, Services, SessionToken, input, token};
use chrono::Duration;
use domain::{
    account::Country,
    ids::{AccountId, InviteId, PersonId},
    permission::{Permission, Role},
    person::{Invite, InviteOffer, Member},
};
use secrecy::SecretString;
use store::{
    AccountTx,
    account::{self, NewAccount},
    invite::{self, NewInvite},
    membership,
    person::{self, NewPerson},
    session,
};

/// How long an invitation can be accepted.
const INVITE_DAYS: i64 = 7;

impl Services {
    /// Owners first, then by name.
    pub async fn members(&self, caller: &Caller) -> Result<Vec<Member>, ServiceError> {
        caller.require(Permission::ManagePeople)?;
        let mut tx = self.store.read(caller.account).await?;
        Ok(membership::list(&mut tx).await?)
    }

    /// Invitations that can still be accepted, the newest first.
    pub async fn invites(&self, caller: &Caller) -> Result<Vec<Invite>, ServiceError> {
        caller.require(Permission::ManagePeople)?;
        let mut tx = self.store.read(caller.account).await?;
        Ok(invite::list(&mut tx, self.clock.now()).await?)
    }

    /// The token of a link that makes whoever opens it a member, once, within seven days.
    pub async fn invite(
        &self,
        caller: &Caller,
        role: Role,
        note: String,
    ) -> Result<String, ServiceError> {
        caller.require(Permission::ManagePeople)?;
        let token = token::invitation(caller.account);
        let now = self.clock.now();
        let new = NewInvite {
            id: InviteId::new(self.new_id()),
            secret_hash: token::hash(&token),
            role,
            note: input::note(&note)?,
            invited_by: caller.person,
            at: now,
            expires_at: now + Duration::days(INVITE_DAYS),
        };
        let mut tx = self.store.write(caller.account).await?;
        invite::insert(&mut tx, &new).await?;
        tx.commit().await?;
        Ok(token)
    }

    pub async fn cancel_invite(&self, caller: &Caller, id: InviteId) -> Result<(), ServiceError> {
        caller.require(Permission::ManagePeople)?;
        let mut tx = self.store.write(caller.account).await?;
        if !invite::delete(&mut tx, id).await? {
            return Err(ServiceError::NotFound);
        }
        Ok(tx.commit().await?)
    }

    /// What an invitation says; `None` when it is used up, cancelled or too old.
    pub async fn invite_offer(&self, token: &str) -> Result<Option<InviteOffer>, ServiceError> {
        let Some(account) = token::invited_to(token) else {
            return Ok(None);
        };
        let mut tx = self.store.read(account).await?;
        Ok(invite::offer(&mut tx, &token::hash(token), self.clock.now()).await?)
    }

    /// Joins as somebody who is not signed in. An e-mail that somebody signs in with already is theirs: with their
    /// password they join as who they are, without it the answer is [`Conflict::EmailTaken`].
    pub async fn accept_invite_as_new(
        &self,
        token: &str,
        name: String,
        email: String,
        password: SecretString,
        browser: String,
    ) -> Result<SessionToken, ServiceError> {
        let account = token::invited_to(token).ok_or(ServiceError::NotFound)?;
        self.invite_offer(token)
            .await?
            .ok_or(ServiceError::NotFound)?;
        input::new_password(&password)?;
        let (name, email) = (input::name(&name)?, input::email(&email)?);
        let mut tx = self.store.system().await?;
        let known = person::find_by_email(&mut tx, &email).await?.is_some();
        drop(tx);
        let joining = if known {
            let known = self
                .prove(&email, password, "")
                .await
                .map_err(|error| match error {
                    ServiceError::WrongCredentials => ServiceError::Conflict(Conflict::EmailTaken),
                    other => other,
                })?;
            Joining::Known(known.id)
        } else {
            Joining::New(NewPerson {
                id: PersonId::new(self.new_id()),
                email,
                name,
                password_hash: self.passwords.hash(password).await?,
                at: self.clock.now(),
            })
        };

        let mut tx = self.open_invited(account).await?;
        if let Joining::New(person) = &joining {
            person::insert(tx.system(), person).await?;
        }
        let person = joining.person();
        self.join(&mut tx, token, person).await?;
        let session = self
            .start_session(tx.system(), person, account, &browser)
            .await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Joins as the caller, whose browser shows the new account from now on.
    pub async fn accept_invite(&self, caller: &Caller, token: &str) -> Result<(), ServiceError> {
        let account = token::invited_to(token).ok_or(ServiceError::NotFound)?;
        self.invite_offer(token)
            .await?
            .ok_or(ServiceError::NotFound)?;
        let mut tx = self.open_invited(account).await?;
        self.join(&mut tx, token, caller.person).await?;
        session::show_account(tx.system(), caller.session, account).await?;
        Ok(tx.commit().await?)
    }

    async fn open_invited(&self, account: AccountId) -> Result<AccountTx, ServiceError> {
        Ok(self.store.write(account).await?)
    }

    async fn join(
        &self,
        tx: &mut AccountTx,
        token: &str,
        person: PersonId,
    ) -> Result<(), ServiceError> {
        let now = self.clock.now();
        let role = invite::take(tx, &token::hash(token), now)
            .await?
            .ok_or(ServiceError::NotFound)?;
        Ok(membership::insert(tx, person, role, now).await?)
    }

    pub async fn set_role(
        &self,
        caller: &Caller,
        person: PersonId,
        role: Role,
    ) -> Result<(), ServiceError> {
        caller.require(Permission::ManagePeople)?;
        let mut tx = self.store.write(caller.account).await?;
        spare_last_owner(&mut tx, person, Some(role)).await?;
        membership::set_role(&mut tx, person, role).await?;
        Ok(tx.commit().await?)
    }

    /// The person loses the account at once, in every browser.
    pub async fn remove_member(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<(), ServiceError> {
        caller.require(Permission::ManagePeople)?;
        let mut tx = self.store.write(caller.account).await?;
        spare_last_owner(&mut tx, person, None).await?;
        membership::delete(&mut tx, person).await?;
        Ok(tx.commit().await?)
    }

    /// Makes another account, which the caller owns and their browser shows from now on.
    pub async fn create_account(
        &self,
        caller: &Caller,
        company: String,
        country: Country,
        time_zone: String,
    ) -> Result<AccountId, ServiceError> {
        let mut tx = self.store.system().await?;
        input::time_zone(&mut tx, &time_zone).await?;
        drop(tx);
        let new = NewAccount {
            id: AccountId::new(self.new_id()),
            name: input::name(&company)?,
            country,
            time_zone,
            at: self.clock.now(),
        };
        let mut tx = self.store.create(&new).await?;
        membership::insert(&mut tx, caller.person, Role::Owner, new.at).await?;
        session::show_account(tx.system(), caller.session, new.id).await?;
        tx.commit().await?;
        Ok(new.id)
    }

    /// Phones that are stored already stay what they are; those typed from now on are read as of the new country.
    pub async fn update_company(
        &self,
        caller: &Caller,
        name: String,
        country: Country,
        time_zone: String,
    ) -> Result<(), ServiceError> {
        caller.require(Permission::ManageCompany)?;
        let mut tx = self.store.write(caller.account).await?;
        input::time_zone(tx.system(), &time_zone).await?;
        account::update(&mut tx, &input::name(&name)?, country, &time_zone).await?;
        Ok(tx.commit().await?)
    }
}

/// Who accepts an invitation without being signed in.
enum Joining {
    Known(PersonId),
    New(NewPerson),
}

impl Joining {
    const fn person(&self) -> PersonId {
        match self {
            Self::Known(person) => *person,
            Self::New(new) => new.id,
        }
    }
}

/// Refuses what would leave the account without an owner. The account is locked, so that two owners cannot demote each
/// other at the same moment.
async fn spare_last_owner(
    tx: &mut AccountTx,
    person: PersonId,
    to: Option<Role>,
) -> Result<(), ServiceError> {
    let role = membership::role_of(tx, person)
        .await?
        .ok_or(ServiceError::NotFound)?;
    if role == Role::Owner && to != Some(Role::Owner) && membership::count_owners(tx).await? == 1 {
        return Err(ServiceError::Conflict(Conflict::LastOwner));
    }
    Ok(())
}
