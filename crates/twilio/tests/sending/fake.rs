//! A server that answers what a test tells it to, and keeps what it was asked.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Response, StatusCode, Uri},
};
use domain::phone::E164;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::net::TcpListener;
use twilio::{
    AccountSid, Address, Credentials, Outgoing, SendError, Sender, Sent, Settings, Twilio,
};

pub(crate) const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
pub(crate) const MESSAGE: &str = "SM0123456789abcdef0123456789abcdef";
pub(crate) const TOKEN: &str = "the-secret-token";
pub(crate) const TEXT: &str = "Your car is ready & clean, Zoé + 1";

/// What the server was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) authorization: String,
    pub(crate) content_type: String,
    pub(crate) body: String,
}

/// What it answers.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            headers: vec![("content-type", "application/json")],
            body: body.into(),
        }
    }

    /// An error, as Twilio words them.
    pub(crate) fn error(status: u16, code: u32) -> Self {
        Self::new(
            status,
            format!(
                r#"{{"code": {code}, "message": "The message From/To pair +14185551234 violates a rule.", "more_info": "https://www.twilio.com/docs/errors/{code}", "status": {status}}}"#
            ),
        )
    }

    pub(crate) fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Fake {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Fake {
    pub(crate) async fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::default();
        let router = Router::new()
            .fallback(respond)
            .with_state((Arc::clone(&asked), answer));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, asked }
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

async fn respond(
    State((asked, answer)): State<(Arc<Mutex<Vec<Asked>>>, Answer)>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let header = |name: &str| {
        headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
            .to_owned()
    };
    asked.lock().unwrap().push(Asked {
        path: uri.to_string(),
        authorization: header("authorization"),
        content_type: header("content-type"),
        body: String::from_utf8(body.to_vec()).unwrap(),
    });
    let mut response = Response::builder().status(StatusCode::from_u16(answer.status).unwrap());
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body)).unwrap()
}

/// A client of the server at this address that waits for `timeout`.
pub(crate) fn client(address: &str, timeout: Duration) -> Twilio {
    let account: AccountSid = ACCOUNT.parse().unwrap();
    let credentials = Credentials::AuthToken(TOKEN.into());
    let mut settings = Settings::new(account, credentials).unwrap();
    settings.base_url = address.parse().unwrap();
    settings.timeout = timeout;
    Twilio::new(settings).unwrap()
}

pub(crate) async fn send_with(client: &Twilio) -> Result<Sent, SendError> {
    let sender = Sender::From("+14185550000".parse::<Address>().unwrap());
    let to = E164::new("+14185551234").unwrap();
    let callback = "https://shop.example/hooks/status?m=1".parse().unwrap();
    client
        .send(&Outgoing {
            sender: &sender,
            to: &to,
            text: TEXT,
            status_callback: Some(&callback),
        })
        .await
}

/// Sends one message to a server that answers so.
pub(crate) async fn send(answer: Answer) -> Result<Sent, SendError> {
    let fake = Fake::start(answer).await;
    send_with(&client(&fake.address, Duration::from_mins(1))).await
}
