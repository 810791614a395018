//! Pages as the server packs them ([`domain::export::ExportPage`] in postcard), read row by row without copying a text.

use super::NotAPage;
use crate::write::{Cell, WriteError};
use chrono::NaiveDate;
use domain::{
    export::ExportRow,
    ids::{AccountId, CustomerId},
    value::{Number, Value},
    version::CustomerVersion,
};
use serde::Deserialize;

#[derive(Debug)]
pub(super) struct Page {
    pub(super) rev: u64,
    pub(super) next: Option<CustomerId>,
    pub(super) rows: u32,
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
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, NotAPage> {
        let (Head { rev, next, rows }, rest) = postcard::take_from_bytes(&bytes)?;
        let start = bytes.len() - rest.len();
        let page = Self {
            rev,
            next,
            rows,
            bytes,
            start,
        };
        page.iter().try_for_each(|row| row.map(drop))?;
        Ok(page)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Result<Row<'_>, NotAPage>> {
        let mut rest = self.bytes.get(self.start..).unwrap_or_default();
        (0..self.rows).map(move |_| {
            let (row, after) = postcard::take_from_bytes(rest)?;
            rest = after;
            Ok(row)
        })
    }
}

/// Exactly an [`ExportRow`], borrowed.
#[derive(Debug, Deserialize)]
pub(super) struct Row<'a> {
    pub(super) customer: CustomerId,
    rev: u64,
    #[serde(borrow)]
    values: Vec<Option<Packed<'a>>>,
}

/// Exactly a [`Value`], borrowed: the order of the variants is what postcard knows them by.
#[derive(Debug, Deserialize)]
enum Packed<'a> {
    Text(&'a str),
    #[serde(borrow)]
    Texts(Vec<&'a str>),
    Date(NaiveDate),
    Number(Number),
}

impl Row<'_> {
    /// With the version that `account` makes of it as its last cell, if there is to be one.
    pub(super) fn write(
        &self,
        account: Option<AccountId>,
        write: &mut impl FnMut(&[Cell<'_>]) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        let printed: Vec<Option<String>> = self
            .values
            .iter()
            .map(|value| printed(value.as_ref()))
            .collect();
        let version = account
            .map(|account| CustomerVersion::new(account, self.customer, self.rev).to_string());
        let cells =
            self.values
                .iter()
                .zip(&printed)
                .map(|(value, printed)| match (value, printed) {
                    (_, Some(printed)) => Cell::Text(printed),
                    (Some(Packed::Text(text)), _) => Cell::Text(text),
                    (Some(Packed::Date(date)), _) => Cell::Date(*date),
                    (Some(Packed::Number(number)), _) => Cell::Number(*number),
                    (Some(Packed::Texts(_)) | None, None) => Cell::Blank,
                });
        let version = version.as_deref().map(Cell::Text);
        write(&cells.chain(version).collect::<Vec<_>>())
    }
}

/// A collection in the plain form.
fn printed(value: Option<&Packed<'_>>) -> Option<String> {
    match value {
        Some(Packed::Texts(texts)) => Value::texts(texts).map(|texts| texts.to_string()),
        _ => None,
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
