//! For whoever watches the server.

use crate::state::AppState;
use app::request::Chain;
use axum::{extract::State, http::StatusCode};

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "ok"
}

/// It can do its work: the database answers, and its schema is the one this build needs.
pub(crate) async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match state.store.is_current().await {
        Ok(true) => (StatusCode::OK, "ready"),
        Ok(false) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database is not up to date: regulars migrate",
        ),
        Err(cause) => {
            let cause = Chain(&cause);
            tracing::warn!(%cause, "the database does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer",
            )
        }
    }
}
