//! Which number formats mean dates, and which codes.

use super::value::Meaning;

/// The formats that every workbook has without declaring them.
pub(super) const fn built_in(id: u32) -> Meaning {
    match id {
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Meaning::Date,
        18..=21 | 32..=35 | 45 | 47 | 55 | 56 => Meaning::Time,
        46 => Meaning::Elapsed,
        _ => Meaning::Number,
    }
}

/// A format code such as `dd/mm/yyyy;@` or `[$-40C]d mmmm yyyy`. Quoted, escaped and bracketed text means nothing, but for
/// `[h]`, `[mm]`, `[ss]`.
pub(super) fn of_code(code: &str) -> Meaning {
    if let Some(width) = padding(code) {
        return Meaning::Padded(width);
    }
    let (mut has_date, mut has_clock, mut has_month) = (false, false, false);
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            // Only the first section formats positive numbers.
            ';' => break,
            '"' => {
                letters.by_ref().find(|letter| *letter == '"');
            }
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => {
                let inside: String = letters
                    .by_ref()
                    .take_while(|letter| *letter != ']')
                    .collect();
                let is_elapsed = ['h', 'm', 's'].into_iter().any(|unit| {
                    !inside.is_empty()
                        && inside
                            .chars()
                            .all(|letter| letter.eq_ignore_ascii_case(&unit))
                });
                if is_elapsed {
                    return Meaning::Elapsed;
                }
            }
            'y' | 'Y' | 'd' | 'D' => has_date = true,
            'h' | 'H' | 's' | 'S' => has_clock = true,
            'm' | 'M' => has_month = true,
            // `General` has no unit letter but for those of other words; digits mean a number.
            'G' | 'g' if letters.as_str().to_ascii_lowercase().starts_with("eneral") => {
                return Meaning::Number;
            }
            'A' | 'a' if letters.as_str().to_ascii_lowercase().starts_with("m/pm") => {
                has_clock = true;
                letters.by_ref().nth(3);
            }
            'E' | 'e' if letters.as_str().starts_with(['+', '-']) => return Meaning::Number,
            '#' | '?' => return Meaning::Number,
            _ => {}
        }
    }
    if has_date || (has_month && !has_clock) {
        Meaning::Date
    } else if has_clock {
        Meaning::Time
    } else {
        Meaning::Number
    }
}

/// How many digits a format such as `00000` or `[$-409]00000;@` shows, if it shows nothing else.
fn padding(code: &str) -> Option<usize> {
    /// Numbers in files have no more digits than this that mean anything.
    const MOST: usize = 15;
    let section = code.split(';').next()?;
    let zeros = match section.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.1,
        None => section,
    };
    let is_code = (2..=MOST).contains(&zeros.len()) && zeros.bytes().all(|byte| byte == b'0');
    is_code.then_some(zeros.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_mean_what_spreadsheets_show() {
        for code in [
            "yyyy-mm-dd",
            "dd/mm/yyyy;@",
            "[$-40C]d mmmm yyyy",
            "mmm",
            "m/d/yy h:mm",
            "\"le \"d/m/yyyy",
            "aaaa yyyy",
        ] {
            assert_eq!(of_code(code), Meaning::Date, "{code}");
        }
        for code in ["h:mm AM/PM", "mm:ss.0", "hh:mm:ss"] {
            assert_eq!(of_code(code), Meaning::Time, "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0 \"days\"",
            "[Red]-0",
            "0.00E+00",
            "\\d0",
            "@",
            "0_);(0)",
            "[$$-1009]#,##0.00",
        ] {
            assert_eq!(of_code(code), Meaning::Number, "{code}");
        }
        assert_eq!(of_code("[h]:mm"), Meaning::Elapsed);
        assert_eq!(of_code("00000"), Meaning::Padded(5));
        assert_eq!(of_code("[<=99999]00000;00000\\-0000"), Meaning::Padded(5));
        assert_eq!(built_in(14), Meaning::Date);
        assert_eq!(built_in(2), Meaning::Number);
    }
}
