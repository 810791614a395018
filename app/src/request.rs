//! What a server function knows of the request it answers. Only on the server.

mod session_cookie;

pub use session_cookie::SessionCookie;

use crate::{
    data::ACCOUNT_HEADER,
    error::{AppError, Conflict},
};
use http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use service::{Caller, InvalidInput, ServiceError, Services, SessionToken};

/// From where a request came: an IP address, or empty. For the rate limit of sign-in only; never logged.
#[derive(Clone, Debug, Default)]
pub struct ClientAddress(pub String);

/// After how long a busy server is asked again.
pub const RETRY_SECONDS: &str = "2";

/// The longest description of a browser that is kept.
const BROWSER_MAX: usize = 200;

pub fn services() -> Result<Services, AppError> {
    use_context::<Services>().ok_or_else(|| internal("no services in the context"))
}

/// Who calls, in whatever account: for what is about the person alone.
pub async fn person() -> Result<Caller, AppError> {
    maybe_caller()
        .await?
        .ok_or_else(|| refuse(AppError::Unauthenticated))
}

/// Who calls, from a page of the account that the session is in. Every server function about an account starts with it;
/// those that change something, with [`writer`].
pub async fn caller() -> Result<Caller, AppError> {
    let caller = person().await?;
    match shown_account(&parts()?.headers) {
        None => Ok(caller),
        Some(_) => same_account(&parts()?.headers, &caller).map(|()| caller),
    }
}

/// Like [`caller`], and the page has to say which account it shows.
pub async fn writer() -> Result<Caller, AppError> {
    let caller = person().await?;
    same_account(&parts()?.headers, &caller)?;
    Ok(caller)
}

/// Refuses what does not come from a page of the caller's account.
pub fn same_account(headers: &HeaderMap, caller: &Caller) -> Result<(), AppError> {
    match shown_account(headers) {
        Some(account) if account == caller.account.to_string() => Ok(()),
        Some(_) => Err(refuse(AppError::Conflict(Conflict::OtherAccount))),
        None => Err(refuse(AppError::OutOfDate)),
    }
}

fn shown_account(headers: &HeaderMap) -> Option<&str> {
    headers.get(ACCOUNT_HEADER)?.to_str().ok()
}

/// Who calls, if anybody.
pub async fn maybe_caller() -> Result<Option<Caller>, AppError> {
    let parts = parts()?;
    if let Some(caller) = parts.extensions.get::<Caller>() {
        return Ok(Some(caller.clone()));
    }
    match cookie()?.read(&parts.headers) {
        Some(token) => Ok(services()?.caller(&token).await?),
        None => Ok(None),
    }
}

/// Gives the browser its session. The one that it had before ends: whoever knows that token must not share the new one's
/// person, nor outlive it.
pub async fn start_session(token: &SessionToken) -> Result<(), AppError> {
    if let Some(before) = cookie()?.read(&parts()?.headers) {
        services()?.end_session(&before).await?;
    }
    append_cookie(cookie()?.set(token))
}

/// Takes the session's cookie back from the browser.
pub fn end_session() -> Result<(), AppError> {
    append_cookie(cookie()?.clear())
}

/// The browser's description of itself, shortened.
pub fn browser() -> Result<String, AppError> {
    let parts = parts()?;
    let agent = parts
        .headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default();
    Ok(agent.chars().take(BROWSER_MAX).collect())
}

pub fn address() -> Result<String, AppError> {
    Ok(parts()?
        .extensions
        .get::<ClientAddress>()
        .cloned()
        .unwrap_or_default()
        .0)
}

/// The status of the response, for pages and server functions alike.
pub fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

/// Marks the response with the error's status.
pub fn refuse(error: AppError) -> AppError {
    set_status(error.status());
    if error == AppError::Busy
        && let Some(response) = use_context::<ResponseOptions>()
    {
        response.insert_header(header::RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
    }
    error
}

/// Logs why, once, and answers with the reference that finds it.
pub fn internal(cause: impl std::fmt::Display) -> AppError {
    let reference = uuid::Uuid::now_v7().simple().to_string().split_off(20);
    tracing::error!(reference, %cause, "a request failed");
    refuse(AppError::Internal { reference })
}

fn parts() -> Result<Parts, AppError> {
    use_context::<Parts>().ok_or_else(|| internal("no request in the context"))
}

fn cookie() -> Result<SessionCookie, AppError> {
    use_context::<SessionCookie>().ok_or_else(|| internal("no session cookie in the context"))
}

fn append_cookie(value: HeaderValue) -> Result<(), AppError> {
    let response =
        use_context::<ResponseOptions>().ok_or_else(|| internal("no response in the context"))?;
    response.append_header(header::SET_COOKIE, value);
    Ok(())
}

impl From<ServiceError> for AppError {
    fn from(error: ServiceError) -> Self {
        refuse(match error {
            ServiceError::NotFound => Self::NotFound,
            ServiceError::Forbidden => Self::Forbidden,
            ServiceError::WrongCredentials => Self::WrongCredentials,
            ServiceError::TooManyTries {
                retry_after_seconds,
            } => Self::TooManyTries {
                retry_after_seconds,
            },
            ServiceError::Conflict(conflict) => Self::Conflict(conflict.into()),
            ServiceError::Invalid(InvalidInput::Text(why)) => Self::Invalid(Some(why)),
            ServiceError::Invalid(_) => Self::Invalid(None),
            ServiceError::Import(refusal) => Self::Import(refusal),
            ServiceError::Export(refusal) => Self::Export(refusal),
            ServiceError::TooLarge => Self::TooLarge,
            ServiceError::Busy => {
                tracing::warn!("busy: the caller is told to try again");
                Self::Busy
            }
            ServiceError::ProviderUnreachable => Self::ProviderUnreachable,
            ServiceError::Stopped | ServiceError::ProviderUnreadable | ServiceError::Store(_) => {
                return internal(Chain(&error));
            }
        })
    }
}

impl From<service::Conflict> for Conflict {
    fn from(conflict: service::Conflict) -> Self {
        match conflict {
            service::Conflict::Changed => Self::Changed,
            service::Conflict::EmailTaken => Self::EmailTaken,
            service::Conflict::LastOwner => Self::LastOwner,
            service::Conflict::AlreadyMember => Self::AlreadyMember,
            service::Conflict::NoAccount => Self::NoAccount,
            service::Conflict::AlreadySetUp => Self::AlreadySetUp,
            service::Conflict::OtherAccount => Self::OtherAccount,
            service::Conflict::ImportNotOpen => Self::ImportNotOpen,
            service::Conflict::PlanChanged => Self::PlanChanged,
        }
    }
}

/// An error with everything that caused it, on one line.
#[derive(Debug)]
pub struct Chain<'a>(pub &'a dyn std::error::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
