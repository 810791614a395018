//! What characters a text is made of, in one pass.

pub(super) const SEMICOLON: u16 = 1;
pub(super) const BAR: u16 = 1 << 1;
pub(super) const LINE_BREAK: u16 = 1 << 2;
pub(super) const COMMA: u16 = 1 << 3;
pub(super) const SLASH: u16 = 1 << 4;
pub(super) const AT: u16 = 1 << 5;
pub(super) const COLON: u16 = 1 << 6;
pub(super) const SPACE: u16 = 1 << 7;
/// What stands in no phone number, letters among them; beyond ASCII nothing is.
const NOT_OF_PHONE: u16 = 1 << 8;

/// What a text that has a byte holds.
const HELD: [u16; 256] = {
    let mut held = [0; 256];
    let mut byte = 0;
    while byte < 0x80 {
        held[byte as usize] = match byte {
            b';' => SEMICOLON | NOT_OF_PHONE,
            b'|' => BAR | NOT_OF_PHONE,
            b'\n' => LINE_BREAK | NOT_OF_PHONE,
            b',' => COMMA | NOT_OF_PHONE,
            b'@' => AT | NOT_OF_PHONE,
            b':' => COLON | NOT_OF_PHONE,
            b'/' => SLASH,
            b' ' => SPACE,
            b'0'..=b'9' | b'-' | b'.' | b'(' | b')' | b'+' => 0,
            _ => NOT_OF_PHONE,
        };
        byte += 1;
    }
    held
};

/// Counts of ASCII characters, and which marks a text holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub(super) digits: usize,
    pub(super) letters: usize,
    pub(super) dashes: usize,
    held: u16,
}

impl Shape {
    pub(super) fn of(text: &str) -> Self {
        let mut shape = Self::default();
        for byte in text.bytes() {
            shape.digits += usize::from(byte.is_ascii_digit());
            shape.letters += usize::from(byte.is_ascii_alphabetic());
            shape.dashes += usize::from(byte == b'-');
            shape.held |= HELD[usize::from(byte)];
        }
        shape
    }

    /// Whether it holds one of the marks.
    pub(super) const fn holds(&self, marks: u16) -> bool {
        self.held & marks != 0
    }

    /// Nothing but digits and what stands between those of a phone number.
    pub(super) const fn is_of_phone(&self) -> bool {
        !self.holds(NOT_OF_PHONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        profile::{DateTally, NumberTally},
        understand::{
            date::Parts,
            number::{Says, says},
        },
    };
    use proptest::prelude::*;

    #[test]
    fn a_shape_counts_characters_and_knows_marks() {
        let shape = Shape::of("É (514) 555-0199; x2");
        assert_eq!((shape.digits, shape.letters, shape.dashes), (11, 1, 1));
        assert!(shape.holds(SEMICOLON) && shape.holds(SPACE) && !shape.holds(COMMA | AT));
        assert!(!shape.is_of_phone() && Shape::of("+1 (514) 555.0199").is_of_phone());
    }

    proptest! {
        #[test]
        fn no_shape_hides_a_number_or_a_date(text in "[0-9]{0,4}[-/:,.+() $a0-9]{0,4}[0-9]{0,8}[-/:@% T]{0,2}[0-9]{0,4}[-)$]{0,2}") {
            let shape = Shape::of(&text);
            let (mut numbers, mut dates) = (NumberTally::default(), DateTally::default());
            numbers.add_text(0, &text, &shape);
            dates.add_text(0, &text, &shape);
            prop_assert_eq!(numbers.numbers == 1, says(&text) != Says::NotANumber);
            if shape.digits <= 14 && Parts::of(&text).is_some_and(|parts| !parts.packed()) {
                prop_assert_eq!(dates.written, 1);
            }
        }
    }
}
