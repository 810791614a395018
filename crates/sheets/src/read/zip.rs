//! The container of modern workbooks, read from its central directory; what it unpacks to is measured while it unpacks.

use crate::error::{Damage, MAX_INFLATED, MAX_RATIO, ReadError};
use flate2::{Decompress, FlushDecompress, Status};
use std::cell::Cell;

/// Small parts may repeat themselves as much as they like.
const RATIO_FREE: u64 = 32 * 1024 * 1024;
const MAX_ENTRIES: usize = 100_000;

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

#[derive(Debug)]
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
    /// Bytes that may still be unpacked from this file, whatever the part.
    left: Cell<u64>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    method: u16,
    is_encrypted: bool,
    header: usize,
    packed: usize,
    /// As the archive says.
    unpacked: usize,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let end = end_of_directory(bytes).ok_or(ReadError::CutOff)?;
        let (count, size, offset) = directory(bytes, end).ok_or(ReadError::CutOff)?;
        // Something may stand before the archive; then all its offsets are short by as much.
        let shift = end
            .checked_sub(size)
            .and_then(|start| start.checked_sub(offset))
            .unwrap_or(0);
        let shift = if bytes
            .get(offset..)
            .is_some_and(|rest| rest.starts_with(b"PK\x01\x02"))
        {
            0
        } else {
            shift
        };
        let mut entries = Vec::new();
        let mut at = offset.checked_add(shift).ok_or(ReadError::CutOff)?;
        while entries.len() < count.min(MAX_ENTRIES) {
            let (entry, next) = entry(bytes, at, shift).ok_or(ReadError::CutOff)?;
            entries.push(entry);
            at = next;
        }
        Ok(Self {
            bytes,
            entries,
            left: Cell::new(MAX_INFLATED),
        })
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// Names are compared without case, as the programs that write them do.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The part of that name, to be unpacked; `None` if there is none.
    pub(super) fn part(&self, name: &str) -> Result<Option<Part<'_>>, ReadError> {
        let Some(entry) = self.find(name) else {
            return Ok(None);
        };
        if entry.is_encrypted {
            return Err(ReadError::PasswordProtected);
        }
        let start = data_start(self.bytes, entry.header).ok_or(ReadError::CutOff)?;
        let end = start.checked_add(entry.packed).ok_or(ReadError::CutOff)?;
        let packed = self.bytes.get(start..end).ok_or(ReadError::CutOff)?;
        let inflate = match entry.method {
            STORED => None,
            DEFLATED => Some(Decompress::new(false)),
            _ => return Err(ReadError::Unreadable(Damage::Compression)),
        };
        Ok(Some(Part {
            packed,
            at: 0,
            inflate,
            is_over: false,
            unpacked: 0,
            most: u64::MAX,
            expected: (entry.unpacked as u64)
                .min(packed.len() as u64 * MAX_RATIO)
                .min(MAX_INFLATED),
            left: &self.left,
        }))
    }

    /// A whole part, for those that are small or must be read in any order.
    pub(super) fn bytes_of(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(mut part) = self.part(name)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let mut filled = 0;
        loop {
            if filled == bytes.len() {
                bytes.resize((bytes.len() * 2).max(16 * 1024), 0);
            }
            match part.read(&mut bytes[filled..])? {
                0 => break,
                count => filled += count,
            }
        }
        bytes.truncate(filled);
        Ok(Some(bytes))
    }
}

/// Unpacks one part, piece by piece.
#[derive(Debug)]
pub(super) struct Part<'a> {
    packed: &'a [u8],
    at: usize,
    inflate: Option<Decompress>,
    is_over: bool,
    unpacked: u64,
    /// It ends once so many bytes are unpacked.
    most: u64,
    expected: u64,
    left: &'a Cell<u64>,
}

impl Part<'_> {
    /// How many bytes it probably unpacks to: as the archive says, unless that is more than is read.
    pub(super) fn expected(&self) -> u64 {
        self.expected
    }

    /// Its first bytes, at most so many.
    pub(super) fn first(self, most: u64) -> Self {
        Self { most, ..self }
    }

    /// Fills some of `room`; 0 at the end.
    pub(super) fn read(&mut self, room: &mut [u8]) -> Result<usize, ReadError> {
        let most = usize::try_from(self.most - self.unpacked).unwrap_or(usize::MAX);
        let len = room.len().min(most);
        let room = &mut room[..len];
        let rest = self.packed.get(self.at..).unwrap_or_default();
        let Some(inflate) = &mut self.inflate else {
            let count = rest.len().min(room.len());
            room[..count].copy_from_slice(&rest[..count]);
            self.at += count;
            return self.measured(count);
        };
        if self.is_over || room.is_empty() {
            return Ok(0);
        }
        let damaged = ReadError::Unreadable(Damage::Compression);
        let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
        let status = inflate
            .decompress(rest, room, FlushDecompress::None)
            .map_err(|_| damaged.clone())?;
        let taken = usize::try_from(inflate.total_in() - before_in).unwrap_or(rest.len());
        let given = usize::try_from(inflate.total_out() - before_out).unwrap_or(room.len());
        self.at += taken;
        match status {
            Status::StreamEnd => self.is_over = true,
            Status::Ok | Status::BufError if given == 0 => return Err(damaged),
            Status::Ok | Status::BufError => {}
        }
        self.measured(given)
    }

    fn measured(&mut self, count: usize) -> Result<usize, ReadError> {
        self.unpacked += count as u64;
        let left = self
            .left
            .get()
            .checked_sub(count as u64)
            .ok_or(ReadError::ZipBomb)?;
        self.left.set(left);
        if self.unpacked > RATIO_FREE && self.unpacked / MAX_RATIO > self.packed.len() as u64 {
            return Err(ReadError::ZipBomb);
        }
        Ok(count)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(
        bytes.get(at..at.checked_add(2)?)?.try_into().ok()?,
    ))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let value = u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?);
    usize::try_from(value).ok()
}

