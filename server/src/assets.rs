//! Files: the page's code, the worker, the icon.

use crate::{security, state::AppState};
use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tower_http::services::ServeDir;

/// Their names have a hash of the content: a name never means another content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// To be asked again before every use.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
const WORKER_POLICY: HeaderValue = HeaderValue::from_static(security::WORKER);

/// `/pkg` and `/worker`. Files that the build has compressed are sent so.
pub(crate) fn routes(state: &AppState) -> Router<AppState> {
    let files = |folder: &str| {
        ServeDir::new(format!("{}/{folder}", state.leptos.site_root))
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip()
    };
    let package = state.leptos.site_pkg_dir.to_string();
    let hashed = state.leptos.hash_files;
    Router::new()
        .nest_service(
            &format!("/{package}"),
            tower::ServiceBuilder::new()
                .layer(middleware::from_fn(move |request, next| {
                    package_file(hashed, request, next)
                }))
                .service(files(&package)),
        )
        .nest_service(
            "/worker",
            tower::ServiceBuilder::new()
                .layer(middleware::from_fn(worker_file))
                .service(files("worker")),
        )
}

/// The few files at the root, such as the icon.
pub(crate) fn root_files(state: &AppState) -> ServeDir {
    ServeDir::new(&*state.leptos.site_root).append_index_html_on_directories(false)
}

async fn package_file(hashed: bool, request: Request, next: Next) -> Response {
    // `snippets` of wasm-bindgen keep their names from build to build.
    let for_ever = hashed && !request.uri().path().contains("/snippets/");
    let mut response = next.run(request).await;
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let policy = if found && for_ever {
        FOREVER
    } else {
        REVALIDATE
    };
    response.headers_mut().insert(header::CACHE_CONTROL, policy);
    response
}

async fn worker_file(request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let mut response = next.run(request).await;
    let tag = entity_tag(response.headers());
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, REVALIDATE);
    headers.insert(header::CONTENT_SECURITY_POLICY, WORKER_POLICY);
    let Some(tag) = tag.filter(|_| response.status() == StatusCode::OK) else {
        return response;
    };
    response.headers_mut().insert(header::ETAG, tag.clone());
    if known.is_some_and(|known| known == tag) {
        let mut unchanged = StatusCode::NOT_MODIFIED.into_response();
        for name in [
            header::ETAG,
            header::CACHE_CONTROL,
            header::CONTENT_SECURITY_POLICY,
            header::VARY,
        ] {
            if let Some(value) = response.headers().get(&name) {
                unchanged.headers_mut().insert(name, value.clone());
            }
        }
        return unchanged;
    }
    response
}

/// Weak: made of size, date and encoding, which change together with the content of a built file.
fn entity_tag(headers: &HeaderMap) -> Option<HeaderValue> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let (size, date) = (text(header::CONTENT_LENGTH)?, text(header::LAST_MODIFIED)?);
    let encoding = text(header::CONTENT_ENCODING).unwrap_or("plain");
    let date: String = date.chars().filter(char::is_ascii_alphanumeric).collect();
    HeaderValue::from_str(&format!("W/\"{date}-{size}-{encoding}\"")).ok()
}
