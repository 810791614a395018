//! How a text file writes its characters, and the text.

use super::{Decoded, latin};
use crate::detected::{Encoding, EncodingEvidence};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use std::borrow::Cow;

/// Bytes that are enough to recognise a language.
const SAMPLE: usize = 128 * 1024;

pub(super) fn decode(bytes: &[u8], chosen: Option<Encoding>) -> Decoded<'_> {
    let (marked, bytes) = mark(bytes);
    if let Some(encoding) = chosen {
        return decode_as(bytes, encoding, EncodingEvidence::Chosen);
    }
    if let Some(encoding) = marked {
        return decode_as(bytes, encoding, EncodingEvidence::Mark);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(bytes, encoding, EncodingEvidence::Likely);
    }
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: text.into(),
            encoding: Encoding::Utf8,
            evidence: EncodingEvidence::Valid,
            broken: 0,
            first_broken: 0,
        },
        Err(_) if is_nearly_utf8(bytes) => {
            decode_as(bytes, Encoding::Utf8, EncodingEvidence::NearlyValid)
        }
        Err(_) => decode_as(bytes, likely(bytes), EncodingEvidence::Likely),
    }
}

/// The encoding that the byte order mark names, and the bytes after it.
fn mark(bytes: &[u8]) -> (Option<Encoding>, &[u8]) {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        (Some(Encoding::Utf8), rest)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        (Some(Encoding::Utf16Le), rest)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        (Some(Encoding::Utf16Be), rest)
    } else {
        (None, bytes)
    }
}

/// In UTF-16 the delimiters, digits and Latin letters have a zero byte, always on the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    memchr::memchr(0, sample)?;
    let (pairs, _) = sample.as_chunks::<2>();
    let zeros = |side: usize| pairs.iter().filter(|pair| pair[side] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let many = |count: usize| count * 10 >= pairs.len() * 4;
    let few = |count: usize| count * 50 <= pairs.len();
    if pairs.len() < 2 {
        None
    } else if many(second) && few(first) {
        Some(Encoding::Utf16Le)
    } else if many(first) && few(second) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Characters of several bytes hardly form by chance: if they outnumber the misfits, the misfits are the accident.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut fit, mut misfit) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        fit += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        misfit += usize::from(!chunk.invalid().is_empty());
    }
    fit > misfit
}

/// The encoding whose reading makes the likeliest words.
fn likely(bytes: &[u8]) -> Encoding {
    let sample = lines_beyond_ascii(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample, true);
    let guess = from_library(detector.guess(None, Utf8Detection::Deny));
    latin::likelier(&sample, guess)
}

/// The lines that tell encodings apart.
fn lines_beyond_ascii(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        if !line.is_ascii() {
            sample.extend_from_slice(line);
        }
        if sample.len() >= SAMPLE {
            break;
        }
    }
    sample
}

fn decode_as(bytes: &[u8], encoding: Encoding, evidence: EncodingEvidence) -> Decoded<'_> {
    let (text, broken, first_broken) = match encoding {
        Encoding::Ibm850 => (latin::from_ibm850(bytes).into(), 0, 0),
        Encoding::Utf8 => repaired_utf8(bytes),
        _ => {
            let (text, is_broken) = library(encoding).decode_without_bom_handling(bytes);
            let broken = if is_broken {
                text.matches('\u{FFFD}').count()
            } else {
                0
            };
            let first_broken = text.find('\u{FFFD}').unwrap_or_default();
            (
                text,
                u32::try_from(broken).unwrap_or(u32::MAX),
                first_broken,
            )
        }
    };
    Decoded {
        text,
        encoding,
        evidence,
        broken,
        first_broken,
    }
}

