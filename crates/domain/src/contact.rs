//! From what a person typed to the value a slot holds.

use crate::{
    account::Country,
    error::Invalid,
    items::{self, Items},
    phone::E164,
    slot::SlotKind,
    value::{Number, Value},
};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

pub const REFERENCE_MAX: usize = 100;
pub const TEXT_MAX: usize = 200;
pub const EMAIL_MAX: usize = 254;
pub const LONG_TEXT_MAX: usize = 32_000;
pub const TEXTS_MAX: usize = 200;

/// The shop's own id of a customer: trimmed, on one line, at most 100 characters, leading zeros kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Reference(String);

impl Reference {
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        one_line(text, REFERENCE_MAX)?
            .map(Self)
            .ok_or(Invalid::Empty)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Equal for two spellings of the same reference: case aside. The SQL `lower(reference)` is the same.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// An e-mail address: something, one `@`, a domain with a dot (RFC 5321 lengths, RFC 6531 letters), lower case, because
/// no provider tells addresses apart by case and people do not either.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(Invalid::NotAnEmail)?;
        let is_mark = |c| {
            matches!(
                c,
                '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | ':' | '"' | '@'
            )
        };
        let plausible = |part: &str| {
            !part.is_empty()
                && !part
                    .chars()
                    .any(|c| c.is_whitespace() || c.is_control() || is_mark(c))
        };
        let labels = || {
            domain
                .split('.')
                .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
        };
        if local.len() > 64
            || text.len() > EMAIL_MAX
            || !plausible(local)
            || !plausible(domain)
            || !domain.contains('.')
            || !labels()
        {
            return Err(Invalid::NotAnEmail);
        }
        Ok(Self(text.to_lowercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

fn one_line(text: &str, max: usize) -> Result<Option<String>, Invalid> {
    let text: String = text
        .trim()
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control())
        .collect();
    if text.chars().count() > max {
        return Err(Invalid::TooLong {
            max: u32::try_from(max).unwrap_or(u32::MAX),
        });
    }
    Ok((!text.is_empty()).then_some(text))
}

fn lines(text: &str) -> Result<Option<String>, Invalid> {
    let text: String = text
        .trim()
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    if text.chars().count() > LONG_TEXT_MAX {
        return Err(Invalid::TooLong {
            max: u32::try_from(LONG_TEXT_MAX).unwrap_or(u32::MAX),
        });
    }
    Ok((!text.is_empty()).then_some(text))
}

/// A language code of two letters (ISO 639-1), lower case; `fr-CA` is `fr`.
fn language(text: &str) -> Result<String, Invalid> {
    let code = text
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()) {
        Ok(code)
    } else {
        Err(Invalid::UnknownLanguage)
    }
}

/// A way to read phone numbers: the numbering plans where they are linked, E.164 alone where they are not.
pub trait ReadPhone {
    fn read_phone(&self, text: &str) -> Result<E164, Invalid>;
}

/// Takes only numbers that are in E.164 form already.
#[derive(Clone, Copy, Debug)]
pub struct E164Only;

impl ReadPhone for E164Only {
    fn read_phone(&self, text: &str) -> Result<E164, Invalid> {
        E164::new(text).map_err(|_| Invalid::NotAPhone)
    }
}

#[cfg(feature = "numbering-plans")]
impl ReadPhone for Country {
    fn read_phone(&self, text: &str) -> Result<E164, Invalid> {
        E164::parse(text, *self).map_err(|_| Invalid::NotAPhone)
    }
}

/// Reads what a person typed into a slot. Blank is `None`. Dates are `YYYY-MM-DD`, numbers have a dot, collections are
/// separated by commas or line breaks, their items in quotes where they must be (see [`Items`]), as [`Value`] prints them.
pub fn parse(
    kind: SlotKind,
    text: &str,
    phones: &impl ReadPhone,
) -> Result<Option<Value>, Invalid> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let value = match kind {
        SlotKind::Texts | SlotKind::Phones => Value::texts(Items::new(text, items::SEPARATORS)),
        SlotKind::Date => {
            let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
                .map_err(|_| Invalid::NotADate)?;
            Some(Value::Date(date))
        }
        SlotKind::Number => Some(Value::Number(
            text.parse::<Number>().map_err(|_| Invalid::NotANumber)?,
        )),
        _ => Some(Value::Text(text.to_owned())),
    };
    value.map_or(Ok(None), |value| check(kind, value, phones))
}

/// Checks and normalises a value for a slot, whoever sends it; idempotent. `None` when nothing is left of it.
pub fn check(
    kind: SlotKind,
    value: Value,
    phones: &impl ReadPhone,
) -> Result<Option<Value>, Invalid> {
    let text = |text: Option<String>| Ok(text.map(Value::Text));
    match (kind, value) {
        (SlotKind::Reference, Value::Text(t)) => text(one_line(&t, REFERENCE_MAX)?),
        (SlotKind::Text, Value::Text(t)) => text(one_line(&t, TEXT_MAX)?),
        (SlotKind::LongText, Value::Text(t)) => text(lines(&t)?),
        (_, Value::Text(t)) if t.trim().is_empty() => Ok(None),
        (SlotKind::Phone, Value::Text(t)) => text(Some(phones.read_phone(&t)?.to_string())),
        (SlotKind::Email, Value::Text(t)) => text(Some(Email::parse(&t)?.to_string())),
        (SlotKind::Country, Value::Text(t)) => text(Some(
            Country::parse(&t)
                .map_err(|_| Invalid::UnknownCountry)?
                .to_string(),
        )),
        (SlotKind::Language, Value::Text(t)) => text(Some(language(t.trim())?)),
        (SlotKind::Phones, Value::Texts(ts)) => {
            let numbers = ts
                .iter()
                .filter(|t| !t.trim().is_empty())
                .map(|t| phones.read_phone(t).map(|p| p.to_string()));
            collection(numbers.collect::<Result<Vec<_>, _>>()?)
        }
        (SlotKind::Texts, Value::Texts(ts)) => {
            let texts = ts
                .iter()
                .map(|t| one_line(t, TEXT_MAX).map(Option::unwrap_or_default));
            collection(texts.collect::<Result<Vec<_>, _>>()?)
        }
        // Years of four digits only: other ones do not survive the plain form.
        (SlotKind::Date, Value::Date(date)) if !(1..=9999).contains(&date.year()) => {
            Err(Invalid::NotADate)
        }
        (SlotKind::Date, value @ Value::Date(_)) | (SlotKind::Number, value @ Value::Number(_)) => {
            Ok(Some(value))
        }
        _ => Err(Invalid::WrongType),
    }
}

fn collection(texts: Vec<String>) -> Result<Option<Value>, Invalid> {
    if texts.len() > TEXTS_MAX {
        return Err(Invalid::TooMany {
            max: u32::try_from(TEXTS_MAX).unwrap_or(u32::MAX),
        });
    }
    Ok(Value::texts(texts))
}

#[cfg(test)]
mod tests;
