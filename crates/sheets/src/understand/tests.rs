use super::*;
use domain::account::Country as Land;
use proptest::prelude::*;

fn text(text: &str) -> Cell<'_> {
    Cell {
        kind: CellKind::Text,
        text,
    }
}

fn plans() -> Plans {
    Plans::new(Land::CANADA)
}

fn shown(reading: Reading, cell: Cell<'_>) -> String {
    match understand(reading, cell, &plans()).content {
        Content::Blank => "blank".to_owned(),
        Content::Problem(reason) => format!("problem: {reason}"),
        Content::Text(text) => text.into_owned(),
        Content::Texts(texts) => texts.join(" + "),
        Content::Name { first, last } => format!("{first} | {last}"),
        Content::Phone { phone, more } => std::iter::once(&phone)
            .chain(&more)
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" + "),
        Content::Date(date) => date.to_string(),
        Content::Number(number) => number.to_string(),
        Content::Yes(yes) => yes.to_string(),
        Content::Version(version) => version.to_string(),
    }
}

fn table(reading: Reading, rows: &[(&str, &str)]) {
    for (cell, expected) in rows {
        assert_eq!(shown(reading, text(cell)), *expected, "{cell:?}");
    }
}

#[test]
fn phones_are_understood_in_any_usual_spelling() {
    table(
        Reading::Phone,
        &[
            ("(514) 844-5599", "+15148445599"),
            ("514.844.5599", "+15148445599"),
            ("1 514 844 5599", "+15148445599"),
            ("+33 6 12 34 56 78", "+33612345678"),
            ("0033612345678", "+33612345678"),
            ("=\"5148445599\"", "+15148445599"),
            ("'5148445599", "+15148445599"),
            ("514\u{a0}844\u{2011}5599", "+15148445599"),
            ("\u{202a}514 844-5599\u{202c}", "+15148445599"),
            ("cell: 514-844-5599", "+15148445599"),
            ("514-844-5599 (maison)", "+15148445599"),
            ("514-844-5599 poste 22", "+15148445599"),
            ("514-844-5599 x22", "+15148445599"),
            ("123", "problem: not a valid phone number"),
            ("514-844-559", "problem: not a valid phone number"),
            ("418-5551 Bob", "problem: not a valid phone number"),
            ("000-000-0000", "blank"),
            ("N/A", "blank"),
        ],
    );
}

#[test]
fn phones_that_became_numbers_are_put_back() {
    table(
        Reading::Phone,
        &[
            ("5148445599.0", "+15148445599"),
            ("15148445599", "+15148445599"),
            ("5.148445599E+09", "+15148445599"),
            ("5,148445599E+09", "+15148445599"),
            (
                "5.14845E+09",
                "problem: digits were lost before the file was saved",
            ),
            ("447911123456", "+447911123456"),
            ("51484455999", "problem: not a valid phone number"),
        ],
    );
    let number = Cell {
        kind: CellKind::Number,
        text: "5148445599",
    };
    assert_eq!(shown(Reading::Phone, number), "+15148445599");
}

#[test]
fn of_several_phones_the_one_called_cell_is_taken_and_none_is_lost() {
    table(
        Reading::Phone,
        &[
            ("514-844-5599 / 418-340-2002", "+15148445599 + +14183402002"),
            (
                "H: 514-844-5599; C: 418-340-2002",
                "+14183402002 + +15148445599",
            ),
            ("514-844-5599 ou 514 844 5599", "+15148445599"),
            ("514-844-5599 / 123", "problem: not a valid phone number"),
        ],
    );
    table(
        Reading::Phones,
        &[("514-844-5599, 418-340-2002", "+15148445599 + +14183402002")],
    );
}

#[test]
fn numbers_keep_their_value_whatever_the_marks() {
    table(
        Reading::Number(DecimalMark::Comma),
        &[
            ("764,43", "764.43"),
            ("1\u{202f}234,50 $", "1234.5"),
            ("1.234,5", "1234.5"),
            ("1.234", "1234"),
            ("12.5", "12.5"),
            ("(12,00)", "-12"),
            ("-12", "-12"),
            ("12-", "-12"),
            ("\u{2212}3", "-3"),
            (",5", "0.5"),
            ("12 %", "12"),
            ("1 23", "problem: not a number"),
            ("514-844", "problem: not a number"),
            ("1,2,3", "problem: not a number"),
            ("douze", "problem: not a number"),
        ],
    );
    table(
        Reading::Number(DecimalMark::Point),
        &[
            ("1,234.50", "1234.5"),
            ("$1,234", "1234"),
            ("1'234.5", "1234.5"),
            ("CA$ 5", "5"),
            ("764,43", "764.43"),
            ("-", "blank"),
        ],
    );
}

