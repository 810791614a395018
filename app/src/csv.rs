//! Small CSV files (RFC 4180) that a page makes itself. Pure.

/// Tells spreadsheets that the file is UTF-8.
pub(crate) const BOM: char = '\u{feff}';

/// Adds a line of cells; one that a spreadsheet would run as a formula is made harmless.
pub(crate) fn record<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (column, cell) in cells.enumerate() {
        if column > 0 {
            out.push(',');
        }
        let (mark, quoted) = (
            if would_run(cell) { "'" } else { "" },
            cell.contains([',', '"', '\n', '\r']),
        );
        if quoted {
            out.push('"');
            out.push_str(mark);
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(mark);
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

/// Whether a spreadsheet would take the cell for a formula. Phones and negative numbers begin alike and are harmless.
fn would_run(cell: &str) -> bool {
    let harmless = |rest: &str| {
        rest.chars()
            .all(|c| c.is_ascii_digit() || " .,-()".contains(c))
    };
    match cell.chars().next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some(sign @ ('+' | '-')) => !harmless(&cell[sign.len_utf8()..]),
        _ => false,
    }
}
