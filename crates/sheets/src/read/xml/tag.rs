//! Elements and their attributes.

use super::text::{number, unescaped};

#[derive(Clone, Copy)]
pub(in crate::read) struct Tag<'b> {
    /// Without its prefix.
    pub(in crate::read) name: &'b [u8],
    attributes: &'b [u8],
    /// `<a/>`: no close follows.
    pub(in crate::read) is_empty: bool,
}

#[inline]
pub(super) fn local(name: &[u8]) -> &[u8] {
    match name.iter().position(|byte| *byte == b':') {
        Some(colon) => &name[colon + 1..],
        None => name,
    }
}

impl<'b> Tag<'b> {
    /// From what stands between `<` and `>`.
    #[inline]
    pub(super) fn new(inside: &'b [u8]) -> Self {
        let (inside, is_empty) = match inside.split_last() {
            Some((b'/', before)) => (before, true),
            _ => (inside, false),
        };
        let name_len = inside
            .iter()
            .position(u8::is_ascii_whitespace)
            .unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_len);
        Self {
            name: local(name),
            attributes,
            is_empty,
        }
    }

    /// Names with their prefixes, values as they stand.
    #[inline]
    pub(in crate::read) fn attributes(&self) -> Attributes<'b> {
        Attributes {
            rest: self.attributes,
        }
    }

    /// The value of the attribute of that local name.
    pub(in crate::read) fn attribute(&self, name: &[u8]) -> Option<&'b [u8]> {
        self.attributes()
            .find(|(full, _)| local(full) == name)
            .map(|(_, value)| value)
    }

    pub(in crate::read) fn text(&self, name: &[u8]) -> Option<String> {
        self.attribute(name)
            .map(|value| unescaped(value).into_owned())
    }

    pub(in crate::read) fn number(&self, name: &[u8]) -> Option<u32> {
        self.attribute(name).and_then(number)
    }

    pub(in crate::read) fn is_true(&self, name: &[u8]) -> bool {
        matches!(self.attribute(name), Some(b"1" | b"true" | b"on"))
    }
}

pub(in crate::read) struct Attributes<'b> {
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
