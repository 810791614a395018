//! The version of a customer, as an exported file carries it: whose row it is, and which of the customer's changes the row
//! already has. An import compares with it what was changed in the file and what was changed in the app.
//!
//! What must stay true: a version is either exactly what was printed, or no version; a row is never about somebody because
//! of a damaged one.

use crate::ids::{AccountId, CustomerId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// The title of the column, in every language: by it files are recognised that were exported in another one.
pub const VERSION_HEADER: &str = "Regulars version";

/// Prints as `v1.ACCOUNT.CUSTOMER.REV.SUM`, in hexadecimal digits but for the rev. A spreadsheet takes it for a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CustomerVersion {
    account: u32,
    pub customer: CustomerId,
    /// Of the last change of the customer that the row has.
    pub rev: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This is not the version of a customer.")]
pub struct NotAVersion;

impl CustomerVersion {
    pub const fn new(account: AccountId, customer: CustomerId, rev: u64) -> Self {
        Self {
            account: tag(account),
            customer,
            rev,
        }
    }

    /// Whether the account made it. Two accounts in four thousand million share what tells them apart; they share no customer.
    pub const fn is_of(&self, account: AccountId) -> bool {
        self.account == tag(account)
    }

    fn sum(&self) -> u32 {
        let mut sum = crc32fast::Hasher::new();
        sum.update(&self.account.to_be_bytes());
        sum.update(self.customer.uuid().as_bytes());
        sum.update(&self.rev.to_be_bytes());
        sum.finalize()
    }
}

/// The end of the account's id, which is random.
#[expect(clippy::cast_possible_truncation, reason = "the last 32 bits")]
const fn tag(account: AccountId) -> u32 {
    account.uuid().as_u128() as u32
}

const fn hex(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    [DIGITS[(byte >> 4) as usize], DIGITS[(byte & 15) as usize]]
}

impl fmt::Display for CustomerVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In one go, for a file has a hundred thousand of them.
        let mut text = *b"v1.________.________________________________.";
        for (place, byte) in text[3..11]
            .chunks_exact_mut(2)
            .zip(self.account.to_be_bytes())
        {
            place.copy_from_slice(&hex(byte));
        }
        self.customer
            .uuid()
            .simple()
            .encode_lower(&mut text[12..44]);
        f.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)?;
        self.rev.fmt(f)?;
        let mut end = *b".________";
        for (place, byte) in end[1..].chunks_exact_mut(2).zip(self.sum().to_be_bytes()) {
            place.copy_from_slice(&hex(byte));
        }
        f.write_str(str::from_utf8(&end).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for CustomerVersion {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let mut parts = text.trim().split('.');
        let mut part = || parts.next().ok_or(NotAVersion);
        if part()? != "v1" {
            return Err(NotAVersion);
        }
        let hex = |digits: &str| u32::from_str_radix(digits, 16).map_err(|_| NotAVersion);
        let account = hex(part()?)?;
        let customer = Uuid::try_parse(part()?).map_err(|_| NotAVersion)?;
        let rev = part()?.parse().map_err(|_| NotAVersion)?;
        let sum = hex(part()?)?;
        let version = Self {
            account,
            customer: CustomerId::new(customer),
            rev,
        };
        if parts.next().is_none() && version.sum() == sum {
            Ok(version)
        } else {
            Err(NotAVersion)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    prop_compose! {
        fn version()(account in any::<u128>(), customer in any::<u128>(), rev in any::<u64>()) -> CustomerVersion {
            let account = AccountId::new(Uuid::from_u128(account));
            CustomerVersion::new(account, CustomerId::new(Uuid::from_u128(customer)), rev)
        }
    }

    #[test]
    fn a_version_keeps_its_form() {
        let id = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_00a1);
        let version = CustomerVersion::new(AccountId::new(id), CustomerId::new(id), 42);
        let text = "v1.000000a1.019800000000700080000000000000a1.42.0e742c60";
        assert_eq!(version.to_string(), text);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read(version in version()) {
            prop_assert_eq!(version.to_string().parse(), Ok(version));
            prop_assert_eq!(format!(" {version}\n").parse(), Ok(version));
        }

        #[test]
        fn a_damaged_version_is_none(version in version(), at in any::<prop::sample::Index>(), put in "[0-9a-g.+ ]") {
            let text = version.to_string();
            let at = at.index(text.len());
            let damaged = format!("{}{put}{}", &text[..at], &text[at + 1..]);
            let read = damaged.parse::<CustomerVersion>();
            prop_assert!(read.is_err() || read == Ok(version), "{damaged}");
        }

        /// A spreadsheet that fills a column downwards counts the last number of a text up.
        #[test]
        fn a_version_that_was_counted_up_is_none(version in version(), by in 1_u64..1_000) {
            let counted = CustomerVersion { rev: version.rev.wrapping_add(by), ..version };
            let (text, sum) = (counted.to_string(), version.sum());
            let text = format!("{}{sum:08x}", &text[..text.len() - 8]);
            prop_assert_eq!(text.parse::<CustomerVersion>(), Err(NotAVersion));
        }

        #[test]
        fn an_account_knows_its_own_versions(a in any::<u128>(), b in any::<u128>(), customer in any::<u128>(), rev in any::<u64>()) {
            let account = |id| AccountId::new(Uuid::from_u128(id));
            let version = CustomerVersion::new(account(a), CustomerId::new(Uuid::from_u128(customer)), rev);
            prop_assert!(version.is_of(account(a)));
            prop_assume!(a << 96 != b << 96);
            prop_assert!(!version.is_of(account(b)));
        }
    }
}
