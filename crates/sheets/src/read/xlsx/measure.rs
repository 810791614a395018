//! What can be told of a worksheet without reading its cells.

use crate::{
    error::{Damage, ReadError},
    read::{
        sheets::Measure,
        xml::{Token, Xml},
        zip::Part,
    },
};

/// Counts the filled cells without reading them.
pub(super) fn measure(part: Part<'_>) -> Result<Measure, ReadError> {
    let mut xml = Xml::new(part, Damage::Sheet);
    let mut measure = Measure::default();
    let (mut filled, mut is_filled, mut is_value) = (0, false, false);
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(tag) => match tag.name {
                b"row" => measure.row(std::mem::take(&mut filled)),
                b"c" => is_filled = false,
                b"v" | b"t" => is_value = !tag.is_empty,
                b"f" => is_filled = true,
                _ => {}
            },
            Token::Close(b"c") => filled += u32::from(is_filled),
            Token::Close(_) => is_value = false,
            Token::Text { raw, .. } => is_filled |= is_value && !raw.trim_ascii().is_empty(),
        }
    }
    measure.row(filled);
    Ok(measure)
}

/// Whether every formula has the result 0, which programs write that cannot calculate.
pub(super) fn has_dummy_results(part: Part<'_>) -> Result<bool, ReadError> {
    let mut xml = Xml::new(part, Damage::Sheet);
    let (mut is_any, mut is_formula, mut is_value) = (false, false, false);
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(tag) => match tag.name {
                b"c" => is_formula = false,
                b"f" => is_formula = true,
                b"v" => is_value = !tag.is_empty && is_formula,
                _ => {}
            },
            Token::Close(_) => is_value = false,
            Token::Text { raw, .. } if is_value && raw.trim_ascii() != b"0" => return Ok(false),
            Token::Text { .. } => is_any |= is_value,
        }
    }
    Ok(is_any)
}
