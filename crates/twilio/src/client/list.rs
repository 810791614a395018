//! Asking Twilio which messages it has.

use super::{Doubt, SendError, Sender, Twilio, answer};
use crate::{sid::MessageSid, status::MessageStatus, trouble::Trouble};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{phone::E164, segment::plainer};
use reqwest::Url;
use secrecy::ExposeSecret;
use serde::Deserialize;
use std::fmt;

/// The most messages of a page: with their texts less than [`PAGE_BYTES`].
const PAGE: usize = 200;
const PAGE_BYTES: usize = 4 * 1024 * 1024;
/// The most pages of one question.
const PAGES: usize = 10;
/// A page is the last that is needed when all of its messages are older by this: pages are in the order in which messages were
/// sent, which is not quite that in which they were made.
const OUT_OF_ORDER: TimeDelta = TimeDelta::days(1);
/// What a trial account puts before every text.
const TRIAL: &str = "Sent from your Twilio trial account - ";

/// Twilio did not answer the question, so that nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotSay {
    #[error("the provider cannot be reached")]
    Unreachable,
    #[error("no list of messages: {0}")]
    Answer(#[from] Doubt),
    /// There are more messages to this number than are gone through.
    #[error("too many messages to this number")]
    TooMany,
}

/// A message that Twilio has.
#[derive(Clone, PartialEq, Eq)]
pub struct Listed {
    pub sid: MessageSid,
    pub created_at: DateTime<Utc>,
    pub status: Option<MessageStatus>,
    pub trouble: Option<Trouble>,
    body: String,
}

impl Listed {
    /// Whether it is this text, as Twilio may have changed it: typography made plain ("smart encoding"), and the words of trial
    /// accounts in front.
    pub fn says(&self, text: &str) -> bool {
        let body = self.body.strip_prefix(TRIAL).unwrap_or(&self.body);
        plainer(body).trim() == plainer(text).trim()
    }
}

/// What it says is personal.
impl fmt::Debug for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listed")
            .field("sid", &self.sid)
            .field("created_at", &self.created_at)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Page {
    messages: Vec<Message>,
    next_page_uri: Option<String>,
}

/// The resource, as far as it is read. Dates are of RFC 2822, in whole seconds.
#[derive(Deserialize)]
struct Message {
    sid: String,
    body: Option<String>,
    from: Option<String>,
    messaging_service_sid: Option<String>,
    date_created: Option<String>,
    status: Option<String>,
    error_code: Option<u32>,
}

impl Message {
    fn is_from(&self, sender: &Sender) -> bool {
        match sender {
            Sender::From(address) => self.from.as_deref() == Some(address.to_string().as_str()),
            Sender::Service(sid) => self.messaging_service_sid.as_deref() == Some(sid.as_str()),
        }
    }

    fn created_at(&self) -> Result<DateTime<Utc>, Doubt> {
        let date = self.date_created.as_deref().ok_or(Doubt::Garbled)?;
        let date = DateTime::parse_from_rfc2822(date).map_err(|_| Doubt::Garbled)?;
        Ok(date.to_utc())
    }

    fn listed(self, created_at: DateTime<Utc>) -> Result<Listed, Doubt> {
        Ok(Listed {
            sid: self.sid.parse().map_err(|_| Doubt::Garbled)?,
            created_at,
            status: self.status.and_then(|status| status.parse().ok()),
            trouble: self
                .error_code
                .filter(|code| *code != 0)
                .map(Trouble::from_code),
            body: self.body.unwrap_or_default(),
        })
    }
}

impl Twilio {
    /// The messages of `sender` to this number that Twilio has made since.
    ///
    /// It is not asked by `DateSent`: that is a day, and a message that waits at Twilio has none yet.
    pub async fn find(
        &self,
        sender: &Sender,
        to: &E164,
        since: DateTime<Utc>,
    ) -> Result<Vec<Listed>, CannotSay> {
        let mut url = self.messages.clone();
        url.query_pairs_mut()
            .append_pair("To", to.as_str())
            .append_pair("PageSize", &PAGE.to_string());
        let mut found = Vec::new();
        for _ in 0..PAGES {
            let page = self.page(url).await?;
            let mut newest = None;
            for message in page.messages {
                let created_at = message.created_at()?;
                newest = newest.max(Some(created_at));
                if created_at >= since && message.is_from(sender) {
                    found.push(message.listed(created_at)?);
                }
            }
            let over = newest.is_some_and(|newest| newest + OUT_OF_ORDER < since);
            match page.next_page_uri.filter(|_| !over) {
                Some(next) => url = self.next(&next)?,
                None => return Ok(found),
            }
        }
        Err(CannotSay::TooMany)
    }

    /// The address of the next page, which must be where the secret may go.
    fn next(&self, uri: &str) -> Result<Url, Doubt> {
        let url = self.messages.join(uri).map_err(|_| Doubt::Garbled)?;
        if url.origin() == self.messages.origin() {
            Ok(url)
        } else {
            Err(Doubt::Garbled)
        }
    }

    async fn page(&self, url: Url) -> Result<Page, CannotSay> {
        let request = self
            .http
            .get(url)
            .basic_auth(&self.user, Some(self.secret.expose_secret()));
        let response = request
            .send()
            .await
            .map_err(|error| cannot_say(SendError::without_answer(&error)))?;
        let status = response.status();
        if !status.is_success() {
            return Err(Doubt::Status(status.as_u16()).into());
        }
        let body = answer::body(response, PAGE_BYTES)
            .await
            .map_err(cannot_say)?;
        Ok(answer::parse(&body).ok_or(Doubt::Garbled)?)
    }
}

const fn cannot_say(error: SendError) -> CannotSay {
    match error {
        SendError::Unknown(doubt) => CannotSay::Answer(doubt),
        _ => CannotSay::Unreachable,
    }
}
