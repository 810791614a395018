//! What a cell looks like to somebody who searches for the header.

use crate::table::{Cell, CellKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Blank,
    /// Words: could be a title, or a name, or a place.
    Words,
    /// Could be either: a year, a code, a flag.
    Unclear,
    /// An address, a number of many digits, a date: never a title.
    Data,
}

/// Nobody gives a column a longer title.
const LONGEST_TITLE: usize = 120;

pub(super) fn look(cell: Cell<'_>) -> Look {
    if cell.is_blank() {
        return Look::Blank;
    }
    let text = cell.text.trim();
    match cell.kind {
        CellKind::Date => return Look::Data,
        CellKind::Bool | CellKind::Error | CellKind::FormulaWithoutValue => return Look::Unclear,
        CellKind::Number => {
            return if digits(text) >= 7 {
                Look::Data
            } else {
                Look::Unclear
            };
        }
        CellKind::Blank | CellKind::Text => {}
    }
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let digits = digits(text);
    // “Achats 2024-2025” is a title, however many digits its years have.
    let telling = if letters > 2 {
        digits - 4 * years(text)
    } else {
        digits
    };
    if is_email(text)
        || telling >= 7 && telling > letters
        || is_date(text)
        || text.len() > LONGEST_TITLE * 4
    {
        Look::Data
    } else if letters == 0 || telling >= letters || text.chars().count() > LONGEST_TITLE {
        Look::Unclear
    } else {
        Look::Words
    }
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Numbers of four digits that are a year of this or the last century.
fn years(text: &str) -> usize {
    text.split(|letter: char| !letter.is_ascii_digit())
        .filter(|number| {
            number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
        })
        .count()
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
}

/// Three numbers with one separator: a date in whichever order.
fn is_date(text: &str) -> bool {
    ['-', '/', '.'].into_iter().any(|separator| {
        let parts: Vec<&str> = text.split(separator).collect();
        parts.len() == 3
            && parts
                .iter()
                .all(|part| (1..=4).contains(&part.len()) && digits(part) == part.len())
    })
}

/// A number as people write it, currency and all.
pub(super) fn is_amount(cell: Cell<'_>) -> bool {
    match cell.kind {
        CellKind::Number | CellKind::FormulaWithoutValue | CellKind::Error => true,
        CellKind::Text => {
            let letters = cell
                .text
                .chars()
                .filter(|letter| letter.is_alphabetic())
                .count();
            digits(cell.text) > 0 && letters <= 3 && digits(cell.text) >= letters
        }
        _ => false,
    }
}
