//! Every setting, from the environment, read once. All that is wrong is said in one message.

use http::Uri;
use secrecy::SecretString;
use service::{SecretKey, Sender, SmtpServer, TwilioAccount, Url};
use std::{fmt, net::SocketAddr, path::PathBuf, str::FromStr};

#[derive(Debug)]
pub struct Config {
    pub database_url: SecretString,
    /// The most connections to the database at a time.
    pub database_connections: u32,
    pub listen: SocketAddr,
    /// Scheme and host that people type, without a slash at the end.
    pub public_url: String,
    /// `None`: mails are not sent.
    pub mail: Option<Mail>,
    /// `None`: no account can set up a provider of its own.
    pub secret_key: Option<SecretKey>,
    /// The provider of the oldest account.
    pub twilio: Option<TwilioAccount>,
    /// Another server than Twilio's own.
    pub twilio_api: Option<Url>,
    /// A filter of `tracing_subscriber`.
    pub log: String,
    pub log_json: bool,
    /// A proxy in front tells the client's address in `X-Forwarded-For`; without one, anybody could write it there.
    pub behind_proxy: bool,
    /// What cargo-leptos was told at build time, for run time.
    pub leptos_file: PathBuf,
    /// `cargo leptos watch` runs this, and tells the page when to reload.
    pub live_reload: bool,
}

/// How mails are sent.
#[derive(Clone, Debug)]
pub struct Mail {
    pub server: SmtpServer,
    pub sender: Sender,
}

/// What is wrong, one line for each setting.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError(Vec<String>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Some settings are missing or cannot be used:")?;
        self.0
            .iter()
            .try_for_each(|problem| write!(f, "\n  {problem}"))?;
        f.write_str("\nSee: regulars settings")
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    pub const DESCRIPTION: &str = "\
DATABASE_URL                    where PostgreSQL is: postgres://user:password@host:port/database (needed)
REGULARS_DATABASE_CONNECTIONS   the most connections to it at a time (16)
REGULARS_LISTEN                 address and port to listen on (127.0.0.1:3000)
REGULARS_PUBLIC_URL             what people type to get here, as https://crm.example.com (http:// and REGULARS_LISTEN);
                                with https, cookies are sent over https only
SMTP_URL                        the mail server, as smtps://user:password@host:465, or smtp://user:password@host:587?tls=required
                                for STARTTLS; without it no mails are sent
SMTP_FROM                       the sender of mails, as Regulars <crm@example.com> (needed with SMTP_URL)
REGULARS_SECRET_KEY             32 random bytes in base64 (openssl rand -base64 32), under which secrets that people type in, such as the
                                token of a provider, are kept; without it, none can be. A new key makes them unreadable
TWILIO_ACCOUNT_SID              Twilio for the oldest account, while nothing is set up in the app: AC…; without it, there is the
                                simulator
TWILIO_AUTH_TOKEN               its token (needed with TWILIO_ACCOUNT_SID)
TWILIO_FROM                     the number that messages come from, as +14185550000, or a Messaging Service, MG… (needed with
                                TWILIO_ACCOUNT_SID)
