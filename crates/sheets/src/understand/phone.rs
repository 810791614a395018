//! Phones, also those that a spreadsheet turned into numbers.

use super::{
    Content, Plans, Understood,
    number::{self, Scientific},
    words,
};
use crate::preview::CellRepair;
use domain::{error::Invalid, import::chunk::CellReason, phone::E164};
use std::borrow::Cow;

/// A cell phone, with whatever other phones stand in the cell.
pub(super) fn one(text: &str, plans: &Plans) -> Understood<'static> {
    match read(text, plans) {
        Ok(Found {
            mut phones,
            cell,
            mut repairs,
        }) => {
            let phone = phones.remove(cell);
            if !phones.is_empty() {
                repairs.push(CellRepair::MorePhonesKept);
            }
            Understood {
                content: Content::Phone {
                    phone,
                    more: phones,
                },
                repairs,
            }
        }
        Err(Refused::Blank) => Understood::repaired(Content::Blank, CellRepair::BlankPlaceholder),
        Err(Refused::Because(reason)) => Understood::problem(reason),
    }
}

/// A collection of phones.
pub(super) fn several(text: &str, plans: &Plans) -> Understood<'static> {
    match read(text, plans) {
        Ok(Found {
            phones, repairs, ..
        }) => {
            let texts = phones
                .iter()
                .map(|phone| Cow::Owned(phone.to_string()))
                .collect();
            Understood {
                content: Content::Texts(texts),
                repairs,
            }
        }
        Err(Refused::Blank) => Understood::repaired(Content::Blank, CellRepair::BlankPlaceholder),
        Err(Refused::Because(reason)) => Understood::problem(reason),
    }
}

struct Found {
    /// Never empty, no two alike.
    phones: Vec<E164>,
    /// Which of them is called a cell phone; else the first.
    cell: usize,
    repairs: Vec<CellRepair>,
}

enum Refused {
    Blank,
    Because(CellReason),
}

fn read(text: &str, plans: &Plans) -> Result<Found, Refused> {
    if let Some((phone, repair)) = single(text, plans)? {
        return Ok(Found {
            phones: vec![phone],
            cell: 0,
            repairs: repair.into_iter().collect(),
        });
    }
    let mut found = Found {
        phones: Vec::new(),
        cell: 0,
        repairs: Vec::new(),
    };
    let mut labelled = false;
    for piece in split(text) {
        let (phone, repair) = match single(piece, plans) {
            Ok(Some(phone)) => phone,
            Ok(None) => return Err(Refused::Because(CellReason::Invalid(Invalid::NotAPhone))),
            Err(Refused::Blank) => continue,
            Err(refused) => return Err(refused),
        };
        found.repairs.extend(repair);
        let place = found
            .phones
            .iter()
            .position(|known| *known == phone)
            .unwrap_or_else(|| {
                found.phones.push(phone);
                found.phones.len() - 1
            });
        if !labelled && words::says_cell(piece) {
            found.cell = place;
            labelled = true;
        }
    }
    if found.phones.is_empty() {
        return Err(Refused::Because(CellReason::Invalid(Invalid::NotAPhone)));
    }
    Ok(found)
}

/// The parts of a cell that holds several phones: between separators that no single number has, and around “or”.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', ',', '|', '/', '\n', '\r', '&'])
        .flat_map(|piece| piece.split(" ou "))
        .flat_map(|piece| piece.split(" or "))
        .flat_map(|piece| piece.split(" et "))
        .flat_map(|piece| piece.split(" and "))
        .map(str::trim)
        .filter(|piece| piece.bytes().any(|b| b.is_ascii_digit()))
}

/// One phone and how it was mended, `None` when the text is not one phone.
fn single(text: &str, plans: &Plans) -> Result<Option<(E164, Option<CellRepair>)>, Refused> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits > 0 && text.bytes().all(|b| !b.is_ascii_digit() || b == b'0') {
        return Err(Refused::Blank);
    }
    let whole = match number::scientific(text) {
        Some(Scientific::Whole(whole)) => Some(Cow::Owned(whole)),
        Some(Scientific::DigitsMissing) => return Err(Refused::Because(CellReason::DigitsLost)),
        None => number::whole_with_zero_decimals(text).map(Cow::Borrowed),
    };
    if let Some(whole) = whole {
        return Ok(plain(&whole, plans).map(|phone| (phone, Some(CellRepair::PhoneFromNumber))));
    }
    if !text.contains(|c: char| c.is_alphabetic() || c == '#') {
        return Ok(plain(text, plans).map(|phone| (phone, None)).or_else(|| {
            with_lost_plus(text, plans).map(|phone| (phone, Some(CellRepair::PlusRestored)))
        }));
    }
    let (number, extension) = without_extension(text);
    let number = without_labels(number);
    if number.contains(char::is_alphabetic) {
        return Ok(None);
    }
    let repair = extension.then_some(CellRepair::ExtensionDropped);
    Ok(plain(&number, plans).map(|phone| (phone, repair)))
}

fn plain(text: &str, plans: &Plans) -> Option<E164> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (7..=17)
        .contains(&digits)
        .then(|| plans.read(text))
        .flatten()
}

/// A number of another country whose `+` was lost or written `00`. A `+` put before a number of the account's own country
/// with a digit too many would make somebody else's number of it: eleven digits that hold such a number are refused.
fn with_lost_plus(text: &str, plans: &Plans) -> Option<E164> {
    let only: String = text.chars().filter(char::is_ascii_digit).collect();
    if text.contains('+') || !(11..=17).contains(&only.len()) {
        return None;
    }
    if let Some(international) = only.strip_prefix("00") {
        return plans.read(&format!("+{international}"));
    }
    let own = |digits: Option<&str>| digits.is_some_and(|digits| plans.read(digits).is_some());
    if text.len() != only.len() || only.len() == 11 && (own(only.get(..10)) || own(only.get(1..))) {
        return None;
    }
    plans.read(&format!("+{only}"))
}

/// Cuts `x22`, `ext. 22`, `poste 22`, `#22` off the end.
fn without_extension(text: &str) -> (&str, bool) {
    let end = text.trim_end_matches(|c: char| c == ')' || c.is_whitespace());
    let before = end.trim_end_matches(|c: char| c.is_ascii_digit());
    let extension = end.len() - before.len();
    if !(1..=6).contains(&extension) {
        return (text, false);
    }
    let before = before.trim_end_matches(['.', ':', ' ', '\u{a0}']);
    let mark = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphabetic() || *c == '#')
        .last();
    match mark {
        Some((at, _)) if words::is_extension(before.get(at..).unwrap_or_default()) => {
            (before.get(..at).unwrap_or_default(), true)
        }
        _ => (text, false),
    }
}

/// Without labels such as `cell:` or `(maison)`. Other words stay: read as the letters of a telephone's keys, they would
/// turn seven digits and a name into somebody's number.
fn without_labels(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let (letters, rest) = match word.char_indices().find(|(_, c)| !c.is_alphabetic()) {
            Some((at, _)) => word.split_at(at),
            None => (word, ""),
        };
        if !words::is_phone_label(letters) {
            clean.push_str(letters);
        }
        clean.push_str(if rest == ":" { " " } else { rest });
    }
    clean.replace("()", "").replace("( )", "").trim().to_owned()
}