fn u64_at(bytes: &[u8], at: usize) -> Option<usize> {
    let value = u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?);
    usize::try_from(value).ok()
}

/// The record that ends an archive, before a comment of at most 64 KB.
fn end_of_directory(bytes: &[u8]) -> Option<usize> {
    const RECORD: usize = 22;
    let last = bytes.len().checked_sub(RECORD)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    memchr::memmem::rfind(&bytes[first..last + 4], b"PK\x05\x06").map(|at| first + at)
}

/// Number of entries, bytes and offset of the central directory.
fn directory(bytes: &[u8], end: usize) -> Option<(usize, usize, usize)> {
    let count = usize::from(u16_at(bytes, end + 10)?);
    let (size, offset) = (u32_at(bytes, end + 12)?, u32_at(bytes, end + 16)?);
    if count != 0xFFFF && offset != 0xFFFF_FFFF && size != 0xFFFF_FFFF {
        return Some((count, size, offset));
    }
    let Some(locator) = end
        .checked_sub(20)
        .filter(|at| bytes[*at..].starts_with(b"PK\x06\x07"))
    else {
        return Some((count, size, offset));
    };
    let large = u64_at(bytes, locator + 8)?;
    bytes
        .get(large..)?
        .starts_with(b"PK\x06\x06")
        .then_some(())?;
    Some((
        u64_at(bytes, large + 32)?,
        u64_at(bytes, large + 40)?,
        u64_at(bytes, large + 48)?,
    ))
}

/// The entry of the central directory at `at`, and where the next one begins.
fn entry(bytes: &[u8], at: usize, shift: usize) -> Option<(Entry, usize)> {
    bytes.get(at..)?.starts_with(b"PK\x01\x02").then_some(())?;
    let name_len = usize::from(u16_at(bytes, at + 28)?);
    let extra_len = usize::from(u16_at(bytes, at + 30)?);
    let comment_len = usize::from(u16_at(bytes, at + 32)?);
    let (mut packed, mut unpacked, mut header) = (
        u32_at(bytes, at + 20)?,
        u32_at(bytes, at + 24)?,
        u32_at(bytes, at + 42)?,
    );
    let name = bytes.get(at + 46..at + 46 + name_len)?;
    let extra = bytes.get(at + 46 + name_len..at + 46 + name_len + extra_len)?;
    if let Some(mut large) = extra_field(extra, 1) {
        const IN_EXTRA: usize = 0xFFFF_FFFF;
        let mut take = |value: &mut usize| -> Option<()> {
            if *value == IN_EXTRA {
                *value = u64_at(large, 0)?;
                large = &large[8..];
            }
            Some(())
        };
        take(&mut unpacked)?;
        take(&mut packed)?;
        take(&mut header)?;
    }
    let name = String::from_utf8_lossy(name).replace('\\', "/");
    let name = name.trim_start_matches('/').to_owned();
    let is_encrypted = u16_at(bytes, at + 8)? & 1 != 0;
    let entry = Entry {
        name,
        method: u16_at(bytes, at + 10)?,
        is_encrypted,
        header: header.checked_add(shift)?,
        packed,
        unpacked,
    };
    Some((entry, at + 46 + name_len + extra_len + comment_len))
}

fn extra_field(mut extra: &[u8], wanted: u16) -> Option<&[u8]> {
    loop {
        let (id, len) = (u16_at(extra, 0)?, usize::from(u16_at(extra, 2)?));
        let body = extra.get(4..4 + len)?;
        if id == wanted {
            return Some(body);
        }
        extra = &extra[4 + len..];
    }
}

fn data_start(bytes: &[u8], header: usize) -> Option<usize> {
    bytes
        .get(header..)?
        .starts_with(b"PK\x03\x04")
        .then_some(())?;
    Some(
        header
            + 30
            + usize::from(u16_at(bytes, header + 26)?)
            + usize::from(u16_at(bytes, header + 28)?),
    )
}
