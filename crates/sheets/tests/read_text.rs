//! Delimited text in every dialect and encoding that shops send.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

use sheets::{
    detected::{
        Delimiter, Encoding, EncodingEvidence, Format, LineEnding, Overrides, Repair, TextFound,
        Title,
    },
    error::ReadError,
    read::{self, Opened},
};

fn open(bytes: impl AsRef<[u8]>) -> Opened {
    read::open("list.csv", bytes.as_ref(), &Overrides::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

fn text(opened: &Opened) -> TextFound {
    opened.detected.text.unwrap()
}

fn rows(opened: &Opened) -> Vec<Vec<&str>> {
    let table = &opened.table;
    let texts = |row: &u32| {
        (0..table.columns())
            .map(|column| table.cell(*row, column).text)
            .collect()
    };
    opened.data.iter().map(texts).collect()
}

const PEOPLE: &str = "Prénom,Nom,Téléphone,Remarques\n\
    Zoë,Bélanger,514-555-0101,\"préfère l'été\"\n\
    José,Lévesque,514-555-0102,à rappeler\n\
    François,Côté,514-555-0103,déjà reçu\n";

fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::MacRoman => encoding_rs::MACINTOSH.encode(text).0.into_owned(),
        Encoding::Windows1252 => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        Encoding::Windows1250 => encoding_rs::WINDOWS_1250.encode(text).0.into_owned(),
        Encoding::Windows1251 => encoding_rs::WINDOWS_1251.encode(text).0.into_owned(),
        Encoding::ShiftJis => encoding_rs::SHIFT_JIS.encode(text).0.into_owned(),
        Encoding::Utf8 => text.as_bytes().to_vec(),
        other => panic!("no encoder for {other:?}"),
    }
}

#[test]
fn french_is_read_in_every_encoding_of_western_programs() {
    for encoding in [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Windows1252,
        Encoding::MacRoman,
    ] {
        let opened = open(encoded(PEOPLE, encoding));
        assert_eq!(text(&opened).encoding, encoding);
        assert_eq!(opened.detected.columns[2].name, "Téléphone", "{encoding:?}");
        assert_eq!(
            rows(&opened)[2],
            ["François", "Côté", "514-555-0103", "déjà reçu"],
            "{encoding:?}"
        );
    }
}

#[test]
fn dos_letters_are_recognised() {
    let dos = PEOPLE.chars().map(|letter| match letter {
        'é' => 0x82,
        'ë' => 0x89,
        'è' => 0x8A,
        'à' => 0x85,
        'ç' => 0x87,
        'ô' => 0x93,
        letter => u8::try_from(letter).unwrap(),
    });
    let opened = open(dos.collect::<Vec<u8>>());
    assert_eq!(text(&opened).encoding, Encoding::Ibm850);
    assert_eq!(
        rows(&opened)[2],
        ["François", "Côté", "514-555-0103", "déjà reçu"]
    );
}

#[test]
fn other_alphabets_are_recognised() {
    let russian =
        "Имя,Фамилия,Город\nАнна,Иванова,Москва\nПётр,Смирнов,Казань\nОльга,Кузнецова,Самара\n";
    let czech = "Jméno,Příjmení,Město\nJiří,Dvořák,Plzeň\nTomáš,Černý,Třebíč\nLuděk,Růžička,Děčín\nŽofie,Šťastná,Kladno\n";
    let japanese = "名前,電話,都市\n田中さくら,03-1234-5678,東京都\n鈴木たろう,06-1234-5678,大阪市\n佐藤はなこ,052-123-4567,名古屋市\n";
    for (text, encoding) in [
        (russian, Encoding::Windows1251),
        (czech, Encoding::Windows1250),
        (japanese, Encoding::ShiftJis),
    ] {
        let opened = open(encoded(text, encoding));
        assert_eq!(opened.detected.text.unwrap().encoding, encoding);
        assert_eq!(rows(&opened)[0].join(","), text.lines().nth(1).unwrap());
    }
}

#[test]
fn marks_name_their_encoding_and_are_no_text() {
    for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be] {
        let opened = open(encoded(&format!("\u{FEFF}{PEOPLE}"), encoding));
        assert_eq!(
            (text(&opened).encoding, text(&opened).evidence),
            (encoding, EncodingEvidence::Mark)
        );
        assert_eq!(opened.detected.columns[0].name, "Prénom");
    }
}

