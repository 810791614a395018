//! The container of old Office files: a small file system of sectors.

use crate::error::{Damage, LooksLike, ReadError};

const DAMAGED: ReadError = ReadError::Unreadable(Damage::Container);
const HEADER: usize = 512;
const ENTRY: usize = 128;
/// Numbers from here on are marks, not sectors.
const FIRST_MARK: u32 = 0xFFFF_FFFA;

#[derive(Debug)]
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    mini_sector: usize,
    mini_cutoff: usize,
    mini_table: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    is_stream: bool,
    first: u32,
    len: usize,
}

impl<'a> Compound<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let header = bytes.get(..HEADER).ok_or(ReadError::CutOff)?;
        let field = |at: usize| u32_at(header, at).unwrap_or(u32::MAX);
        let shift = u32::from(header[30]);
        let mini_shift = u32::from(header[32]);
        if !(7..=16).contains(&shift) || !(4..=shift).contains(&mini_shift) {
            return Err(DAMAGED);
        }
        let mut compound = Self {
            bytes,
            sector: 1 << shift,
            table: Vec::new(),
            mini_sector: 1 << mini_shift,
            mini_cutoff: field(56) as usize,
            mini_table: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
        };
        compound.table = compound.read_table(header)?;
        let directory = compound.chain(field(48))?;
        compound.entries = directory.chunks_exact(ENTRY).filter_map(entry).collect();
        compound.mini_table = numbers(&compound.chain(field(60))?);
        // The first entry is the root: its stream holds the small ones.
        if let Some(root) = compound.entries.first() {
            compound.mini_stream = compound.chain(root.first)?;
        }
        Ok(compound)
    }

    /// The sectors that hold the table of sectors: the first 109 are named in the header, the rest in a chain of sectors.
    fn read_table(&self, header: &[u8]) -> Result<Vec<u32>, ReadError> {
        let mut sectors = numbers(&header[76..]);
        let mut next = u32_at(header, 68).unwrap_or(u32::MAX);
        let mut left = self.sector_count();
        while next < FIRST_MARK {
            left = left.checked_sub(1).ok_or(DAMAGED)?;
            let mut more = numbers(self.sector_at(next)?);
            next = more.pop().unwrap_or(u32::MAX);
            sectors.extend(more);
        }
        let mut table = Vec::new();
        for sector in sectors
            .into_iter()
            .filter(|sector| *sector < FIRST_MARK)
            .take(self.sector_count())
        {
            table.extend(numbers(self.sector_at(sector)?));
        }
        Ok(table)
    }

    fn sector_count(&self) -> usize {
        self.bytes.len() / self.sector
    }

    /// The last sector may be short.
    fn sector_at(&self, number: u32) -> Result<&'a [u8], ReadError> {
        let start = (number as usize + 1)
            .checked_mul(self.sector)
            .ok_or(DAMAGED)?;
        let rest = self
            .bytes
            .get(start..)
            .filter(|rest| !rest.is_empty())
            .ok_or(ReadError::CutOff)?;
        Ok(rest.get(..self.sector).unwrap_or(rest))
    }

    fn chain(&self, first: u32) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        let mut next = first;
        let mut left = self.sector_count() + 1;
        while next < FIRST_MARK {
            left = left.checked_sub(1).ok_or(DAMAGED)?;
            bytes.extend_from_slice(self.sector_at(next)?);
            next = self
                .table
                .get(next as usize)
                .copied()
                .ok_or(ReadError::CutOff)?;
        }
        Ok(bytes)
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name))
    }

    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(entry) = self.find(name) else {
            return Ok(None);
        };
        let mut bytes = if entry.len < self.mini_cutoff {
            self.mini_chain(entry)?
        } else {
            self.chain(entry.first)?
        };
        if bytes.len() < entry.len {
            return Err(ReadError::CutOff);
        }
        bytes.truncate(entry.len);
        Ok(Some(bytes))
    }

    fn mini_chain(&self, entry: &Entry) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        let mut next = entry.first;
        while next < FIRST_MARK && bytes.len() < entry.len {
            // A chain in a circle would go on for as long as the entry says.
            if bytes.len() > self.mini_stream.len() {
                return Err(DAMAGED);
            }
            let start = (next as usize)
                .checked_mul(self.mini_sector)
                .ok_or(DAMAGED)?;
            let rest = self
                .mini_stream
                .get(start..)
                .filter(|rest| !rest.is_empty())
                .ok_or(DAMAGED)?;
            bytes.extend_from_slice(rest.get(..self.mini_sector).unwrap_or(rest));
            next = self.mini_table.get(next as usize).copied().ok_or(DAMAGED)?;
        }
        Ok(bytes)
    }

    /// Why a file without a workbook stream is refused.
    pub(super) fn refusal(&self) -> ReadError {
        if self.find("EncryptedPackage").is_some() {
            ReadError::PasswordProtected
        } else if self.find("WordDocument").is_some() {
            ReadError::NotASpreadsheet(LooksLike::Document)
        } else if self.find("PowerPoint Document").is_some() {
            ReadError::NotASpreadsheet(LooksLike::Presentation)
        } else {
            ReadError::NotASpreadsheet(LooksLike::Unknown)
        }
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..at + 4)?
        .try_into()
        .ok()
        .map(u32::from_le_bytes)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes
        .as_chunks::<4>()
        .0
        .iter()
        .map(|number| u32::from_le_bytes(*number))
        .collect()
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let kind = bytes[66];
    if kind == 0 {
        return None;
    }
    let name_len = usize::from(u16::from_le_bytes([bytes[64], bytes[65]]))
        .saturating_sub(2)
        .min(64);
    let name = super::binary::utf16(&bytes[..name_len]);
    let len = u32_at(bytes, 120)? as usize;
    Some(Entry {
        name,
        is_stream: kind == 2,
        first: u32_at(bytes, 116)?,
        len,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_stream_that_runs_in_a_circle_is_damaged() {
        let compound = Compound {
            bytes: &[],
            sector: 512,
            table: Vec::new(),
            mini_sector: 64,
            mini_cutoff: usize::MAX,
            mini_table: vec![1, 0],
            mini_stream: vec![0; 128],
            entries: vec![Entry {
                name: "Workbook".to_owned(),
                is_stream: true,
                first: 0,
                len: 1_000_000,
            }],
        };
        assert_eq!(compound.stream("Workbook"), Err(DAMAGED));
    }
}
