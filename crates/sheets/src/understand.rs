//! From a cell as a file has it to what it says, given what its column belongs to.

pub(crate) mod date;
pub(crate) mod name;
pub(crate) mod number;
pub(crate) mod phone;
mod plans;
pub(crate) mod words;

use crate::{
    mapping::{DateOrder, DecimalMark, NameOrder, Separator},
    preview::CellRepair,
    table::{Cell, CellKind},
};
use chrono::NaiveDate;
use domain::{
    contact::{self, E164Only, Email, LONG_TEXT_MAX, REFERENCE_MAX, TEXT_MAX, TEXTS_MAX},
    error::Invalid,
    import::chunk::CellReason,
    items::Items,
    phone::E164,
    slot::SlotKind,
    value::{Number, Value},
    version::{CustomerVersion, NotAVersion},
};
pub(crate) use plans::Plans;
use std::borrow::Cow;

/// How the cells of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    Reference,
    Text,
    LongText,
    /// One phone; phones beside it are kept as other ones.
    Phone,
    Phones,
    Email,
    Country,
    Language,
    /// `None`: nobody said which is the day and which the month.
    Date(Option<DateOrder>, date::Century, date::Serials),
    Number(DecimalMark),
    Texts(Separator),
    Name(NameOrder),
    YesOrNo,
    Time,
    Version,
}

impl Reading {
    /// The same in a workbook that counts days so.
    pub(crate) const fn counting(self, serials: date::Serials) -> Self {
        match self {
            Self::Date(order, century, _) => Self::Date(order, century, serials),
            other => other,
        }
    }
}

/// What a cell says; borrowed from the sheet where it stands there in its final form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content<'a> {
    Blank,
    Problem(CellReason),
    Text(Cow<'a, str>),
    Texts(Vec<Cow<'a, str>>),
    Name {
        first: Cow<'a, str>,
        last: Cow<'a, str>,
    },
    Phone {
        phone: E164,
        more: Vec<E164>,
    },
    Date(NaiveDate),
    Number(Number),
    Yes(bool),
    Version(CustomerVersion),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Understood<'a> {
    pub content: Content<'a>,
    pub repairs: Vec<CellRepair>,
}

impl<'a> Understood<'a> {
    fn plain(content: Content<'a>) -> Self {
        Self {
            content,
            repairs: Vec::new(),
        }
    }

    fn repaired(content: Content<'a>, repair: CellRepair) -> Self {
        Self {
            content,
            repairs: vec![repair],
        }
    }

    fn invalid(invalid: Invalid) -> Self {
        Self::problem(CellReason::Invalid(invalid))
    }

    fn problem(reason: CellReason) -> Self {
        Self::plain(Content::Problem(reason))
    }
}

/// Reads one cell.
pub(crate) fn understand<'a>(reading: Reading, cell: Cell<'a>, plans: &Plans) -> Understood<'a> {
    match cell.kind {
        CellKind::Blank => return Understood::plain(Content::Blank),
        CellKind::Error => return Understood::problem(CellReason::SpreadsheetError),
        CellKind::FormulaWithoutValue => {
            return Understood::repaired(Content::Blank, CellRepair::FormulaWithoutValue);
        }
        CellKind::Text | CellKind::Number | CellKind::Date | CellKind::Bool => {}
    }
    let text = if plans.exact {
        visible(cell.text)
    } else {
        bare(cell.text)
    };
    if text.is_empty() {
        return Understood::plain(Content::Blank);
    }
    let typed = !matches!(
        reading,
        Reading::Reference
            | Reading::Text
            | Reading::LongText
            | Reading::Texts(_)
            | Reading::Name(_)
    );
    if typed && (words::is_placeholder(text) || says_nothing(reading, text)) {
        return Understood::repaired(Content::Blank, CellRepair::BlankPlaceholder);
    }
    match reading {
        Reading::Reference if plans.exact => one_line(SlotKind::Reference, text, REFERENCE_MAX),
        Reading::Reference => reference(text),
        Reading::Text => one_line(SlotKind::Text, text, TEXT_MAX),
        Reading::LongText => long_text(text),
        Reading::Phone => phone::one(text, plans),
        Reading::Phones => phone::several(text, plans),
        Reading::Email => email(text),
        Reading::Country => match words::country(text) {
            Some(country) => Understood::plain(Content::Text(Cow::Owned(country.to_string()))),
            None => Understood::invalid(Invalid::UnknownCountry),
        },
        Reading::Language => match words::language(text) {
            Some(code) => Understood::plain(Content::Text(Cow::Owned(code))),
            None => Understood::invalid(Invalid::UnknownLanguage),
        },
        Reading::Date(order, century, serials) => {
            date::read(cell.kind, text, order, century, serials)
        }
        Reading::Number(mark) => number::read(cell.kind, text, mark),
        Reading::Texts(separator) => texts(text, separator),
        Reading::Name(order) => name::read(text, order),
        Reading::YesOrNo => match words::yes_or_no(text) {
            Some(yes) => Understood::plain(Content::Yes(yes)),
            None if date::is_date(cell.kind, text) => Understood::plain(Content::Yes(true)),
            None => Understood::invalid(Invalid::WrongType),
        },
        Reading::Time => match date::time(text) {
            Some(time) => {
                Understood::plain(Content::Text(Cow::Owned(time.format("%H:%M").to_string())))
            }
            None => Understood::invalid(Invalid::WrongType),
        },
        Reading::Version => match text.parse() {
            Ok(version) => Understood::plain(Content::Version(version)),
            Err(NotAVersion) => Understood::repaired(Content::Blank, CellRepair::VersionDamaged),
        },
    }
}

