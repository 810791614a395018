//! A pull reader of XML that sees one part of a workbook pass by, never the whole of it. It knows elements, attributes,
//! text and the five entities; it expands nothing else.

use super::zip::Part;
use crate::error::{Damage, ReadError};
use std::borrow::Cow;

const FIRST_BUFFER: usize = 256 * 1024;
/// No single tag or text is larger.
const MAX_BUFFER: usize = 1 << 29;

#[derive(Debug)]
pub(super) struct Xml<'a> {
    part: Part<'a>,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    damage: Damage,
}

pub(super) enum Token<'b> {
    Open(Tag<'b>),
    /// The local name.
    Close(&'b [u8]),
    /// As it stands, or plain from a CDATA section.
    Text {
        raw: &'b [u8],
        is_plain: bool,
    },
}

#[derive(Clone, Copy)]
pub(super) struct Tag<'b> {
    /// Without its prefix.
    pub(super) name: &'b [u8],
    attributes: &'b [u8],
    /// `<a/>`: no close follows.
    pub(super) is_empty: bool,
}

impl<'a> Xml<'a> {
    /// What is not well formed is reported as damage of that kind.
    pub(super) fn new(part: Part<'a>, damage: Damage) -> Self {
        Self {
            part,
            buffer: vec![0; FIRST_BUFFER],
            at: 0,
            end: 0,
            damage,
        }
    }

    pub(super) fn next(&mut self) -> Result<Option<Token<'_>>, ReadError> {
        loop {
            let window = &self.buffer[self.at..self.end];
            let (len, is_markup) = match window.first() {
                Some(b'<') => (markup_len(window), true),
                _ => (memchr::memchr(b'<', window), false),
            };
            let Some(len) = len else {
                if self.fill()? {
                    continue;
                }
                // Blanks may follow the last tag; anything else was cut off.
                let rest = &self.buffer[self.at..self.end];
                return if is_markup || !rest.trim_ascii().is_empty() {
                    Err(self.damaged())
                } else {
                    Ok(None)
                };
            };
            let start = self.at;
            self.at += len;
            if !is_markup {
                return Ok(Some(Token::Text {
                    raw: &self.buffer[start..start + len],
                    is_plain: false,
                }));
            }
            let markup = &self.buffer[start..start + len];
            let inside = start + 1..start + len - 1;
            match markup[1] {
                b'?' | b'!' if !markup.starts_with(b"<![CDATA[") => {}
                b'?' | b'!' => {
                    return Ok(Some(Token::Text {
                        raw: &self.buffer[start + 9..start + len - 3],
                        is_plain: true,
                    }));
                }
                b'/' => {
                    return Ok(Some(Token::Close(local(
                        self.buffer[inside][1..].trim_ascii_end(),
                    ))));
                }
                _ => return Ok(Some(Token::Open(tag(&self.buffer[inside])))),
            }
        }
    }

    pub(super) fn damaged(&self) -> ReadError {
        ReadError::Unreadable(self.damage)
    }

    /// Brings more of the part into the buffer; `false` at its end.
    fn fill(&mut self) -> Result<bool, ReadError> {
        self.buffer.copy_within(self.at..self.end, 0);
        self.end -= self.at;
        self.at = 0;
        if self.end * 2 > self.buffer.len() {
            if self.buffer.len() >= MAX_BUFFER {
                return Err(ReadError::Unreadable(Damage::Size));
            }
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let count = self.part.read(&mut self.buffer[self.end..])?;
        self.end += count;
        Ok(count > 0)
    }
}

/// Bytes from `<` to the end of that tag, comment, section or instruction; `None` if it does not end within the window.
fn markup_len(window: &[u8]) -> Option<usize> {
    let until = |end: &[u8], from: usize| {
        let rest = window.get(from..)?;
        Some(from + memchr::memmem::find(rest, end)? + end.len())
    };
    match window.get(1)? {
        b'?' => until(b"?>", 2),
        b'!' => {
            let head = window.get(..9)?;
            if head.starts_with(b"<!--") {
                until(b"-->", 4)
            } else if head == b"<![CDATA[" {
                until(b"]]>", 9)
            } else {
                let end = memchr::memchr(b'>', window)?;
                if memchr::memchr(b'[', &window[..end]).is_some() {
                    until(b"]>", 2)
                } else {
                    Some(end + 1)
                }
            }
        }
        _ => {
            let mut end = memchr::memchr(b'>', window)?;
            while is_within_value(&window[..end]) {
                end += 1 + memchr::memchr(b'>', &window[end + 1..])?;
            }
            Some(end + 1)
        }
    }
}

