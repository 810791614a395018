//! What a use case can answer instead of its result.

use domain::{error::Invalid, export::ExportRefusal, import::refusal::ImportRefusal};
use store::{Constraint, StoreError};

/// The texts name no person and no value: they may be logged.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// There is no such thing in the caller's account, or a link is used up, too old or wrong.
    #[error("not found")]
    NotFound,
    #[error("the role does not allow it")]
    Forbidden,
    /// Unknown e-mail or wrong password: which of the two is not said.
    #[error("wrong e-mail or password")]
    WrongCredentials,
    #[error("too many tries, again in {retry_after_seconds} s")]
    TooManyTries { retry_after_seconds: u64 },
    #[error("in the way: {0}")]
    Conflict(Conflict),
    #[error("not acceptable: {0}")]
    Invalid(#[from] InvalidInput),
    #[error("the import is refused: {0}")]
    Import(#[from] ImportRefusal),
    #[error("the export is refused: {0}")]
    Export(#[from] ExportRefusal),
    /// More than one request may carry.
    #[error("too large")]
    TooLarge,
    /// A task of this server ended before its work was done. Nothing was written.
    #[error("stopped before the end")]
    Stopped,
    /// Others hold what is needed. Nothing was written, and the same may be tried again.
    #[error("busy")]
    Busy,
    /// The provider of text messages did not answer. Nothing was changed.
    #[error("the provider does not answer")]
    ProviderUnreachable,
    /// The provider's token was encrypted under another key than this server's.
    #[error("the provider's token cannot be read")]
    ProviderUnreadable,
    #[error("the store failed")]
    Store(#[source] StoreError),
}

/// What is in the way of something that is allowed otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    #[error("somebody changed it meanwhile")]
    Changed,
    #[error("somebody signs in with this e-mail already")]
    EmailTaken,
    #[error("an account keeps at least one owner")]
    LastOwner,
    #[error("already a member of this account")]
    AlreadyMember,
    /// Signing in succeeded, but every account has removed the person.
    #[error("a member of no account")]
    NoAccount,
    #[error("there is an account already")]
    AlreadySetUp,
    /// The browser shows another account by now than the page that made the push.
    #[error("made for another account")]
    OtherAccount,
    #[error("the import is not open")]
    ImportNotOpen,
    /// The import would not do what was reviewed: customers changed since, or its rules.
    #[error("not what was reviewed")]
    PlanChanged,
}

/// What was given and cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidInput {
    #[error("{0}")]
    Text(#[from] Invalid),
    #[error("a password has at least {} characters", domain::person::PASSWORD_MIN)]
    PasswordTooShort,
    #[error("no such time zone")]
    TimeZone,
    #[error("a page cursor of another question")]
    Cursor,
    /// A rule about an attribute that is not there, or with a value that does not fit it.
    #[error("a rule that no customer could answer")]
    Rule,
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Constraint(Constraint::PersonEmail) => Self::Conflict(Conflict::EmailTaken),
            StoreError::Constraint(Constraint::Member) => Self::Conflict(Conflict::AlreadyMember),
            StoreError::Busy => Self::Busy,
            StoreError::Cursor => Self::Invalid(InvalidInput::Cursor),
            other => Self::Store(other),
        }
    }
}
