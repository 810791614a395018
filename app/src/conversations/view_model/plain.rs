//! The text of a composer with plain letters, its variables as they are: a variable is found by its name.

use domain::segment;

pub(in crate::conversations) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = unescaped(rest, '{') {
        let (before, variable) = rest.split_at(open);
        let end = unescaped(variable, '}').map_or(variable.len(), |at| at + 1);
        let (variable, after) = variable.split_at(end);
        plain.push_str(&segment::plainer(before));
        plain.push_str(variable);
        rest = after;
    }
    plain.push_str(&segment::plainer(rest));
    plain
}

/// Where a character stands that has no backslash before it.
fn unescaped(text: &str, wanted: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let found = c == wanted && !escaped;
        escaped = c == '\\' && !escaped;
        found.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_outside_of_variables_become_plain() {
        assert_eq!(
            plain("L\u{2019}auto de {l\u{2019}ami|l\u{2019}autre} \u{2013} pr\u{ea}te\u{2026}"),
            "L'auto de {l\u{2019}ami|l\u{2019}autre} - pr\u{ea}te..."
        );
        assert_eq!(plain("\\{\u{2019}} \u{2019}"), "\\{'} '");
        assert_eq!(plain("\u{2026}{a\u{2019}"), "...{a\u{2019}");
    }
}
