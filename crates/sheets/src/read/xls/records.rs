//! The stream as records: a type, a length, a body.

use super::{kind, strings::Pieces};

/// The records of a stream from an offset on.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], offset: usize) -> Self {
        Self {
            rest: stream.get(offset..).unwrap_or_default(),
        }
    }

    /// The body of a record and of those that continue it.
    pub(super) fn with_continues(&mut self, body: &'a [u8]) -> Pieces<'a> {
        let mut pieces = vec![body];
        loop {
            let mut ahead = Records { rest: self.rest };
            let Some((kind::CONTINUE, more)) = ahead.next() else {
                break;
            };
            pieces.push(more);
            self.rest = ahead.rest;
        }
        Pieces::new(pieces)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (head, rest) = self.rest.split_first_chunk::<4>()?;
        let [kind_low, kind_high, len_low, len_high] = *head;
        let (body, rest) =
            rest.split_at_checked(usize::from(u16::from_le_bytes([len_low, len_high])))?;
        self.rest = rest;
        Some((u16::from_le_bytes([kind_low, kind_high]), body))
    }
}