TWILIO_PER_SECOND               the most segments in a second, 1 to 100 (1)
TWILIO_API_URL                  another server than Twilio's own that speaks its language (https://api.twilio.com)
REGULARS_BEHIND_PROXY           true if a proxy in front sets X-Forwarded-For (false)
REGULARS_LOG                    what to log: error, warn, info, debug, or a filter as `info,sqlx=debug` (info)
REGULARS_LOG_FORMAT             text or json (text)
REGULARS_LEPTOS_FILE            where Leptos.toml is (Leptos.toml)
LEPTOS_WATCH                    set by cargo leptos watch";

    pub fn from_env() -> Result<Self, ConfigError> {
        #[expect(clippy::disallowed_methods, reason = "this is the one place")]
        Self::read(|name| std::env::var(name).ok())
    }

    fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let mut reader = Reader {
            lookup,
            problems: Vec::new(),
        };
        let database_url = reader.needed(
            "DATABASE_URL",
            "where PostgreSQL is: postgres://user:password@host:port/database",
        );
        let database_connections = reader.parsed(
            "REGULARS_DATABASE_CONNECTIONS",
            "16",
            "a number above 0",
            |text| text.parse().ok().filter(|connections| *connections > 0),
        );
        let listen: Option<SocketAddr> = reader.from_str(
            "REGULARS_LISTEN",
            "127.0.0.1:3000",
            "an address and port as 127.0.0.1:3000",
        );
        let own_url = listen
            .map(|listen| format!("http://{listen}"))
            .unwrap_or_default();
        let public_url = reader.parsed(
            "REGULARS_PUBLIC_URL",
            &own_url,
            "http:// or https:// and a host, without a path",
            public_url,
        );
        let mail = reader.mail();
        let secret_key = reader.optional("REGULARS_SECRET_KEY", "32 bytes in base64", |text| {
            SecretKey::parse(&SecretString::from(text))
        });
        let twilio = reader.twilio();
        let twilio_api = reader.optional(
            "TWILIO_API_URL",
            "https:// and a host, or a server on this machine",
            twilio_api,
        );
        let log = reader.parsed(
            "REGULARS_LOG",
            "info",
            "a log filter as info,sqlx=debug",
            |text| {
                tracing_subscriber::EnvFilter::try_new(text)
                    .ok()
                    .map(|_| text.to_owned())
            },
        );
        let log_json =
            reader.parsed(
                "REGULARS_LOG_FORMAT",
                "text",
                "text or json",
                |text| match text {
                    "text" => Some(false),
                    "json" => Some(true),
                    _ => None,
                },
            );
        let behind_proxy = reader.from_str("REGULARS_BEHIND_PROXY", "false", "true or false");
        let leptos_file = reader.from_str("REGULARS_LEPTOS_FILE", "Leptos.toml", "a path");
        let live_reload = (reader.lookup)("LEPTOS_WATCH").is_some();
        let problems = reader.problems;
        let config = || {
            Some(Self {
                database_url: SecretString::from(database_url?),
                database_connections: database_connections?,
                listen: listen?,
                public_url: public_url?,
                mail: mail?,
                secret_key: secret_key?,
                twilio: twilio?,
                twilio_api: twilio_api?,
                log: log?,
                log_json: log_json?,
                behind_proxy: behind_proxy?,
                leptos_file: leptos_file?,
                live_reload,
            })
        };
        config().ok_or(ConfigError(problems))
    }

    /// Cookies are for https only where people come by https.
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// A whole address of this server.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }
}

struct Reader<F> {
    lookup: F,
    problems: Vec<String>,
}

impl<F: Fn(&str) -> Option<String>> Reader<F> {
    fn needed(&mut self, name: &str, what: &str) -> Option<String> {
        let value = (self.lookup)(name).filter(|value| !value.trim().is_empty());
        if value.is_none() {
            self.problems.push(format!("{name} is missing: {what}"));
        }
        value
    }

    /// A setting with a default. The value itself is not repeated: it may be a secret in the wrong place.
    fn parsed<T>(
        &mut self,
        name: &str,
        default: &str,
        what: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = (self.lookup)(name).filter(|value| !value.trim().is_empty());
        let parsed = parse(value.as_deref().unwrap_or(default).trim());
        if parsed.is_none() && value.is_some() {
            self.problems.push(format!("{name} is not {what}"));
        }
        parsed
    }

    /// A setting that may be left out. The inner `None`: it is.
    #[expect(clippy::option_option, reason = "left out is not wrong")]
    fn optional<T>(
        &mut self,
        name: &str,
        what: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        let value = (self.lookup)(name).filter(|value| !value.trim().is_empty());
        let Some(value) = value else {
            return Some(None);
        };
        let parsed = parse(value.trim());
        if parsed.is_none() {
            self.problems.push(format!("{name} is not {what}"));
        }
        parsed.map(Some)
    }

