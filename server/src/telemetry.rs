//! Logs: one line for each request, with its route's pattern, never its address, headers or body.

use crate::config::Config;
use axum::{
    extract::{MatchedPath, Request},
    http::{Response, StatusCode},
};
use std::time::Duration;
use tracing::{Span, field::Empty};
use tracing_subscriber::EnvFilter;

pub(crate) fn start(config: &Config) {
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&config.log))
        .with_writer(std::io::stderr);
    if config.log_json {
        subscriber.json().flatten_event(true).init();
    } else {
        subscriber.with_target(false).init();
    }
}

/// A span for the request. Addresses can carry secrets (`/invite/…`) and personal data (`?q=…`); patterns cannot, nor can
/// the fixed addresses of server functions.
pub(crate) fn request_span<B>(request: &Request<B>) -> Span {
    let pattern = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(none)", MatchedPath::as_str);
    let route = if pattern == crate::api::SERVER_FUNCTIONS {
        crate::api::known_name(request.uri().path())
    } else {
        pattern
    };
    let id = request
        .headers()
        .get("x-request-id")
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), route, id, status = Empty, duration_ms = Empty)
}

pub(crate) fn log_response<B>(response: &Response<B>, took: Duration, span: &Span) {
    span.record("status", response.status().as_u16());
    span.record("duration_ms", took.as_millis());
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        tracing::warn!("answered");
    } else if response.status().is_server_error() {
        tracing::error!("answered");
    } else {
        tracing::info!("answered");
    }
}
