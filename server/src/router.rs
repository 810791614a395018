//! Every route and every layer.

use crate::{
    api, assets, health, origin, page, security,
    state::{AppState, Site},
    telemetry,
    to_the_end::to_the_end,
    webhooks,
};
use app::request::ClientAddress;
use axum::{
    Router,
    extract::{ConnectInfo, DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderName, StatusCode},
    middleware::{self, Next, from_fn_with_state},
    response::Response,
    routing::{get, post, put},
};
use leptos_axum::LeptosRoutes;
use std::{net::SocketAddr, time::Duration};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

const PAGE_TIMEOUT: Duration = Duration::from_secs(30);
/// Committing a million rows is one call.
const CALL_TIMEOUT: Duration = Duration::from_mins(10);

pub fn router(state: AppState) -> Router {
    let request_id = HeaderName::from_static("x-request-id");

    let calls = Router::new()
        .route(api::SERVER_FUNCTIONS, post(api::server_function))
        .route(
            "/api/v1/imports/{import}/chunks/{number}",
            put(api::put_chunk),
        )
        .route("/api/v1/events/{account}", get(api::events::stream))
        .route("/api/v1/exports/{export}/rows", get(api::export_rows))
        .route("/api/v1/exports/{export}/changes", get(api::export_changes))
        .route(
            "/api/v1/exports/{export}/mail/{number}",
            put(api::mail::put_piece),
        )
        .route("/api/v1/exports/{export}/file", get(api::mail::file))
        // Each handler reads within its own limit; what it has read is read once more by Leptos.
        .layer(DefaultBodyLimit::disable())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            CALL_TIMEOUT,
        ));

    let pages = Router::new()
        .leptos_routes_with_handler(page::listings(), get(page::page))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            PAGE_TIMEOUT,
        ));

    let posted = Router::new()
        .route(
            "/webhooks/twilio/{account}/messages",
            post(webhooks::message),
        )
        .route("/webhooks/twilio/{account}/status", post(webhooks::status))
        .layer(middleware::from_fn(to_the_end))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            PAGE_TIMEOUT,
        ));

    let health = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready));

    let files_or_missing =
        assets::root_files(&state).fallback(get(page::missing).with_state(state.clone()));

    Router::new()
        .merge(calls)
        .merge(pages)
        .merge(health)
        .merge(assets::routes(&state))
        .fallback_service(files_or_missing)
        .layer(middleware::from_fn(to_the_end))
        .layer(from_fn_with_state(state.site.clone(), origin::check))
        // Whoever posts there proves who they are by a signature, and has no session.
        .merge(posted)
        .layer(from_fn_with_state(state.site.clone(), note_address))
        // Pages are streamed: compressing them would hold their parts back until the last one is there.
        .layer(
            // Brotli takes seven times as long as gzip for a tenth less, and the pages of an export wait for it.
            CompressionLayer::new()
                .no_br()
                .quality(CompressionLevel::Precise(3))
                .compress_when(DefaultPredicate::new().and(NotForContentType::new("text/html"))),
        )
        .layer(from_fn_with_state(
            state.site.clone(),
            security::add_headers,
        ))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(telemetry::request_span)
                .on_request(())
                .on_response(telemetry::log_response)
                .on_failure(()),
        )
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(SetRequestIdLayer::new(request_id.clone(), MakeRequestUuid))
        .layer(middleware::from_fn(move |request, next| {
            forget_request_id(request_id.clone(), request, next)
        }))
        .with_state(state)
}

/// Ids are ours: one that a client sent would put its words into the log.
async fn forget_request_id(name: HeaderName, mut request: Request, next: Next) -> Response {
    request.headers_mut().remove(name);
    next.run(request).await
}

/// Finds out from where a request comes, for the rate limit of sign-in.
async fn note_address(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let direct = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip().to_string());
    let address = if site.behind_proxy {
        forwarded(request.headers()).or(direct)
    } else {
        direct
    };
    request
        .extensions_mut()
        .insert(ClientAddress(address.unwrap_or_default()));
    next.run(request).await
}

/// The last address of `X-Forwarded-For` is the one that our own proxy saw; those before it are the client's claims.
fn forwarded(headers: &HeaderMap) -> Option<String> {
    let chain = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()?
        .to_str()
        .ok()?;
    let last = chain.rsplit(',').next()?.trim();
    last.parse::<std::net::IpAddr>()
        .ok()
        .map(|address| address.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn believes_only_the_proxy_next_to_it() {
        let mut headers = HeaderMap::new();
        headers.append(
            "x-forwarded-for",
            "203.0.113.9, 198.51.100.7".parse().unwrap(),
        );
        assert_eq!(forwarded(&headers).as_deref(), Some("198.51.100.7"));
        headers.append("x-forwarded-for", "not an address".parse().unwrap());
        assert_eq!(forwarded(&headers), None);
    }
}
