//! Texts that a spreadsheet program would run when it opens delimited text, and the apostrophe that keeps it from that
//! (OWASP, "CSV Injection").
//!
//! The writer puts one apostrophe before a text exactly where the reader takes one off, so that every text comes back,
//! those too that began with apostrophes.

/// What makes a formula of a cell; the last four do where text is typed in full width.
const TRIGGERS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Whether the text needs one apostrophe more in front.
#[inline]
pub(crate) fn needs_guard(text: &str) -> bool {
    let first = text.as_bytes().first();
    !first.is_none_or(u8::is_ascii_alphanumeric) && would_run(text)
}

fn would_run(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    // Phones are by far the most: they are told first.
    !is_number_or_phone(bare) && bare.starts_with(TRIGGERS)
}

/// Whether the first letter of the text is an apostrophe that guards it.
pub(crate) fn is_guarded(text: &str) -> bool {
    text.starts_with('\'') && needs_guard(text)
}

/// `-12.5`, `+1 (514) 555-1234`: run as a formula it is at worst another number, and lists are full of them.
fn is_number_or_phone(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '(' || c == '.')
        && digits
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b' ' | b'.' | b'(' | b')' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_run_is_guarded() {
        for text in [
            "=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''+a", "--1", "+", "-", "＝1",
        ] {
            assert!(needs_guard(text), "{text}");
            assert!(is_guarded(&format!("'{text}")), "{text}");
        }
    }

    #[test]
    fn plain_numbers_and_phones_stay_as_they_are() {
        for text in [
            "-12.5",
            "+15145551234",
            "+1 (514) 555-1234",
            "-.5",
            "'+15145551234",
            "'007",
            "'t Hooft",
            "1=1",
            "a@b.c",
            "",
            "'",
        ] {
            assert!(!needs_guard(text), "{text}");
            assert!(!is_guarded(text), "{text}");
        }
    }
}
