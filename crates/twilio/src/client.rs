//! The client of Twilio's REST API.

mod answer;
mod check;
mod error;
mod list;
mod outgoing;
mod tls;

pub use check::CheckError;
pub use error::{Doubt, SendError, SetUpError};
pub use list::{CannotSay, Listed};
pub use outgoing::{Outgoing, Sender, Sent};

use crate::sid::AccountSid;
use reqwest::{Client, Url, redirect::Policy};
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

/// What the API is asked with.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// The account's own token, which also signs webhooks.
    AuthToken(SecretString),
    /// A key that can be revoked by itself: its SID (`SK…`) and secret.
    ApiKey { sid: String, secret: SecretString },
}

/// How to reach Twilio.
#[derive(Clone, Debug)]
pub struct Settings {
    pub account: AccountSid,
    pub credentials: Credentials,
    /// Twilio's own, or another server that speaks its language. Without TLS only on this machine.
    pub base_url: Url,
    /// Until there is a connection: what fails before this is not sent.
    pub connect_timeout: Duration,
    /// From the beginning of the request to the end of the answer. Twilio answers in well under a second.
    pub timeout: Duration,
}

/// Where Twilio's API is.
const API: &str = "https://api.twilio.com";

impl Settings {
    /// Twilio's own API, with ample time.
    pub fn new(account: AccountSid, credentials: Credentials) -> Result<Self, SetUpError> {
        Ok(Self {
            account,
            credentials,
            base_url: Url::parse(API).map_err(|_| SetUpError::Url)?,
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(20),
        })
    }
}

/// Sends messages for one account of Twilio. Cheap to clone; its clones share their connections.
#[derive(Clone, Debug)]
pub struct Twilio {
    http: Client,
    account: AccountSid,
    resource: Url,
    messages: Url,
    user: String,
    secret: SecretString,
}

impl Twilio {
    pub fn new(settings: Settings) -> Result<Self, SetUpError> {
        let local = matches!(
            settings.base_url.host_str(),
            Some("127.0.0.1" | "[::1]" | "localhost")
        );
        if settings.base_url.scheme() != "https" && !local {
            return Err(SetUpError::Insecure);
        }
        let address = |path: &str| {
            let path = format!("/2010-04-01/Accounts/{}{path}.json", settings.account);
            settings.base_url.join(&path).map_err(|_| SetUpError::Url)
        };
        let (resource, messages) = (address("")?, address("/Messages")?);
        // A redirect would carry the secret elsewhere, and a proxy is a setting like others: neither is taken from outside.
        let http = Client::builder()
            .tls_backend_preconfigured(tls::config()?)
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .user_agent("regulars")
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.timeout)
            .build()
            .map_err(|_| SetUpError::Tls)?;
        let (user, secret) = match settings.credentials {
            Credentials::AuthToken(token) => (settings.account.to_string(), token),
            Credentials::ApiKey { sid, secret } => (sid, secret),
        };
        Ok(Self {
            http,
            account: settings.account,
            resource,
            messages,
            user,
            secret,
        })
    }

    /// The account of Twilio that it sends for.
    pub const fn account(&self) -> &AccountSid {
        &self.account
    }

    /// Hands a message to Twilio, once: it is never tried again in here, because Twilio does not recognise a repeated one.
    pub async fn send(&self, message: &Outgoing<'_>) -> Result<Sent, SendError> {
        let request = self
            .http
            .post(self.messages.clone())
            .basic_auth(&self.user, Some(self.secret.expose_secret()))
            .form(&message.fields());
        let response = request
            .send()
            .await
            .map_err(|error| SendError::without_answer(&error))?;
        answer::read(response).await
    }

    /// Whether Twilio knows the account, accepts its secret, and lets it work.
    pub async fn check(&self) -> Result<(), CheckError> {
        let request = self
            .http
            .get(self.resource.clone())
            .basic_auth(&self.user, Some(self.secret.expose_secret()));
        let response = request.send().await;
        check::read(response.map_err(|_| CheckError::Unreachable)?).await
    }
}
