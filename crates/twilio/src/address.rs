//! Who a message is from, and to whom.

use domain::phone::E164;
use std::{fmt, str::FromStr};

/// The ends of a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Address {
    Phone(E164),
    /// Three to eight digits, of one country: what banks and carriers write from. It is nobody's profile.
    ShortCode(String),
    /// A name instead of a number, of at most eleven characters: it cannot be answered.
    Name(String),
}

/// Neither a phone number, nor a short code, nor a name: an address of another service, for example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address of a text message")]
pub struct NotAnAddress;

impl Address {
    /// The phone, of an address that is one.
    pub const fn phone(&self) -> Option<&E164> {
        match self {
            Self::Phone(phone) => Some(phone),
            Self::ShortCode(_) | Self::Name(_) => None,
        }
    }
}

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        if let Ok(phone) = E164::new(text) {
            return Ok(Self::Phone(phone));
        }
        if (3..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(Self::ShortCode(text.to_owned()));
        }
        let is_name = (1..=11).contains(&text.len())
            && text.bytes().any(|b| b.is_ascii_alphabetic())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b" +-_&".contains(&b));
        if is_name {
            Ok(Self::Name(text.to_owned()))
        } else {
            Err(NotAnAddress)
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phone(phone) => phone.fmt(f),
            Self::ShortCode(text) | Self::Name(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_short_codes_and_names_are_told_apart() {
        let phone = E164::new("+14185551234").unwrap();
        for (text, address) in [
            ("+14185551234", Address::Phone(phone)),
            ("57273", Address::ShortCode("57273".to_owned())),
            ("Bell & Co", Address::Name("Bell & Co".to_owned())),
            ("3M", Address::Name("3M".to_owned())),
        ] {
            assert_eq!(text.parse(), Ok(address.clone()));
            assert_eq!(address.to_string(), text);
        }
        for text in [
            "",
            "12",
            "123456789",
            "4185551234",
            "+1",
            "whatsapp:+14185551234",
            "Longer than 11",
            "Café",
            "+ -",
        ] {
            assert_eq!(text.parse::<Address>(), Err(NotAnAddress), "{text}");
        }
    }
}
