//! Numbers in plain digits.

use super::short;

pub(super) fn push_whole(out: &mut Vec<u8>, number: u64) {
    let mut text = [0; 20];
    let (mut at, mut rest) = (text.len(), number);
    while at > 0 && (rest > 0 || at == text.len()) {
        at -= 1;
        text[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
    short::push(out, &text[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_least_and_the_largest_are_printed() {
        for number in [0, u64::MAX] {
            let mut out = Vec::new();
            push_whole(&mut out, number);
            assert_eq!(out, number.to_string().as_bytes());
        }
    }

    proptest! {
        #[test]
        fn numbers_print_as_they_do_elsewhere(number: u64, shift in 0_u32..64) {
            let mut out = Vec::new();
            push_whole(&mut out, number >> shift);
            prop_assert_eq!(out, (number >> shift).to_string().into_bytes());
        }
    }
}
