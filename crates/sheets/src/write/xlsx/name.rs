//! Names of sheets, as Excel allows them.

/// In UTF-16 code units, as Excel counts.
const LONGEST: usize = 31;

/// The name of the sheet of that number, from 1: the first is called as the list, others have their number behind it.
pub(super) fn of_sheet(title: &str, number: usize) -> String {
    let suffix = if number > 1 {
        format!(" {number}")
    } else {
        String::new()
    };
    let clean = title.replace(
        |c: char| c.is_control() || "[]:*?/\\".contains(c) || matches!(c, '\u{FFFE}' | '\u{FFFF}'),
        " ",
    );
    // Nor may an apostrophe stand at either end.
    let is_outer = |c: char| c.is_whitespace() || c == '\'';
    let mut name = String::new();
    let mut room = LONGEST - suffix.len();
    for letter in clean.trim_matches(is_outer).chars() {
        let Some(left) = room.checked_sub(letter.len_utf16()) else {
            break;
        };
        room = left;
        name.push(letter);
    }
    name.truncate(name.trim_end_matches(is_outer).len());
    // Excel keeps this name for itself.
    if name.is_empty() || name.eq_ignore_ascii_case("history") {
        name.insert_str(0, "List ");
        name.truncate(name.trim_end().len());
    }
    name + &suffix
}

/// A sheet's name in a formula.
pub(super) fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_excel_does_not_allow() {
        assert_eq!(of_sheet("Customers", 1), "Customers");
        assert_eq!(of_sheet("Customers", 2), "Customers 2");
        assert_eq!(of_sheet("'[A]: B/C\\D*?'", 1), "A   B C D");
        assert_eq!(of_sheet(" ''' ", 1), "List");
        assert_eq!(of_sheet("HISTORY", 1), "List HISTORY");
        assert_eq!(of_sheet("L'été", 12), "L'été 12");
    }

    #[test]
    fn names_are_short_with_their_number() {
        let long = "🚗".repeat(40);
        assert_eq!(of_sheet(&long, 1), "🚗".repeat(15));
        assert_eq!(of_sheet(&long, 10), "🚗".repeat(14) + " 10");
        assert_eq!(of_sheet(&("x".repeat(30) + " y"), 1), "x".repeat(30));
    }

    #[test]
    fn apostrophes_are_doubled_in_formulas() {
        assert_eq!(quoted("L'été"), "'L''été'");
    }
}
