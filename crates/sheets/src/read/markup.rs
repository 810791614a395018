//! Reads tags and text of pages that nobody checked: what does not hold together is text, and nothing is an error.

mod entities;

use super::text;
use crate::detected::{Encoding, Overrides};
pub(super) use entities::shown;

/// A quote in a tag that is not closed within so many bytes opened nothing.
const MAX_VALUE: usize = 64 * 1024;

pub(super) enum Token<'a> {
    Open(Tag<'a>),
    /// Without its prefix.
    Close(&'a str),
    /// As it stands, with its entities, or plain from a CDATA section.
    Text {
        raw: &'a str,
        is_plain: bool,
    },
}

#[derive(Clone, Copy)]
pub(super) struct Tag<'a> {
    /// Without its prefix.
    pub(super) name: &'a str,
    attributes: &'a str,
    /// `<a/>`: no close follows.
    pub(super) is_empty: bool,
}

impl<'a> Tag<'a> {
    fn new(inside: &'a str) -> Self {
        let (inside, is_empty) = match inside.strip_suffix('/') {
            Some(before) => (before, true),
            None => (inside, false),
        };
        let end = inside
            .find(|letter: char| letter.is_ascii_whitespace())
            .unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(end);
        Self {
            name: local(name),
            attributes,
            is_empty,
        }
    }

    /// The value of the attribute of that local name, quoted or not.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes.trim_start();
        while !rest.is_empty() {
            let end = rest
                .find(|letter: char| letter == '=' || letter.is_ascii_whitespace())
                .unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let Some(after) = after.trim_start().strip_prefix('=') else {
                // An attribute without a value; a lone mark must not stop the search.
                rest = after.trim_start();
                continue;
            };
            let after = after.trim_start();
            let quoted = after
                .strip_prefix(['"', '\''])
                .and_then(|inside| inside.split_once(after.chars().next()?));
            let (value, left) = quoted.unwrap_or_else(|| {
                let end = after
                    .find(|letter: char| letter.is_ascii_whitespace())
                    .unwrap_or(after.len());
                after.split_at(end)
            });
            if local(name).eq_ignore_ascii_case(wanted) {
                return Some(shown(value).into_owned());
            }
            rest = left.trim_start();
        }
        None
    }

    pub(super) fn number(&self, wanted: &str) -> Option<u32> {
        self.attribute(wanted)?.trim().parse().ok()
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Goes through a text once.
pub(super) struct Markup<'a> {
    rest: &'a str,
    is_page: bool,
}

impl<'a> Markup<'a> {
    /// Of a web page, whose scripts and styles are no markup.
    pub(super) const fn of_page(text: &'a str) -> Self {
        Self {
            rest: text,
            is_page: true,
        }
    }

    pub(super) const fn of_xml(text: &'a str) -> Self {
        Self {
            rest: text,
            is_page: false,
        }
    }

    /// What stands before `end`, passing over both; everything if it never comes.
    fn until(&mut self, end: &str) -> &'a str {
        let (before, after) = self.rest.split_once(end).unwrap_or((self.rest, ""));
        self.rest = after;
        before
    }

    /// Passes over what a program or a style says, up to its end.
    fn skip_raw(&mut self, name: &str) {
        while let Some((_, after)) = self.rest.split_once("</") {
            self.rest = after;
            let is_end = after
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name));
            if is_end {
                self.until(">");
                return;
            }
        }
        self.rest = "";
    }

    fn text(&mut self, len: usize) -> Token<'a> {
        let (raw, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, ""));
        self.rest = rest;
        Token::Text {
            raw,
            is_plain: false,
        }
    }
}

