//! One open file: how it was read, what its columns belong to, what a person corrected, and what came of every row.

mod answer;
mod columns;
mod edits;
mod rows;
mod staging;
mod summary;

use crate::{
    check::{ColumnCheck, people::Decided},
    columns::Profiles,
    detected::Overrides,
    error::ReadError,
    mapping::{Belongs, CellFormat, Column, Evidence, Reason},
    memory::{Corrections, Memory},
    protocol::{ImportKind, Mapping, Opened, Progress, Step},
    read::{self, File},
    table::{Cell, CellKind},
    understand::Plans,
};
use domain::{
    account::Country,
    attribute::Attribute,
    ids::{AccountId, AttributeId},
    import::merge::MergeRule,
};
use sha2::{Digest, Sha256};

/// What a file is opened with.
#[derive(Clone, Debug)]
pub struct Opening {
    pub file_name: String,
    pub kind: ImportKind,
    pub country: Country,
    pub account: AccountId,
    /// Every attribute of the account, retired ones included.
    pub attributes: Vec<Attribute>,
    /// What [`domain::import::chunk::ImportPlanRequest::mapping`] said, if anything is remembered.
    pub remembered: Option<String>,
    /// What [`domain::import::chunk::ImportPlanRequest::corrections`] said, if this file was begun before.
    pub corrections: Option<String>,
}

/// Bytes that travel beside a reply.
pub type Beside = Option<Vec<u8>>;

/// Answers everything that the page can ask of an open file.
#[derive(Debug)]
pub struct Session {
    file: File,
    /// Hashing takes longer than reading: known once it is needed.
    sha256: Option<String>,
    opening: Opening,
    plans: Plans,
    sheet: read::Opened,
    /// The line of the file for each data row, growing.
    lines: Vec<u32>,
    profiles: Profiles,
    columns: Vec<Chosen>,
    memory: Option<Memory>,
    corrections: Corrections,
    /// For each column the check of its cells, once made; dropped when the column is read otherwise.
    checks: Vec<Option<ColumnCheck>>,
    /// Dropped with every change.
    decided: Option<Decided>,
    staged: Option<staging::Staged>,
}

/// What was chosen for a column, by a person or for want of one.
#[derive(Clone, Debug)]
struct Chosen {
    suggested: Belongs,
    reasons: Vec<Reason>,
    belongs: Belongs,
    format: Option<CellFormat>,
    /// What the cells say about the format.
    evidence: Option<Evidence>,
    rule: MergeRule,
    /// The id of the attribute that this column makes.
    new_attribute: Option<AttributeId>,
    /// A person decided something here.
    touched: bool,
}