#[test]
fn a_chosen_encoding_is_obeyed() {
    let overrides = Overrides {
        encoding: Some(Encoding::Windows1252),
        ..Overrides::default()
    };
    let opened = read::open("list.csv", PEOPLE.as_bytes(), &overrides).unwrap();
    assert_eq!(opened.detected.columns[0].name, "PrÃ©nom");
    assert_eq!(text(&opened).evidence, EncodingEvidence::Chosen);
}

#[test]
fn a_few_strange_bytes_do_not_change_the_encoding() {
    let mut bytes = PEOPLE.as_bytes().to_vec();
    bytes.extend_from_slice(b"Ren\xE9e,Roy,514-555-0104,\n\xC3,Roy,514-555-0105,\n");
    let opened = open(bytes);
    assert_eq!(
        (text(&opened).encoding, text(&opened).evidence),
        (Encoding::Utf8, EncodingEvidence::NearlyValid)
    );
    assert_eq!(
        (rows(&opened)[3][0], rows(&opened)[4][0]),
        ("Renée", "\u{FFFD}")
    );
    assert_eq!(
        opened.detected.repairs,
        [Repair::BrokenBytes {
            count: 2,
            first_line: 5
        }]
    );
}

#[test]
fn every_delimiter_is_found() {
    for (delimiter, found) in [
        (",", Delimiter::Comma),
        (";", Delimiter::Semicolon),
        ("\t", Delimiter::Tab),
        ("|", Delimiter::Pipe),
    ] {
        let opened = open(PEOPLE.replace(',', delimiter));
        assert_eq!(
            (text(&opened).delimiter, opened.table.columns()),
            (Some(found), 4)
        );
    }
}

#[test]
fn decimal_commas_and_commas_in_sentences_do_not_delimit() {
    let opened = open("Ref;Solde\nA1;12,50\nA2;7,25\nA3;1 250,00\nA4;3,10\n");
    assert_eq!(text(&opened).delimiter, Some(Delimiter::Semicolon));
    let opened = open("Ref\tNote\nA1\tred, blue, green\nA2\tone, two, three\n");
    assert_eq!(text(&opened).delimiter, Some(Delimiter::Tab));
    let opened = open("Ref,Tags,Note\nA1,a;b;c,x\nA2,d;e;f,y\nA3,g;h;i,z\n");
    assert_eq!(text(&opened).delimiter, Some(Delimiter::Comma));
    let opened = open("Client\nTremblay, Jean\nRoy, Zoë\n");
    assert_eq!(
        (text(&opened).delimiter, rows(&opened)[0][0]),
        (None, "Tremblay, Jean")
    );
}

#[test]
fn the_separator_line_of_excel_is_obeyed_and_not_counted() {
    let opened = open("sep=;\r\nRef;Name, first\r\nA1;Zoë, Anne\r\nA2;Luc, Jean\r\n");
    assert_eq!(text(&opened).delimiter, Some(Delimiter::Semicolon));
    assert_eq!(
        (
            opened.detected.header_line,
            opened.detected.columns[1].name.as_str()
        ),
        (1, "Name, first")
    );
    assert!(opened.detected.repairs.contains(&Repair::SeparatorLine));
}

#[test]
fn every_line_ending_ends_lines() {
    for (ending, found) in [
        ("\n", LineEnding::Lf),
        ("\r\n", LineEnding::CrLf),
        ("\r", LineEnding::Cr),
    ] {
        let opened = open(PEOPLE.replace('\n', ending));
        assert_eq!(
            (text(&opened).line_ending, opened.detected.data_rows),
            (found, 3)
        );
    }
    let opened = open("Ref,Name\r\nA1,Zoë\nA2,Luc\rA3,Ann");
    assert_eq!(
        (text(&opened).line_ending, opened.detected.data_rows),
        (LineEnding::Mixed, 3)
    );
}