#[test]
fn dates_are_understood_in_the_order_of_their_column_only() {
    let date = |order| Reading::Date(order, date::Century::Birth, date::Serials::From1900);
    table(
        date(Some(DateOrder::DayMonthYear)),
        &[
            ("09/05/1976", "1976-05-09"),
            ("9.5.76", "1976-05-09"),
            ("9 5 04", "2004-05-09"),
            ("1976-05-09", "1976-05-09"),
            ("3 mars 2024", "2024-03-03"),
            ("1er août 1999", "1999-08-01"),
            ("March 3rd, 2024", "2024-03-03"),
            ("Mon, 4 Mar 2024", "2024-03-04"),
            ("3-Mar-85", "1985-03-03"),
            ("25031980", "1980-03-25"),
            ("09/05/1976 14:30", "1976-05-09"),
            ("45085", "2023-06-08"),
            ("31/02/1980", "problem: no such date"),
            ("03/25/2024", "problem: no such date"),
            ("1985", "problem: no such date"),
            ("514-844-5599", "problem: no such date"),
            ("00/00/0000", "blank"),
        ],
    );
    table(
        date(Some(DateOrder::MonthDayYear)),
        &[
            ("09/05/1976", "1976-09-05"),
            ("25/03/2024", "problem: no such date"),
            ("29/02/2024", "problem: no such date"),
        ],
    );
    table(
        date(Some(DateOrder::YearMonthDay)),
        &[("76-05-09", "1976-05-09"), ("20240309", "2024-03-09")],
    );
    table(
        date(None),
        &[
            ("09/05/1976", "problem: no such date"),
            ("04/04/2024", "2024-04-04"),
            ("2024-05-09", "2024-05-09"),
        ],
    );
    let real = Cell {
        kind: CellKind::Date,
        text: "2024-05-09T00:00:00",
    };
    assert_eq!(
        understand(date(None), real, &plans()),
        Understood::plain(Content::Date(NaiveDate::from_ymd_opt(2024, 5, 9).unwrap()))
    );
}

