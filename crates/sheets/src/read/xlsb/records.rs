//! Cuts a part into records.

/// The records of a part: type and length in groups of seven bits, then the body. A body that is cut off ends the part.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) const fn new(part: &'a [u8]) -> Self {
        Self { rest: part }
    }

    fn groups(&mut self, at_most: u32) -> Option<u32> {
        let mut number = 0;
        for group in 0..at_most {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u32::from(byte & 0x7F) << (7 * group);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u32, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = self.groups(2)?;
        let len = usize::try_from(self.groups(4)?).ok()?;
        let (body, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some((kind, body))
    }
}
