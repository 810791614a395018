//! What a column says about its numbers.

use super::{
    dates::quote,
    shape::{AT, COLON, SLASH, Shape},
};
use crate::{
    mapping::{DecimalMark, Evidence},
    read::Opened,
    understand::number::{Says, says},
};

#[derive(Clone, Debug, Default)]
pub(crate) struct NumberTally {
    /// Cells that are a number.
    pub numbers: u32,
    /// `007`: a code, not a number.
    pub leading_zeros: u32,
    /// Nine digits and more in a row: an account, a phone, a serial number.
    pub long: u32,
    /// Cells, and the first row, that only a decimal point or only a decimal comma makes a number of.
    point: (u32, u32),
    comma: (u32, u32),
}

impl NumberTally {
    pub(super) fn add_real(&mut self, text: &str) {
        self.numbers += 1;
        self.long += u32::from(is_long(text));
    }

    pub(super) fn add_text(&mut self, row: u32, text: &str, shape: &Shape) {
        // One dash may be a sign; nothing takes a slash, a colon or an at sign for a part of a number.
        if shape.letters > 4 || shape.dashes > 1 || shape.holds(SLASH | COLON | AT) {
            return;
        }
        let marked = match says(text) {
            Says::NotANumber => return,
            Says::Mark(DecimalMark::Point) => &mut self.point,
            Says::Mark(DecimalMark::Comma) => &mut self.comma,
            Says::Either | Says::Ambiguous => &mut (0, 0),
        };
        if marked.0 == 0 {
            marked.1 = row;
        }
        marked.0 += 1;
        self.numbers += 1;
        let bytes = text.as_bytes();
        self.leading_zeros += u32::from(matches!(bytes, [b'0', b'0'..=b'9', ..]));
        self.long += u32::from(is_long(text));
    }

    /// The mark that the cells prove.
    pub(crate) fn mark(&self) -> Option<DecimalMark> {
        match self.point.0.cmp(&self.comma.0) {
            std::cmp::Ordering::Greater => Some(DecimalMark::Point),
            std::cmp::Ordering::Less => Some(DecimalMark::Comma),
            std::cmp::Ordering::Equal => None,
        }
    }

    pub(crate) fn evidence(&self, sheet: &Opened, column: u32) -> Evidence {
        let Some(mark) = self.mark() else {
            return Evidence::DecimalByHabit;
        };
        let row = match mark {
            DecimalMark::Point => self.point.1,
            DecimalMark::Comma => self.comma.1,
        };
        let (line, text) = quote(sheet, row, column);
        Evidence::Decimal { mark, line, text }
    }
}

fn is_long(text: &str) -> bool {
    text.len() >= 9 && text.bytes().all(|b| b.is_ascii_digit())
}
