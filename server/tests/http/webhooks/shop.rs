//! A shop whose messages go through a Twilio of the test.

use crate::support::{Answer, Server, request};
use axum::{body::Body, http::Method};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    consent::Status,
    conversation::{ConversationFilter, ConversationQuery, ConversationRow, Entry},
    ids::{AccountId, ConversationId},
};
use hmac::{Hmac, KeyInit, Mac};
use service::{Caller, ProviderConfig, TwilioAccount};
use sha1::Sha1;
use sqlx::PgPool;
use std::collections::BTreeMap;

pub(super) const SITE: &str = "https://crm.regulars.test";
pub(super) const ACCOUNT_SID: &str = "AC0123456789abcdef0123456789abcdef";
pub(super) const TOKEN: &str = "the-token";
pub(super) const NUMBER: &str = "+14185550000";
pub(super) const CUSTOMER: &str = "+14185551234";

pub(super) struct Shop {
    pub(super) server: Server,
    pub(super) owner: Caller,
}

/// Twilio's id of the message with this number.
pub(super) fn sid(number: u32) -> String {
    format!("SM{number:032x}")
}

pub(super) fn provider(api: Option<&str>) -> ProviderConfig {
    ProviderConfig {
        key: None,
        environment: Some(TwilioAccount {
            sid: ACCOUNT_SID.parse().unwrap(),
            token: TOKEN.into(),
            sender: service::sender(NUMBER).unwrap(),
            per_second: service::per_second(100).unwrap(),
        }),
        api: api.map(|api| api.parse().unwrap()),
        site: SITE.to_owned(),
    }
}

/// As Twilio signs: the address, then each name and value in the order of the names.
pub(super) fn sign(token: &str, url: &str, fields: &BTreeMap<&str, String>) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(token.as_bytes()).unwrap();
    mac.update(url.as_bytes());
    for (name, value) in fields {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}

/// A message as Twilio posts it.
pub(super) fn fields(
    text: &str,
    change: &[(&'static str, String)],
) -> BTreeMap<&'static str, String> {
    let usual = [
        ("MessageSid", &*sid(1)),
        ("AccountSid", ACCOUNT_SID),
        ("From", CUSTOMER),
        ("To", NUMBER),
        ("Body", text),
        ("NumMedia", "0"),
        ("FromCountry", "CA"),
    ]
    .map(|(name, value)| (name, value.to_owned()));
    usual.into_iter().chain(change.iter().cloned()).collect()
}

impl Shop {
    pub(super) async fn open(pool: PgPool) -> Self {
        Self::with(pool, provider(None)).await
    }

    pub(super) async fn with(pool: PgPool, config: ProviderConfig) -> Self {
        let server = Server::with_providers(pool, config);
        let cookie = server.owner().await;
        let owner = server.caller(&cookie).await;
        Self { server, owner }
    }

    pub(super) fn path_of(account: AccountId, what: &str) -> String {
        format!("/webhooks/twilio/{account}/{what}")
    }

    pub(super) fn path(&self, what: &str) -> String {
        Self::path_of(self.owner.account, what)
    }

    pub(super) async fn post(
        &self,
        path: &str,
        fields: &BTreeMap<&str, String>,
        signature: Option<&str>,
    ) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let headers: Vec<_> = signature
            .map(|signature| ("x-twilio-signature", signature))
            .into_iter()
            .chain([kind])
            .collect();
        let posted = request(Method::POST, path, &headers, Body::from(body));
        self.server.send(posted).await
    }

    /// Posts it to `path` as Twilio does.
    pub(super) async fn signed(&self, path: &str, fields: &BTreeMap<&str, String>) -> Answer {
        let signature = sign(TOKEN, &format!("{SITE}{path}"), fields);
        self.post(path, fields, Some(&signature)).await
    }

    /// A message that differs in these fields from a usual one.
    pub(super) async fn message(&self, text: &str, change: &[(&'static str, String)]) -> Answer {
        self.signed(&self.path("messages"), &fields(text, change))
            .await
    }

    pub(super) async fn text(&self, number: u32, text: &str) -> Answer {
        self.message(text, &[("MessageSid", sid(number))]).await
    }

    pub(super) async fn unsigned(&self, text: &str) -> Answer {
        self.post(&self.path("messages"), &fields(text, &[]), None)
            .await
    }

    pub(super) async fn conversations(&self, filter: ConversationFilter) -> Vec<ConversationRow> {
        let query = ConversationQuery {
            filter,
            limit: 50,
            ..ConversationQuery::default()
        };
        let page = self.server.services.conversations(&self.owner, query).await;
        page.unwrap().rows
    }

    pub(super) async fn entries(&self, thread: ConversationId) -> Vec<Entry> {
        let services = &self.server.services;
        let page = services.thread(&self.owner, thread, None).await;
        page.unwrap().entries
    }

    /// Of the customer's number.
    pub(super) async fn consent(&self) -> Status {
        let services = &self.server.services;
        let thread = services
            .conversation_with_number(&self.owner, CUSTOMER)
            .await;
        thread.unwrap().consent
    }
}
