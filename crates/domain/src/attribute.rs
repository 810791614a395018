//! Attributes: the custom fields of an account.

use crate::{fold::fold, ids::AttributeId};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttributeKind {
    Text,
    /// A collection of texts.
    Texts,
    Date,
    Number,
}

impl AttributeKind {
    pub const ALL: &[Self] = &[Self::Text, Self::Texts, Self::Date, Self::Number];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Texts => "texts",
            Self::Date => "date",
            Self::Number => "number",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }
}

/// A name of 1 to 80 characters on one line. Two names are the same attribute when they fold alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct AttributeName(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttributeNameError {
    #[error("An attribute needs a name.")]
    Empty,
    #[error("An attribute's name has at most 80 characters.")]
    TooLong,
}

impl AttributeName {
    pub const MAX: usize = 80;

    pub fn parse(text: &str) -> Result<Self, AttributeNameError> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().filter(|c| !c.is_control()).count() {
            0 => Err(AttributeNameError::Empty),
            n if n > Self::MAX => Err(AttributeNameError::TooLong),
            _ => Ok(Self(name.chars().filter(|c| !c.is_control()).collect())),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Equal for names that mean the same attribute: case, accents and spacing aside.
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

impl fmt::Display for AttributeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for AttributeName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    pub id: AttributeId,
    pub name: AttributeName,
    pub kind: AttributeKind,
    /// Kept, but no longer shown on profiles or offered in forms.
    pub retired: bool,
}

/// A line of Settings → Attributes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeUse {
    pub attribute: Attribute,
    /// How many customers have a value.
    pub filled: u64,
}
