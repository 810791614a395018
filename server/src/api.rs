//! What pages call: server functions.

use crate::state::AppState;
use app::{error::AppError, request::ClientAddress};
use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;

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

/// The same answer that a server function gives.
fn refusal(error: AppError) -> Response {
    (error.status(), Json(error)).into_response()
}
