//! A message with variables: `Hello {first name|there}, your {vehicle} is ready.`
//!
//! `{name}` stands for what a customer has in a field or attribute; `{name|fallback}` says what stands there when that is
//! empty. A brace, a bar or a backslash that is meant as such has a backslash before it: `\{`, `\}`, `\|`, `\\`; before
//! anything else a backslash is itself.
//!
//! A template is kept with the keys of its variables, so that renaming an attribute changes no message, and is shown and typed
//! with their names ([`Names`]).

mod names;
mod print;
mod read;
mod wording;

pub use names::Names;
pub use wording::worded;

use crate::{customer::Values, slot::Slot, value::Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// A text with variables. Two templates are equal when they say the same, however they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// No text is empty, and no two texts are neighbours.
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Variable {
        slot: Slot,
        /// Never blank.
        fallback: Option<String>,
    },
}

/// What is wrong with a template, and at which character (from 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{kind} at character {at}")]
pub struct TemplateError {
    pub at: usize,
    pub kind: TemplateErrorKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateErrorKind {
    #[error("a brace that is not closed")]
    Unclosed,
    #[error("a closing brace without an opening one")]
    Unopened,
    /// An opening brace inside a variable.
    #[error("a brace inside braces")]
    Nested,
    /// `{}` or `{|…}`.
    #[error("braces without a name")]
    Unnamed,
    #[error("no such field or attribute")]
    Unknown,
}

impl Template {
    /// Reads what a person typed. A variable is found by its name (case, accents and spacing aside) or by its key.
    pub fn parse(text: &str, names: &Names) -> Result<Self, TemplateError> {
        read::read(text, |name| names.slot(name))
    }

    /// The template as a person types it: with names, and with the key where a name would be read as another variable.
    pub fn print(&self, names: &Names) -> String {
        print::print(&self.parts, |slot| names.name(slot))
    }

    /// The message to one customer. `show` words a value for the reader (a date, a phone number); a value that it words as
    /// blank counts as empty. A variable without a value and without a fall-back leaves nothing.
    pub fn render(&self, values: &Values, show: impl Fn(Slot, &Value) -> String) -> String {
        let mut message = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => message.push_str(text),
                Part::Variable { slot, fallback } => {
                    let shown = values.get(*slot).map(|value| show(*slot, value));
                    let shown = shown.filter(|text| !text.trim().is_empty());
                    message.push_str(shown.as_deref().or(fallback.as_deref()).unwrap_or_default());
                }
            }
        }
        message
    }

    /// The variables, each once, in the order of the text.
    pub fn slots(&self) -> Vec<Slot> {
        let mut slots = Vec::new();
        for part in &self.parts {
            if let Part::Variable { slot, .. } = part
                && !slots.contains(slot)
            {
                slots.push(*slot);
            }
        }
        slots
    }

    /// The variables that leave a hole in the message to this customer: no value, and no fall-back.
    pub fn holes(&self, values: &Values) -> Vec<Slot> {
        let mut holes = Vec::new();
        for part in &self.parts {
            if let Part::Variable {
                slot,
                fallback: None,
            } = part
                && values.get(*slot).is_none()
                && !holes.contains(slot)
            {
                holes.push(*slot);
            }
        }
        holes
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

/// The form that is kept: with keys.
impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print::print(&self.parts, |slot| slot.to_string()))
    }
}

/// Reads the form that is kept.
impl FromStr for Template {
    type Err = TemplateError;

    fn from_str(text: &str) -> Result<Self, TemplateError> {
        read::read(text, |key| key.parse().ok())
    }
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