#[test]
fn times_are_understood() {
    for (text, expected) in [
        ("14:30", Some("14:30")),
        ("2:30 PM", Some("14:30")),
        ("12 a.m.", Some("00:00")),
        ("9h", Some("09:00")),
        ("14 h 30", Some("14:30")),
        ("08:00:00", Some("08:00")),
        ("1899-12-31T08:15:00", Some("08:15")),
        ("25:00", None),
        ("13 pm", None),
        ("14", None),
        ("soon", None),
    ] {
        assert_eq!(
            date::time(text)
                .map(|t| t.format("%H:%M").to_string())
                .as_deref(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn full_names_are_split() {
    table(
        Reading::Name(NameOrder::FirstLast),
        &[
            ("Amélie Roy", "Amélie | Roy"),
            ("Jean  Marc   Roy", "Jean Marc | Roy"),
            ("Ludwig van Beethoven", "Ludwig | van Beethoven"),
            ("Maria de la Cruz", "Maria | de la Cruz"),
            ("Le Van", "Le | Van"),
            ("Roy, Amélie", "Amélie | Roy"),
            ("John Smith, Jr.", "John | Smith, Jr."),
            ("Cher", "Cher | "),
        ],
    );
    table(
        Reading::Name(NameOrder::LastFirst),
        &[
            ("Roy, Amélie", "Amélie | Roy"),
            ("Roy Amélie", "Amélie | Roy"),
            ("De La Cruz Maria", "Maria | De La Cruz"),
            ("Roy", " | Roy"),
        ],
    );
}

#[test]
fn words_of_two_languages_are_understood() {
    table(
        Reading::YesOrNo,
        &[
            ("Yes", "true"),
            ("OUI", "true"),
            ("N", "false"),
            ("no", "false"),
            ("0", "false"),
            ("2026-03-04", "true"),
            ("maybe", "problem: a value of another type"),
        ],
    );
    table(
        Reading::Country,
        &[
            ("Canada", "CA"),
            ("États-Unis", "US"),
            ("U.S.A.", "US"),
            ("fr", "FR"),
            ("Mars", "problem: not a country code of two letters"),
        ],
    );
    table(
        Reading::Language,
        &[
            ("Français", "fr"),
            ("English", "en"),
            ("fr-CA", "fr"),
            ("Klingon", "problem: not a language code of two letters"),
        ],
    );
}

#[test]
fn emails_are_understood_with_what_surrounds_them() {
    table(
        Reading::Email,
        &[
            ("A.Roy@Example.com", "a.roy@example.com"),
            ("mailto:a@b.ca", "a@b.ca"),
            ("Amélie Roy <a@b.ca>", "a@b.ca"),
            ("a@b.ca;", "a@b.ca"),
            ("a@b.ca; c@d.ca", "a@b.ca"),
            ("a@b.ca or 514", "problem: not an e-mail address"),
            ("none", "blank"),
        ],
    );
}

#[test]
fn references_keep_leading_zeros_and_say_when_digits_are_lost() {
    table(
        Reading::Reference,
        &[
            ("00123", "00123"),
            (" C-1 ", "C-1"),
            ("1001.0", "1001"),
            ("12E5", "12E5"),
            (
                "1.23E+11",
                "problem: digits were lost before the file was saved",
            ),
        ],
    );
}

#[test]
fn formulas_without_results_are_blank_and_errors_are_problems() {
    let formula = understand(
        Reading::Number(DecimalMark::Point),
        Cell {
            kind: CellKind::FormulaWithoutValue,
            text: "1+0",
        },
        &plans(),
    );
    assert_eq!(
        formula,
        Understood::repaired(Content::Blank, CellRepair::FormulaWithoutValue)
    );
    let error = understand(
        Reading::Text,
        Cell {
            kind: CellKind::Error,
            text: "#N/A",
        },
        &plans(),
    );
    assert_eq!(
        error.content,
        Content::Problem(CellReason::SpreadsheetError)
    );
}

const READINGS: &[Reading] = &[
    Reading::Reference,
    Reading::Text,
    Reading::LongText,
    Reading::Email,
    Reading::Country,
    Reading::Language,
    Reading::Texts(Separator::Comma),
    Reading::Phone,
    Reading::Phones,
    Reading::Name(NameOrder::FirstLast),
    Reading::Name(NameOrder::LastFirst),
    Reading::Number(DecimalMark::Comma),
    Reading::Date(
        Some(DateOrder::DayMonthYear),
        date::Century::Near,
        date::Serials::From1900,
    ),
];

fn kind(reading: Reading) -> SlotKind {
    match reading {
        Reading::Reference => SlotKind::Reference,
        Reading::LongText => SlotKind::LongText,
        Reading::Email => SlotKind::Email,
        Reading::Country => SlotKind::Country,
        Reading::Language => SlotKind::Language,
        Reading::Texts(_) => SlotKind::Texts,
        Reading::Phone => SlotKind::Phone,
        Reading::Phones => SlotKind::Phones,
        Reading::Number(_) => SlotKind::Number,
        Reading::Date(..) => SlotKind::Date,
        _ => SlotKind::Text,
    }
}

fn values(content: Content<'_>) -> Vec<Value> {
    match content {
        Content::Blank | Content::Problem(_) | Content::Yes(_) | Content::Version(_) => Vec::new(),
        Content::Text(text) => vec![Value::Text(text.into_owned())],
        Content::Texts(texts) => Value::texts(&texts).into_iter().collect(),
        Content::Name { first, last } => [first, last]
            .iter()
            .filter_map(|part| Value::text(part))
            .collect(),
        Content::Phone { phone, .. } => vec![Value::Text(phone.to_string())],
        Content::Date(date) => vec![Value::Date(date)],
        Content::Number(number) => vec![Value::Number(number)],
    }
}

proptest! {
    #[test]
    fn what_is_understood_is_in_its_final_form(cell in "\\PC{0,40}|[0-9 ().+x/-]{0,20}|[a-zé ,\u{a0}\n\t]{0,30}", kind_of in 0..4_usize) {
        let kinds = [CellKind::Text, CellKind::Number, CellKind::Date, CellKind::Bool];
        let plans = plans();
        for reading in READINGS {
            let cell = Cell { kind: kinds[kind_of], text: &cell };
            for value in values(understand(*reading, cell, &plans).content) {
                prop_assert_eq!(contact::check(kind(*reading), value.clone(), &E164Only), Ok(Some(value)), "{:?}", reading);
            }
        }
    }

    #[test]
    fn numbers_survive_every_way_of_writing_them(whole in 0_i64..10_000_000_000, decimals in 0_u32..100, negative: bool, style in 0..4_usize) {
        let digits = whole.to_string();
        let grouped = |mark: char| {
            let mut out = String::new();
            for (i, c) in digits.chars().enumerate() {
                if i > 0 && (digits.len() - i).is_multiple_of(3) { out.push(mark); }
                out.push(c);
            }
            out
        };
        let (text, mark) = match style {
            0 => (format!("{}.{decimals:02}", grouped(',')), DecimalMark::Point),
            1 => (format!("{},{decimals:02}", grouped('\u{202f}')), DecimalMark::Comma),
            2 => (format!("{},{decimals:02}", grouped('.')), DecimalMark::Comma),
            _ => (format!("{}.{decimals:02}", grouped('\'')), DecimalMark::Point),
        };
        let text = if negative { format!("-{text}") } else { text };
        let plain = format!("{}{whole}.{decimals:02}", if negative { "-" } else { "" });
        let expected: Number = plain.parse().unwrap();
        prop_assert_eq!(understand(Reading::Number(mark), Cell { kind: CellKind::Text, text: &text }, &plans()).content, Content::Number(expected));
    }

    #[test]
    fn dates_survive_every_way_of_writing_them(days in 0_u64..55_000, style in 0..6_usize) {
        let date = NaiveDate::from_ymd_opt(1930, 1, 1).unwrap() + chrono::Days::new(days);
        let (format, order) = [
            ("%Y-%m-%d", None),
            ("%d/%m/%Y", Some(DateOrder::DayMonthYear)),
            ("%m.%d.%Y", Some(DateOrder::MonthDayYear)),
            ("%-d %B %Y", None),
            ("%b %-d, %Y", None),
            ("%Y%m%d", Some(DateOrder::YearMonthDay)),
        ][style];
        let text = date.format(format).to_string();
        let read = understand(Reading::Date(order, date::Century::Near, date::Serials::From1900), Cell { kind: CellKind::Text, text: &text }, &plans());
        prop_assert_eq!(read.content, Content::Date(date));
    }

    #[test]
    fn phones_survive_being_printed(area in prop::sample::select(&[514_u32, 418, 613, 819, 581][..]), exchange in 210_u32..990, line in 0_u32..10_000, style in 0..6_usize) {
        let text = match style {
            0 => format!("({area}) {exchange}-{line:04}"),
            1 => format!("{area}.{exchange}.{line:04}"),
            2 => format!("+1{area}{exchange}{line:04}"),
            3 => format!("{area}{exchange}{line:04}.0"),
            4 => format!("1-{area}-{exchange}-{line:04} cell"),
            _ => format!("{area} {exchange} {line:04}"),
        };
        prop_assume!(E164::parse(&format!("{area}{exchange}{line:04}"), Land::CANADA).is_ok());
        prop_assert_eq!(shown(Reading::Phone, Cell { kind: CellKind::Text, text: &text }), format!("+1{area}{exchange}{line:04}"));
    }
}

#[test]
fn an_apostrophe_that_kept_digits_a_text_is_no_part_of_them() {
    assert_eq!(bare("'00123"), "00123");
    assert_eq!(bare(" '514-844-5599 "), "514-844-5599");
    for text in ["'08 Civic", "'90s kids'", "'t Hooft", "12'", "''1", "'"] {
        assert_eq!(bare(text), text);
    }
    assert_eq!(bare("'80"), "80");
}

#[test]
fn zeros_that_a_program_left_off_the_end_of_a_phone_come_back() {
    let whole = |digits: &str| Some(number::Scientific::Whole(digits.to_owned()));
    assert_eq!(number::scientific("4.385551234E9"), whole("4385551234"));
    assert_eq!(number::scientific("4.3855512E9"), whole("4385551200"));
    for cut in ["5.14555E+09", "4.3855512E+9", "5.1E9", "4.38555123456E9"] {
        let missing = Some(number::Scientific::DigitsMissing);
        assert_eq!(number::scientific(cut), missing, "{cut}");
    }
}

#[test]
fn quotes_keep_a_separator_in_a_text_of_a_collection() {
    let texts = |separator, text: &str| {
        let cell = Cell {
            kind: CellKind::Text,
            text,
        };
        match understand(Reading::Texts(separator), cell, &plans()).content {
            Content::Texts(texts) => texts.into_iter().map(Cow::into_owned).collect(),
            _ => Vec::new(),
        }
    };
    assert_eq!(
        texts(Separator::Comma, "a, \"b, c\", \"\"\"d\"\" e\", 5\""),
        ["a", "b, c", "\"d\" e", "5\""]
    );
    assert_eq!(texts(Separator::Slash, "\"a/b\"/\"c"), ["a/b", "\"c"]);
    let long = format!("\"\"\"{}\"", "x".repeat(TEXT_MAX));
    assert_eq!(texts(Separator::Comma, &long), Vec::<String>::new());
}
