//! The container: parts one after the other, deflated as they come, and a directory of them at the end (PKWARE
//! APPNOTE 6.3, without its 64-bit fields: what would need them is refused).

use super::WriteError;
use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// Higher levels take longer to save less and less: docs/adr/0010-writers-of-our-own.md.
const LEVEL: u32 = 5;
/// What is gathered before it is deflated.
const ROOM: usize = 64 * 1024;
/// Free bytes that deflating finds in the file at least.
const GROWTH: usize = 64 * 1024;

const LOCAL_HEADER: [u8; 4] = *b"PK\x03\x04";
const DIRECTORY_HEADER: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
/// Version 2.0 unpacks it; names are UTF-8; deflated; 1980-01-01, as a file that is the same for the same list has no
/// clock.
const METHOD: [u8; 10] = [20, 0, 0, 8, 8, 0, 0, 0, 0x21, 0];
/// Where in a local header the checksum stands, followed by both sizes.
const CHECKSUM_AT: usize = 14;

/// An archive that is being written.
#[derive(Debug)]
pub(super) struct Zip {
    bytes: Vec<u8>,
    /// What of the open part is not deflated yet.
    pub(super) text: Vec<u8>,
    deflate: Compress,
    crc: Crc,
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    name: &'static str,
    /// Of parts with the same name, which; 0 for the only one.
    number: usize,
    header: usize,
    data: usize,
    checksum_and_sizes: [u8; 12],
}

impl Part {
    fn name(&self) -> String {
        match self.number {
            0 => self.name.to_owned(),
            number => self.name.replace('#', &number.to_string()),
        }
    }
}

impl Zip {
    pub(super) fn new() -> Self {
        Self {
            bytes: Vec::new(),
            text: Vec::with_capacity(ROOM * 2),
            deflate: Compress::new(Compression::new(LEVEL), false),
            crc: Crc::new(),
            parts: Vec::new(),
        }
    }

    /// Begins a part. Its text is appended to [`Self::text`]. A `#` in the name stands for the number.
    pub(super) fn begin(&mut self, name: &'static str, number: usize) {
        let mut part = Part {
            name,
            number,
            header: self.bytes.len(),
            data: 0,
            checksum_and_sizes: [0; 12],
        };
        let name = part.name();
        self.bytes.extend_from_slice(&LOCAL_HEADER);
        self.bytes.extend_from_slice(&METHOD);
        self.bytes.extend_from_slice(&part.checksum_and_sizes);
        self.bytes
            .extend_from_slice(&u16_of(name.len()).to_le_bytes());
        self.bytes.extend_from_slice(&[0, 0]);
        self.bytes.extend_from_slice(name.as_bytes());
        part.data = self.bytes.len();
        self.parts.push(part);
        self.deflate.reset();
        self.crc.reset();
    }

    /// Bytes of the open part so far, not deflated.
    pub(super) fn part_len(&self) -> u64 {
        self.deflate.total_in() + self.text.len() as u64
    }

    /// Deflates what has gathered, if it is worth it.
    #[inline]
    pub(super) fn settle(&mut self) -> Result<(), WriteError> {
        if self.text.len() < ROOM {
            return Ok(());
        }
        self.deflate(FlushCompress::None)
    }

    /// Ends the part that was begun last.
    pub(super) fn end(&mut self) -> Result<(), WriteError> {
        self.deflate(FlushCompress::Finish)?;
        let Some(part) = self.parts.last_mut() else {
            return Ok(());
        };
        let packed = u32_of((self.bytes.len() - part.data) as u64)?;
        let unpacked = u32_of(self.deflate.total_in())?;
        let fields = [self.crc.sum(), packed, unpacked].map(u32::to_le_bytes);
        part.checksum_and_sizes
            .copy_from_slice(fields.as_flattened());
        let at = part.header + CHECKSUM_AT;
        self.bytes[at..at + 12].copy_from_slice(&part.checksum_and_sizes);
        Ok(())
    }

    fn deflate(&mut self, flush: FlushCompress) -> Result<(), WriteError> {
        self.crc.update(&self.text);
        let mut from = 0;
        loop {
            self.bytes.reserve(GROWTH);
            let before = (self.deflate.total_in(), self.deflate.total_out());
            let status = self
                .deflate
                .compress_vec(&self.text[from..], &mut self.bytes, flush)
                .map_err(|_| WriteError::Deflate)?;
            let after = (self.deflate.total_in(), self.deflate.total_out());
            from += usize::try_from(after.0 - before.0).unwrap_or(usize::MAX);
            let is_done = match flush {
                FlushCompress::Finish => status == Status::StreamEnd,
                _ => from >= self.text.len(),
            };
            if is_done {
                break;
            }
            if before == after {
                return Err(WriteError::Deflate);
            }
        }
        self.text.clear();
        Ok(())
    }

    /// Writes the directory.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, WriteError> {
        let start = self.bytes.len();
        for part in &self.parts {
            let name = part.name();
            self.bytes.extend_from_slice(&DIRECTORY_HEADER);
            // The version that wrote it.
            self.bytes.extend_from_slice(&[20, 0]);
            self.bytes.extend_from_slice(&METHOD);
            self.bytes.extend_from_slice(&part.checksum_and_sizes);
            self.bytes
                .extend_from_slice(&u16_of(name.len()).to_le_bytes());
            // No extra field, comment, disk or attributes.
            self.bytes.extend_from_slice(&[0; 12]);
            let header = u32_of(part.header as u64)?;
            self.bytes.extend_from_slice(&header.to_le_bytes());
            self.bytes.extend_from_slice(name.as_bytes());
        }
        let size = u32_of((self.bytes.len() - start) as u64)?;
        let start = u32_of(start as u64)?;
        let count = u16_of(self.parts.len()).to_le_bytes();
        self.bytes.extend_from_slice(&END);
        self.bytes.extend_from_slice(&[0; 4]);
        self.bytes.extend_from_slice(&count);
        self.bytes.extend_from_slice(&count);
        self.bytes.extend_from_slice(&size.to_le_bytes());
        self.bytes.extend_from_slice(&start.to_le_bytes());
        self.bytes.extend_from_slice(&[0, 0]);
        Ok(self.bytes)
    }
}

fn u32_of(size: u64) -> Result<u32, WriteError> {
    u32::try_from(size)
        .ok()
        .filter(|size| *size < u32::MAX)
        .ok_or(WriteError::TooLarge)
}

/// Names and numbers of parts, which are short and few.
fn u16_of(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}