/// Whether a cell that is neither text nor a mark of yes stands for nothing, as `(   )   -` and `0/0/00` do.
fn says_nothing(reading: Reading, text: &str) -> bool {
    match reading {
        Reading::YesOrNo => false,
        Reading::Date(..) | Reading::Phone | Reading::Phones if words::is_zero(text) => true,
        _ => !text.contains(char::is_alphanumeric),
    }
}

/// Without outer white space and invisible marks.
fn visible(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Without outer white space, invisible marks, and what programs add to keep a spreadsheet from changing or running a
/// text: `="007"`, `'=1+1`, `'007`.
pub(crate) fn bare(text: &str) -> &str {
    // So nearly all texts begin and end.
    if let [first, .., last] = text.as_bytes()
        && first.is_ascii_alphanumeric()
        && last.is_ascii_graphic()
    {
        return text;
    }
    let text = visible(text);
    if let Some(guarded) = text
        .strip_prefix('\'')
        .filter(|rest| rest.starts_with(['=', '+', '-', '@']))
    {
        return guarded;
    }
    if let Some(kept) = text.strip_prefix('\'').filter(|rest| is_kept_a_text(rest)) {
        return kept;
    }
    match text
        .strip_prefix("=\"")
        .and_then(|inner| inner.strip_suffix('"'))
    {
        Some(inner) if !inner.contains('"') => inner.trim(),
        _ => text,
    }
}

/// Whether an apostrophe before it can only have kept it a text: `007`, but not `08 Civic`, which has lost its century.
fn is_kept_a_text(rest: &str) -> bool {
    let are_words = || rest.contains(char::is_whitespace) && rest.contains(char::is_alphabetic);
    rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.contains('\'') && !are_words()
}

/// Characters that nobody sees: zero-width spaces, direction marks, a byte order mark.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

fn reference(text: &str) -> Understood<'_> {
    if number::lost_digits(text) {
        return Understood::problem(CellReason::DigitsLost);
    }
    match number::whole_with_zero_decimals(text) {
        Some(whole) => Understood::repaired(
            Content::Text(Cow::Borrowed(whole)),
            CellRepair::ZerosDropped,
        ),
        None => one_line(SlotKind::Reference, text, REFERENCE_MAX),
    }
}

fn one_line(kind: SlotKind, text: &str, max: usize) -> Understood<'_> {
    if text.len() <= max && text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        return Understood::plain(Content::Text(Cow::Borrowed(text)));
    }
    checked(kind, text)
}

fn long_text(text: &str) -> Understood<'_> {
    if text.len() <= LONG_TEXT_MAX && text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n')) {
        return Understood::plain(Content::Text(Cow::Borrowed(text)));
    }
    checked(SlotKind::LongText, text)
}

