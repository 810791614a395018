//! Finds the bytes that matter in delimited text, 64 at a time.

use wide::u8x16;

const BLOCK: usize = 64;

/// The positions of delimiters, quotes and line ends, in order. Small enough that a loop keeps its copy in registers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    /// The marks of one block that have not been given out.
    left: Block,
}

/// Marks of one block of the text, one bit each.
#[derive(Clone, Copy, Debug)]
struct Block {
    begin: usize,
    all: u64,
    /// Those of them that are quotes or line ends.
    stops: u64,
}

/// Delimiters of one block, in order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Delimiters {
    begin: usize,
    bits: u64,
}

impl<'a> Marks<'a> {
    pub(super) fn new(bytes: &'a [u8], delimiter: u8, from: usize) -> Self {
        let left = Block {
            begin: 0,
            all: 0,
            stops: 0,
        };
        let mut marks = Self {
            bytes,
            delimiter,
            left,
        };
        marks.seek(from);
        marks
    }

    /// Goes on at `position`, before or after where it was.
    pub(super) fn seek(&mut self, position: usize) {
        self.left = self.block(position / BLOCK * BLOCK);
        let behind = u64::MAX << (position % BLOCK);
        self.left.all &= behind;
        self.left.stops &= behind;
    }

    #[inline]
    pub(super) fn next(&mut self) -> Option<usize> {
        while self.left.all == 0 {
            if !self.next_block() {
                return None;
            }
        }
        let position = self.left.begin + self.left.all.trailing_zeros() as usize;
        self.left.all &= self.left.all - 1;
        self.left.stops &= self.left.all;
        Some(position)
    }

    /// Takes the delimiters before the next quote or line end, as far as this block goes.
    #[inline]
    pub(super) fn delimiters(&mut self) -> Delimiters {
        let before = self.left.stops.wrapping_sub(1) & !self.left.stops;
        let bits = self.left.all & before;
        self.left.all &= !before;
        Delimiters {
            begin: self.left.begin,
            bits,
        }
    }

    /// Whether a quote or line end is left in this block.
    #[inline]
    pub(super) fn is_stop_in_block(&self) -> bool {
        self.left.stops != 0
    }

    /// Takes the next quote or line end of this block, once the delimiters before it are taken.
    #[inline]
    pub(super) fn stop(&mut self) -> Option<usize> {
        self.is_stop_in_block().then(|| self.next()).flatten()
    }

    /// Goes over to the next block; `false` at the end of the text.
    #[inline]
    pub(super) fn next_block(&mut self) -> bool {
        let begin = self.left.begin + BLOCK;
        let is_any = begin < self.bytes.len();
        if is_any {
            self.left = self.block(begin);
        }
        is_any
    }

    #[inline]
    fn block(&self, begin: usize) -> Block {
        let rest = self.bytes.get(begin..).unwrap_or_default();
        if let Some(full) = rest.first_chunk::<BLOCK>() {
            return self.marks_in(begin, full);
        }
        let mut padded = [0; BLOCK];
        padded[..rest.len()].copy_from_slice(rest);
        self.marks_in(begin, &padded)
    }

    #[inline]
    fn marks_in(&self, begin: usize, block: &[u8; BLOCK]) -> Block {
        let [delimiter, quote, feed, carriage] =
            [self.delimiter, b'"', b'\n', b'\r'].map(u8x16::splat);
        let (vectors, _) = block.as_chunks::<16>();
        let (mut all, mut stops) = (0, 0);
        for (index, vector) in vectors.iter().enumerate() {
            let bytes = u8x16::new(*vector);
            let stop = bytes.simd_eq(quote) | bytes.simd_eq(feed) | bytes.simd_eq(carriage);
            let hit = stop | bytes.simd_eq(delimiter);
            all |= u64::from(hit.to_bitmask()) << (index * 16);
            stops |= u64::from(stop.to_bitmask()) << (index * 16);
        }
        Block { begin, all, stops }
    }
}

impl Delimiters {
    pub(super) fn count(self) -> u32 {
        self.bits.count_ones()
    }

    /// From where until where the cells go that end with them, if the first begins at `start`.
    #[inline]
    pub(super) fn cells(
        mut self,
        mut start: usize,
    ) -> impl ExactSizeIterator<Item = (usize, usize)> {
        (0..self.count()).map(move |_| {
            let (from, until) = (start, self.begin | self.bits.trailing_zeros() as usize);
            self.bits &= self.bits.wrapping_sub(1);
            // Called for every cell: what cannot overflow is not checked for it.
            start = until.wrapping_add(1);
            (from, until)
        })
    }

    /// Behind the last of them.
    #[inline]
    pub(super) fn end(self) -> Option<usize> {
        let last = self.bits.checked_ilog2()?;
        Some(self.begin + last as usize + 1)
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

        #[test]
        fn cells_and_stops_are_those_of_the_marks_one_by_one(
            bytes in proptest::collection::vec(prop_oneof![Just(b','), Just(b'"'), Just(b'\n'), Just(b'x')], 0..300),
        ) {
            let mut expected = Vec::new();
            let mut start = 0;
            for (at, byte) in bytes.iter().enumerate() {
                match byte {
                    b',' => {
                        expected.push((start, at));
                        start = at + 1;
                    }
                    b'"' | b'\n' => expected.push((at, at)),
                    _ => {}
                }
            }
            let mut marks = Marks::new(&bytes, b',', 0);
            let (mut found, mut start) = (Vec::new(), 0);
            loop {
                let delimiters = marks.delimiters();
                prop_assert_eq!(delimiters.cells(start).len(), delimiters.count() as usize);
                found.extend(delimiters.cells(start));
                start = delimiters.end().unwrap_or(start);
                if let Some(at) = marks.stop() {
                    found.push((at, at));
                } else if !marks.next_block() {
                    break;
                }
            }
            prop_assert_eq!(found, expected);
        }
    }
}
