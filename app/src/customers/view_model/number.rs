//! Numbers as people type and read them.

use domain::{error::Invalid, value::Number};

/// How a language writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Punctuation {
    pub decimal: char,
    pub group: char,
}

impl Punctuation {
    pub const ENGLISH: Self = Self {
        decimal: '.',
        group: ',',
    };
    /// Groups are parted by a narrow no-break space.
    pub const FRENCH: Self = Self {
        decimal: ',',
        group: '\u{202f}',
    };
}

/// Reads `1 234,5`, `1,234.5`, `12,5` and `-3`. Where a sign could be either, as in `1,234`, the language decides.
pub fn read_number(text: &str, punctuation: Punctuation) -> Result<Number, Invalid> {
    let text = text.trim().replace('\u{2212}', "-");
    let (sign, body) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |body| ("-", body.trim_start()));
    let (whole, fraction) = split_at_decimal(body, punctuation);
    let groups: Vec<&str> = whole
        .split(|c: char| c.is_whitespace() || ",.'\u{2019}".contains(c))
        .collect();
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let grouped = match groups.as_slice() {
        [only] => all_digits(only),
        [first, rest @ ..] => {
            (1..=3).contains(&first.len())
                && all_digits(first)
                && rest.iter().all(|g| g.len() == 3 && all_digits(g))
        }
        [] => false,
    };
    let empty = groups.iter().all(|g| g.is_empty()) && fraction.is_empty();
    if !grouped || !all_digits(fraction) || empty {
        return Err(Invalid::NotANumber);
    }
    let whole = if whole.is_empty() {
        "0".to_owned()
    } else {
        groups.concat()
    };
    let fraction = if fraction.is_empty() { "0" } else { fraction };
    format!("{sign}{whole}.{fraction}")
        .parse()
        .map_err(|_| Invalid::NotANumber)
}

fn split_at_decimal(body: &str, punctuation: Punctuation) -> (&str, &str) {
    let marks: Vec<(usize, char)> = body
        .char_indices()
        .filter(|(_, c)| matches!(c, '.' | ','))
        .collect();
    let decimal = match marks.as_slice() {
        [] => None,
        [(at, mark)] => {
            let reads_as_group =
                *mark == punctuation.group && body.len() - at == 4 && (1..=3).contains(at);
            (!reads_as_group).then_some(*at)
        }
        [(_, first), .., (at, last)] => (first != last).then_some(*at),
    };
    decimal.map_or((body, ""), |at| (&body[..at], &body[at + 1..]))
}

/// As the language writes it, in groups of three digits.
pub fn write_number(number: Number, punctuation: Punctuation) -> String {
    let plain = number.to_string();
    let (sign, plain) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |rest| ("-", rest));
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut text = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(punctuation.group);
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push(punctuation.decimal);
        text.push_str(fraction);
    }
    text
}

/// As the language writes it, without groups: what stands in an input.
pub fn edit_number(number: Number, punctuation: Punctuation) -> String {
    number
        .to_string()
        .replace('.', &punctuation.decimal.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, punctuation: Punctuation) -> Result<String, Invalid> {
        read_number(text, punctuation).map(|number| number.to_string())
    }

    #[test]
    fn a_decimal_comma_and_a_decimal_point_both_read() {
        for punctuation in [Punctuation::ENGLISH, Punctuation::FRENCH] {
            assert_eq!(read("12,5", punctuation), Ok("12.5".to_owned()));
            assert_eq!(read("12.5", punctuation), Ok("12.5".to_owned()));
            assert_eq!(read("1 234,5", punctuation), Ok("1234.5".to_owned()));
            assert_eq!(
                read("1,234,567.89", punctuation),
                Ok("1234567.89".to_owned())
            );
            assert_eq!(
                read("1.234.567,89", punctuation),
                Ok("1234567.89".to_owned())
            );
            assert_eq!(read("\u{2212}3", punctuation), Ok("-3".to_owned()));
            assert_eq!(read(".5", punctuation), Ok("0.5".to_owned()));
        }
    }

    #[test]
    fn the_language_decides_what_one_comma_before_three_digits_means() {
        assert_eq!(read("1,234", Punctuation::ENGLISH), Ok("1234".to_owned()));
        assert_eq!(read("1,234", Punctuation::FRENCH), Ok("1.234".to_owned()));
    }

    #[test]
    fn what_is_no_number_is_refused_and_never_guessed() {
        for text in [
            "",
            "-",
            ",",
            "twelve",
            "12a",
            "1 23",
            "1,23,4",
            "12 34,5",
            "1,234.5.6",
            "--1",
        ] {
            assert_eq!(
                read(text, Punctuation::ENGLISH),
                Err(Invalid::NotANumber),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_written_number_reads_back() {
        for text in ["0", "1234567.891", "-1000", "999", "0.25"] {
            let number: Number = text.parse().unwrap();
            for punctuation in [Punctuation::ENGLISH, Punctuation::FRENCH] {
                assert_eq!(
                    read_number(&edit_number(number, punctuation), punctuation),
                    Ok(number)
                );
                assert_eq!(
                    read_number(&write_number(number, punctuation), punctuation),
                    Ok(number)
                );
            }
        }
        assert_eq!(
            write_number("1234567.5".parse().unwrap(), Punctuation::FRENCH),
            "1\u{202f}234\u{202f}567,5"
        );
    }
}
