//! Whatever table is written as delimited text is read back as it was.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use proptest::prelude::*;
use sheets::{
    detected::{Delimiter, Encoding, Overrides, Repair},
    read,
};

#[derive(Debug, Clone)]
struct Dialect {
    delimiter: Delimiter,
    encoding: Encoding,
    ending: &'static str,
    has_mark: bool,
    quotes_all: bool,
    ends_last_line: bool,
}

fn dialects() -> impl Strategy<Value = Dialect> {
    let delimiters = prop::sample::select(Delimiter::ALL);
    let encodings =
        prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be]);
    let endings = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (delimiters, encodings, endings, any::<[bool; 3]>()).prop_map(
        |(delimiter, encoding, ending, [has_mark, quotes_all, ends_last_line])| Dialect {
            delimiter,
            encoding,
            ending,
            has_mark,
            quotes_all,
            ends_last_line,
        },
    )
}

/// Cells with everything that needs care, in rows of one width, none of them blank. Only our own writer knows where an
/// apostrophe in front is a cell's own.
fn tables() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = prop_oneof![
        3 => "[a-zéèàA-Z0-9 .'-]{0,12}",
        1 => "[a-z,;|\t\"\n0-9🚗é]{0,8}",
        1 => Just(String::new()),
    ]
    .prop_map(|cell| cell.trim_start_matches('\'').to_owned());
    (2_usize..6).prop_flat_map(move |width| {
        let row = proptest::collection::vec(cell.clone(), width - 1);
        proptest::collection::vec(row, 1..20).prop_map(|rows| {
            let numbered = rows.into_iter().enumerate();
            numbered
                .map(|(at, row)| std::iter::once(format!("R{at}")).chain(row).collect())
                .collect()
        })
    })
}

fn written(table: &[Vec<String>], dialect: &Dialect) -> Vec<u8> {
    let delimiter = char::from(dialect.delimiter.byte());
    let width = table[0].len();
    let titles: Vec<String> = (0..width)
        .map(|column| format!("Title {}", char::from(b'a' + u8::try_from(column).unwrap())))
        .collect();
    let mut lines = Vec::new();
    for row in std::iter::once(&titles).chain(table) {
        let cells = row.iter().map(|cell| {
            let needs_quotes = cell.contains([delimiter, '"', '\n', '\r']);
            if needs_quotes || dialect.quotes_all {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        });
        lines.push(cells.collect::<Vec<_>>().join(&delimiter.to_string()));
    }
    let mut text = lines.join(dialect.ending);
    if dialect.ends_last_line {
        text.push_str(dialect.ending);
    }
    let text = if dialect.has_mark {
        format!("\u{FEFF}{text}")
    } else {
        text
    };
    match dialect.encoding {
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => text.into_bytes(),
    }
}

proptest! {
    #[test]
    fn a_written_table_is_read_back_exactly(table in tables(), dialect in dialects()) {
        let bytes = written(&table, &dialect);
        // What is guessed has tests of its own; here a person has said it, so that every cell must come back.
        let overrides = Overrides {
            encoding: Some(dialect.encoding),
            delimiter: Some(dialect.delimiter),
            header_line: Some(1),
            last_line: Some(u32::MAX),
            ..Overrides::default()
        };
        let opened = read::open("table.csv", bytes.as_slice(), &overrides).unwrap();
        let read: Vec<Vec<String>> = opened
            .data
            .iter()
            .map(|row| (0..opened.table.columns()).map(|column| opened.table.cell(*row, column).text.to_owned()).collect())
            .collect();
        prop_assert_eq!(read, table);
    }

    #[test]
    fn no_bytes_bring_reading_down(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read::open("table.csv", bytes.as_slice(), &Overrides::default());
    }

    #[test]
    fn rows_add_up_in_any_text(text in "[a-z0-9,;\"\n\r é\t]{0,300}") {
        if let Ok(opened) = read::open("table.csv", text.as_bytes(), &Overrides::default()) {
            let detected = opened.detected;
            let above = if detected.header_line == 0 { detected.first_data_line - 1 } else { detected.header_line };
            let between = detected.last_data_line - above;
            let repeated_titles: u32 = detected
                .repairs
                .iter()
                .map(|repair| match repair {
                    Repair::TitleRows { count, .. } => *count,
                    _ => 0,
                })
                .sum();
            prop_assert_eq!(detected.data_rows + detected.blank_rows + repeated_titles, between);
            prop_assert_eq!(opened.data.len(), detected.data_rows as usize);
            prop_assert_eq!(detected.columns.len(), opened.table.columns() as usize);
        }
    }
}
