//! Full names in one cell.

use super::{Content, Understood, bare};
use crate::mapping::NameOrder;
use domain::{contact::TEXT_MAX, error::Invalid, fold::fold};
use std::borrow::Cow;

/// Words that begin a last name.
const PARTICLES: &[&str] = &[
    "al", "ap", "ben", "bin", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do",
    "dos", "du", "el", "ibn", "la", "las", "le", "les", "los", "mac", "mc", "saint", "sainte",
    "st", "ste", "ten", "ter", "van", "vander", "vom", "von", "zu", "zum",
];

/// Words after a comma that belong to the name before it.
const SUFFIXES: &[&str] = &[
    "jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "ing", "fils", "pere", "dds", "cpa", "inc",
    "ltd", "ltee",
];

pub(super) fn read(text: &str, order: NameOrder) -> Understood<'_> {
    let (first, last) = split(text, order);
    if first.chars().count() > TEXT_MAX || last.chars().count() > TEXT_MAX {
        return Understood::invalid(Invalid::TooLong {
            max: u32::try_from(TEXT_MAX).unwrap_or(u32::MAX),
        });
    }
    if first.is_empty() && last.is_empty() {
        return Understood::plain(Content::Blank);
    }
    Understood::plain(Content::Name {
        first: tidy(first),
        last: tidy(last),
    })
}

/// One space between words, no control characters.
fn tidy(part: &str) -> Cow<'_, str> {
    let clean = !part.contains(|c: char| {
        c.is_control() || super::is_invisible(c) || c.is_whitespace() && c != ' '
    });
    if clean && !part.contains("  ") {
        return Cow::Borrowed(part);
    }
    let visible: String = part
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !super::is_invisible(*c))
        .collect();
    Cow::Owned(visible.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// First and last name. A comma always stands between a last name and a first one, unless a suffix follows it.
fn split(text: &str, order: NameOrder) -> (&str, &str) {
    if let Some((last, first)) = by_comma(text) {
        return (first, last);
    }
    match order {
        NameOrder::FirstLast => first_last(text),
        NameOrder::LastFirst => last_first(text),
    }
}

/// Last and first name of `Roy, Amélie`.
pub(crate) fn by_comma(text: &str) -> Option<(&str, &str)> {
    let (last, first) = text.split_once(',')?;
    let (last, first) = (bare(last), bare(first));
    let suffix = fold(first).replace('.', "");
    (!SUFFIXES.contains(&suffix.as_str())).then_some((last, first))
}

/// The words of a text with the places where they begin.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.split_whitespace()
        .map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
        .collect()
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&fold(word).trim_end_matches('.'))
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&fold(word).replace(['.', ','], "").as_str())
}

fn first_last(text: &str) -> (&str, &str) {
    let words = words(text);
    let Some(mut start) = words.len().checked_sub(1).filter(|last| *last > 0) else {
        return (text, "");
    };
    if start > 1 && words.get(start).is_some_and(|(_, word)| is_suffix(word)) {
        start -= 1;
    }
    while start > 1
        && words
            .get(start - 1)
            .is_some_and(|(_, word)| is_particle(word))
    {
        start -= 1;
    }
    cut(text, words.get(start).map_or(0, |(at, _)| *at))
}

fn last_first(text: &str) -> (&str, &str) {
    let words = words(text);
    let mut end = 1;
    while end + 1 < words.len()
        && words
            .get(end - 1)
            .is_some_and(|(_, word)| is_particle(word))
    {
        end += 1;
    }
    let (last, first) = cut(text, words.get(end).map_or(text.len(), |(at, _)| *at));
    (first, last)
}

fn cut(text: &str, at: usize) -> (&str, &str) {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    (before.trim(), after.trim())
}