fn checked(kind: SlotKind, text: &str) -> Understood<'_> {
    let visible: Cow<'_, str> = if text.contains(is_invisible) {
        text.replace(is_invisible, "").into()
    } else {
        text.into()
    };
    match contact::check(kind, Value::Text(visible.into_owned()), &E164Only) {
        Ok(Some(Value::Text(clean))) if clean == text => {
            Understood::plain(Content::Text(Cow::Borrowed(text)))
        }
        Ok(Some(Value::Text(clean))) => Understood::plain(Content::Text(Cow::Owned(clean))),
        Ok(_) => Understood::plain(Content::Blank),
        Err(invalid) => Understood::invalid(invalid),
    }
}

/// One address, or the first of several; `Name <address>` and `mailto:` are understood.
fn email(text: &str) -> Understood<'_> {
    let address = |text: &str| {
        let text = text.trim_matches(|c: char| c.is_whitespace() || ".,;<>()[]\"'".contains(c));
        Email::parse(text.strip_prefix("mailto:").unwrap_or(text)).map(|email| email.to_string())
    };
    if let Ok(email) = Email::parse(text) {
        return Understood::plain(Content::Text(Cow::Owned(email.to_string())));
    }
    let named = text.rsplit_once('<').and_then(|(name, rest)| {
        (!name.contains('@'))
            .then(|| rest.strip_suffix('>'))
            .flatten()
    });
    if let Ok(email) = address(named.unwrap_or(text)) {
        return Understood::plain(Content::Text(Cow::Owned(email)));
    }
    let mut addresses = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '|'))
        .filter(|piece| piece.chars().any(char::is_alphanumeric) && !words::is_joiner(piece))
        .map(address);
    match addresses.next() {
        Some(Ok(first)) if addresses.all(|more| more.is_ok()) => {
            Understood::repaired(Content::Text(Cow::Owned(first)), CellRepair::FirstOfSeveral)
        }
        _ => Understood::invalid(Invalid::NotAnEmail),
    }
}

impl Separator {
    /// Lines are items of their own, whatever else separates.
    const fn and_line_ends(self) -> &'static [char] {
        match self {
            Self::Comma => &[',', '\n', '\r'],
            Self::Semicolon => &[';', '\n', '\r'],
            Self::Bar => &['|', '\n', '\r'],
            Self::Slash => &['/', '\n', '\r'],
            Self::LineBreak => &['\n', '\r'],
        }
    }
}

/// The texts of a collection, as they stand; those in quotes without them.
pub(crate) fn pieces(text: &str, separator: Separator) -> impl Iterator<Item = Cow<'_, str>> {
    let is_white = |c: char| c.is_whitespace() || is_invisible(c);
    Items::new(text, separator.and_line_ends())
        .map(move |piece| match piece {
            Cow::Borrowed(piece) => Cow::Borrowed(piece.trim_matches(is_white)),
            Cow::Owned(piece) => Cow::Owned(piece.trim_matches(is_white).to_owned()),
        })
        .filter(|piece| !piece.is_empty())
}

fn texts(text: &str, separator: Separator) -> Understood<'_> {
    let mut kept: Vec<Cow<'_, str>> = Vec::new();
    for piece in pieces(text, separator) {
        let content = match piece {
            Cow::Borrowed(piece) => one_line(SlotKind::Text, piece, TEXT_MAX).content,
            Cow::Owned(piece) => owned(one_line(SlotKind::Text, &piece, TEXT_MAX).content),
        };
        match content {
            Content::Text(piece) if !kept.contains(&piece) => kept.push(piece),
            Content::Problem(reason) => return Understood::problem(reason),
            _ => {}
        }
        if kept.len() > TEXTS_MAX {
            return Understood::invalid(Invalid::TooMany {
                max: u32::try_from(TEXTS_MAX).unwrap_or(u32::MAX),
            });
        }
    }
    Understood::plain(if kept.is_empty() {
        Content::Blank
    } else {
        Content::Texts(kept)
    })
}

/// A text that must outlive what it was borrowed from.
fn owned(content: Content<'_>) -> Content<'static> {
    match content {
        Content::Text(text) => Content::Text(Cow::Owned(text.into_owned())),
        Content::Problem(reason) => Content::Problem(reason),
        _ => Content::Blank,
    }
}

#[cfg(test)]
mod tests;
