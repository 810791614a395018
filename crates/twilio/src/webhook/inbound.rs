//! A message to the shop.

use super::form::{FormError, SignedForm};
use crate::{
    address::Address,
    sid::{AccountSid, MessageSid, ServiceSid},
};
use domain::keyword::Verdict;
use std::fmt;

/// A message that somebody sent to a number of the shop.
#[derive(Clone, PartialEq, Eq)]
pub struct InboundMessage {
    /// The same for every delivery of one message: what it is recognised by when Twilio posts it again.
    pub sid: MessageSid,
    /// Whose number it was sent to.
    pub account: AccountSid,
    /// The Messaging Service that the number belongs to.
    pub service: Option<ServiceSid>,
    pub from: Address,
    pub to: Address,
    /// Blank when only media were sent.
    pub text: String,
    pub media: Vec<Media>,
    /// What Twilio's Advanced Opt-Out made of it, and has answered. Without a verdict nothing is said.
    pub verdict: Option<Verdict>,
}

/// A picture or another file, at Twilio's.
#[derive(Clone, PartialEq, Eq)]
pub struct Media {
    pub url: String,
    /// MIME type, as the carrier says.
    pub content_type: String,
}

/// Twilio takes no more in one message.
const MEDIA_MAX: usize = 10;

impl InboundMessage {
    /// Reads Twilio's request to the webhook for incoming messages. Fields that are not known are left out.
    pub fn read(form: &SignedForm) -> Result<Self, FormError> {
        let count: usize = form.parse_optional("NumMedia")?.unwrap_or(0);
        if count > MEDIA_MAX {
            return Err(FormError::Malformed("NumMedia"));
        }
        let verdict = match form.get("OptOutType") {
            Some("STOP") => Some(Verdict::Stop),
            Some("START") => Some(Verdict::Start),
            Some("HELP") => Some(Verdict::Help),
            _ => None,
        };
        Ok(Self {
            sid: form.parse("MessageSid")?,
            account: form.parse("AccountSid")?,
            service: form.parse_optional("MessagingServiceSid")?,
            from: form.parse("From")?,
            to: form.parse("To")?,
            text: form.require("Body")?.to_owned(),
            media: (0..count)
                .map(|at| media(form, at))
                .collect::<Result<_, _>>()?,
            verdict,
        })
    }
}

fn media(form: &SignedForm, at: usize) -> Result<Media, FormError> {
    let field = |name: &'static str| {
        form.get(&format!("{name}{at}"))
            .map(str::to_owned)
            .ok_or(FormError::Missing(name))
    };
    Ok(Media {
        url: field("MediaUrl")?,
        content_type: field("MediaContentType")?,
    })
}

/// Who writes what to whom is personal.
impl fmt::Debug for InboundMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InboundMessage")
            .field("sid", &self.sid)
            .field("verdict", &self.verdict)
            .field("media", &self.media.len())
            .finish_non_exhaustive()
    }
}

/// The address opens the file for who has the account's secret, and names the message.
impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Media")
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::form::tests::signed;
    use domain::phone::E164;

    const SID: &str = "SM0123456789abcdef0123456789abcdef";

    /// What Twilio posts, with fields that nobody reads.
    fn fields<'a>(change: &[(&'a str, Option<&'a str>)]) -> SignedForm {
        let mut fields = vec![
            ("ToCountry", "CA"),
            ("ToState", "QC"),
            ("SmsMessageSid", SID),
            ("NumMedia", "0"),
            ("SmsSid", SID),
            ("SmsStatus", "received"),
            ("FromCity", ""),
            ("Body", "Can you stop by at 5?"),
            ("FromCountry", "CA"),
            ("To", "+14185550000"),
            ("NumSegments", "1"),
            ("MessageSid", SID),
            ("AccountSid", "AC0123456789abcdef0123456789abcdef"),
            ("From", "+14185551234"),
            ("ApiVersion", "2010-04-01"),
        ];
        for (name, value) in change {
            fields.retain(|(field, _)| field != name);
            fields.extend(value.map(|value| (*name, value)));
        }
        signed(&fields)
    }

    #[test]
    fn a_text_is_read() {
        let message = InboundMessage::read(&fields(&[])).unwrap();
        assert_eq!(message.sid.as_str(), SID);
        assert_eq!(
            message.from,
            Address::Phone(E164::new("+14185551234").unwrap())
        );
        assert_eq!(message.text, "Can you stop by at 5?");
        assert_eq!(
            (message.verdict, message.service, message.media.len()),
            (None, None, 0)
        );
    }

    #[test]
    fn a_picture_without_text_is_read() {
        let message = InboundMessage::read(&fields(&[
            ("MessageSid", Some("MM0123456789abcdef0123456789abcdef")),
            ("Body", Some("")),
            ("NumMedia", Some("2")),
            ("MediaUrl0", Some("https://api.twilio.com/a")),
            ("MediaContentType0", Some("image/jpeg")),
            ("MediaUrl1", Some("https://api.twilio.com/b")),
            ("MediaContentType1", Some("video/mp4")),
        ]))
        .unwrap();
        assert_eq!(message.media[1].content_type, "video/mp4");
        assert_eq!(message.media[0].url, "https://api.twilio.com/a");
    }

    #[test]
    fn the_verdict_and_the_service_are_read() {
        for (said, verdict) in [
            ("STOP", Some(Verdict::Stop)),
            ("START", Some(Verdict::Start)),
            ("HELP", Some(Verdict::Help)),
            ("", None),
            ("SOMETHING", None),
        ] {
            let form = fields(&[
                ("OptOutType", Some(said)),
                (
                    "MessagingServiceSid",
                    Some("MG0123456789abcdef0123456789abcdef"),
                ),
            ]);
            let message = InboundMessage::read(&form).unwrap();
            assert_eq!(message.verdict, verdict);
            assert!(message.service.is_some());
        }
    }

    #[test]
    fn who_is_no_phone_has_a_type_of_its_own() {
        let message = InboundMessage::read(&fields(&[("From", Some("57273"))])).unwrap();
        assert_eq!(message.from, Address::ShortCode("57273".to_owned()));
        assert_eq!(message.from.phone(), None);
    }

    #[test]
    fn a_field_that_is_missing_or_wrong_is_named_without_its_content() {
        for field in ["MessageSid", "AccountSid", "From", "To", "Body"] {
            assert_eq!(
                InboundMessage::read(&fields(&[(field, None)])),
                Err(FormError::Missing(field))
            );
        }
        for (field, value) in [
            ("MessageSid", "SM1"),
            ("From", "whatsapp:+14185551234"),
            ("NumMedia", "-1"),
            ("NumMedia", "11"),
        ] {
            let error = InboundMessage::read(&fields(&[(field, Some(value))])).unwrap_err();
            assert_eq!(error, FormError::Malformed(field));
            assert!(!error.to_string().contains(value));
        }
        assert_eq!(
            InboundMessage::read(&fields(&[("NumMedia", Some("1"))])),
            Err(FormError::Missing("MediaUrl"))
        );
    }

    #[test]
    fn what_is_printed_for_logs_says_nothing_personal() {
        let printed = format!("{:?}", InboundMessage::read(&fields(&[])).unwrap());
        assert!(
            printed.contains(SID) && !printed.contains("stop by") && !printed.contains("5551234"),
            "{printed}"
        );
    }
}
