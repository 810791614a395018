//! The texts that cells share.

use super::SAMPLE;
use crate::{
    error::{Damage, ReadError},
    read::{
        xml::{Token, Xml, unescaped},
        zip::{Archive, Part},
    },
    table::{Span, TableBuilder, in_whole},
};

#[derive(Debug, Default)]
pub(super) struct SharedStrings {
    spans: Vec<Span>,
}

impl SharedStrings {
    /// Reads the texts into the arena of `builder`.
    pub(super) fn read(
        archive: &Archive<'_>,
        part: &str,
        builder: &mut TableBuilder,
    ) -> Result<Self, ReadError> {
        let mut strings = Self::default();
        if let (Some(sample), Some(part)) = (archive.part(part)?, archive.part(part)?) {
            strings.make_room(sample, builder);
            strings.read_part(part, builder)?;
        }
        Ok(strings)
    }

    /// Makes room for all texts, going by the first of them.
    fn make_room(&mut self, part: Part<'_>, builder: &mut TableBuilder) {
        let whole = part.expected();
        if whole > SAMPLE {
            let (mut few, mut texts) = (Self::default(), TableBuilder::new());
            // It ends in the middle of something.
            few.read_part(part.first(SAMPLE), &mut texts).ok();
            let count = in_whole(few.spans.len(), SAMPLE, whole);
            self.spans.try_reserve_exact(count).ok();
            builder.expect_like(&texts, SAMPLE, whole);
        }
    }

    fn read_part(&mut self, part: Part<'_>, builder: &mut TableBuilder) -> Result<(), ReadError> {
        let spans = &mut self.spans;
        let mut xml = Xml::new(part, Damage::SharedStrings);
        let mut start = builder.text_len();
        let (mut is_text, mut is_phonetic) = (false, false);
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(tag) => match tag.name {
                    b"si" if tag.is_empty => spans.push(Span::default()),
                    b"si" => start = builder.text_len(),
                    b"t" => is_text = !tag.is_empty && !is_phonetic,
                    b"rPh" => is_phonetic = !tag.is_empty,
                    _ => {}
                },
                Token::Close(name) => match name {
                    b"si" => spans.push(builder.filled_span_from(start)),
                    b"t" => is_text = false,
                    b"rPh" => is_phonetic = false,
                    _ => {}
                },
                Token::Text { raw, is_plain } if is_text => append(builder, raw, is_plain),
                Token::Text { .. } => {}
            }
        }
        Ok(())
    }

    pub(super) fn get(&self, index: u32) -> Option<Span> {
        self.spans.get(index as usize).copied()
    }
}

/// Appends a text as Office writes it: entities, and `_x000D_` for characters that XML cannot hold.
pub(super) fn append(builder: &mut TableBuilder, raw: &[u8], is_plain: bool) {
    let text = if is_plain {
        String::from_utf8_lossy(raw)
    } else {
        unescaped(raw)
    };
    if memchr::memmem::find(raw, b"_x").is_none() {
        builder.append(&text);
        return;
    }
    let mut rest = &*text;
    while let Some(at) = rest.find("_x") {
        let escape = rest
            .get(at + 2..at + 7)
            .and_then(|escape| escape.strip_suffix('_'))
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let letter = escape
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .and_then(char::from_u32);
        let Some(letter) = letter else {
            builder.append(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        builder.append(&rest[..at]);
        match letter {
            '\0' => {}
            // A line break is written as `_x000D_` and a line feed.
            '\r' if rest[at + 7..].starts_with('\n') => {}
            '\r' => builder.append("\n"),
            letter => builder.append(letter.encode_utf8(&mut [0; 4])),
        }
        rest = &rest[at + 7..];
    }
    builder.append(rest);
}
