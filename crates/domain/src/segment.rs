//! How many segments a text message is sent in, which is what it costs.
//!
//! A message of GSM letters only (3GPP TS 23.038, 6.2.1) has 160 septets in one segment, or 153 in each of several; any
//! other character makes the whole message UCS-2 (really UTF-16): 70 code units, or 67. What several segments lose is the
//! header that joins them (3GPP TS 23.040, 9.2.3.24.1). Letters of the extension table are two septets, characters beyond the
//! basic plane two code units, and neither is torn: a segment that has room for half of one ends before it.

/// Characters that Twilio takes in one message (error 21617 beyond), counted in UTF-16 code units to be on the safe side.
pub const MESSAGE_MAX: usize = 1_600;

/// How the letters of a message travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    Gsm7,
    Ucs2,
}

impl Encoding {
    /// Units in a message of one segment.
    pub const fn single(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// Units in each segment of a longer one.
    pub const fn part(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }

    /// The units that a character takes.
    fn units(self, c: char) -> usize {
        match self {
            Self::Gsm7 => 1 + usize::from(GSM_EXTENSION.contains(c)),
            Self::Ucs2 => c.len_utf16(),
        }
    }
}

/// The default alphabet of 3GPP TS 23.038, without the escape.
const GSM_BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
    ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// Its extension table: each is an escape and a septet.
const GSM_EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// What a message comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    pub encoding: Encoding,
    /// None for an empty text.
    pub segments: usize,
    /// Septets or UTF-16 code units, without the room that is lost at the ends of segments.
    pub units: usize,
    /// Units that still fit in the last segment: in the only one, what fits before a second begins.
    pub room: usize,
    /// UTF-16 code units, the count that [`MESSAGE_MAX`] limits.
    pub length: usize,
    /// The characters that keep the message from being GSM-7, each once, in the order of the text.
    pub foreign: Vec<char>,
}

impl Measure {
    /// By how much the message is too long to be sent. Zero for one that is not.
    pub const fn excess(&self) -> usize {
        self.length.saturating_sub(MESSAGE_MAX)
    }
}

/// Whether the character is a GSM letter, of the basic or the extension table.
pub fn is_gsm(c: char) -> bool {
    GSM_BASIC.contains(c) || GSM_EXTENSION.contains(c)
}

/// The GSM letters that say the same as a character of typography, which keyboards and word processors put in by themselves.
pub const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '`' | '\u{b4}'
        | '\u{2bc}' => "'",
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        '\u{2026}' => "...",
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\t' => " ",
        '\u{2022}' | '\u{b7}' => "*",
        _ => return None,
    })
}

/// The text with plain letters where [`plain`] knows them: what the composer offers when that saves segments.
pub fn plainer(text: &str) -> String {
    let mut plainer = String::with_capacity(text.len());
    for c in text.chars() {
        match plain(c) {
            Some(letters) => plainer.push_str(letters),
            None => plainer.push(c),
        }
    }
    plainer
}

/// Measures a message, exactly as it is sent.
pub fn measure(text: &str) -> Measure {
    let mut foreign = Vec::new();
    for c in text.chars().filter(|c| !is_gsm(*c)) {
        if !foreign.contains(&c) {
            foreign.push(c);
        }
    }
    let encoding = if foreign.is_empty() {
        Encoding::Gsm7
    } else {
        Encoding::Ucs2
    };
    let units = text.chars().map(|c| encoding.units(c)).sum();
    let (segments, room) = if units <= encoding.single() {
        (usize::from(units > 0), encoding.single() - units)
    } else {
        parts(text, encoding)
    };
    Measure {
        encoding,
        segments,
        units,
        room,
        length: text.encode_utf16().count(),
        foreign,
    }
}

/// The segments of a message that does not fit in one, and the units free in the last.
fn parts(text: &str, encoding: Encoding) -> (usize, usize) {
    let (mut segments, mut used) = (1, 0);
    for c in text.chars() {
        let units = encoding.units(c);
        if used + units > encoding.part() {
            segments += 1;
            used = 0;
        }
        used += units;
    }
    (segments, encoding.part() - used)
}

#[cfg(test)]
mod tests;
