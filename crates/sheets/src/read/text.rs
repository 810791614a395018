//! Delimited text: CSV, TSV and what people call so.

mod dialect;
mod encoding;
mod latin;
mod records;
mod scan;

use super::{File, Raw};
use crate::{
    detected::{Encoding, EncodingEvidence, Format, LineEnding, Overrides, Repair, TextFound},
    error::{LooksLike, ReadError},
    understand::date::Serials,
};
pub(super) use encoding::called as encoding_called;
use records::{LineEnds, Records};
use std::borrow::Cow;

/// Reads delimited text in any encoding.
pub(super) fn read(file: &File, overrides: &Overrides) -> Result<Raw, ReadError> {
    let mut encoding = Encoding::Utf8;
    let mut evidence = EncodingEvidence::Valid;
    let (mut broken, mut first_broken, mut nul_bytes) = (0, 0, 0);
    let file_text = file.text(|bytes| {
        let decoded = encoding::decode(bytes, overrides.encoding);
        if is_binary(&decoded.text) {
            return Err(ReadError::NotASpreadsheet(LooksLike::Unknown));
        }
        (encoding, evidence, broken) = (decoded.encoding, decoded.evidence, decoded.broken);
        first_broken =
            decoded.first_broken - nul_count(&decoded.text.as_bytes()[..decoded.first_broken]);
        let text;
        (text, nul_bytes) = without_nul(decoded.text);
        Ok(without_end_mark(text))
    })?;
    let text = file_text.as_str();
    let mut repairs = Vec::new();
    if nul_bytes > 0 {
        repairs.push(Repair::NulBytes { count: nul_bytes });
    }
    let (named, from) = dialect::separator_line(text);
    if from > 0 {
        repairs.push(Repair::SeparatorLine);
    }
    let delimiter = overrides
        .delimiter
        .or(named)
        .or_else(|| dialect::delimiter(&text[from..]));
    let usual = delimiter.map_or(0, |delimiter| {
        dialect::usual_width(&text[from..], delimiter)
    });
    let records = Records::read(text, from, delimiter, usual)?;
    let line_ending = line_ending(&records.line_ends);
    if let Some((count, first_line)) = records.unclosed_quotes {
        repairs.push(Repair::UnclosedQuotes { count, first_line });
    }
    let table = records.into_table(file_text);
    if broken > 0 {
        let first_line = table.line_of(first_broken);
        repairs.push(Repair::BrokenBytes {
            count: broken,
            first_line,
        });
    }
    let text = TextFound {
        encoding,
        evidence,
        delimiter,
        line_ending,
    };
    Ok(Raw {
        format: Format::Text,
        text: Some(text),
        sheets: Vec::new(),
        sheet: None,
        table,
        merges: Vec::new(),
        hidden: Vec::new(),
        serials: Serials::default(),
        repairs,
    })
}

/// The text of bytes in any encoding, or in the one that is known.
pub(super) fn decoded(bytes: &[u8], known: Option<Encoding>) -> String {
    encoding::decode(bytes, known).text.into_owned()
}

/// What [`encoding::decode`] made of the bytes.
#[derive(Debug)]
struct Decoded<'a> {
    text: Cow<'a, str>,
    encoding: Encoding,
    evidence: EncodingEvidence,
    /// Bytes that fit badly, and where in the text the first of them stands.
    broken: u32,
    first_broken: usize,
}

/// Text has hardly any control characters. NUL is judged apart: some programs pad with it.
fn is_binary(text: &str) -> bool {
    let sample = text.as_bytes();
    let sample = sample.get(..64 * 1024).unwrap_or(sample);
    let nul = nul_count(sample);
    let control = sample
        .iter()
        .filter(|byte| matches!(byte, 1..=8 | 0x0E..=0x19 | 0x1C..=0x1F | 0x7F))
        .count();
    control * 50 > sample.len()
        || nul * 4 > sample.len()
        || (control > 0 && nul * 10 > sample.len())
}

fn nul_count(bytes: &[u8]) -> usize {
    memchr::memchr_iter(0, bytes).count()
}

fn without_nul(text: Cow<'_, str>) -> (Cow<'_, str>, u32) {
    match nul_count(text.as_bytes()) {
        0 => (text, 0),
        count => (
            text.replace('\0', "").into(),
            u32::try_from(count).unwrap_or(u32::MAX),
        ),
    }
}

/// DOS programs end a file with this character.
fn without_end_mark(text: Cow<'_, str>) -> Cow<'_, str> {
    const END: char = '\u{1A}';
    match text {
        Cow::Borrowed(text) => text.trim_end_matches(END).into(),
        Cow::Owned(mut text) => {
            text.truncate(text.trim_end_matches(END).len());
            text.into()
        }
    }
}

fn line_ending(ends: &LineEnds) -> LineEnding {
    match (ends.lf > 0, ends.crlf > 0, ends.cr > 0) {
        (false, true, false) => LineEnding::CrLf,
        (false, false, true) => LineEnding::Cr,
        (_, false, false) => LineEnding::Lf,
        _ => LineEnding::Mixed,
    }
}