/// UTF-8 in which some other program has put single bytes of its own: almost always Windows-1252 letters. What is no
/// letter there either becomes `�`.
fn repaired_utf8(bytes: &[u8]) -> (Cow<'_, str>, u32, usize) {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return (text.into(), 0, 0);
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 64);
    let (mut broken, mut first_broken) = (0_u32, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let repaired = match *chunk.invalid() {
            [] => continue,
            // These begin the commonest characters of several bytes, and hardly any word in Windows-1252.
            [byte] if byte >= 0xC0 && !matches!(byte, 0xC2 | 0xC3 | 0xD7 | 0xF7) => {
                char::from(byte)
            }
            _ => '\u{FFFD}',
        };
        if broken == 0 {
            first_broken = text.len();
        }
        text.push(repaired);
        broken = broken.saturating_add(1);
    }
    (text.into(), broken, first_broken)
}

fn library(encoding: Encoding) -> &'static encoding_rs::Encoding {
    match encoding {
        Encoding::Utf8 => encoding_rs::UTF_8,
        Encoding::Utf16Le => encoding_rs::UTF_16LE,
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        Encoding::Windows1252 | Encoding::Ibm850 => encoding_rs::WINDOWS_1252,
        Encoding::MacRoman => encoding_rs::MACINTOSH,
        Encoding::Windows1250 => encoding_rs::WINDOWS_1250,
        Encoding::Windows1251 => encoding_rs::WINDOWS_1251,
        Encoding::Windows1253 => encoding_rs::WINDOWS_1253,
        Encoding::Windows1254 => encoding_rs::WINDOWS_1254,
        Encoding::Windows1255 => encoding_rs::WINDOWS_1255,
        Encoding::Windows1256 => encoding_rs::WINDOWS_1256,
        Encoding::Windows1257 => encoding_rs::WINDOWS_1257,
        Encoding::Windows1258 => encoding_rs::WINDOWS_1258,
        Encoding::Windows874 => encoding_rs::WINDOWS_874,
        Encoding::ShiftJis => encoding_rs::SHIFT_JIS,
        Encoding::EucJp => encoding_rs::EUC_JP,
        Encoding::EucKr => encoding_rs::EUC_KR,
        Encoding::Gb18030 => encoding_rs::GB18030,
        Encoding::Big5 => encoding_rs::BIG5,
    }
}

/// The encoding that pages call so.
pub(in crate::read) fn called(name: &str) -> Option<Encoding> {
    match encoding_rs::Encoding::for_label(name.as_bytes())?.name() {
        "UTF-8" => Some(Encoding::Utf8),
        "macintosh" => Some(Encoding::MacRoman),
        // A page that can be searched for this name is not written so.
        "UTF-16LE" | "UTF-16BE" => None,
        _ => encoding_rs::Encoding::for_label(name.as_bytes()).map(from_library),
    }
}

/// The nearest of ours: the ISO encodings are subsets of the Windows ones as far as letters go.
fn from_library(encoding: &'static encoding_rs::Encoding) -> Encoding {
    match encoding.name() {
        "windows-1250" | "ISO-8859-2" => Encoding::Windows1250,
        "windows-1251" | "KOI8-U" | "ISO-8859-5" | "IBM866" => Encoding::Windows1251,
        "windows-1253" | "ISO-8859-7" => Encoding::Windows1253,
        "windows-1254" => Encoding::Windows1254,
        "windows-1255" | "ISO-8859-8" => Encoding::Windows1255,
        "windows-1256" | "ISO-8859-6" => Encoding::Windows1256,
        "windows-1257" | "ISO-8859-4" | "ISO-8859-13" => Encoding::Windows1257,
        "windows-1258" => Encoding::Windows1258,
        "windows-874" => Encoding::Windows874,
        "Shift_JIS" => Encoding::ShiftJis,
        "EUC-JP" => Encoding::EucJp,
        "EUC-KR" => Encoding::EucKr,
        "GBK" | "gb18030" => Encoding::Gb18030,
        "Big5" => Encoding::Big5,
        _ => Encoding::Windows1252,
    }
}
