//! A server over a database of its own, called without a network.

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::Response,
};
use domain::account::Country;
use leptos::config::LeptosOptions;
use serde_json::Value;
use server::{AppState, FeedState, Site};
use service::{Caller, Mailer, ProviderConfig, Sender, Services, SetUp, SmtpServer, SystemClock};
use sqlx::PgPool;
use std::{
    io::Write,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};
use store::Store;
use tokio::sync::watch;
use tower::ServiceExt;

pub(crate) const EMAIL: &str = "odette@example.com";
pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const COMPANY: &str = "Garage Bélanger";

pub(crate) struct Server {
    router: Router,
    pub(crate) services: Services,
    /// Tells the server to stop.
    pub(crate) stop: watch::Sender<bool>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Server {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self::at(pool, "http://regulars.test")
    }

    pub(crate) fn at(pool: PgPool, public_url: &str) -> Self {
        Self::with_files(pool, public_url, Path::new("no-such-folder"), false)
    }

    pub(crate) fn with_files(
        pool: PgPool,
        public_url: &str,
        site_root: &Path,
        hashed: bool,
    ) -> Self {
        let services = Services::new(Store::new(pool.clone()), Arc::new(SystemClock));
        Self::with_services(pool, services, public_url, site_root, hashed)
    }

    /// With a mail server that nobody listens to.
    pub(crate) fn with_mailer(pool: PgPool) -> Self {
        let smtp = SmtpServer::parse(&"smtp://127.0.0.1:1".into()).unwrap();
        let sender = Sender::parse("crm@regulars.test").unwrap();
        let mailer = Mailer::new(smtp, sender, |export| export.to_string());
        let services = Services::new(Store::new(pool.clone()), Arc::new(SystemClock));
        let services = services.with_mailer(mailer);
        let nowhere = Path::new("no-such-folder");
        Self::with_services(pool, services, "http://regulars.test", nowhere, false)
    }

    /// With providers as whoever runs the server says.
    pub(crate) fn with_providers(pool: PgPool, config: ProviderConfig) -> Self {
        let services = Services::new(Store::new(pool.clone()), Arc::new(SystemClock));
        let services = services.with_providers(config);
        let nowhere = Path::new("no-such-folder");
        Self::with_services(pool, services, "http://regulars.test", nowhere, false)
    }

    fn with_services(
        pool: PgPool,
        services: Services,
        public_url: &str,
        site_root: &Path,
        hashed: bool,
    ) -> Self {
        let store = Store::new(pool);
        let secure = public_url.starts_with("https://");
        let mut leptos = LeptosOptions::builder()
            .output_name("regulars")
            .site_root(site_root.to_string_lossy())
            .build();
        leptos.hash_files = hashed;
        leptos.site_pkg_dir = "pkg".into();
        let (stop, stopping) = watch::channel(false);
        let state = AppState {
            services: services.clone(),
            store,
            leptos,
            cookie: app::request::SessionCookie::new(secure),
            site: Site {
                origin: public_url.to_owned(),
                secure,
                behind_proxy: false,
                live_reload: None,
            },
            feed: FeedState {
                stopping,
                check_every: Duration::from_millis(10),
            },
        };
        Self {
            router: server::router(state),
            services,
            stop,
        }
    }

    /// Whose session the one of a cookie is.
    pub(crate) async fn caller(&self, cookie: &str) -> Caller {
        let token = cookie.trim_start_matches("session=");
        self.services.caller(token).await.unwrap().unwrap()
    }

    /// The account that the session of a cookie is in.
    pub(crate) async fn account_of(&self, cookie: &str) -> String {
        self.caller(cookie).await.account.to_string()
    }

    /// The answer while it still comes.
    pub(crate) async fn open(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.open(request).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request(Method::GET, path, headers, Body::empty()))
            .await
    }

    /// Calls a server function as the page does.
    pub(crate) async fn call(
        &self,
        path: &str,
        arguments: &Value,
        headers: &[(&str, &str)],
    ) -> Answer {
        let ours = [
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/json"),
        ];
        let headers: Vec<_> = ours.into_iter().chain(headers.iter().copied()).collect();
        self.send(request(
            Method::POST,
            path,
            &headers,
            Body::from(arguments.to_string()),
        ))
        .await
    }

    /// Makes the account and gives its owner's cookie, as a browser sends it.
    pub(crate) async fn owner(&self) -> String {
        let link = self.services.new_setup_link().await.unwrap().unwrap();
        let shop = SetUp {
            company: COMPANY.to_owned(),
            country: Country::CANADA,
            time_zone: "America/Toronto".to_owned(),
            name: "Odette Owner".to_owned(),
            email: EMAIL.to_owned(),
            password: PASSWORD.into(),
        };
        let token = self
            .services
            .finish_setup(&link, shop, String::new())
            .await
            .unwrap();
        format!("session={}", token.expose())
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    pub(crate) fn location(&self) -> &str {
        self.header(header::LOCATION.as_str())
    }

    /// The session cookie that the answer sets, with its flags.
    pub(crate) fn session_cookie(&self) -> Option<&str> {
        let cookies = self
            .headers
            .get_all(header::SET_COOKIE)
            .iter()
            .map(|cookie| cookie.to_str().unwrap());
        cookies
            .into_iter()
            .find(|cookie| cookie.contains("session="))
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

pub(crate) fn request(
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> Request<Body> {
    let start = Request::builder().method(method).uri(path);
    headers
        .iter()
        .fold(start, |request, (name, value)| {
            request.header(*name, *value)
        })
        .body(body)
        .unwrap()
}

/// What the server writes into its log.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Keeps what this thread logs, as long as the guard lives.
    pub(crate) fn keep() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::INFO)
            .with_writer(move || writer.clone())
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
