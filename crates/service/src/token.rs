//! Secrets that are handed out once and recognised later by their hash.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::ids::AccountId;
use rand::Rng;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Bytes of an account's id at the front of an invitation's token.
const ACCOUNT: usize = 16;

/// What a browser shows to be recognised: 256 random bits in base64url.
#[derive(Clone, Debug)]
pub struct SessionToken(SecretString);

impl SessionToken {
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        hash(self.expose())
    }

    pub(crate) fn random() -> Self {
        Self(random().into())
    }
}

/// 256 random bits in base64url.
pub(crate) fn random() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(rand::rng().random::<[u8; 32]>())
}

/// A plain hash is enough for 256 random bits: there is nothing to guess.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The token of an invitation names its account, because row-level security shows invitations of one account only.
pub(crate) fn invitation(account: AccountId) -> String {
    let secret: [u8; 32] = rand::rng().random();
    BASE64_URL_SAFE_NO_PAD.encode([account.uuid().as_bytes(), &secret[..]].concat())
}

/// The account that an invitation's token names.
pub(crate) fn invited_to(token: &str) -> Option<AccountId> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
    let account = bytes
        .get(..ACCOUNT)
        .filter(|_| bytes.len() == ACCOUNT + 32)?;
    Uuid::from_slice(account).ok().map(AccountId::new)
}
