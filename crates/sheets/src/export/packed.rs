//! Pages as the server packs them ([`domain::export::ExportPage`] in postcard), read row by row without copying a text.

use super::NotAPage;
use crate::write::Cell;
use chrono::NaiveDate;
use domain::{
    export::ExportRow,
    ids::{AccountId, CustomerId},
    items,
    value::{Number, Value},
    version::CustomerVersion,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de::Error};
use std::fmt::Write;

#[derive(Debug)]
pub(super) struct Page {
    pub(super) rev: u64,
    pub(super) next: Option<CustomerId>,
    pub(super) len: u32,
    bytes: Vec<u8>,
    /// Where the first row begins.
    start: usize,
}

/// What stands in a page before its rows, their number last.
#[derive(Deserialize)]
struct Head {
    rev: u64,
    next: Option<CustomerId>,
    rows: u32,
}

impl Page {
    /// The rows are not looked at yet.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, NotAPage> {
        let (Head { rev, next, rows }, rest) = postcard::take_from_bytes(&bytes)?;
        let start = bytes.len() - rest.len();
        Ok(Self {
            rev,
            next,
            len: rows,
            bytes,
            start,
        })
    }

    pub(super) fn rows(&self) -> Rows<'_> {
        Rows {
            rest: self.bytes.get(self.start..).unwrap_or_default(),
            left: self.len,
        }
    }
}

/// The rows of a page, one after the other.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    rest: &'a [u8],
    left: u32,
}

/// An [`ExportRow`], borrowed.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) customer: CustomerId,
    rev: u64,
    values: Vec<Option<Packed<'a>>>,
}

/// What stands in a row before its values, their number last.
#[derive(Deserialize)]
struct RowHead {
    customer: CustomerId,
    rev: u64,
    values: u32,
}

impl<'a> Rows<'a> {
    /// The next row, in the room of the one before.
    pub(super) fn next(&mut self, before: Option<Row<'a>>) -> Result<Option<Row<'a>>, NotAPage> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        let (head, mut rest): (RowHead, _) = postcard::take_from_bytes(self.rest)?;
        let mut values = before.map(|row| row.values).unwrap_or_default();
        values.clear();
        for _ in 0..head.values {
            let (value, after) = postcard::take_from_bytes(rest)?;
            values.push(value);
            rest = after;
        }
        self.rest = rest;
        Ok(Some(Row {
            customer: head.customer,
            rev: head.rev,
            values,
        }))
    }
}

/// Exactly a [`Value`], borrowed: the order of the variants is what postcard knows them by.
#[derive(Debug, Deserialize)]
enum Packed<'a> {
    Text(&'a str),
    #[serde(borrow)]
    Texts(Vec<&'a str>),
    Date(#[serde(deserialize_with = "date")] NaiveDate),
    Number(#[serde(deserialize_with = "number")] Number),
}

/// A day as it mostly is, in ten letters: there are hundreds of thousands of them.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = <&str>::deserialize(deserializer)?;
    let plain = match text.as_bytes() {
        [year @ .., b'-', m, n, b'-', d, e] if year.len() == 4 => {
            let (month, day) = (digits(&[*m, *n]), digits(&[*d, *e]));
            digits(year)
                .zip(month)
                .zip(day)
                .and_then(|((year, month), day)| {
                    NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)
                })
        }
        _ => None,
    };
    plain.map_or_else(|| text.parse().map_err(D::Error::custom), Ok)
}

/// A number as it mostly is, of a few digits.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
    let text = <&str>::deserialize(deserializer)?;
    let plain = |text: &str| {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        if whole.is_empty() || decimals.is_empty() || whole.len() + decimals.len() > 9 {
            return None;
        }
        let scale = u32::try_from(decimals.len()).ok()?;
        let mantissa = i64::from(digits(whole.as_bytes())?) * 10_i64.pow(scale)
            + i64::from(digits(decimals.as_bytes())?);
        let is_negative = unsigned.len() < text.len();
        Some(Decimal::new(
            if is_negative { -mantissa } else { mantissa },
            scale,
        ))
    };
    plain(text).map_or_else(
        || text.parse().map_err(D::Error::custom),
        |plain| Ok(Number::new(plain)),
    )
}

/// The number that at most nine digits are; none are zero.
fn digits(text: &[u8]) -> Option<u32> {
    if text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0, |number, letter| {
        letter
            .is_ascii_digit()
            .then(|| number * 10 + u32::from(*letter - b'0'))
    })
}

