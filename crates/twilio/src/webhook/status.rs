//! What became of a message of the shop.

use super::form::{FormError, SignedForm};
use crate::{
    sid::{AccountSid, MessageSid},
    status::MessageStatus,
    trouble::Trouble,
};

/// One step of a message on its way. Steps come in any order, and more than once: see [`MessageStatus::supersedes`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusUpdate {
    pub sid: MessageSid,
    pub account: AccountSid,
    pub status: MessageStatus,
    /// Why it failed, when it did and Twilio knows.
    pub trouble: Option<Trouble>,
}

impl StatusUpdate {
    /// Reads Twilio's request to the status callback of a message. Fields that are not known are left out.
    pub fn read(form: &SignedForm) -> Result<Self, FormError> {
        let code: Option<u32> = form.parse_optional("ErrorCode")?;
        Ok(Self {
            sid: form.parse("MessageSid")?,
            account: form.parse("AccountSid")?,
            status: form.parse("MessageStatus")?,
            trouble: code.filter(|code| *code != 0).map(Trouble::from_code),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::form::tests::signed;

    const SID: &str = "SM0123456789abcdef0123456789abcdef";

    fn update(status: &str, code: Option<&str>) -> Result<StatusUpdate, FormError> {
        let mut fields = vec![
            ("MessageSid", SID),
            ("SmsSid", SID),
            ("MessageStatus", status),
            ("SmsStatus", status),
            ("AccountSid", "AC0123456789abcdef0123456789abcdef"),
            ("From", "+14185550000"),
            ("To", "+14185551234"),
            ("ApiVersion", "2010-04-01"),
            ("RawDlrDoneDate", "2611261338"),
        ];
        fields.extend(code.map(|code| ("ErrorCode", code)));
        StatusUpdate::read(&signed(&fields))
    }

    #[test]
    fn steps_are_read() {
        let delivered = update("delivered", None).unwrap();
        assert_eq!(
            (delivered.sid.as_str(), delivered.status, delivered.trouble),
            (SID, MessageStatus::Delivered, None)
        );
        assert_eq!(update("sent", Some("")).unwrap().trouble, None);
        assert_eq!(update("sent", Some("0")).unwrap().trouble, None);
    }

    #[test]
    fn a_failure_says_why() {
        for (code, trouble) in [
            ("21610", Trouble::Unsubscribed),
            ("30003", Trouble::OutOfReach),
            ("30005", Trouble::InvalidNumber),
            ("30006", Trouble::NotMobile),
            ("30007", Trouble::Filtered),
            ("30034", Trouble::Sender),
            ("30008", Trouble::Other(Some(30008))),
        ] {
            assert_eq!(
                update("undelivered", Some(code)).unwrap().trouble,
                Some(trouble)
            );
        }
    }

    #[test]
    fn a_step_that_is_not_known_is_refused() {
        assert_eq!(
            update("teleported", None),
            Err(FormError::Malformed("MessageStatus"))
        );
        assert_eq!(
            update("failed", Some("many")),
            Err(FormError::Malformed("ErrorCode"))
        );
        assert_eq!(
            StatusUpdate::read(&signed(&[])),
            Err(FormError::Missing("MessageSid"))
        );
    }
}
