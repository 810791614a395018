//! The file: how it was read, and why it was not.

use crate::{i18n::Locale, words::number};
use leptos_i18n::td_string;
use sheets::{
    detected::{Delimiter, Encoding, Repair},
    error::{LooksLike, MAX_BYTES, MAX_COLUMNS, MAX_ROWS, ReadError},
};

const MEGABYTE: u64 = 1024 * 1024;

/// `812 bytes`, `62 KB`, `1.4 MB`.
pub(crate) fn size(locale: Locale, bytes: u64) -> String {
    match bytes {
        0..1024 => count!(locale, bytes, imports.bytes_one | bytes_many),
        1024..MEGABYTE => td_string!(
            locale,
            imports.kilobytes,
            n = number(locale, bytes.div_ceil(1024))
        ),
        _ => {
            let mark = match locale {
                Locale::en => '.',
                Locale::fr => ',',
            };
            let tenths = bytes * 10 / MEGABYTE;
            let shown = match tenths % 10 {
                0 => number(locale, tenths / 10),
                tenth => format!("{}{mark}{tenth}", number(locale, tenths / 10)),
            };
            td_string!(locale, imports.megabytes, n = shown)
        }
    }
}

/// `3`, `3, 4, 7`, `3, 4, 7, …`.
pub(crate) fn lines(lines: &[u32]) -> String {
    const SHOWN: usize = 6;
    let shown: Vec<_> = lines.iter().take(SHOWN).map(ToString::to_string).collect();
    shown.join(", ") + if lines.len() > SHOWN { ", …" } else { "" }
}

/// The name that programs use, and for the usual ones where it comes from.
pub(crate) fn encoding(locale: Locale, encoding: Encoding) -> String {
    let place = match encoding {
        Encoding::Utf8 => td_string!(locale, imports.encoding_utf8),
        Encoding::Utf16Le | Encoding::Utf16Be => td_string!(locale, imports.encoding_utf16),
        Encoding::Windows1252 => td_string!(locale, imports.encoding_western),
        Encoding::MacRoman => td_string!(locale, imports.encoding_mac),
        Encoding::Ibm850 => td_string!(locale, imports.encoding_dos),
        _ => return encoding.name().to_owned(),
    };
    format!("{} ({place})", encoding.name())
}

pub(crate) fn delimiter(locale: Locale, delimiter: Delimiter) -> &'static str {
    match delimiter {
        Delimiter::Comma => td_string!(locale, imports.delimiter_comma),
        Delimiter::Semicolon => td_string!(locale, imports.delimiter_semicolon),
        Delimiter::Tab => td_string!(locale, imports.delimiter_tab),
        Delimiter::Pipe => td_string!(locale, imports.delimiter_pipe),
    }
}

/// What happened, and what to do.
pub(crate) fn read_error(locale: Locale, error: &ReadError) -> String {
    match error {
        ReadError::Empty => td_string!(locale, imports.read_empty).to_owned(),
        ReadError::HeaderOnly => td_string!(locale, imports.read_header_only).to_owned(),
        ReadError::NotASpreadsheet(looks) => {
            td_string!(
                locale,
                imports.read_not_a_spreadsheet,
                looks = looks_like(locale, *looks)
            )
        }
        ReadError::CutOff => td_string!(locale, imports.read_cut_off).to_owned(),
        ReadError::PasswordProtected => td_string!(locale, imports.read_password).to_owned(),
        ReadError::TooLarge { bytes } => {
            td_string!(
                locale,
                imports.read_too_large,
                size = size(locale, *bytes),
                max = size(locale, MAX_BYTES)
            )
        }
        ReadError::TooManyRows => {
            td_string!(
                locale,
                imports.read_too_many_rows,
                max = number(locale, u64::from(MAX_ROWS))
            )
        }
        ReadError::TooManyColumns { columns } => td_string!(
            locale,
            imports.read_too_many_columns,
            columns = number(locale, u64::from(*columns)),
            max = number(locale, u64::from(MAX_COLUMNS))
        ),
        ReadError::ZipBomb => td_string!(locale, imports.read_zip_bomb).to_owned(),
        ReadError::NoSuchSheet => td_string!(locale, imports.read_no_such_sheet).to_owned(),
        ReadError::Unreadable(_) => td_string!(locale, imports.read_damaged).to_owned(),
    }
}