/// Texts of one row that stand nowhere in its page, kept from row to row for its room.
#[derive(Debug, Default)]
pub(super) struct Printed {
    text: String,
    ends: Vec<usize>,
}

impl Printed {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn end(&mut self) {
        self.ends.push(self.text.len());
    }

    /// In the order in which they were printed.
    fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .filter_map(|(start, end)| self.text.get(start..*end))
    }
}

impl Row<'_> {
    /// With the version that `account` makes of it as its last cell, if there is to be one.
    pub(super) fn cells<'a>(
        &'a self,
        account: Option<AccountId>,
        printed: &'a mut Printed,
    ) -> impl Iterator<Item = Cell<'a>> {
        printed.clear();
        for value in self.values.iter().flatten() {
            if let Packed::Texts(texts) = value {
                // Writing to memory cannot fail.
                let _ = items::print_all(&mut printed.text, texts);
                printed.end();
            }
        }
        if let Some(account) = account {
            let version = CustomerVersion::new(account, self.customer, self.rev);
            let _ = write!(printed.text, "{version}");
            printed.end();
        }
        let mut texts = printed.iter();
        let values = self.values.iter().map(Option::as_ref).map(Some);
        let version = account.map(|_| None);
        values.chain(version).map(move |value| match value {
            Some(None) => Cell::Blank,
            Some(Some(Packed::Text(text))) => Cell::Text(text),
            Some(Some(Packed::Date(date))) => Cell::Date(*date),
            Some(Some(Packed::Number(number))) => Cell::Number(*number),
            Some(Some(Packed::Texts(_))) | None => texts.next().map_or(Cell::Blank, Cell::Text),
        })
    }
}

impl<'a> From<&'a ExportRow> for Row<'a> {
    fn from(row: &'a ExportRow) -> Self {
        let values = row.values.iter().map(|value| {
            Some(match value.as_ref()? {
                Value::Text(text) => Packed::Text(text),
                Value::Texts(texts) => Packed::Texts(texts.iter().map(String::as_str).collect()),
                Value::Date(date) => Packed::Date(*date),
                Value::Number(number) => Packed::Number(*number),
            })
        });
        Self {
            customer: row.customer,
            rev: row.rev,
            values: values.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(value: &Value) -> String {
        let bytes = postcard::to_allocvec(value).unwrap();
        let packed: Packed<'_> = postcard::from_bytes(&bytes).unwrap();
        match packed {
            Packed::Text(text) => text.to_owned(),
            Packed::Texts(texts) => texts.join("|"),
            Packed::Date(date) => date.to_string(),
            Packed::Number(number) => number.to_string(),
        }
    }

    fn refused(variant: u8, text: &str) -> bool {
        let mut bytes = vec![variant];
        bytes.extend(postcard::to_allocvec(text).unwrap());
        postcard::from_bytes::<Packed<'_>>(&bytes).is_err()
    }

    #[test]
    fn what_is_no_date_or_number_is_refused() {
        for text in ["", "2020-13-01", "2020-02-30", "20x0-01-01", "2020-01-0é"] {
            assert!(refused(2, text), "{text}");
        }
        for text in ["", "-", ".", "-.", "1x", "--1", "1.2.3", "+"] {
            assert!(refused(3, text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_they_are_everywhere(mantissa in any::<i64>(), cut in 0_u32..19, scale in 0_u32..=28) {
            let number = Number::new(Decimal::new(mantissa / 10_i64.pow(cut), scale));
            prop_assert_eq!(read(&Value::Number(number)), number.to_string());
        }

        #[test]
        fn dates_are_read_as_they_are_everywhere(days in -1_000_000..4_000_000) {
            let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            prop_assert_eq!(read(&Value::Date(date)), date.to_string());
        }

        #[test]
        fn collections_print_as_their_values_do(texts in prop::collection::vec("[a\", \n]{1,4}|é", 1..4)) {
            prop_assume!(Value::texts(&texts) == Some(Value::Texts(texts.clone())));
            let row = ExportRow { customer: CustomerId::new(uuid::Uuid::nil()), rev: 1, values: vec![None, Value::texts(&texts)] };
            let mut printed = Printed::default();
            let row = Row::from(&row);
            let cells: Vec<Cell<'_>> = row.cells(None, &mut printed).collect();
            prop_assert_eq!(cells, [Cell::Blank, Cell::Text(&Value::Texts(texts).to_string())]);
        }
    }
}
