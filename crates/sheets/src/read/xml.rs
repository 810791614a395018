//! A pull reader of XML that sees one part of a workbook pass by, never the whole of it. It knows elements, attributes,
//! text and the five entities; it expands nothing else.

mod tag;
mod text;

use super::zip::Part;
use crate::error::{Damage, ReadError};
pub(super) use tag::Tag;
use tag::local;
pub(super) use text::{entity, number, replaced, unescaped};

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
                _ => return Ok(Some(Token::Open(Tag::new(&self.buffer[inside])))),
            }
        }
    }

    /// If `<open>text</open></parent>` comes next, as programs write it: its text, passing over all of that. The parts that
    /// differ from it, or are not in the buffer yet, are left to [`Self::next`].
    #[inline]
    pub(super) fn leaf(&mut self, open: &[u8], close: &[u8]) -> Option<&[u8]> {
        let window = &self.buffer[self.at..self.end];
        let rest = window.strip_prefix(open)?;
        let len = rest.iter().position(|byte| *byte == b'<')?;
        let (text, rest) = rest.split_at(len);
        rest.starts_with(close).then_some(())?;
        self.at += open.len() + len + close.len();
        Some(text)
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
            let mut quotes = Quotes::default();
            while quotes.are_open(&window[..end]) {
                end += 1 + memchr::memchr(b'>', &window[end + 1..])?;
            }
            Some(end + 1)
        }
    }
}

/// Which quotes of a tag are open, as far as it was looked at.
#[derive(Default)]
struct Quotes {
    looked_at: usize,
    open: Option<u8>,
}

impl Quotes {
    /// Whether a tag that reaches so far is inside an attribute's value, where `>` may stand. Only a tag whose last byte ends
    /// neither a value nor a name can be. To be asked of the same tag, longer each time.
    #[inline]
    fn are_open(&mut self, tag: &[u8]) -> bool {
        if matches!(tag.last(), Some(b'"' | b'\'' | b'/')) {
            return false;
        }
        let rest = tag.get(self.looked_at..).unwrap_or_default();
        self.looked_at = tag.len();
        if memchr::memchr2(b'"', b'\'', rest).is_some() {
            for byte in rest {
                match (self.open, byte) {
                    (None, b'"' | b'\'') => self.open = Some(*byte),
                    (Some(open), byte) if open == *byte => self.open = None,
                    _ => {}
                }
            }
        }
        self.open.is_some()
    }
}
