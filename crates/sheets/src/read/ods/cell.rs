//! One cell, as its tag and its text tell it.

use crate::{
    read::{value, xml::Tag},
    table::CellKind,
    understand::date::Serials,
};

/// What a cell's tag says of it.
#[derive(Default)]
pub(super) struct CellTag {
    kind: Option<CellKind>,
    value: Option<String>,
    formula: Option<String>,
    pub(super) repeats: u32,
    pub(super) columns: u32,
    pub(super) rows: u32,
}

impl CellTag {
    pub(super) fn read(tag: Tag<'_>) -> Self {
        let (kind, value) = match tag.attribute(b"value-type") {
            Some(b"float" | b"percentage" | b"currency") => {
                (Some(CellKind::Number), tag.text(b"value"))
            }
            Some(b"date") => (Some(CellKind::Date), tag.text(b"date-value")),
            Some(b"time") => (Some(CellKind::Date), tag.text(b"time-value")),
            Some(b"boolean") => (Some(CellKind::Bool), tag.text(b"boolean-value")),
            Some(_) => (Some(CellKind::Text), tag.text(b"string-value")),
            None => (None, None),
        };
        let is_error = tag
            .attributes()
            .any(|(name, value)| name == b"calcext:value-type" && value == b"error");
        let at_least_one = |name: &[u8]| tag.number(name).unwrap_or(1).max(1);
        Self {
            kind: if is_error {
                Some(CellKind::Error)
            } else {
                kind
            },
            value,
            formula: tag.text(b"formula"),
            repeats: at_least_one(b"number-columns-repeated"),
            columns: at_least_one(b"number-columns-spanned"),
            rows: at_least_one(b"number-rows-spanned"),
        }
    }

    /// The cell as we print it; `None` if it is blank.
    pub(super) fn content(self, shown: &str) -> Option<(CellKind, String)> {
        let value = self.value.unwrap_or_default();
        let mut text = String::new();
        // LibreOffice writes truth as a formula whose number is not marked as such.
        match self.formula.as_deref() {
            Some("of:=TRUE()") => return filled(CellKind::Bool, "true"),
            Some("of:=FALSE()") => return filled(CellKind::Bool, "false"),
            _ => {}
        }
        let kind = match self.kind {
            Some(CellKind::Number) if is_code(shown, &value) => {
                return filled(CellKind::Text, shown);
            }
            Some(CellKind::Number) if value::push_plain_number(&mut text, &value) => {
                CellKind::Number
            }
            Some(CellKind::Number) => match value.parse::<f64>() {
                Ok(number) => value::push_cell_number(
                    &mut text,
                    number,
                    value::Meaning::Number,
                    Serials::default(),
                ),
                Err(_) => return filled(CellKind::Text, shown),
            },
            Some(CellKind::Date) if value.starts_with("PT") => {
                value::push_clock(&mut text, duration(&value)?);
                CellKind::Date
            }
            Some(CellKind::Date) => return filled(CellKind::Date, value::iso_date(&value)),
            Some(CellKind::Bool) => return filled(CellKind::Bool, &value),
            Some(kind) => return filled(kind, if shown.is_empty() { &value } else { shown }),
            None if !shown.is_empty() => return filled(CellKind::Text, shown),
            None => {
                return filled(
                    CellKind::FormulaWithoutValue,
                    self.formula?.trim_start_matches("of:"),
                );
            }
        };
        Some((kind, text))
    }
}

/// Zeros in front that only the format of the number shows.
fn is_code(shown: &str, value: &str) -> bool {
    shown.len() > 1
        && shown.starts_with('0')
        && shown.bytes().all(|byte| byte.is_ascii_digit())
        && shown
            .parse::<u64>()
            .is_ok_and(|number| value.parse() == Ok(number))
}

fn filled(kind: CellKind, text: &str) -> Option<(CellKind, String)> {
    (!text.is_empty()).then(|| (kind, text.to_owned()))
}

/// The seconds of `PT12H30M05S`.
fn duration(written: &str) -> Option<i64> {
    let mut seconds = 0_i64;
    let mut rest = written.strip_prefix("PT")?;
    for (unit, size) in [('H', 3600), ('M', 60), ('S', 1)] {
        let Some((number, after)) = rest.split_once(unit) else {
            continue;
        };
        let whole: i64 = number.split(['.', ',']).next()?.parse().ok()?;
        seconds = seconds.checked_add(whole.checked_mul(size)?)?;
        rest = after;
    }
    Some(seconds).filter(|seconds| (0..=360_000_000).contains(seconds))
}