#[test]
fn quoted_cells_hold_quotes_delimiters_and_line_breaks() {
    let opened =
        open("Ref,Note,City\nA1,\"say \"\"hi\"\",\nthen go\",Lévis\nA2,\"\",\"Québec\" \n");
    assert_eq!(
        rows(&opened),
        [
            ["A1", "say \"hi\",\nthen go", "Lévis"],
            ["A2", "", "Québec"]
        ]
    );
    assert_eq!(
        (
            opened.table.line(opened.data[1]),
            opened.detected.repairs.len()
        ),
        (3, 0)
    );
}

#[test]
fn a_quote_that_is_not_doubled_stays_beside_one_that_is() {
    let opened = open("Ref,Note,City\nA1,\"5\" pipe, \"\"new\"\"\",Lévis\nA2,\"\"\"\"\"\",Laval\n");
    assert_eq!(
        rows(&opened),
        [
            ["A1", "5\" pipe, \"new\"", "Lévis"],
            ["A2", "\"\"", "Laval"]
        ]
    );
}

#[test]
fn a_quote_that_is_never_closed_swallows_nothing() {
    let opened = open(
        "Ref,Note,City\nA1,\"broken,Lévis\nA2,fine,Québec\nA3,\"also fine\",Laval\nA4,5\" pipe,Gatineau\n",
    );
    assert_eq!(
        rows(&opened),
        [
            ["A1", "\"broken", "Lévis"],
            ["A2", "fine", "Québec"],
            ["A3", "also fine", "Laval"],
            ["A4", "5\" pipe", "Gatineau"]
        ]
    );
    assert_eq!(
        opened.detected.repairs,
        [Repair::UnclosedQuotes {
            count: 1,
            first_line: 2
        }]
    );
}

#[test]
fn a_quote_closed_by_chance_lines_later_swallows_nothing() {
    let opened =
        open("Ref,Note,City\nA0,fine,Laval\nA1,\"broken,Lévis\nA2,fine,5\"\nA3,fine,Laval\n");
    assert_eq!(
        rows(&opened)[1..3],
        [["A1", "\"broken", "Lévis"], ["A2", "fine", "5\""]]
    );
    assert_eq!(
        opened.detected.repairs,
        [Repair::UnclosedQuotes {
            count: 1,
            first_line: 3
        }]
    );
}

#[test]
fn an_unclosed_quote_at_the_end_of_a_large_file_is_found_in_time() {
    let line = "A1,\"\"\"x,Lévis\n";
    let opened = open(format!(
        "Ref,Note,City\nA0,fine,Laval\n{}",
        line.repeat(100_000)
    ));
    assert_eq!(opened.detected.data_rows, 100_001);
}

#[test]
fn nul_bytes_are_left_out_and_told() {
    let opened = open("Ref,Name\nA1,Zo\0ë\nA2,Luc\0\0\n");
    assert_eq!(rows(&opened), [["A1", "Zoë"], ["A2", "Luc"]]);
    assert_eq!(opened.detected.repairs, [Repair::NulBytes { count: 3 }]);
}

#[test]
fn the_end_mark_of_dos_is_no_row() {
    assert_eq!(rows(&open("Ref,Name\r\nA1,Zoë\r\n\x1A")), [["A1", "Zoë"]]);
}

#[test]
fn ragged_rows_are_kept_and_told() {
    let opened = open("Ref,Name,City\nA1,Zoë\nA2,Luc,Lévis,extra\nA3,Ann,Laval\n");
    assert_eq!(rows(&opened)[1], ["A2", "Luc", "Lévis", "extra"]);
    let repairs = &opened.detected.repairs;
    assert!(
        repairs.contains(&Repair::ShortRows {
            count: 1,
            first_line: 2
        }),
        "{repairs:?}"
    );
    assert!(
        repairs.contains(&Repair::LongRows {
            count: 1,
            first_line: 3
        }),
        "{repairs:?}"
    );
    assert_eq!(
        (
            opened.detected.columns[3].name.as_str(),
            opened.detected.columns[3].title
        ),
        ("Column D", Title::Missing)
    );
}

#[test]
fn blank_rows_never_end_the_data() {
    let opened = open("Ref,Name\n\nA1,Zoë\n,\n   ,\t\n\nA2,Luc\n\n\n");
    assert_eq!(rows(&opened), [["A1", "Zoë"], ["A2", "Luc"]]);
    let detected = &opened.detected;
    assert_eq!(
        (
            detected.blank_rows,
            detected.first_data_line,
            detected.last_data_line
        ),
        (4, 3, 7)
    );
}