    #[expect(clippy::option_option, reason = "left out is not wrong")]
    fn mail(&mut self) -> Option<Option<Mail>> {
        let server = self.optional(
            "SMTP_URL",
            "a mail server as smtps://user:password@host:465, or smtp://user:password@host:587?tls=required",
            |text| SmtpServer::parse(&SecretString::from(text)),
        );
        let what = "the sender of mails, as Regulars <crm@example.com>";
        let sender = self.optional("SMTP_FROM", what, Sender::parse);
        match (server?, sender?) {
            (None, _) => Some(None),
            (Some(server), Some(sender)) => Some(Some(Mail { server, sender })),
            (Some(_), None) => {
                let problem = format!("SMTP_FROM is missing: {what}");
                self.problems.push(problem);
                None
            }
        }
    }

    /// All of it or nothing.
    #[expect(clippy::option_option, reason = "left out is not wrong")]
    fn twilio(&mut self) -> Option<Option<TwilioAccount>> {
        let sid = self.optional("TWILIO_ACCOUNT_SID", "AC and 32 digits", |text| {
            text.parse().ok()
        });
        let token = self.optional("TWILIO_AUTH_TOKEN", "a token", service::auth_token);
        let what = "a number as +14185550000, or a Messaging Service, MG and 32 digits";
        let sender = self.optional("TWILIO_FROM", what, service::sender);
        let per_second = self.parsed("TWILIO_PER_SECOND", "1", "a number from 1 to 100", |text| {
            service::per_second(text.parse().ok()?)
        });
        let (sid, token, sender, per_second) = (sid?, token?, sender?, per_second?);
        match (sid, token, sender) {
            (None, None, None) => Some(None),
            (Some(sid), Some(token), Some(sender)) => Some(Some(TwilioAccount {
                sid,
                token,
                sender,
                per_second,
            })),
            (sid, token, sender) => {
                let missing = [
                    ("TWILIO_ACCOUNT_SID", sid.is_none()),
                    ("TWILIO_AUTH_TOKEN", token.is_none()),
                    ("TWILIO_FROM", sender.is_none()),
                ];
                let missing = missing.iter().filter(|(_, missing)| *missing);
                self.problems.extend(missing.map(|(name, _)| {
                    format!("{name} is missing: Twilio needs all of its settings")
                }));
                None
            }
        }
    }

    #[expect(
        clippy::wrong_self_convention,
        reason = "named after the trait it uses"
    )]
    fn from_str<T: FromStr>(&mut self, name: &str, default: &str, what: &str) -> Option<T> {
        self.parsed(name, default, what, |text| text.parse().ok())
    }
}

fn public_url(text: &str) -> Option<String> {
    let text = text.trim_end_matches('/');
    let uri: Uri = text.parse().ok()?;
    let known = matches!(uri.scheme_str(), Some("http" | "https"));
    (known && uri.authority().is_some() && matches!(uri.path(), "" | "/") && uri.query().is_none())
        .then(|| text.to_owned())
}

