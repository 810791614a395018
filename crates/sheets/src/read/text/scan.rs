//! Finds the bytes that matter in delimited text, 64 at a time.

use wide::u8x16;

const BLOCK: usize = 64;

/// The positions of delimiters, quotes and line ends, in order. Small enough that a loop keeps its copy in registers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    /// Where the block of `mask` begins.
    block: usize,
    /// One bit for each mark of the block that has not been given out.
    mask: u64,
}

impl<'a> Marks<'a> {
    pub(super) fn new(bytes: &'a [u8], delimiter: u8, from: usize) -> Self {
        let mut marks = Self {
            bytes,
            delimiter,
            block: 0,
            mask: 0,
        };
        marks.seek(from);
        marks
    }

    /// Goes on at `position`, before or after where it was.
    pub(super) fn seek(&mut self, position: usize) {
        self.block = position / BLOCK * BLOCK;
        self.mask = self.marks_of(self.block) & (u64::MAX << (position % BLOCK));
    }

    #[expect(
        clippy::inline_always,
        reason = "called for every cell, where the call alone is a sixth of the time that reading takes"
    )]
    #[inline(always)]
    pub(super) fn next(&mut self) -> Option<usize> {
        while self.mask == 0 {
            self.block += BLOCK;
            if self.block >= self.bytes.len() {
                return None;
            }
            self.mask = self.marks_of(self.block);
        }
        let position = self.block + self.mask.trailing_zeros() as usize;
        self.mask &= self.mask - 1;
        Some(position)
    }

    #[inline]
    fn marks_of(&self, block: usize) -> u64 {
        let rest = self.bytes.get(block..).unwrap_or_default();
        if let Some(full) = rest.first_chunk::<BLOCK>() {
            return self.marks_in(full);
        }
        let mut padded = [0; BLOCK];
        padded[..rest.len()].copy_from_slice(rest);
        self.marks_in(&padded)
    }

    #[inline]
    fn marks_in(&self, block: &[u8; BLOCK]) -> u64 {
        let [delimiter, quote, feed, carriage] =
            [self.delimiter, b'"', b'\n', b'\r'].map(u8x16::splat);
        let (vectors, _) = block.as_chunks::<16>();
        let gathered = vectors.iter().enumerate().map(|(index, vector)| {
            let bytes = u8x16::new(*vector);
            let hits = bytes.simd_eq(delimiter)
                | bytes.simd_eq(quote)
                | bytes.simd_eq(feed)
                | bytes.simd_eq(carriage);
            u64::from(hits.to_bitmask()) << (index * 16)
        });
        gathered.fold(0, |mask, bits| mask | bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_mark_is_found_and_nothing_else(
            bytes in proptest::collection::vec(prop_oneof![Just(b','), Just(b'"'), Just(b'\n'), Just(b'\r'), any::<u8>()], 0..300),
            from in 0_usize..300,
        ) {
            let expected: Vec<usize> =
                (from.min(bytes.len())..bytes.len()).filter(|at| b",\"\n\r".contains(&bytes[*at])).collect();
            let mut marks = Marks::new(&bytes, b',', from);
            let mut found = Vec::new();
            while let Some(at) = marks.next() {
                found.push(at);
            }
            prop_assert_eq!(&found, &expected);
            marks.seek(from);
            prop_assert_eq!(marks.next(), expected.first().copied());
        }
    }
}
