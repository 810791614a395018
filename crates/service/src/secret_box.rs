//! Secrets of accounts that are needed as they are, such as a provider's token: kept encrypted (XChaCha20-Poly1305) under a key
//! that is not in the database.

use base64::{Engine, prelude::BASE64_STANDARD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use domain::ids::AccountId;
use rand::Rng;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;

/// The form that is written. A later one gets another number.
const VERSION: u8 = 1;
const NONCE: usize = 24;

/// The server's key.
#[derive(Clone)]
pub struct SecretKey(Box<XChaCha20Poly1305>);

/// What a secret is for: one that was put in the place of another does not open.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    TwilioToken,
}

impl SecretKey {
    /// From 32 bytes in base64. `None` if it is no such thing.
    pub fn parse(text: &SecretString) -> Option<Self> {
        let bytes = BASE64_STANDARD.decode(text.expose_secret()).ok()?;
        let cipher = XChaCha20Poly1305::new_from_slice(&bytes).ok()?;
        Some(Self(Box::new(cipher)))
    }

    /// A byte for the version, the nonce, and what is encrypted. `None` only where the cipher fails, which it does for texts of
    /// gigabytes.
    pub(crate) fn seal(
        &self,
        account: AccountId,
        purpose: Purpose,
        secret: &SecretString,
    ) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE] = rand::rng().random();
        let payload = Payload {
            msg: secret.expose_secret().as_bytes(),
            aad: &associated(account, purpose),
        };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).ok()?;
        Some([&[VERSION], &nonce[..], &sealed[..]].concat())
    }

    /// `None`: sealed under another key, for another account or purpose, or changed since.
    pub(crate) fn open(
        &self,
        account: AccountId,
        purpose: Purpose,
        sealed: &[u8],
    ) -> Option<SecretString> {
        let (version, rest) = sealed.split_first()?;
        let (nonce, text) = rest.split_first_chunk::<NONCE>()?;
        if *version != VERSION {
            return None;
        }
        let payload = Payload {
            msg: text,
            aad: &associated(account, purpose),
        };
        let secret = self.0.decrypt(&XNonce::from(*nonce), payload).ok()?;
        Some(SecretString::from(String::from_utf8(secret).ok()?))
    }
}

fn associated(account: AccountId, purpose: Purpose) -> Vec<u8> {
    let purpose: &[u8] = match purpose {
        Purpose::TwilioToken => b"twilio-token",
    };
    [account.uuid().as_bytes(), purpose].concat()
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const SHOP: AccountId = AccountId::new(Uuid::from_u128(1));

    fn key(byte: u8) -> SecretKey {
        SecretKey::parse(&BASE64_STANDARD.encode([byte; 32]).into()).unwrap()
    }

    fn sealed() -> Vec<u8> {
        let token = SecretString::from("the token");
        key(1).seal(SHOP, Purpose::TwilioToken, &token).unwrap()
    }

    fn opened(key: &SecretKey, account: AccountId, sealed: &[u8]) -> Option<String> {
        key.open(account, Purpose::TwilioToken, sealed)
            .map(|secret| secret.expose_secret().to_owned())
    }

    #[test]
    fn what_was_sealed_opens_for_its_account_alone() {
        let sealed = sealed();
        assert_eq!(opened(&key(1), SHOP, &sealed).as_deref(), Some("the token"));
        assert_eq!(opened(&key(2), SHOP, &sealed), None);
        let other = AccountId::new(Uuid::from_u128(2));
        assert_eq!(opened(&key(1), other, &sealed), None);
    }

    #[test]
    fn what_was_changed_does_not_open() {
        let sealed = sealed();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(opened(&key(1), SHOP, &changed), None, "{at}");
        }
        for short in [0, 1, NONCE, NONCE + 1, sealed.len() - 1] {
            assert_eq!(opened(&key(1), SHOP, &sealed[..short]), None, "{short}");
        }
    }

    #[test]
    fn the_same_secret_is_never_sealed_alike_and_nothing_of_it_shows() {
        let (first, second) = (sealed(), sealed());
        assert_ne!(first, second);
        assert!(!first.windows(5).any(|part| part == b"token"));
    }

    #[test]
    fn a_key_has_32_bytes() {
        for text in [
            "",
            "short",
            &BASE64_STANDARD.encode([1; 31]),
            &"!".repeat(44),
        ] {
            assert!(SecretKey::parse(&text.into()).is_none(), "{text}");
        }
    }
}