fn looks_like(locale: Locale, looks: LooksLike) -> &'static str {
    match looks {
        LooksLike::Picture => td_string!(locale, imports.looks_picture),
        LooksLike::Pdf => td_string!(locale, imports.looks_pdf),
        LooksLike::Archive => td_string!(locale, imports.looks_archive),
        LooksLike::Document => td_string!(locale, imports.looks_document),
        LooksLike::Presentation => td_string!(locale, imports.looks_presentation),
        LooksLike::WebPage => td_string!(locale, imports.looks_web_page),
        LooksLike::Xml => td_string!(locale, imports.looks_xml),
        LooksLike::Json => td_string!(locale, imports.looks_json),
        LooksLike::Media => td_string!(locale, imports.looks_media),
        LooksLike::Numbers => td_string!(locale, imports.looks_numbers),
        LooksLike::Unknown => td_string!(locale, imports.looks_unknown),
    }
}

pub(crate) fn repair(locale: Locale, repair: &Repair) -> String {
    let shown = |n: u32| number(locale, u64::from(n));
    match repair {
        Repair::WrongEnding { ending } => {
            td_string!(locale, imports.repair_wrong_ending, ending = ending.clone())
        }
        Repair::BrokenBytes { count, first_line } => {
            td_string!(
                locale,
                imports.repair_broken_bytes,
                n = shown(*count),
                line = *first_line
            )
        }
        Repair::NulBytes { count } => {
            td_string!(locale, imports.repair_nul_bytes, n = shown(*count))
        }
        Repair::SeparatorLine => td_string!(locale, imports.repair_separator_line).to_owned(),
        Repair::UnclosedQuotes { count, first_line } => {
            td_string!(
                locale,
                imports.repair_unclosed_quotes,
                n = shown(*count),
                line = *first_line
            )
        }
        Repair::LongRows { count, first_line } => {
            td_string!(
                locale,
                imports.repair_long_rows,
                n = shown(*count),
                line = *first_line
            )
        }
        Repair::ShortRows { count, first_line } => {
            td_string!(
                locale,
                imports.repair_short_rows,
                n = shown(*count),
                line = *first_line
            )
        }
        Repair::MergedHeader { count } => {
            td_string!(locale, imports.repair_merged_header, n = shown(*count))
        }
        Repair::MergedCells { count, first_line } => {
            td_string!(
                locale,
                imports.repair_merged_cells,
                n = shown(*count),
                line = *first_line
            )
        }
        Repair::FilledDown { count, first_line } => {
            td_string!(
                locale,
                imports.repair_filled_down,
                n = shown(*count),
                line = *first_line
            )
        }
        Repair::RepeatedTitles { count } => {
            td_string!(locale, imports.repair_repeated_titles, n = shown(*count))
        }
        Repair::TitleRows { count, first_line } => {
            td_string!(
                locale,
                imports.repair_title_rows,
                n = shown(*count),
                line = *first_line
            )
        }
        Repair::NoTitles => td_string!(locale, imports.repair_no_titles).to_owned(),
        Repair::MissingTitles { count } => {
            td_string!(locale, imports.repair_missing_titles, n = shown(*count))
        }
        Repair::OutOfOrder => td_string!(locale, imports.repair_out_of_order).to_owned(),
        Repair::HiddenSheet => td_string!(locale, imports.repair_hidden_sheet).to_owned(),
        Repair::HiddenRows { count, first_line } => {
            td_string!(
                locale,
                imports.repair_hidden_rows,
                n = shown(*count),
                line = *first_line
            )
        }
        Repair::FormulasWithoutValue { count, first_line } => {
            td_string!(
                locale,
                imports.repair_formulas,
                n = shown(*count),
                line = *first_line
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_the_unit_that_fits() {
        assert_eq!(size(Locale::en, 0), "0 bytes");
        assert_eq!(size(Locale::en, 62_529), "62 KB");
        assert_eq!(size(Locale::en, 200 * MEGABYTE), "200 MB");
        assert_eq!(size(Locale::fr, 1_500_000), "1,4 Mo");
    }

    #[test]
    fn many_lines_are_cut_short() {
        assert_eq!(lines(&[1, 2]), "1, 2");
        assert_eq!(lines(&[1, 2, 3, 4, 5, 6, 7]), "1, 2, 3, 4, 5, 6, …");
    }
}
