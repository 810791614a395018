//! A worksheet's XML (ECMA-376 part 1, 18.3.1). The order of its elements is that of the schema: Excel repairs others.

use super::{
    escape,
    styles::Style,
    value::{self, cut, is_exact, serial},
    widths::Widths,
};
use crate::write::{Cell, WriteColumn, print::push_whole, short};
use std::{fmt::Write as _, io::Write as _};

/// The same of every row of a column.
#[derive(Debug)]
pub(super) struct Column {
    letters: String,
    style: Style,
    is_hidden: bool,
}

impl Column {
    pub(super) fn of(columns: &[WriteColumn]) -> Vec<Self> {
        let column = |(at, column): (usize, &WriteColumn)| Self {
            letters: letters(at),
            style: value::style(column.kind),
            is_hidden: column.hidden,
        };
        columns.iter().enumerate().map(column).collect()
    }
}

/// `A`, …, `Z`, `AA`, ….
pub(super) fn letters(column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters
}

/// Everything before the rows: the titles stay in sight.
pub(super) fn begin(out: &mut Vec<u8>, columns: &[Column], widths: &Widths, is_first: bool) {
    let selected = if is_first { " tabSelected=\"1\"" } else { "" };
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews>\
         <sheetView{selected} workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         <selection pane=\"bottomLeft\" activeCell=\"A2\" sqref=\"A2\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>"
    );
    if !columns.is_empty() {
        text.push_str("<cols>");
        for (at, (column, width)) in columns.iter().zip(widths.iter()).enumerate() {
            let (number, style) = (at + 1, column.style as u8);
            let hidden = if column.is_hidden {
                " hidden=\"1\""
            } else {
                ""
            };
            // Writing to memory cannot fail.
            let _ = write!(
                text,
                "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" style=\"{style}\"{hidden} customWidth=\"1\"/>"
            );
        }
        text.push_str("</cols>");
    }
    text.push_str("<sheetData>");
    out.extend_from_slice(text.as_bytes());
}

/// Everything after the rows. `range` are the cells that have something, titles too: filters stand over them, and no green
/// corner reproaches a phone number with being a text.
pub(super) fn end(out: &mut Vec<u8>, range: Option<&str>) {
    out.extend_from_slice(b"</sheetData>");
    if let Some(range) = range {
        let text = format!(
            "<autoFilter ref=\"{range}\"/><ignoredErrors><ignoredError sqref=\"{range}\" numberStoredAsText=\"1\"/></ignoredErrors>"
        );
        out.extend_from_slice(text.as_bytes());
    }
    out.extend_from_slice(b"</worksheet>");
}

pub(super) fn title_row(out: &mut Vec<u8>, columns: &[Column], titles: &[WriteColumn]) {
    out.extend_from_slice(b"<row r=\"1\">");
    for (column, title) in columns.iter().zip(titles) {
        if !title.header.is_empty() {
            let title = cut(&title.header).unwrap_or(&title.header);
            let place = Place { column, line: b"1" };
            push_rich(out, place, Style::Title, title);
        }
    }
    out.extend_from_slice(b"</row>");
}

/// Appends a row; tells of each column whose text a cell cannot hold.
pub(super) fn row<'c, 'a>(
    out: &mut Vec<u8>,
    line: u32,
    cells: impl Iterator<Item = (usize, (&'c Column, Cell<'a>))>,
    mut is_too_long: impl FnMut(usize),
) {
    out.extend_from_slice(b"<row r=\"");
    let start = out.len();
    push_whole(out, line.into());
    let mut digits = [0; 10];
    let len = (out.len() - start).min(digits.len());
    digits[..len].copy_from_slice(&out[start..start + len]);
    let line = &digits[..len];
    out.extend_from_slice(b"\">");
    for (at, (column, cell)) in cells {
        let place = Place { column, line };
        match cell {
            Cell::Blank | Cell::Text("") => {}
            Cell::Number(number) if is_exact(number) => {
                out.extend_from_slice(b"<c");
                push_place(out, place);
                short::push(out, number.as_bytes());
                out.extend_from_slice(END);
            }
            Cell::Date(date) if let Some(serial) = serial(date) => {
                out.extend_from_slice(b"<c s=\"3\"");
                push_place(out, place);
                push_whole(out, serial);
                out.extend_from_slice(END);
            }
            Cell::Text(text) | Cell::Number(text) | Cell::Date(text) => {
                let cut = cut(text);
                if cut.is_some() {
                    is_too_long(at);
                }
                push_text(out, place, cut.unwrap_or(text));
            }
        }
    }
    out.extend_from_slice(b"</row>");
}

#[derive(Clone, Copy)]
struct Place<'a> {
    column: &'a Column,
    /// In digits.
    line: &'a [u8],
}

const END: &[u8] = b"</v></c>";
/// `str` is meant for what a formula comes to, and read as a text by every program; an `inlineStr` is a third longer.
const TEXT: &[u8] = b"<c s=\"2\" t=\"str\"";

/// ` r="AB12"><v>`. Where a cell stands comes last: what is before it and behind it is then mostly the same as in the cell
/// before, and packs to less.
#[inline]
fn push_place(out: &mut Vec<u8>, Place { column, line }: Place<'_>) {
    out.extend_from_slice(b" r=\"");
    short::push(out, column.letters.as_bytes());
    short::push(out, line);
    out.extend_from_slice(b"\"><v>");
}

#[inline]
fn push_text(out: &mut Vec<u8>, place: Place<'_>, text: &str) {
    let start = out.len();
    out.extend_from_slice(TEXT);
    push_place(out, place);
    if escape::push_plain(out, text) {
        out.extend_from_slice(END);
    } else {
        out.truncate(start);
        push_rich(out, place, Style::Text, text);
    }
}

/// A text of which every letter is to be kept, whatever it is.
fn push_rich(out: &mut Vec<u8>, Place { column, line }: Place<'_>, style: Style, text: &str) {
    // Writing to memory cannot fail.
    let _ = write!(
        out,
        "<c s=\"{}\" t=\"inlineStr\" r=\"{}",
        style as u8, column.letters
    );
    out.extend_from_slice(line);
    out.extend_from_slice(if escape::has_outer_space(text) {
        b"\"><is><t xml:space=\"preserve\">".as_slice()
    } else {
        b"\"><is><t>".as_slice()
    });
    escape::push_cell(out, text);
    out.extend_from_slice(b"</t></is></c>");
}