impl<'a> Iterator for Markup<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(inside) = self.rest.strip_prefix('<') else {
                let len = memchr::memchr(b'<', self.rest.as_bytes());
                return Some(self.text(len.unwrap_or(self.rest.len())));
            };
            match inside.bytes().next() {
                Some(b'!') if inside.starts_with("!--") => {
                    self.rest = inside;
                    self.until("-->");
                }
                Some(b'!') if inside.starts_with("![CDATA[") => {
                    self.rest = inside.get("![CDATA[".len()..).unwrap_or_default();
                    return Some(Token::Text {
                        raw: self.until("]]>"),
                        is_plain: true,
                    });
                }
                Some(b'!' | b'?') => {
                    self.until(">");
                }
                Some(b'/') => {
                    self.rest = inside.get(1..).unwrap_or_default();
                    return Some(Token::Close(local(self.until(">").trim())));
                }
                Some(letter) if letter.is_ascii_alphabetic() => {
                    let end = tag_end(inside);
                    let (within, after) = inside.split_at_checked(end).unwrap_or((inside, ""));
                    self.rest = after.get(1..).unwrap_or_default();
                    let tag = Tag::new(within);
                    if self.is_page && !tag.is_empty && is_raw(tag.name) {
                        self.skip_raw(tag.name);
                        continue;
                    }
                    return Some(Token::Open(tag));
                }
                // A sign that stands for itself: “< 5 km”.
                _ => {
                    let len = memchr::memchr(b'<', inside.as_bytes());
                    return Some(self.text(1 + len.unwrap_or(inside.len())));
                }
            }
        }
    }
}

fn is_raw(name: &str) -> bool {
    ["script", "style"]
        .iter()
        .any(|raw| name.eq_ignore_ascii_case(raw))
}

/// Where the tag ends, or else the text.
fn tag_end(inside: &str) -> usize {
    let bytes = inside.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| {
        rest.iter()
            .position(|byte| matches!(byte, b'>' | b'"' | b'\''))
    }) {
        at += found;
        let mark = bytes.get(at).copied().unwrap_or_default();
        if mark == b'>' {
            return at;
        }
        let value = bytes.get(at + 1..).unwrap_or_default();
        let value = value.get(..MAX_VALUE).unwrap_or(value);
        at += memchr::memchr(mark, value).map_or(1, |len| len + 2);
    }
    bytes.len()
}

/// The text of a page, in the encoding that a person chose, that the bytes show, or that the page names.
pub(super) fn decoded(bytes: &[u8], overrides: &Overrides) -> String {
    let named = || declared(bytes).filter(|_| std::str::from_utf8(bytes).is_err());
    text::decoded(bytes, overrides.encoding.or_else(named))
}

/// `charset=` of HTML, `encoding=` of XML.
fn declared(bytes: &[u8]) -> Option<Encoding> {
    const HEAD: usize = 4096;
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (_, after) = head
        .split_once("charset=")
        .or_else(|| head.split_once("encoding="))?;
    let name: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
        .collect();
    text::encoding_called(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str) -> Vec<String> {
        Markup::of_page(text)
            .map(|token| match token {
                Token::Open(tag) => format!("<{}>", tag.name),
                Token::Close(name) => format!("</{name}>"),
                Token::Text { raw, .. } => raw.to_owned(),
            })
            .collect()
    }

    #[test]
    fn what_is_no_tag_is_text() {
        assert_eq!(tokens("a < b<b>c</b>"), ["a ", "< b", "<b>", "c", "</b>"]);
        assert_eq!(tokens("<a t='>'>x"), ["<a>", "x"]);
        assert_eq!(tokens("<a it's>x"), ["<a>", "x"]);
        assert_eq!(tokens("<!-- <b> --><?x?><style>a<b</style>x"), ["x"]);
        assert_eq!(tokens("<![CDATA[a<b]]>"), ["a<b"]);
    }

    #[test]
    fn attributes_are_found_quoted_or_not() {
        let tag = Tag::new("ss:Cell nowrap ss:Index=\"3\" colspan=2 title='a &amp; b'");
        assert_eq!(tag.name, "Cell");
        assert_eq!(
            (tag.number("index"), tag.number("colspan")),
            (Some(3), Some(2))
        );
        assert_eq!(tag.attribute("title").as_deref(), Some("a & b"));
        assert_eq!(tag.attribute("x"), None);
    }

    proptest! {
        #[test]
        fn any_text_comes_to_an_end(text in "[<>/!\\-a=\"' \\[\\]é?]{0,60}") {
            for token in Markup::of_page(&text) {
                if let Token::Open(tag) = token {
                    tag.attribute("x");
                }
            }
        }
    }
}
