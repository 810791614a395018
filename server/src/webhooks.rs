//! What providers post to us. Their signature stands in the place of a session, and of the check of the origin.

use crate::state::AppState;
use app::request::{Chain, RETRY_SECONDS};
use axum::{
    body::{Body, to_bytes},
    extract::{OriginalUri, Path, Query, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use domain::ids::{AccountId, MessageId};
use serde::Deserialize;
use service::{Posted, Taken, WebhookRefusal};

/// A message has some 1,600 characters and ten files.
const BODY_MAX: usize = 64 << 10;

/// That there is nothing to send back.
const EMPTY: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#;

/// A message to a shop.
pub(crate) async fn message(
    State(state): State<AppState>,
    Path(account): Path<AccountId>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Ok(body) = to_bytes(body, BODY_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let posted = posted(account, &uri, &headers, &body);
    match state.services.twilio_message(posted).await {
        Ok(Taken::Noted) => ([(header::CONTENT_TYPE, "text/xml")], EMPTY).into_response(),
        Ok(Taken::Nobody) => {
            tracing::info!(%account, "a message from a short code or a name is not kept");
            StatusCode::NO_CONTENT.into_response()
        }
        Err(refusal) => refused(account, &refusal),
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct About {
    message: Option<MessageId>,
}

/// What became of a message of a shop.
pub(crate) async fn status(
    State(state): State<AppState>,
    Path(account): Path<AccountId>,
    OriginalUri(uri): OriginalUri,
    Query(About { message }): Query<About>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Ok(body) = to_bytes(body, BODY_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let posted = posted(account, &uri, &headers, &body);
    match state.services.twilio_status(posted, message).await {
        Ok(Taken::Noted | Taken::Nobody) => StatusCode::NO_CONTENT.into_response(),
        Err(refusal) => refused(account, &refusal),
    }
}

fn posted<'a>(
    account: AccountId,
    uri: &'a Uri,
    headers: &'a HeaderMap,
    body: &'a [u8],
) -> Posted<'a> {
    let signature = headers
        .get("x-twilio-signature")
        .and_then(|value| value.to_str().ok());
    Posted {
        account,
        address: uri
            .path_and_query()
            .map_or(uri.path(), |whole| whole.as_str()),
        body,
        signature: signature.unwrap_or_default(),
    }
}

fn refused(account: AccountId, refusal: &WebhookRefusal) -> Response {
    let status = match refusal {
        WebhookRefusal::UnknownAccount | WebhookRefusal::OtherSender | WebhookRefusal::NotOurs => {
            StatusCode::NOT_FOUND
        }
        WebhookRefusal::Unsigned(_) | WebhookRefusal::OtherAccount => StatusCode::FORBIDDEN,
        WebhookRefusal::Form(_) => StatusCode::BAD_REQUEST,
        // The provider tries again.
        WebhookRefusal::Failed(_) => StatusCode::SERVICE_UNAVAILABLE,
    };
    let cause = Chain(refusal);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        tracing::error!(%account, %cause, "what a provider posted could not be taken in");
        (status, [(header::RETRY_AFTER, RETRY_SECONDS)]).into_response()
    } else {
        tracing::warn!(%account, %cause, "what was posted as a provider is refused");
        status.into_response()
    }
}