/// Whether a tag that reaches so far is inside an attribute's value, where `>` may stand. Only a tag whose last byte ends
/// neither a value nor a name can be.
#[inline]
fn is_within_value(tag: &[u8]) -> bool {
    match tag.last() {
        Some(b'"' | b'\'' | b'/') => false,
        _ if memchr::memchr2(b'"', b'\'', tag).is_none() => false,
        _ => {
            let mut quote = None;
            for byte in tag {
                match (quote, byte) {
                    (None, b'"' | b'\'') => quote = Some(*byte),
                    (Some(open), byte) if open == *byte => quote = None,
                    _ => {}
                }
            }
            quote.is_some()
        }
    }
}

#[inline]
fn local(name: &[u8]) -> &[u8] {
    match name.iter().position(|byte| *byte == b':') {
        Some(colon) => &name[colon + 1..],
        None => name,
    }
}

#[inline]
fn tag(inside: &[u8]) -> Tag<'_> {
    let (inside, is_empty) = match inside.split_last() {
        Some((b'/', before)) => (before, true),
        _ => (inside, false),
    };
    let name_len = inside
        .iter()
        .position(u8::is_ascii_whitespace)
        .unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(name_len);
    Tag {
        name: local(name),
        attributes,
        is_empty,
    }
}

impl<'b> Tag<'b> {
    /// Names with their prefixes, values as they stand.
    #[inline]
    pub(super) fn attributes(&self) -> Attributes<'b> {
        Attributes {
            rest: self.attributes,
        }
    }

    /// The value of the attribute of that local name.
    pub(super) fn attribute(&self, name: &[u8]) -> Option<&'b [u8]> {
        self.attributes()
            .find(|(full, _)| local(full) == name)
            .map(|(_, value)| value)
    }

    pub(super) fn text(&self, name: &[u8]) -> Option<String> {
        self.attribute(name)
            .map(|value| unescaped(value).into_owned())
    }

    pub(super) fn number(&self, name: &[u8]) -> Option<u32> {
        self.attribute(name).and_then(number)
    }

    pub(super) fn is_true(&self, name: &[u8]) -> bool {
        matches!(self.attribute(name), Some(b"1" | b"true" | b"on"))
    }
}

pub(super) struct Attributes<'b> {
    rest: &'b [u8],
}

impl<'b> Iterator for Attributes<'b> {
    type Item = (&'b [u8], &'b [u8]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let start = self
            .rest
            .iter()
            .position(|byte| !byte.is_ascii_whitespace())?;
        let rest = &self.rest[start..];
        let equals = rest.iter().position(|byte| *byte == b'=')?;
        let (name, after) = (
            rest[..equals].trim_ascii_end(),
            rest[equals + 1..].trim_ascii_start(),
        );
        let (quote, value) = after
            .split_first()
            .filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
        let end = value.iter().position(|byte| byte == quote)?;
        self.rest = &value[end + 1..];
        Some((name, &value[..end]))
    }
}

/// A whole number without a sign.
#[inline]
pub(super) fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u32, |number, digit| {
        let digit = u32::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?);
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// The text that `raw` stands for: entities replaced, line ends unified. Bytes that are no UTF-8 become `�`.
pub(super) fn unescaped(raw: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(raw);
    if memchr::memchr2(b'&', b'\r', raw).is_none() {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut rest = text.as_str();
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest
            .find(';')
            .filter(|end| *end <= 10)
            .and_then(|end| Some((entity(&rest[..end])?, end)))
        {
            Some((letter, end)) => {
                plain.push(letter);
                rest = &rest[end + 1..];
            }
            None => plain.push('&'),
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|letter| *letter != '\0')
        }
    }
}
