//! A slot is a place in a profile that holds one value: a fixed field or an attribute of the account.

use crate::{attribute::AttributeKind, ids::AttributeId};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

macro_rules! fields {
    ($($name:ident = $key:literal: $kind:ident),+ $(,)?) => {
        /// The fixed fields of a customer, in the order in which a form shows them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($name),+ }

        impl Field {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The stable name, in URLs, messages and the database.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            pub const fn kind(self) -> SlotKind {
                match self { $(Self::$name => SlotKind::$kind),+ }
            }
        }
    };
}

fields! {
    Reference = "reference": Reference,
    FirstName = "first_name": Text,
    LastName = "last_name": Text,
    Company = "company": Text,
    CellPhone = "cell_phone": Phone,
    OtherPhones = "other_phones": Phones,
    Email = "email": Email,
    Street = "street": Text,
    City = "city": Text,
    Region = "region": Text,
    PostalCode = "postal_code": Text,
    Country = "country": Country,
    BirthDate = "birth_date": Date,
    Language = "language": Language,
    Notes = "notes": LongText,
}

/// What a slot accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// The shop's own id of a customer: unique in the account, whatever its case.
    Reference,
    /// One line of at most [`crate::contact::TEXT_MAX`] characters.
    Text,
    /// Several lines of at most [`crate::contact::LONG_TEXT_MAX`] characters in all.
    LongText,
    /// The cell phone: unique in the account.
    Phone,
    Phones,
    Email,
    /// ISO 3166-1 alpha-2.
    Country,
    /// ISO 639-1: `en`, `fr`, ….
    Language,
    Date,
    Number,
    /// A collection of texts.
    Texts,
}

impl From<AttributeKind> for SlotKind {
    fn from(kind: AttributeKind) -> Self {
        match kind {
            AttributeKind::Text => Self::LongText,
            AttributeKind::Texts => Self::Texts,
            AttributeKind::Date => Self::Date,
            AttributeKind::Number => Self::Number,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    Field(Field),
    Attribute(AttributeId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such field or attribute")]
pub struct UnknownSlot;

impl FromStr for Field {
    type Err = UnknownSlot;

    fn from_str(key: &str) -> Result<Self, UnknownSlot> {
        Self::ALL
            .iter()
            .copied()
            .find(|field| field.key() == key)
            .ok_or(UnknownSlot)
    }
}

/// A field prints as its key, an attribute as its id.
impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => f.write_str(field.key()),
            Self::Attribute(id) => id.fmt(f),
        }
    }
}

impl FromStr for Slot {
    type Err = UnknownSlot;

    fn from_str(text: &str) -> Result<Self, UnknownSlot> {
        text.parse()
            .map(Self::Field)
            .or_else(|_| text.parse().map(Self::Attribute).map_err(|_| UnknownSlot))
    }
}

impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Slot {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
