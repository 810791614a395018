//! What an answer of Twilio means.

use super::{Doubt, SendError, Sent};
use crate::trouble::Trouble;
use reqwest::{Response, StatusCode, header::RETRY_AFTER};
use serde::Deserialize;
use std::time::Duration;

/// More than any answer about one message.
pub(super) const ANSWER_MAX: usize = 64 * 1024;

/// The resource, as far as it is read.
#[derive(Deserialize)]
struct Message {
    sid: String,
    #[serde(default)]
    status: Option<String>,
}

/// `{"code": 21610, "message": …, "more_info": …, "status": 400}`.
#[derive(Deserialize)]
struct Failure {
    code: Option<u32>,
}

pub(super) async fn read(response: Response) -> Result<Sent, SendError> {
    let status = response.status();
    let retry_after = retry_after(&response);
    if status.is_success() {
        let body = body(response, ANSWER_MAX).await?;
        let message: Message = parse(&body).ok_or(SendError::Unknown(Doubt::Garbled))?;
        let sid = message.sid.parse();
        return Ok(Sent {
            sid: sid.map_err(|_| SendError::Unknown(Doubt::Garbled))?,
            status: message.status.and_then(|status| status.parse().ok()),
        });
    }
    if !status.is_client_error() || status == StatusCode::REQUEST_TIMEOUT {
        return Err(SendError::Unknown(Doubt::Status(status.as_u16())));
    }
    // A refusal is one, whether its reason arrives or not.
    let code = body(response, ANSWER_MAX)
        .await
        .ok()
        .and_then(|body| parse::<Failure>(&body)?.code);
    Err(refusal(status, code, retry_after))
}

fn refusal(status: StatusCode, code: Option<u32>, retry_after: Option<Duration>) -> SendError {
    match (status, code) {
        // Too many requests; too many messages at once (14107, 30001, 30022).
        (StatusCode::TOO_MANY_REQUESTS, _) | (_, Some(20429 | 14107 | 30001 | 30022)) => {
            SendError::TooFast { retry_after }
        }
        (StatusCode::UNAUTHORIZED, _) | (_, Some(20003 | 20004 | 20006)) => SendError::Unauthorized,
        (_, Some(code)) => SendError::Refused(Trouble::from_code(code)),
        (_, None) => SendError::Refused(Trouble::Other(None)),
    }
}

/// In seconds; Twilio does not write dates there.
fn retry_after(response: &Response) -> Option<Duration> {
    let value = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    value.trim().parse().ok().map(Duration::from_secs)
}

pub(super) fn parse<T: for<'de> Deserialize<'de>>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

pub(super) async fn body(mut response: Response, max: usize) -> Result<Vec<u8>, SendError> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| SendError::without_answer(&error))?
    {
        if body.len() + chunk.len() > max {
            return Err(SendError::Unknown(Doubt::Garbled));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
