//! What pages call: server functions, and the pieces of an upload.

pub(crate) mod events;
pub(crate) mod mail;

use crate::state::AppState;
use app::{
    error::AppError,
    request::{ClientAddress, RETRY_SECONDS, internal, same_account},
};
use axum::{
    Json,
    body::{Body, Bytes, to_bytes},
    extract::{Path, Query, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    export::ExportSpan,
    ids::{ExportId, ImportId},
    import::chunk::CHUNK_SENT_MAX,
    permission::Permission,
};
use leptos::prelude::provide_context;
use serde::{Deserialize, Serialize};
use service::Caller;

/// A push of a hundred mutations with long notes fits; a file does not have to, for it comes in chunks.
const CALL_MAX_BYTES: usize = 16 << 20;

/// The pattern of all server functions.
pub(crate) const SERVER_FUNCTIONS: &str = "/api/v1/{*function}";

/// The address of a server function, if there is one: for the log, which must not repeat what a stranger typed.
pub(crate) fn known_name(path: &str) -> &'static str {
    leptos::server_fn::axum::server_fn_paths()
        .map(|(known, _)| known)
        .find(|known| *known == path)
        .unwrap_or("(unknown function)")
}

pub(crate) async fn server_function(State(state): State<AppState>, request: Request) -> Response {
    if known_name(request.uri().path()).starts_with('(') {
        // A page that is older or newer than this server.
        return refusal(AppError::OutOfDate);
    }
    // Read here, because what refuses a body further in does not say why in a way that the page understands.
    let (head, body) = request.into_parts();
    let request = match whole(body, CALL_MAX_BYTES).await {
        Ok(body) => Request::from_parts(head, Body::from(body)),
        Err(error) => return refusal(error),
    };
    let address = request
        .extensions()
        .get::<ClientAddress>()
        .cloned()
        .unwrap_or_default();
    let context = move || {
        provide_context(state.services.clone());
        provide_context(state.cookie);
        provide_context(address.clone());
    };
    leptos_axum::handle_server_fns_with_context(context, request)
        .await
        .into_response()
}

/// One numbered piece of a file's rows. The same piece may be sent again after a lost answer.
pub(crate) async fn put_chunk(
    State(state): State<AppState>,
    Path((import, number)): Path<(ImportId, u32)>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let stored = async {
        let caller = caller(&state, &headers).await?;
        // Nobody else makes the server hold a body of this size.
        caller.require(Permission::ImportCustomers)?;
        let checksum = headers
            .get("x-chunk-sha256")
            .and_then(|value| value.to_str().ok())
            .ok_or(AppError::OutOfDate)?;
        let body = whole(body, CHUNK_SENT_MAX).await?;
        state
            .services
            .put_chunk(&caller, import, number, checksum, &body)
            .await?;
        Ok::<(), AppError>(())
    };
    match stored.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refusal(error),
    }
}

/// A page of an export: the postcard of a [`domain::export::PackedPage`]. The page of the app hands it on to its worker as
/// it is.
pub(crate) async fn export_rows(
    State(state): State<AppState>,
    Path(export): Path<ExportId>,
    Query(span): Query<ExportSpan>,
    headers: HeaderMap,
) -> Response {
    let page = async {
        let caller = caller(&state, &headers).await?;
        Ok(state.services.export_page(&caller, export, span).await?)
    };
    packed(page.await)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Since {
    rev: u64,
}

/// What changed in an export since its first page: the postcard of a [`domain::export::ExportChanges`].
pub(crate) async fn export_changes(
    State(state): State<AppState>,
    Path(export): Path<ExportId>,
    Query(Since { rev }): Query<Since>,
    headers: HeaderMap,
) -> Response {
    let changes = async {
        let caller = caller(&state, &headers).await?;
        Ok(state.services.export_changes(&caller, export, rev).await?)
    };
    packed(changes.await)
}

fn packed<T: Serialize>(answer: Result<T, AppError>) -> Response {
    let bytes = answer.and_then(|answer| postcard::to_allocvec(&answer).map_err(internal));
    match bytes {
        Ok(bytes) => {
            let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
            (kind, bytes).into_response()
        }
        Err(error) => refusal(error),
    }
}

/// Who calls, from a page of the account that the session is in.
async fn caller(state: &AppState, headers: &HeaderMap) -> Result<Caller, AppError> {
    let caller = signed_in(state, headers).await?;
    same_account(headers, &caller)?;
    Ok(caller)
}

/// Whose session it is, in the account that the session is in.
async fn signed_in(state: &AppState, headers: &HeaderMap) -> Result<Caller, AppError> {
    let token = state
        .cookie
        .read(headers)
        .ok_or(AppError::Unauthenticated)?;
    state
        .services
        .caller(&token)
        .await?
        .ok_or(AppError::Unauthenticated)
}

/// A body that was cut off on the way is answered like one that is too large: nobody waits for that answer.
async fn whole(body: Body, limit: usize) -> Result<Bytes, AppError> {
    to_bytes(body, limit).await.map_err(|_| AppError::TooLarge)
}

/// The same answer that a server function gives.
fn refusal(error: AppError) -> Response {
    let is_busy = error == AppError::Busy;
    let mut response = (error.status(), Json(error)).into_response();
    if is_busy {
        let seconds = HeaderValue::from_static(RETRY_SECONDS);
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}
