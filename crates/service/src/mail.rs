//! Mails: the server that takes them, what they say, and sending what is queued.

mod message;
mod sending;
mod wording;

use domain::{contact::Email, ids::ExportId, mail::Trouble};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{self, AsyncSmtpTransportBuilder},
};
use secrecy::{ExposeSecret, SecretString};
use std::{fmt, sync::Arc, time::Duration};
use tokio::sync::Notify;

/// A mail of 20 MB over a slow line takes minutes. Shorter than [`sending::TAKEN_FOR`].
const TRY_MAX: Duration = Duration::from_mins(5);

/// Where mails are handed in.
#[derive(Clone)]
pub struct SmtpServer(AsyncSmtpTransportBuilder);

impl SmtpServer {
    /// From `smtps://user:password@host:port`, or `smtp://…?tls=required` for STARTTLS. `None` if it is no such thing.
    pub fn parse(url: &SecretString) -> Option<Self> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret());
        builder.ok().map(Self)
    }
}

impl fmt::Debug for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It holds the password.
        f.write_str("SmtpServer")
    }
}

/// Who mails are from.
#[derive(Clone, Debug)]
pub struct Sender(Mailbox);

impl Sender {
    /// From `Name <address>` or an address. `None` if it is no such thing.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

/// Sends mails. Made inside a Tokio runtime.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
    page_of: Box<dyn Fn(ExportId) -> String + Send + Sync>,
    queued: Notify,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailer")
    }
}

impl Mailer {
    /// `page_of` gives the whole address of the page on which the file of an export is downloaded.
    pub fn new(
        SmtpServer(server): SmtpServer,
        Sender(sender): Sender,
        page_of: impl Fn(ExportId) -> String + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            transport: server.build(),
            sender,
            page_of: Box::new(page_of),
            queued: Notify::new(),
        })
    }

    /// Says that a mail was queued.
    pub(crate) fn wake(&self) {
        self.queued.notify_one();
    }

    pub(crate) async fn queued(&self) {
        self.queued.notified().await;
    }

    async fn send(&self, message: Message) -> Result<(), NotSent> {
        let ascii = message.envelope().to().iter().all(is_ascii);
        match tokio::time::timeout(TRY_MAX, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(NotSent::new(&error, ascii)),
            Err(_) => Err(NotSent {
                trouble: Trouble::Unreachable,
                cause: format!("no answer in {} s", TRY_MAX.as_secs()),
            }),
        }
    }
}

/// Why a try ended without a mail sent.
struct NotSent {
    trouble: Trouble,
    /// For the log: without anything that names a person, as replies of mail servers do.
    cause: String,
}

impl NotSent {
    fn new(error: &smtp::Error, ascii: bool) -> Self {
        let trouble = match error.status().map(u16::from) {
            Some(code) => Trouble::of_reply(code),
            // The mail server knows no SMTPUTF8 (RFC 6531).
            None if error.is_client() && !ascii => Trouble::Address,
            None => Trouble::Unreachable,
        };
        let cause = match error.status() {
            Some(code) => format!("reply {code}"),
            None if error.is_response() => "a reply that cannot be read".to_owned(),
            None => error.to_string(),
        };
        Self { trouble, cause }
    }
}

fn is_ascii(address: &Address) -> bool {
    address.user().is_ascii() && address.domain().is_ascii()
}

/// `None`: no mail can be addressed to it.
pub(crate) fn address(email: &Email) -> Option<Address> {
    email.as_str().parse().ok()
}
