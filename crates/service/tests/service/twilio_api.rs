//! A Twilio that knows one account, for as long as it is let.

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::get,
};
use serde_json::json;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

pub(crate) const ACCOUNT_SID: &str = "AC0123456789abcdef0123456789abcdef";
pub(crate) const TOKEN: &str = "the-token";
/// `AC0123456789abcdef0123456789abcdef:the-token`
const AUTHORIZATION: &str = "Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0aGUtdG9rZW4=";

#[derive(Clone, Debug)]
pub(crate) struct TwilioApi {
    pub(crate) address: String,
    status: Arc<Mutex<StatusCode>>,
}

impl TwilioApi {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            status: Arc::new(Mutex::new(StatusCode::OK)),
        };
        let path = format!("/2010-04-01/Accounts/{ACCOUNT_SID}.json");
        let app = Router::new()
            .route(&path, get(account))
            .with_state(api.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        api
    }

    /// Answers so from now on.
    pub(crate) fn answer(&self, status: StatusCode) {
        *self.status.lock().unwrap() = status;
    }
}

async fn account(
    State(api): State<TwilioApi>,
    headers: HeaderMap,
) -> (StatusCode, Json<serde_json::Value>) {
    let known = headers
        .get("authorization")
        .is_some_and(|given| given == AUTHORIZATION);
    let status = if known {
        *api.status.lock().unwrap()
    } else {
        StatusCode::UNAUTHORIZED
    };
    (
        status,
        Json(json!({ "sid": ACCOUNT_SID, "status": "active" })),
    )
}
