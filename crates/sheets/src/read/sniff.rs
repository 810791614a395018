//! What bytes are, by their first ones.

use crate::error::{LooksLike, ReadError};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Text,
    /// A ZIP archive: a modern workbook, or something else.
    Archive,
    /// A web page, which may hold a table.
    Page,
    /// The XML of Excel 2003.
    SpreadsheetMl,
    /// A compound file: an old workbook, one locked by a password, or something else.
    Compound,
}

/// What can be told without a look inside containers.
pub(super) fn content(bytes: &[u8]) -> Result<Content, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Content::Archive);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Ok(Content::Compound);
    }
    match looks_like(bytes) {
        Some(LooksLike::WebPage) if !is_archived_page(bytes) => Ok(Content::Page),
        Some(LooksLike::Xml) if is_spreadsheet_ml(bytes) => Ok(Content::SpreadsheetMl),
        Some(other) => Err(ReadError::NotASpreadsheet(other)),
        None => Ok(Content::Text),
    }
}

const MAGIC: &[(&[u8], LooksLike)] = &[
    (b"\x89PNG\r\n", LooksLike::Picture),
    (b"\xFF\xD8\xFF", LooksLike::Picture),
    (b"GIF87a", LooksLike::Picture),
    (b"GIF89a", LooksLike::Picture),
    (b"II*\0", LooksLike::Picture),
    (b"MM\0*", LooksLike::Picture),
    (b"8BPS", LooksLike::Picture),
    (b"%PDF-", LooksLike::Pdf),
    (b"{\\rtf", LooksLike::Document),
    (b"\x1F\x8B", LooksLike::Archive),
    (b"BZh", LooksLike::Archive),
    (b"7z\xBC\xAF\x27\x1C", LooksLike::Archive),
    (b"Rar!\x1A\x07", LooksLike::Archive),
    (b"\xFD7zXZ\0", LooksLike::Archive),
    (b"\x28\xB5\x2F\xFD", LooksLike::Archive),
    (b"ID3", LooksLike::Media),
    (b"OggS", LooksLike::Media),
    (b"fLaC", LooksLike::Media),
    (b"\x1A\x45\xDF\xA3", LooksLike::Media),
    (b"\x7FELF", LooksLike::Unknown),
    (b"MZ\x90\0", LooksLike::Unknown),
    (b"SQLite format 3\0", LooksLike::Unknown),
];

fn looks_like(bytes: &[u8]) -> Option<LooksLike> {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(*kind);
    }
    match (bytes.get(..4), bytes.get(4..8), bytes.get(8..12)) {
        (Some(b"RIFF"), _, Some(b"WEBP"))
        | (_, Some(b"ftyp"), Some(b"heic" | b"heix" | b"mif1" | b"avif")) => {
            return Some(LooksLike::Picture);
        }
        (Some(b"RIFF"), ..) | (_, Some(b"ftyp"), _) => return Some(LooksLike::Media),
        (Some([b'B', b'M', ..]), _, _) if is_bitmap(bytes) => return Some(LooksLike::Picture),
        _ => {}
    }
    markup(bytes)
}

/// A Windows bitmap names its own length.
fn is_bitmap(bytes: &[u8]) -> bool {
    let len = bytes
        .get(2..6)
        .and_then(|len| len.try_into().ok())
        .map(u32::from_le_bytes);
    len.is_some_and(|len| len as usize == bytes.len())
}

/// The beginning of a text, in small letters, whatever its encoding.
fn start(bytes: &[u8]) -> String {
    bytes
        .iter()
        .take(2048)
        .filter(|byte| **byte != 0)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .skip_while(|letter| !letter.is_ascii_graphic())
        .collect()
}

/// A page with its pictures in one file, packed as for mail.
fn is_archived_page(bytes: &[u8]) -> bool {
    start(bytes).starts_with("mime-version:")
}

fn is_spreadsheet_ml(bytes: &[u8]) -> bool {
    start(bytes).contains("urn:schemas-microsoft-com:office:spreadsheet")
}

/// Markup and JSON are text, but no table. A cell may hold a tag, so only a text that begins as a document counts.
fn markup(bytes: &[u8]) -> Option<LooksLike> {
    let start = start(bytes);
    let is_page = |text: &str| {
        [
            "<!doctype html",
            "<html",
            "<table",
            "<head",
            "<meta",
            "<body",
            "<style",
            "<script",
            "<div",
        ]
        .iter()
        .any(|tag| text.starts_with(tag))
    };
    if is_page(&start) || (start.starts_with('<') && start.contains("<html")) {
        return Some(LooksLike::WebPage);
    }
    if start.starts_with("mime-version:") && start.contains("multipart/related") {
        return Some(LooksLike::WebPage);
    }
    if start.starts_with("<svg") {
        return Some(LooksLike::Picture);
    }
    if start.starts_with("<?xml") || (start.starts_with('<') && start.contains("xmlns")) {
        let is_drawing = start.contains("<svg");
        return Some(if is_drawing {
            LooksLike::Picture
        } else {
            LooksLike::Xml
        });
    }
    let mut letters = start.chars().filter(|letter| !letter.is_whitespace());
    match (letters.next(), letters.next()) {
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | '[' | ']')) => Some(LooksLike::Json),
        _ => None,
    }
}
