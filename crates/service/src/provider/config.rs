//! What whoever runs the server says about providers.

use super::TwilioAccount;
use crate::SecretKey;
use domain::ids::AccountId;
use std::net::IpAddr;
use twilio::{Credentials, SetUpError, Settings, Twilio, Url};

#[derive(Debug, Default)]
pub struct ProviderConfig {
    /// Without it no account can set up a provider of its own.
    pub key: Option<SecretKey>,
    /// For the oldest account, while it has no settings of its own.
    pub environment: Option<TwilioAccount>,
    /// Another server than Twilio's own that speaks its language.
    pub api: Option<Url>,
    /// Scheme and host at which providers reach this server, without a slash at the end.
    pub site: String,
}

impl ProviderConfig {
    /// A client for this account of Twilio.
    pub(super) fn client(&self, account: &TwilioAccount) -> Result<Twilio, SetUpError> {
        let credentials = Credentials::AuthToken(account.token.clone());
        let mut settings = Settings::new(account.sid.clone(), credentials)?;
        if let Some(api) = &self.api {
            settings.base_url = api.clone();
        }
        Twilio::new(settings)
    }

    /// What Twilio calls when a message comes in.
    pub(super) fn inbound_url(&self, account: AccountId) -> String {
        format!("{}/webhooks/twilio/{account}/messages", self.site)
    }

    /// What Twilio calls when it knows more of a message of ours; `None` where Twilio itself cannot reach this server.
    pub(super) fn status_url(&self, account: AccountId) -> Option<Url> {
        let site: Url = self.site.parse().ok()?;
        if self.api.is_none() && is_of_this_network(&site) {
            return None;
        }
        site.join(&format!("/webhooks/twilio/{account}/status"))
            .ok()
    }
}

/// Whether an address is of this machine, or of a network behind it.
fn is_of_this_network(site: &Url) -> bool {
    let Some(host) = site.host_str() else {
        return true;
    };
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Ok(IpAddr::V6(ip)) => ip.is_loopback() || ip.is_unique_local(),
        Err(_) => match host.rsplit_once('.') {
            Some((_, top)) => matches!(top, "localhost" | "local"),
            None => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn twilio_is_told_of_addresses_alone_that_it_can_reach() {
        let told = |site: &str, api: Option<&str>| {
            let config = ProviderConfig {
                site: site.to_owned(),
                api: api.map(|api| api.parse().unwrap()),
                ..ProviderConfig::default()
            };
            let url = config.status_url(AccountId::new(Uuid::nil()));
            url.map(|url| url.to_string())
        };
        let path = "/webhooks/twilio/00000000-0000-0000-0000-000000000000/status";
        for site in ["https://crm.example.com", "http://198.51.100.7:3000"] {
            assert_eq!(told(site, None), Some(format!("{site}{path}")));
        }
        for site in [
            "http://127.0.0.1:3000",
            "http://[::1]:3000",
            "http://localhost:3000",
            "http://192.168.1.5",
            "http://shop.local",
            "http://server",
            "",
        ] {
            assert_eq!(told(site, None), None, "{site}");
        }
        let local = told("http://127.0.0.1:3000", Some("http://127.0.0.1:4000"));
        assert_eq!(local, Some(format!("http://127.0.0.1:3000{path}")));
    }
}
