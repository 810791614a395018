//! What a field or an attribute can hold.

use crate::items;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The value of one slot. A slot without a value is `None`; there is no empty text, empty list or zero date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Text(String),
    Texts(Vec<String>),
    /// A calendar date, without a time zone.
    Date(NaiveDate),
    Number(Number),
}

/// An exact decimal number: up to 28 significant digits, compared by value, printed without trailing zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Decimal", into = "Decimal")]
pub struct Number(Decimal);

impl From<Decimal> for Number {
    fn from(decimal: Decimal) -> Self {
        Self::new(decimal)
    }
}

impl From<Number> for Decimal {
    fn from(number: Number) -> Self {
        number.0
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This is not a number.")]
pub struct NotANumber;

impl Number {
    pub fn new(decimal: Decimal) -> Self {
        Self(decimal.normalize())
    }

    pub const fn decimal(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Reads `-12.5` and `1e10`: a dot before decimals and no thousands separators. Spreadsheets and people write more ways;
/// `sheets` reads those.
impl FromStr for Number {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let text = text.trim();
        Decimal::from_str_exact(text)
            .or_else(|_| Decimal::from_scientific(text))
            .map(Self::new)
            .map_err(|_| NotANumber)
    }
}

impl Value {
    /// One text, trimmed; `None` when nothing is left.
    pub fn text(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self::Text(text.to_owned()))
    }

    /// Several texts: trimmed, without blanks, the first of equal ones kept, in the order given.
    pub fn texts<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Option<Self> {
        let mut kept: Vec<String> = Vec::new();
        for text in texts {
            let text = text.as_ref().trim();
            if !text.is_empty() && !kept.iter().any(|k| k == text) {
                kept.push(text.to_owned());
            }
        }
        (!kept.is_empty()).then_some(Self::Texts(kept))
    }
}

/// The plain form, the same in every language: what a person types to get this value back.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Texts(texts) => items::print_all(f, texts),
            Self::Date(date) => write!(f, "{}", date.format("%Y-%m-%d")),
            Self::Number(number) => number.fmt(f),
        }
    }
}