#[test]
fn repeated_and_missing_titles_get_names_of_their_own() {
    let opened = open("Ref,Phone,,Phone,\nA1,514-555-0101,x,514-555-0102,\n");
    let names: Vec<&str> = opened
        .detected
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    assert_eq!(names, ["Ref", "Phone", "Column C", "Phone (2)", "Column E"]);
    assert_eq!(opened.detected.empty_columns().collect::<Vec<_>>(), [4]);
    assert!(
        opened
            .detected
            .repairs
            .contains(&Repair::RepeatedTitles { count: 1 })
    );
    assert!(
        opened
            .detected
            .repairs
            .contains(&Repair::MissingTitles { count: 1 })
    );
}

#[test]
fn titles_above_and_totals_below_are_no_data() {
    let opened = open(
        "Garage Bélanger;;;\nDate :;2026-01-01;;\n\nRef;Nom;Ville;Solde\nA1;Total Énergie;Lévis;10,00\nA2;Luc;Laval;5,50\n;;;\n\
         Sous-total;;;15,50\nTOTAL GÉNÉRAL;;;15,50\nImprimé par Luc;;;\n",
    );
    let detected = &opened.detected;
    assert_eq!(
        (detected.header_line, detected.title_lines.as_slice()),
        (4, [1, 2].as_slice())
    );
    assert_eq!(
        (detected.data_rows, detected.total_lines.as_slice()),
        (2, [8, 9, 10].as_slice())
    );
    assert_eq!(rows(&opened)[0][1], "Total Énergie");
}

#[test]
fn a_file_without_titles_loses_no_row() {
    let opened = open("A1,Zoë,zoe@example.com\nA2,Luc,luc@example.com\n");
    assert_eq!(
        (opened.detected.header_line, opened.detected.data_rows),
        (0, 2)
    );
    assert_eq!(opened.detected.repairs, [Repair::NoTitles]);
    assert_eq!(opened.detected.columns[2].name, "Column C");
}

#[test]
fn leading_zeros_emoji_and_spaces_stay_as_they_are() {
    let opened = open("Ref,Name\n00042, Zoë 🚗\u{A0}\n5.14555E+09,x\n");
    assert_eq!(
        rows(&opened),
        [["00042", " Zoë 🚗\u{A0}"], ["5.14555E+09", "x"]]
    );
}

#[test]
fn an_apostrophe_that_kept_a_text_from_being_run_is_taken_off() {
    let guarded = "Name,Cell phone,Note\r\nZoë,'+15145550101,'=1+1\r\nLuc,514-555-0102,\"'=\"\"a\"\",b\"\r\nLéa,'007,''@x\r\n";
    let opened = open(guarded);
    assert_eq!(
        rows(&opened),
        [
            ["Zoë", "'+15145550101", "=1+1"],
            ["Luc", "514-555-0102", "=\"a\",b"],
            ["Léa", "'007", "'@x"]
        ]
    );
}

#[test]
fn a_text_called_workbook_is_read_and_the_name_reported() {
    for ending in ["xls", "xlsx", "ods"] {
        let opened = read::open(
            &format!("list.{ending}"),
            PEOPLE.as_bytes(),
            &Overrides::default(),
        )
        .unwrap();
        assert_eq!(opened.detected.format, Format::Text);
        assert_eq!(
            opened.detected.repairs,
            [Repair::WrongEnding {
                ending: ending.to_owned()
            }]
        );
    }
}

#[test]
fn a_cell_too_long_for_a_spreadsheet_is_kept_and_can_be_told() {
    let opened = open(format!(
        "Ref,Note\nA1,{}\nA2,{}\n",
        "é".repeat(32_767),
        "é".repeat(32_768)
    ));
    let cells: Vec<bool> = opened
        .data
        .iter()
        .map(|row| opened.table.cell(*row, 1).is_too_long())
        .collect();
    assert_eq!(cells, [false, true]);
    assert_eq!(
        opened.table.cell(opened.data[1], 1).text.chars().count(),
        32_768
    );
}

