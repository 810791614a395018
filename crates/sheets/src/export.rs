//! An export on its way: rows are written as their pages come. The pages are kept, for what changed meanwhile is known only
//! after the last of them.
//!
//! What must stay true: the file shows every customer once, as of the moment of the changes that were taken last.

mod file;
mod packed;

use crate::{
    protocol::{ExportPlan, Progress, Reply, Step},
    write::WriteError,
};
use domain::{
    export::{ExportChanges, ExportRow},
    ids::CustomerId,
};
use file::{File, Made};
use packed::{Page, Printed, Row};
use std::collections::BTreeMap;

/// Rows between two words about progress.
const TELL_EVERY: u32 = 5_000;

/// What came from the server is no page, or not of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a page of an export")]
pub struct NotAPage;

impl From<postcard::Error> for NotAPage {
    fn from(_: postcard::Error) -> Self {
        Self
    }
}

#[derive(Debug)]
pub struct Export {
    plan: ExportPlan,
    pages: Vec<Page>,
    /// With the rows of all pages, as if nothing had changed; or why it cannot be made.
    file: Result<File, WriteError>,
    /// By customer: the row as it is now, or nothing for one who left the list.
    changes: BTreeMap<CustomerId, Option<ExportRow>>,
}

impl Export {
    pub fn new(plan: ExportPlan) -> Self {
        Self {
            file: Ok(File::new(&plan)),
            plan,
            pages: Vec::new(),
            changes: BTreeMap::new(),
        }
    }

    /// Takes the next page of the list.
    pub fn take_page(&mut self, bytes: Vec<u8>) -> Result<Reply, NotAPage> {
        let page = Page::read(bytes)?;
        let (mut rows, mut before, mut printed) = (page.rows()?, None, Printed::default());
        while let Some(row) = rows.next(before.take())? {
            if let Ok(file) = &mut self.file {
                let written = file.row(row.cells(self.plan.versions, &mut printed));
                if let Err(error) = written {
                    self.file = Err(error);
                }
            }
            before = Some(row);
        }
        self.pages.push(page);
        Ok(self.taken())
    }

    /// Takes what changed since the oldest page.
    pub fn take_changes(&mut self, bytes: &[u8]) -> Result<Reply, NotAPage> {
        match postcard::from_bytes(bytes)? {
            ExportChanges::Many => {
                self.pages.clear();
                Ok(Reply::TooManyChanges)
            }
            ExportChanges::Few { rows, gone } => {
                let rows = rows.into_iter().map(|row| (row.customer, Some(row)));
                let gone = gone.into_iter().map(|customer| (customer, None));
                self.changes = rows.chain(gone).collect();
                Ok(self.taken())
            }
        }
    }

    pub fn taken(&self) -> Reply {
        Reply::Taken {
            rows: self.rows(),
            since: self.pages.iter().map(|page| page.rev).min(),
            next: self.pages.last().and_then(|page| page.next),
        }
    }

    /// Ends the file, which comes in pieces. If something changed meanwhile, it is written anew, and `progress` hears how many
    /// rows are in it.
    pub fn finish(
        self,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Reply, Vec<Vec<u8>>), NotAPage> {
        let mut rows = self.rows();
        let file = if self.changes.is_empty() {
            self.file
        } else {
            self.written_anew(progress)?.map(|(file, written)| {
                rows = written;
                file
            })
        };
        Ok(match file.and_then(File::finish) {
            Ok(Made {
                chunks,
                sheets,
                cut,
            }) => (Reply::Exported { rows, sheets, cut }, chunks),
            Err(_) => (Reply::NotExported, Vec::new()),
        })
    }

    fn rows(&self) -> u32 {
        self.pages.iter().map(|page| page.len).sum()
    }

    /// The file with every row as it is now, those who joined the list last; and how many.
    fn written_anew(
        self,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Result<(File, u32), WriteError>, NotAPage> {
        let (total, account) = (self.rows(), self.plan.versions);
        // Its room is free before it is taken again.
        drop(self.file);
        let mut file = File::new(&self.plan);
        let mut joined: BTreeMap<_, _> = self.changes.iter().collect();
        let (mut rows, mut printed) = (0_u32, Printed::default());
        for page in &self.pages {
            let (mut page_rows, mut before) = (page.rows()?, None);
            while let Some(row) = page_rows.next(before.take())? {
                let written = match joined.remove(&row.customer) {
                    Some(None) => None,
                    Some(Some(now)) => Some(file.row(Row::from(now).cells(account, &mut printed))),
                    None => Some(file.row(row.cells(account, &mut printed))),
                };
                before = Some(row);
                match written {
                    None => continue,
                    Some(Err(error)) => return Ok(Err(error)),
                    Some(Ok(())) => rows += 1,
                }
                if rows.is_multiple_of(TELL_EVERY) {
                    progress(Progress {
                        step: Step::Writing,
                        done: rows.into(),
                        total: total.into(),
                    });
                }
            }
        }
        for now in joined.into_values().flatten() {
            if let Err(error) = file.row(Row::from(now).cells(account, &mut printed)) {
                return Ok(Err(error));
            }
            rows += 1;
        }
        Ok(Ok((file, rows)))
    }
}

#[cfg(test)]
mod tests;
