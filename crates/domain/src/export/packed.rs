//! How a page travels: all of its texts in one piece, which is checked to be UTF-8 once, and of each value only how long its
//! text is.

use super::{ExportPage, ExportRow};
use crate::{ids::CustomerId, value::Value};
use serde::{Deserialize, Serialize, Serializer};

/// An [`ExportPage`]. Whoever reads it row by row takes each field by itself, in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedPage {
    pub rev: u64,
    pub next: Option<CustomerId>,
    /// In the order of the values, without anything between.
    pub texts: String,
    pub rows: Vec<PackedRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedRow {
    pub customer: CustomerId,
    pub rev: u64,
    /// A [`PackedValue`] for each value; behind that of a collection the length of each of its texts.
    pub values: Vec<u32>,
}

/// A [`Value`] by the length of its text in bytes, in one number: mostly a byte on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackedValue {
    Blank,
    Text(u32),
    /// How many texts there are.
    Texts(u32),
    Date(u32),
    Number(u32),
}

/// The bits that say what a value is.
const KIND_BITS: u32 = 3;

impl PackedValue {
    /// The number that it travels as. A page holds no text of 512 MB.
    pub const fn code(self) -> u32 {
        let (kind, len) = match self {
            Self::Blank => (0, 0),
            Self::Text(len) => (1, len),
            Self::Texts(count) => (2, count),
            Self::Date(len) => (3, len),
            Self::Number(len) => (4, len),
        };
        len << KIND_BITS | kind
    }

    /// `None` for a number that says nothing.
    pub const fn from_code(code: u32) -> Option<Self> {
        let (kind, len) = (code & ((1 << KIND_BITS) - 1), code >> KIND_BITS);
        Some(match kind {
            0 => Self::Blank,
            1 => Self::Text(len),
            2 => Self::Texts(len),
            3 => Self::Date(len),
            4 => Self::Number(len),
            _ => return None,
        })
    }
}

impl From<&ExportPage> for PackedPage {
    fn from(page: &ExportPage) -> Self {
        let mut texts = String::new();
        let rows = page.rows.iter().map(|row| packed(row, &mut texts));
        let rows = rows.collect();
        Self {
            rev: page.rev,
            next: page.next,
            texts,
            rows,
        }
    }
}

/// `texts` takes what the row says.
fn packed(row: &ExportRow, texts: &mut String) -> PackedRow {
    let mut add = |text: &str| {
        texts.push_str(text);
        length(text.len())
    };
    let mut values = Vec::with_capacity(row.values.len());
    for value in &row.values {
        let value = match value {
            None => PackedValue::Blank,
            Some(Value::Text(text)) => PackedValue::Text(add(text)),
            Some(Value::Date(date)) => PackedValue::Date(add(&date.to_string())),
            Some(Value::Number(number)) => PackedValue::Number(add(&number.to_string())),
            Some(Value::Texts(texts)) => {
                values.push(PackedValue::Texts(length(texts.len())).code());
                values.extend(texts.iter().map(|text| add(text)));
                continue;
            }
        };
        values.push(value.code());
    }
    PackedRow {
        customer: row.customer,
        rev: row.rev,
        values,
    }
}

fn length(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

impl Serialize for ExportPage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        PackedPage::from(self).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_says_one_thing_or_nothing(code: u32) {
            match PackedValue::from_code(code) {
                Some(PackedValue::Blank) => prop_assert_eq!(code & 7, 0),
                Some(value) => prop_assert_eq!(value.code(), code),
                None => prop_assert!(code & 7 > 4),
            }
        }
    }
}
