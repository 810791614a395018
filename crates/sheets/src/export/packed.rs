//! Pages as the server packs them ([`domain::export::PackedPage`] in postcard), read row by row without copying a text.

use super::NotAPage;
use crate::write::Cell;
use domain::{
    export::{ExportRow, PackedValue},
    ids::{AccountId, CustomerId},
    items,
    value::Value,
    version::CustomerVersion,
};
use serde::Deserialize;
use std::{borrow::Cow, fmt::Write};

#[derive(Debug)]
pub(super) struct Page {
    pub(super) rev: u64,
    pub(super) next: Option<CustomerId>,
    pub(super) len: u32,
    bytes: Vec<u8>,
}

/// What stands in a page before its rows, their number last.
#[derive(Deserialize)]
struct Head<'a> {
    rev: u64,
    next: Option<CustomerId>,
    /// Not looked at yet.
    texts: &'a [u8],
    rows: u32,
}

impl Page {
    /// The rows are not looked at yet.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, NotAPage> {
        let (head, _): (Head<'_>, _) = postcard::take_from_bytes(&bytes)?;
        Ok(Self {
            rev: head.rev,
            next: head.next,
            len: head.rows,
            bytes,
        })
    }

    pub(super) fn rows(&self) -> Result<Rows<'_>, NotAPage> {
        let (head, rest): (Head<'_>, _) = postcard::take_from_bytes(&self.bytes)?;
        Ok(Rows {
            rest,
            texts: simdutf8::basic::from_utf8(head.texts).map_err(|_| NotAPage)?,
            left: head.rows,
        })
    }
}

/// The rows of a page, one after the other.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    rest: &'a [u8],
    /// Of the rows to come.
    texts: &'a str,
    left: u32,
}

/// An [`ExportRow`], borrowed.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) customer: CustomerId,
    rev: u64,
    values: Vec<Option<Packed<'a>>>,
}

/// What stands in a row before its values, the number of their numbers last.
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
        let (head, rest): (RowHead, _) = postcard::take_from_bytes(self.rest)?;
        let mut values = before.map(|row| row.values).unwrap_or_default();
        values.clear();
        let mut numbers = Numbers {
            rest,
            left: head.values,
        };
        while let Some(code) = numbers.next()? {
            let value = PackedValue::from_code(code).ok_or(NotAPage)?;
            values.push(Packed::cut(value, &mut numbers, &mut self.texts)?);
        }
        self.rest = numbers.rest;
        Ok(Some(Row {
            customer: head.customer,
            rev: head.rev,
            values,
        }))
    }
}

/// The numbers of one row.
#[derive(Debug)]
struct Numbers<'a> {
    rest: &'a [u8],
    left: u32,
}

impl Numbers<'_> {
    #[inline]
    fn next(&mut self) -> Result<Option<u32>, NotAPage> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        // As nearly all are.
        if let [byte @ ..0x80, rest @ ..] = self.rest {
            self.rest = rest;
            return Ok(Some((*byte).into()));
        }
        let number;
        (number, self.rest) = postcard::take_from_bytes(self.rest)?;
        Ok(Some(number))
    }
}

/// A [`Value`] as it prints itself, borrowed.
#[derive(Debug)]
enum Packed<'a> {
    Text(&'a str),
    Texts(Vec<&'a str>),
    Date(Cow<'a, str>),
    Number(Cow<'a, str>),
}

impl<'a> Packed<'a> {
    /// Takes the value from the beginning of the texts, and the lengths of a collection from what follows its own number.
    #[inline]
    fn cut(
        value: PackedValue,
        following: &mut Numbers<'_>,
        texts: &mut &'a str,
    ) -> Result<Option<Self>, NotAPage> {
        let mut text = |len: u32| -> Result<&'a str, NotAPage> {
            let (text, rest) = texts.split_at_checked(len as usize).ok_or(NotAPage)?;
            *texts = rest;
            Ok(text)
        };
        Ok(Some(match value {
            PackedValue::Blank => return Ok(None),
            PackedValue::Text(len) => Self::Text(text(len)?),
            PackedValue::Texts(count) => {
                let texts = (0..count).map(|_| text(following.next()?.ok_or(NotAPage)?));
                Self::Texts(texts.collect::<Result<_, _>>()?)
            }
            PackedValue::Date(len) => Self::Date(text(len)?.into()),
            PackedValue::Number(len) => Self::Number(text(len)?.into()),
        }))
    }
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
            Some(Some(Packed::Date(date))) => Cell::Date(date),
            Some(Some(Packed::Number(number))) => Cell::Number(number),
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
                Value::Date(date) => Packed::Date(date.to_string().into()),
                Value::Number(number) => Packed::Number(number.to_string().into()),
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
    use chrono::NaiveDate;
    use domain::{export::ExportPage, value::Number};
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    /// The value of the only row of a page.
    fn read(value: Value) -> String {
        let row = ExportRow {
            customer: CustomerId::new(uuid::Uuid::nil()),
            rev: 1,
            values: vec![Some(value)],
        };
        let page = ExportPage {
            rev: 1,
            next: None,
            rows: vec![row],
        };
        let page = Page::read(postcard::to_allocvec(&page).unwrap()).unwrap();
        let row = page.rows().unwrap().next(None).unwrap().unwrap();
        match row.values.as_slice() {
            [Some(Packed::Text(text))] => (*text).to_owned(),
            [Some(Packed::Texts(texts))] => texts.join("|"),
            [Some(Packed::Date(text) | Packed::Number(text))] => text.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_length_beyond_the_texts_or_within_a_letter_is_refused() {
        let cut = |value, lens: &[u8], mut texts| {
            let mut numbers = Numbers {
                rest: lens,
                left: u32::try_from(lens.len()).unwrap(),
            };
            Packed::cut(value, &mut numbers, &mut texts).map(drop)
        };
        for len in [1, 3, u32::MAX] {
            assert!(cut(PackedValue::Text(len), &[], "é").is_err());
        }
        for lens in [&[2, 1][..], &[2, 3], &[2]] {
            assert!(cut(PackedValue::Texts(2), lens, "éé").is_err());
        }
        assert!(cut(PackedValue::Texts(2), &[2, 2], "éé").is_ok());
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_they_are_everywhere(mantissa in any::<i64>(), cut in 0_u32..19, scale in 0_u32..=28) {
            let number = Number::new(Decimal::new(mantissa / 10_i64.pow(cut), scale));
            prop_assert_eq!(read(Value::Number(number)), number.to_string());
        }

        #[test]
        fn dates_are_read_as_they_are_everywhere(days in -1_000_000..4_000_000) {
            let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            prop_assert_eq!(read(Value::Date(date)), date.to_string());
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
