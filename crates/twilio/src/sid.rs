//! Twilio's ids: two letters and 32 hexadecimal digits.

use std::{fmt, str::FromStr};

/// Not an id of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id of Twilio")]
pub struct NotASid;

macro_rules! sids {
    ($($(#[$doc:meta])* $name:ident: $($prefix:literal)|+),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotASid;

            fn from_str(text: &str) -> Result<Self, NotASid> {
                let digits = [$($prefix),+].iter().find_map(|prefix| text.strip_prefix(prefix));
                let is_sid = digits.is_some_and(|digits| {
                    digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit())
                });
                if is_sid { Ok(Self(text.to_owned())) } else { Err(NotASid) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

sids! {
    /// An account or subaccount.
    AccountSid: "AC",
    /// A message: text alone, or with media.
    MessageSid: "SM" | "MM",
    /// A Messaging Service: a pool of senders.
    ServiceSid: "MG",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_its_letters_and_32_digits() {
        let digits = "0123456789abcdef0123456789ABCDEF";
        for text in [format!("SM{digits}"), format!("MM{digits}")] {
            assert_eq!(
                text.parse::<MessageSid>().map(|sid| sid.to_string()),
                Ok(text)
            );
        }
        for text in [
            format!("AC{digits}"),
            format!("SM{digits}0"),
            "SM".to_owned(),
            format!("SM{}g", &digits[1..]),
            String::new(),
        ] {
            assert_eq!(text.parse::<MessageSid>(), Err(NotASid), "{text}");
        }
    }
}