#[test]
fn the_widest_list_is_read_and_its_blank_edge_ignored() {
    let titles: Vec<String> = (1..=500).map(|number| format!("Title {number}")).collect();
    let opened = open(format!(
        "{}{}\n{}{}\n",
        titles.join(";"),
        ";".repeat(100),
        "x;".repeat(499),
        ";".repeat(300)
    ));
    assert_eq!(
        (
            opened.table.columns(),
            opened.detected.columns[499].name.as_str()
        ),
        (500, "Title 500")
    );
}

#[test]
fn blanks_before_a_quote_do_not_keep_it_from_quoting() {
    let opened = open(
        "\"Ref\", \"Name\", \"Cell\"\n\"A1\", \"Roy, Amélie\", \"514-844-5599\"\n \"A2\",  \"Big \"\"Luc\"\"\" , 5\n",
    );
    assert_eq!(
        rows(&opened),
        [
            ["A1", "Roy, Amélie", "514-844-5599"],
            ["A2", "Big \"Luc\"", " 5"]
        ]
    );
    let literal = open("Ref,Name,City\nA1, \"Big\" Luc,Lévis\nA2, \"Bob\",Laval\nA3,said, \"so\n");
    assert_eq!(
        rows(&literal),
        [
            ["A1", " \"Big\" Luc", "Lévis"],
            ["A2", "Bob", "Laval"],
            ["A3", "said", " \"so"]
        ]
    );
}

#[test]
fn many_quotes_behind_many_blanks_do_not_lead_back_to_them() {
    let (blanks, quotes) = (" ".repeat(1 << 20), "\"".repeat((1 << 20) + 1));
    let opened = open(format!("Ref,Name\nA1,{blanks}x{quotes}\nA2,Roy\n"));
    let name = format!("{blanks}x{quotes}");
    assert_eq!(rows(&opened), [["A1", &name], ["A2", "Roy"]]);
}

#[test]
fn a_long_line_of_quotes_that_are_never_closed_is_followed_once() {
    let line = "\"\"x,".repeat(400_000);
    let result = read::open("list.csv", line.as_bytes(), &Overrides::default());
    assert!(matches!(result, Err(ReadError::TooManyColumns { .. })));
}

#[test]
fn a_quote_that_opens_nothing_does_not_keep_others_from_it() {
    let opened = open("Ref,Name,City\n\"A1,\"Roy, Luc\",Lévis\nA2,\"Côté, Zoé\",Laval\n");
    assert_eq!(
        rows(&opened),
        [["\"A1", "Roy, Luc", "Lévis"], ["A2", "Côté, Zoé", "Laval"]]
    );
}

#[test]
fn blank_lines_at_the_beginning_do_not_tell_how_many_rows_there_will_be() {
    let list = format!(
        "{}Ref,Name\n{}",
        "\n".repeat(200_000),
        "A1,Roy\n".repeat(200_000)
    );
    assert_eq!(open(list).detected.data_rows, 200_000);
}

#[test]
fn a_title_line_above_does_not_make_a_quote_swallow_records() {
    let opened = open("Date;2026-01-01\nRef;Note;City\nA1;\"broken;Lévis\nA2;fine;5\"\n");
    assert_eq!(
        rows(&opened),
        [["A1", "\"broken", "Lévis"], ["A2", "fine", "5\""]]
    );
    let whole =
        open("Date;2026-01-01\nRef;Note;City\nA1;\"two\nlines\";Lévis\nA2;\"so\ntoo\";Laval\n");
    assert_eq!(
        rows(&whole),
        [["A1", "two\nlines", "Lévis"], ["A2", "so\ntoo", "Laval"]]
    );
}

#[test]
fn a_lone_semicolon_does_not_overthrow_the_comma() {
    let opened = open(
        "Ref,Price,Note\nA1,\"1,50\",x\nA2,\"2,50\",call; then wait\nA3,\"3,75\",\nA4,\"4,25\",\n",
    );
    assert_eq!(text(&opened).delimiter, Some(Delimiter::Comma));
    let lone = open("Prix\n\"1,50\"\n\"2,50\"\n");
    assert_eq!(lone.detected.columns.len(), 1);
    let numbers = open("Ref,A\n1,2\n3,4\n5,6\n7,8; or 9\n");
    assert_eq!(text(&numbers).delimiter, Some(Delimiter::Comma));
}
