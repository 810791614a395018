//! Writes come from our own pages only. Together with `SameSite` cookies this keeps other sites from writing in a
//! person's name.

use crate::state::Site;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses a write that a browser does not say is from this site.
pub(crate) async fn check(State(site): State<Site>, request: Request, next: Next) -> Response {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if reads || is_ours(request.headers(), &site.origin) {
        next.run(request).await
    } else {
        (
            StatusCode::FORBIDDEN,
            "Writes are taken from this site's own pages only.",
        )
            .into_response()
    }
}

/// `Sec-Fetch-Site` cannot be set by a page, and every current browser sends it; older ones send `Origin` with writes.
fn is_ours(headers: &HeaderMap, origin: &str) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => headers
            .get(header::ORIGIN)
            .is_some_and(|from| from == origin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        is_ours(&headers, "https://crm.example.com")
    }

    #[test]
    fn believes_browsers_about_where_a_write_comes_from() {
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(ours(&[("origin", "https://crm.example.com")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(!ours(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://crm.example.com")
        ]));
        assert!(!ours(&[("origin", "https://evil.example")]));
        assert!(!ours(&[("origin", "null")]));
        assert!(!ours(&[]));
    }
}
