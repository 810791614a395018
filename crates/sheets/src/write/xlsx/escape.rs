//! Text in XML.

use crate::write::short;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Plain,
    Markup,
    /// Control characters, line breaks and tabs among them, and what may begin `_xHHHH_`, U+FFFE or U+FFFF.
    Special,
}

/// What needs another form, or may, by its first byte.
const CLASS: [Class; 256] = {
    let mut class = [Class::Plain; 256];
    let mut byte = 0;
    while byte < b' ' as usize {
        class[byte] = Class::Special;
        byte += 1;
    }
    class[b'&' as usize] = Class::Markup;
    class[b'<' as usize] = Class::Markup;
    class[b'>' as usize] = Class::Markup;
    class[b'_' as usize] = Class::Special;
    class[0xEF] = Class::Special;
    class
};

/// Appends a text that stands as it is but for markup. `false`, and something of it is appended: there is more to it, such as a
/// line break or a blank at an end, of which some programs make something else outside of rich texts.
#[inline]
pub(super) fn push_plain(out: &mut Vec<u8>, text: &str) -> bool {
    let bytes = text.as_bytes();
    if has_outer_space(text) {
        return false;
    }
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let escaped: &[u8] = match CLASS[usize::from(*byte)] {
            Class::Plain => continue,
            Class::Markup => match *byte {
                b'&' => b"&amp;",
                b'<' => b"&lt;",
                _ => b"&gt;",
            },
            Class::Special if *byte == b'_' && !begins_an_escape(&bytes[at..]) => continue,
            Class::Special => return false,
        };
        out.extend_from_slice(&bytes[from..at]);
        out.extend_from_slice(escaped);
        from = at + 1;
    }
    short::push(out, &bytes[from..]);
    true
}

/// Appends the text of a cell. What XML cannot hold, or would change, is written `_xHHHH_`, and an underscore that begins
/// such letters too (`ST_Xstring`, ECMA-376 part 1, 22.9.2.19).
pub(super) fn push_cell(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if CLASS[usize::from(*byte)] == Class::Plain {
            continue;
        }
        let (escaped, len): (&[u8], usize) = match *byte {
            b'&' => (b"&amp;", 1),
            b'<' => (b"&lt;", 1),
            b'>' => (b"&gt;", 1),
            b'_' if begins_an_escape(&bytes[at..]) => (b"_x005F_", 1),
            b'_' | b'\t' | b'\n' => continue,
            0xEF => match bytes.get(at + 1..at + 3) {
                Some([0xBF, 0xBE]) => (b"_xFFFE_", 3),
                Some([0xBF, 0xBF]) => (b"_xFFFF_", 3),
                _ => continue,
            },
            control => (&control_escape(control), 1),
        };
        out.extend_from_slice(&bytes[from..at]);
        out.extend_from_slice(escaped);
        from = at + len;
    }
    out.extend_from_slice(&bytes[from..]);
}

/// `_xHHHH_`.
fn begins_an_escape(bytes: &[u8]) -> bool {
    match bytes.get(..7) {
        Some([b'_', b'x', digits @ .., b'_']) => digits.iter().all(u8::is_ascii_hexdigit),
        _ => false,
    }
}

fn control_escape(control: u8) -> [u8; 7] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |four_bits: u8| DIGITS[usize::from(four_bits & 15)];
    [
        b'_',
        b'x',
        b'0',
        b'0',
        digit(control >> 4),
        digit(control),
        b'_',
    ]
}

/// Whether a reader of XML may drop white space at the ends of a text, unless told to keep it.
pub(super) const fn has_outer_space(text: &str) -> bool {
    let (first, last) = (text.as_bytes().first(), text.as_bytes().last());
    matches!(first, Some(b' ' | b'\t' | b'\n' | b'\r'))
        || matches!(last, Some(b' ' | b'\t' | b'\n' | b'\r'))
}

/// A text outside cells, also within double quotes: without what XML cannot hold.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            letter if letter.is_control() => plain.push(' '),
            letter => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut out = Vec::new();
        push_cell(&mut out, text);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn markup_is_escaped_and_other_letters_are_not() {
        assert_eq!(cell("a<b>&\"c'\té\n🚗"), "a&lt;b&gt;&amp;\"c'\té\n🚗");
        assert_eq!(
            cell("snake_case_x _x12_ _xZZZZ_"),
            "snake_case_x _x12_ _xZZZZ_"
        );
    }

    #[test]
    fn what_xml_cannot_hold_has_four_digits() {
        assert_eq!(
            cell("a\u{1}\u{1F}\r\u{FFFF}ﬁ"),
            "a_x0001__x001F__x000D__xFFFF_ﬁ"
        );
    }

    #[test]
    fn letters_that_look_like_an_escape_are_none() {
        assert_eq!(cell("_x0041_x0042_"), "_x005F_x0041_x005F_x0042_");
        assert_eq!(cell("__xabCD_"), "__x005F_xabCD_");
    }

    #[test]
    fn attributes_hold_no_quotes_or_control_characters() {
        assert_eq!(plain("a\"<b>\u{7}&\u{FFFE}"), "a&quot;&lt;b&gt; &amp;");
    }
}
