//! Whether an account can be worked with.

use super::answer;
use reqwest::{Response, StatusCode};
use serde::Deserialize;

/// What an account that was asked about is told to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// There is no such account, its secret is another one, or it is suspended or closed.
    #[error("the provider does not accept the account")]
    Refused,
    /// Nothing is known: there was no answer, or none that says something of the account.
    #[error("the provider does not answer")]
    Unreachable,
}

/// The resource, as far as it is read.
#[derive(Deserialize)]
struct Account {
    status: String,
}

pub(super) async fn read(response: Response) -> Result<(), CheckError> {
    match response.status() {
        StatusCode::OK => {}
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => {
            return Err(CheckError::Refused);
        }
        _ => return Err(CheckError::Unreachable),
    }
    let body = answer::body(response, answer::ANSWER_MAX).await;
    let body = body.map_err(|_| CheckError::Unreachable)?;
    let account: Account = answer::parse(&body).ok_or(CheckError::Unreachable)?;
    if account.status == "active" {
        Ok(())
    } else {
        Err(CheckError::Refused)
    }
}