impl Session {
    /// Reads a file and suggests what its columns belong to. `progress` hears how far it is.
    pub fn open(
        file: impl Into<File>,
        opening: Opening,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, ReadError> {
        let file = file.into();
        let total = u64::try_from(file.len()).unwrap_or(u64::MAX);
        progress(Progress {
            step: Step::Reading,
            done: 0,
            total,
        });
        let hashed = opening.corrections.is_some().then(|| sha256(&file));
        let corrections = opening
            .corrections
            .as_deref()
            .zip(hashed.as_deref())
            .and_then(|(json, sha256)| Corrections::parse(json, sha256));
        let begun_before = corrections.is_some();
        let corrections = corrections.unwrap_or_default();
        let sheet = read::open(&opening.file_name, file.clone(), &corrections.overrides)?;
        progress(Progress {
            step: Step::Reading,
            done: total,
            total,
        });
        let mut session = Self {
            plans: Plans::new(opening.country),
            lines: lines(&sheet),
            profiles: profiles(&sheet, progress),
            memory: opening.remembered.as_deref().and_then(Memory::parse),
            columns: Vec::new(),
            checks: Vec::new(),
            decided: None,
            staged: None,
            sha256: hashed,
            file,
            opening,
            sheet,
            corrections,
        };
        session.suggest();
        if let (true, Some(memory)) = (begun_before, session.memory.clone()) {
            session.keep_formats(&memory);
        }
        Ok(session)
    }

    /// Reads the same file in another way; on failure everything stays as it was. Corrections of cells that are not there any
    /// more, because another sheet is read or the lines are cut otherwise, are dropped.
    pub fn reread(
        &mut self,
        overrides: Overrides,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), ReadError> {
        let sheet = read::open(&self.opening.file_name, self.file.clone(), &overrides)?;
        let mut chosen_here = Memory::default();
        for (column, chosen) in (0..)
            .zip(&self.columns)
            .filter(|(_, chosen)| chosen.touched)
        {
            chosen_here.insert(self.header(column), chosen.remembered());
        }
        self.memory
            .get_or_insert_default()
            .extend(chosen_here.clone());
        let same_cells = sheet.detected.sheet == self.sheet.detected.sheet
            && sheet.table.columns() == self.sheet.table.columns();
        if !same_cells {
            self.corrections = Corrections::default();
        }
        self.lines = lines(&sheet);
        self.profiles = profiles(&sheet, progress);
        self.sheet = sheet;
        self.corrections.overrides = overrides;
        self.suggest();
        self.keep_formats(&chosen_here);
        Ok(())
    }

    pub fn opened(&self) -> Opened {
        Opened {
            file_bytes: u64::try_from(self.file.len()).unwrap_or(u64::MAX),
            file_sha256: self.sha256.clone(),
            detected: self.sheet.detected.clone(),
            mapping: self.mapping(),
        }
    }

    /// Every column with what it belongs to, and what is wrong with the whole.
    pub fn mapping(&self) -> Mapping {
        let columns = (0..)
            .zip(&self.columns)
            .map(|(column, chosen)| self.column(column, chosen));
        Mapping {
            columns: columns.collect::<Vec<Column>>(),
            problems: self.mapping_problems(),
        }
    }

    fn sha256(&mut self) -> String {
        let Self {
            sha256: known,
            file,
            ..
        } = self;
        known.get_or_insert_with(|| sha256(file)).clone()
    }

    fn header(&self, column: u32) -> &str {
        self.sheet
            .detected
            .columns
            .get(column as usize)
            .map_or("", |found| found.name.as_str())
    }

    fn rows(&self) -> u32 {
        u32::try_from(self.sheet.data.len()).unwrap_or(u32::MAX)
    }

    fn line(&self, row: u32) -> u32 {
        self.lines.get(row as usize).copied().unwrap_or_default()
    }

    fn row_of(&self, line: u32) -> Option<u32> {
        self.lines
            .binary_search(&line)
            .ok()
            .and_then(|row| u32::try_from(row).ok())
    }

    /// As the file says.
    fn raw(&self, row: u32, column: u32) -> Cell<'_> {
        self.sheet
            .data
            .get(row as usize)
            .map_or(Cell::BLANK, |table_row| {
                self.sheet.table.cell(*table_row, column)
            })
    }

    /// As the file or a person says.
    fn cell(&self, row: u32, column: u32) -> Cell<'_> {
        match self.corrections.fixes.get(&(column, self.line(row))) {
            Some(text) => typed(text),
            None => self.raw(row, column),
        }
    }
}

/// A cell that a person wrote.
fn typed(text: &str) -> Cell<'_> {
    let kind = if text.trim().is_empty() {
        CellKind::Blank
    } else {
        CellKind::Text
    };
    Cell { kind, text }
}

fn lines(sheet: &read::Opened) -> Vec<u32> {
    sheet
        .data
        .iter()
        .map(|row| sheet.table.line(*row))
        .collect()
}

fn profiles(sheet: &read::Opened, progress: &mut dyn FnMut(Progress)) -> Profiles {
    let total = u64::try_from(sheet.detected.columns.len()).unwrap_or(u64::MAX);
    let rows = u64::try_from(sheet.data.len()).unwrap_or(u64::MAX);
    let mut tell = |done| {
        progress(Progress {
            step: Step::Understanding,
            done,
            total,
        });
    };
    tell(0);
    // The columns are looked at side by side: so many of them would be done one after the other.
    let mut told = 0;
    Profiles::of(sheet, |rows_done| {
        let done = total * u64::from(rows_done) / rows.max(1);
        if done > told {
            told = done;
            tell(done);
        }
    })
}

/// In hex.
fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests;
