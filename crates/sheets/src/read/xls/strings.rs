//! Texts of XLS: of one or two bytes a letter, and cut wherever a record was full.

use crate::{
    read::binary::{Fields, utf16},
    table::{Span, TableBuilder},
};

/// How a file writes letters of one byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct Codepage {
    is_biff8: bool,
    encoding: &'static encoding_rs::Encoding,
}

impl Codepage {
    pub(super) const fn new(is_biff8: bool) -> Self {
        Self {
            is_biff8,
            encoding: encoding_rs::WINDOWS_1252,
        }
    }

    pub(super) fn set(&mut self, number: u16) {
        self.encoding = match number {
            10_000 | 32_768 => encoding_rs::MACINTOSH,
            874 => encoding_rs::WINDOWS_874,
            932 => encoding_rs::SHIFT_JIS,
            936 => encoding_rs::GBK,
            949 => encoding_rs::EUC_KR,
            950 => encoding_rs::BIG5,
            1250 => encoding_rs::WINDOWS_1250,
            1251 => encoding_rs::WINDOWS_1251,
            1253 => encoding_rs::WINDOWS_1253,
            1254 => encoding_rs::WINDOWS_1254,
            1255 => encoding_rs::WINDOWS_1255,
            1256 => encoding_rs::WINDOWS_1256,
            1257 => encoding_rs::WINDOWS_1257,
            1258 => encoding_rs::WINDOWS_1258,
            _ => encoding_rs::WINDOWS_1252,
        };
    }

    /// A text whose length takes one byte.
    pub(super) fn short(self, fields: &mut Fields<'_>) -> Option<String> {
        let len = fields.u8().map(usize::from)?;
        self.letters(len, fields)
    }

    /// A text whose length takes two bytes.
    pub(super) fn long(self, fields: &mut Fields<'_>) -> Option<String> {
        let len = fields.u16().map(usize::from)?;
        self.letters(len, fields)
    }

    fn letters(self, len: usize, fields: &mut Fields<'_>) -> Option<String> {
        if !self.is_biff8 {
            return Some(self.decoded(fields.take(len)?));
        }
        let is_wide = fields.u8()? & 1 != 0;
        Some(if is_wide {
            utf16(fields.take(len * 2)?)
        } else {
            latin(fields.take(len)?)
        })
    }

    /// A text with a long length that may run over several records.
    pub(super) fn pieced(self, pieces: &mut Pieces<'_>) -> Option<String> {
        let len = pieces.u16().map(usize::from)?;
        if self.is_biff8 {
            let is_wide = pieces.u8()? & 1 != 0;
            return Some(pieces.letters(len, is_wide));
        }
        let mut bytes = Vec::new();
        while bytes.len() < len
            && let Some(byte) = pieces.u8()
        {
            bytes.push(byte);
        }
        Some(self.decoded(&bytes))
    }

    fn decoded(self, bytes: &[u8]) -> String {
        self.encoding
            .decode_without_bom_handling(bytes)
            .0
            .into_owned()
    }
}

/// In BIFF8 a letter of one byte is the lower half of one of two.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// The body of a record with those that continue it.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    bodies: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    pub(super) const fn new(bodies: Vec<&'a [u8]>) -> Self {
        Self {
            bodies,
            piece: 0,
            at: 0,
        }
    }

    fn rest(&self) -> &'a [u8] {
        self.bodies
            .get(self.piece)
            .and_then(|piece| piece.get(self.at..))
            .unwrap_or_default()
    }

    fn next_piece(&mut self) -> bool {
        self.piece += 1;
        self.at = 0;
        self.piece < self.bodies.len()
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        while self.rest().is_empty() {
            if !self.next_piece() {
                return None;
            }
        }
        let byte = self.rest().first().copied();
        self.at += 1;
        byte
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes([
            self.u8()?,
            self.u8()?,
            self.u8()?,
            self.u8()?,
        ]))
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 {
            let step = self.rest().len().min(count);
            self.at += step;
            count -= step;
            if count > 0 && !self.next_piece() {
                return;
            }
        }
    }

    /// Letters; where they go on in the next record, that begins by saying anew how wide they are.
    fn letters(&mut self, len: usize, mut is_wide: bool) -> String {
        let mut text = String::new();
        let mut left = len;
        loop {
            let rest = self.rest();
            let width = if is_wide { 2 } else { 1 };
            let count = left.min(rest.len() / width);
            let bytes = &rest[..count * width];
            text.push_str(&if is_wide { utf16(bytes) } else { latin(bytes) });
            self.at += count * width;
            left -= count;
            if left == 0 || !self.next_piece() {
                return text;
            }
            let Some(flags) = self.u8() else { return text };
            is_wide = flags & 1 != 0;
        }
    }
}

/// The shared texts of a workbook, kept in the arena.
pub(super) fn shared(pieces: &mut Pieces<'_>, builder: &mut TableBuilder) -> Vec<Span> {
    let mut spans = Vec::new();
    pieces.u32();
    let count = pieces.u32().unwrap_or(0);
    for _ in 0..count {
        let Some(text) = one(pieces) else { break };
        spans.push(builder.keep(&text));
    }
    spans
}

/// A text with the formatting and the readings that follow it, which are passed over.
fn one(pieces: &mut Pieces<'_>) -> Option<String> {
    let len = usize::from(pieces.u16()?);
    let flags = pieces.u8()?;
    let runs = if flags & 8 != 0 {
        usize::from(pieces.u16()?)
    } else {
        0
    };
    let reading = if flags & 4 != 0 {
        pieces.u32()? as usize
    } else {
        0
    };
    let text = pieces.letters(len, flags & 1 != 0);
    pieces.skip(reading.saturating_add(runs * 4));
    Some(text)
}
