//! Contact points in the ledger stand under a keyed hash, so that the ledger holds no number, and nothing of it has to be
//! erased with a customer.

use super::ContactPoint;
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};

const BLOCK: usize = 64;
const PREFIX: &str = "hmac-sha256:";

/// The key of an account, under which its contact points are hashed.
#[derive(Clone)]
pub struct ErasureKey {
    inside: Sha256,
    outside: Sha256,
}

impl ErasureKey {
    /// `key` has at most 64 bytes; what is longer is cut.
    pub fn new(key: &[u8]) -> Self {
        let padded = |pad: u8| {
            let mut block = [pad; BLOCK];
            for (byte, key) in block.iter_mut().zip(key) {
                *byte ^= key;
            }
            Sha256::new_with_prefix(block)
        };
        Self {
            inside: padded(0x36),
            outside: padded(0x5c),
        }
    }

    pub fn contact(&self, point: &ContactPoint) -> ContactKey {
        ContactKey(self.hash(point.phone.as_str()))
    }

    /// HMAC-SHA-256 (RFC 2104), exactly as the SQL `keyed_hash` writes it.
    fn hash(&self, text: &str) -> String {
        let inner = self.inside.clone().chain_update(text).finalize();
        let outer = self.outside.clone().chain_update(inner).finalize();
        format!("{PREFIX}{}", hex(&outer))
    }
}

/// Bytes in hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a text cannot fail.
        write!(text, "{byte:02x}").ok();
    }
    text
}

impl fmt::Debug for ErasureKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ErasureKey")
    }
}

/// What stands for a number in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactKey(String);

impl ContactKey {
    /// Reads a key that an [`ErasureKey`] made.
    pub fn read(text: &str) -> Option<Self> {
        let hex = text.strip_prefix(PREFIX)?;
        let well_formed = hex.len() == 64
            && hex
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        well_formed.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    #[test]
    fn it_is_the_hmac_of_the_standard() {
        assert_eq!(
            ErasureKey::new(b"Jefe").hash("what do ya want for nothing?"),
            "hmac-sha256:5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn a_key_reads_back_and_nothing_else_does() {
        let key = ErasureKey::new(&[7; 32]).hash("+14185551234");
        assert_eq!(
            ContactKey::read(&key).map(|key| key.as_str().to_owned()),
            Some(key)
        );
        for text in ["", "+14185551234", "hmac-sha256:", "hmac-sha256:zz"] {
            assert_eq!(ContactKey::read(text), None);
        }
    }
}
