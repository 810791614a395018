//! What every handler can reach.

use app::request::SessionCookie;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use service::Services;
use std::time::Duration;
use store::Store;
use tokio::sync::watch;

#[derive(Clone, Debug)]
pub struct AppState {
    pub services: Services,
    pub store: Store,
    pub leptos: LeptosOptions,
    pub cookie: SessionCookie,
    pub site: Site,
    pub feed: FeedState,
}

/// What open streams of changes go by.
#[derive(Clone, Debug)]
pub struct FeedState {
    /// `true` when the server was told to stop.
    pub stopping: watch::Receiver<bool>,
    /// How often it is asked whether the session still holds.
    pub check_every: Duration,
}

/// How the world sees this server.
#[derive(Clone, Debug)]
pub struct Site {
    /// Scheme and host, as browsers send them in `Origin`.
    pub origin: String,
    pub secure: bool,
    pub behind_proxy: bool,
    /// Where `cargo leptos watch` announces a rebuild, as browsers reach it.
    pub live_reload: Option<String>,
}

/// What `leptos_axum` asks of a state.
impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
