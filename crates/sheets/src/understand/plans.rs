//! What cells are read with: the numbering plans, asked once for each exchange, and who wrote the file.

use domain::{account::Country, phone::E164};
use std::{cell::RefCell, collections::HashMap};

/// Reads phone numbers of one account.
#[derive(Debug)]
pub(crate) struct Plans {
    country: Country,
    /// The file is an export of our own: its texts are read as they stand, for nothing was put in front of them, and no
    /// reference lost a digit.
    pub(crate) exact: bool,
    /// In the North American plan a number is valid or not by its first six digits, area code and exchange; most of a
    /// shop's customers share a few hundred of them. Asking the plan takes some microseconds, which is long for 100,000 rows.
    exchanges: Option<RefCell<HashMap<u32, bool>>>,
}

impl Plans {
    pub(crate) fn new(country: Country) -> Self {
        let north_american = matches!(country.as_str(), "CA" | "US");
        Self {
            country,
            exact: false,
            exchanges: north_american.then(RefCell::default),
        }
    }

    pub(super) fn read(&self, text: &str) -> Option<E164> {
        let Some((digits, exchanges)) = north_american(text).zip(self.exchanges.as_ref()) else {
            return E164::parse(text, self.country).ok();
        };
        let digits = std::str::from_utf8(&digits).ok()?;
        let exchange = digits.get(..6)?.parse().ok()?;
        let international = || E164::new(&format!("+1{digits}")).ok();
        let known = exchanges.borrow().get(&exchange).copied();
        let valid = known.unwrap_or_else(|| {
            let valid = E164::parse(digits, self.country).is_ok();
            exchanges.borrow_mut().insert(exchange, valid);
            valid
        });
        if valid { international() } else { None }
    }
}

/// The ten digits of a number that is written with nothing but digits and the usual marks, with or without the 1.
fn north_american(text: &str) -> Option<[u8; 10]> {
    let (text, plus) = match text.strip_prefix('+') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let mut all = [0; 11];
    let mut count = 0;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                *all.get_mut(count)? = byte;
                count += 1;
            }
            b' ' | b'-' | b'.' | b'(' | b')' => {}
            _ => return None,
        }
    }
    match (count, plus, all.first()) {
        (11, _, Some(b'1')) => all.last_chunk().copied(),
        (10, false, Some(b'2'..=b'9')) => all.first_chunk().copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn the_short_cut_says_what_the_numbering_plan_says(area in 200_u32..1000, exchange in 0_u32..1000, lines in prop::array::uniform3(0_u32..10_000), style in 0..5_usize) {
            let plans = Plans::new(Country::CANADA);
            for line in lines {
                let text = match style {
                    0 => format!("({area}) {exchange:03}-{line:04}"),
                    1 => format!("{area}.{exchange:03}.{line:04}"),
                    2 => format!("+1{area}{exchange:03}{line:04}"),
                    3 => format!("1 {area} {exchange:03} {line:04}"),
                    _ => format!("{area}{exchange:03}{line:04}"),
                };
                prop_assert_eq!(plans.read(&text), E164::parse(&text, Country::CANADA).ok(), "{}", text);
            }
        }
    }
}
