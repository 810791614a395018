//! Places of cells, as letters and digits.

use crate::read::{Merge, xml};

/// `AB12` is column 27 of line 12.
#[inline]
pub(super) fn reference(reference: &[u8]) -> Option<(u32, u32)> {
    let mut column = 0_u32;
    let mut letters = 0;
    for byte in reference {
        if !byte.is_ascii_alphabetic() {
            break;
        }
        column = column
            .checked_mul(26)?
            .checked_add(u32::from(byte.to_ascii_uppercase() - b'A') + 1)?;
        letters += 1;
    }
    Some((column.checked_sub(1)?, xml::number(&reference[letters..])?))
}

pub(super) fn merge(range: &[u8]) -> Option<Merge> {
    let mut corners = range.split(|byte| *byte == b':').map(reference);
    let (first_column, first_line) = corners.next()??;
    let (last_column, last_line) = corners.next()??;
    (last_column > first_column || last_line > first_line).then_some(Merge {
        first_line,
        last_line,
        first_column,
        last_column,
    })
}
