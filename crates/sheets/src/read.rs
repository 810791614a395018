//! From the bytes of a file to a table, whatever the file is called.

mod binary;
mod compound;
mod file;
mod html;
mod layout;
mod markup;
mod number_format;
mod ods;
mod package;
mod sheets;
mod sniff;
mod spreadsheet_ml;
mod text;
mod value;
mod xls;
mod xlsb;
mod xlsx;
mod xml;
mod zip;

use crate::{
    detected::{Detected, Format, Overrides, Repair, SheetFound, TextFound},
    error::{LooksLike, MAX_BYTES, ReadError},
    table::Table,
    understand::date::Serials,
};
pub use file::File;
pub(crate) use file::FileText;
use sniff::Content;
use zip::Archive;

/// A file that was read.
#[derive(Debug)]
pub struct Opened {
    pub detected: Detected,
    /// All rows of the sheet: titles above and totals below too.
    pub table: Table,
    /// The rows of the table that are data, in order: neither blank nor total.
    pub data: Vec<u32>,
    pub(crate) serials: Serials,
}

/// Reads the whole file. Its contents decide what it is; the name only tells whether they disagree.
pub fn open(
    file_name: &str,
    file: impl Into<File>,
    overrides: &Overrides,
) -> Result<Opened, ReadError> {
    let file = file.into();
    let bytes: &[u8] = &file;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge {
            bytes: bytes.len() as u64,
        });
    }
    let mut raw = match sniff::content(bytes)? {
        Content::Text => text::read(&file, overrides)?,
        Content::Archive => workbook(&Archive::open(bytes)?, overrides)?,
        Content::Page => html::read(bytes, overrides)?,
        Content::SpreadsheetMl => spreadsheet_ml::read(bytes, overrides)?,
        Content::Compound => xls::read(bytes, overrides)?,
    };
    raw.repairs.extend(wrong_ending(file_name, raw.format));
    layout::lay_out(raw, overrides)
}

fn workbook(archive: &Archive<'_>, overrides: &Overrides) -> Result<Raw, ReadError> {
    match package::format(archive)? {
        format @ (Format::Xlsx | Format::Xlsm) => xlsx::read(archive, format, overrides),
        Format::Xlsb => xlsb::read(archive, overrides),
        Format::Ods => ods::read(archive, overrides),
        Format::Text | Format::Xls | Format::Html | Format::SpreadsheetMl => {
            Err(ReadError::NotASpreadsheet(LooksLike::Archive))
        }
    }
}

/// A sheet as its format's reader leaves it: all cells, nothing understood yet.
#[derive(Debug)]
struct Raw {
    format: Format,
    text: Option<TextFound>,
    sheets: Vec<SheetFound>,
    sheet: Option<String>,
    table: Table,
    merges: Vec<Merge>,
    /// Lines that the program does not show, in order.
    hidden: Vec<u32>,
    serials: Serials,
    repairs: Vec<Repair>,
}

/// Cells shown as one. Lines count from 1, columns from 0; both ends belong to it.
#[derive(Clone, Copy, Debug)]
struct Merge {
    first_line: u32,
    last_line: u32,
    first_column: u32,
    last_column: u32,
}

/// Tells when the ending of the name promises another format. Unknown endings promise nothing.
fn wrong_ending(file_name: &str, format: Format) -> Option<Repair> {
    let (_, ending) = file_name.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    let promised: &[Format] = match ending.as_str() {
        "csv" | "tsv" | "tab" | "txt" => &[Format::Text],
        "xlsx" | "xltx" => &[Format::Xlsx],
        "xlsm" | "xltm" => &[Format::Xlsm],
        "xlsb" => &[Format::Xlsb],
        "xls" | "xlt" => &[Format::Xls],
        "ods" | "ots" => &[Format::Ods],
        "htm" | "html" => &[Format::Html],
        "xml" => &[Format::SpreadsheetMl],
        _ => return None,
    };
    (!promised.contains(&format)).then_some(Repair::WrongEnding { ending })
}