/// The secret goes there: without encryption only on this machine.
fn twilio_api(text: &str) -> Option<Url> {
    let url: Url = text.parse().ok()?;
    let local = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
    (url.scheme() == "https" || (local && url.scheme() == "http")).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let settings = settings.to_vec();
        Config::read(|name| {
            settings
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn needs_only_the_database() {
        let config = read(&[("DATABASE_URL", "postgres://localhost/regulars")]).unwrap();
        assert_eq!(config.public_url, "http://127.0.0.1:3000");
        assert!(!config.secure());
    }

    #[test]
    fn says_all_that_is_wrong_at_once_and_repeats_no_value() {
        let wrong = [
            ("REGULARS_LISTEN", "hunter2"),
            ("REGULARS_LOG_FORMAT", "xml"),
            ("REGULARS_PUBLIC_URL", "crm.example.com"),
            ("SMTP_URL", "mail.example.com"),
            ("SMTP_FROM", "Regulars"),
        ];
        let message = read(&wrong).unwrap_err().to_string();
        for name in [
            "DATABASE_URL",
            "REGULARS_LISTEN",
            "REGULARS_LOG_FORMAT",
            "REGULARS_PUBLIC_URL",
            "SMTP_URL",
            "SMTP_FROM",
        ] {
            assert!(message.contains(name), "{message}");
        }
        assert!(!message.contains("hunter2"), "{message}");
    }

    #[test]
    fn is_secure_where_people_come_by_https() {
        let config = read(&[
            ("DATABASE_URL", "x"),
            ("REGULARS_PUBLIC_URL", "https://crm.example.com/"),
        ])
        .unwrap();
        assert!(config.secure());
        assert_eq!(
            config.link("/setup/abc"),
            "https://crm.example.com/setup/abc"
        );
    }

    #[test]
    fn never_prints_the_address_of_the_database() {
        let config = read(&[("DATABASE_URL", "postgres://me:hunter2@localhost/x")]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
    }

    #[test]
    fn sends_mails_where_it_knows_the_server_and_the_sender() {
        let url = (
            "SMTP_URL",
            "smtp://me:hunter2@mail.example.com?tls=required",
        );
        let from = ("SMTP_FROM", "Regulars <crm@example.com>");
        let database = ("DATABASE_URL", "x");
        assert!(read(&[database]).unwrap().mail.is_none());
        assert!(read(&[database, from]).unwrap().mail.is_none());
        let config = read(&[database, url, from]).unwrap();
        assert!(config.mail.is_some());
        assert!(!format!("{config:?}").contains("hunter2"));
        let alone = read(&[database, url]).unwrap_err().to_string();
        assert!(alone.contains("SMTP_FROM is missing"), "{alone}");
    }

    #[test]
    fn has_a_provider_where_all_of_it_is_said() {
        let all = [
            ("DATABASE_URL", "x"),
            ("TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef"),
            ("TWILIO_AUTH_TOKEN", "hunter2"),
            ("TWILIO_FROM", "+14185550000"),
        ];
        let config = read(&all).unwrap();
        assert_eq!(config.twilio.as_ref().unwrap().per_second.get(), 1);
        assert!(!format!("{config:?}").contains("hunter2"));
        assert!(read(&all[..1]).unwrap().twilio.is_none());
        for left_out in 1..all.len() {
            let mut some = all.to_vec();
            let (name, _) = some.remove(left_out);
            let message = read(&some).unwrap_err().to_string();
            assert!(message.contains(&format!("{name} is missing")), "{message}");
        }
        for (name, value) in [
            ("TWILIO_FROM", "418 555 0000"),
            ("TWILIO_ACCOUNT_SID", "hunter2"),
            ("TWILIO_PER_SECOND", "0"),
            ("TWILIO_API_URL", "http://api.twilio.com"),
            ("REGULARS_SECRET_KEY", "hunter2"),
        ] {
            let mut wrong = all.to_vec();
            wrong.retain(|(other, _)| *other != name);
            wrong.push((name, value));
            let message = read(&wrong).unwrap_err().to_string();
            assert!(message.contains(&format!("{name} is not")), "{message}");
            assert!(!message.contains("hunter2"), "{message}");
        }
    }

    #[test]
    fn describes_every_setting_it_reads() {
        let asked = std::cell::RefCell::new(Vec::new());
        let outcome = Config::read(|name| {
            asked.borrow_mut().push(name.to_owned());
            None
        });
        assert!(outcome.is_err());
        for name in asked.into_inner() {
            assert!(Config::DESCRIPTION.contains(&name), "{name}");
        }
    }
}
