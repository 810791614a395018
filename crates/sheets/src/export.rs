//! An export on its way: pages of customers, kept as they came until the file is written.
//!
//! What must stay true: the file shows every customer once, as of the moment of the changes that were taken last.

mod packed;

use crate::{
    protocol::{ExportPlan, Progress, Reply, Step},
    write::{Cell, Csv, Head, WriteColumn, WriteError, Xlsx},
};
use domain::{
    export::{ExportChanges, ExportFormat, ExportRow},
    ids::CustomerId,
    slot::SlotKind,
    version::VERSION_HEADER,
};
use packed::{Page, Row};
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
    /// By customer: the row as it is now, or nothing for one who left the list.
    changes: BTreeMap<CustomerId, Option<ExportRow>>,
}

impl Export {
    pub const fn new(plan: ExportPlan) -> Self {
        Self {
            plan,
            pages: Vec::new(),
            changes: BTreeMap::new(),
        }
    }

    pub fn take_page(&mut self, bytes: Vec<u8>) -> Result<Reply, NotAPage> {
        self.pages.push(Page::read(bytes)?);
        Ok(self.taken())
    }

    /// Takes what changed since the first page.
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
            rows: self.pages.iter().map(|page| page.rows).sum(),
            since: self.pages.first().map(|page| page.rev),
            next: self.pages.last().and_then(|page| page.next),
        }
    }

    /// Writes the file. `progress` hears how many rows are in it.
    pub fn write(
        &self,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Reply, Option<Vec<u8>>), NotAPage> {
        let head = Head {
            title: self.plan.title.clone(),
            author: self.plan.author.clone(),
            created: self.plan.created,
            columns: self.columns(),
        };
        match self.plan.format {
            ExportFormat::Csv => {
                let mut csv = Csv::new(&head);
                let rows = self.rows(progress, |cells| {
                    csv.row(cells);
                    Ok(())
                })?;
                let done = rows.map(|rows| (rows, 1, 0, csv.finish()));
                Ok(exported(done))
            }
            ExportFormat::Xlsx => {
                let mut xlsx = Xlsx::new(head);
                let rows = self.rows(progress, |cells| xlsx.row(cells))?;
                let done = rows.and_then(|rows| {
                    let workbook = xlsx.finish()?;
                    Ok((
                        rows,
                        workbook.sheets,
                        workbook.too_long.len(),
                        workbook.bytes,
                    ))
                });
                Ok(exported(done))
            }
        }
    }

    fn columns(&self) -> Vec<WriteColumn> {
        let columns = self.plan.columns.iter().map(|column| WriteColumn {
            header: column.header.clone(),
            kind: column.kind,
            hidden: false,
        });
        // Nobody reads it, and nobody should write into it.
        let versions = self.plan.versions.map(|_| WriteColumn {
            header: VERSION_HEADER.to_owned(),
            kind: SlotKind::Text,
            hidden: true,
        });
        columns.chain(versions).collect()
    }

    /// Gives every row to `write`, those who joined the list last; how many.
    fn rows(
        &self,
        progress: &mut dyn FnMut(Progress),
        mut write: impl FnMut(&[Cell<'_>]) -> Result<(), WriteError>,
    ) -> Result<Result<u32, WriteError>, NotAPage> {
        let total = self.pages.iter().map(|page| page.rows).sum::<u32>();
        let (mut rows, account) = (0, self.plan.versions);
        let mut joined: BTreeMap<_, _> = self.changes.iter().collect();
        let mut tell = |rows: u32| {
            if rows.is_multiple_of(TELL_EVERY) {
                progress(Progress {
                    step: Step::Writing,
                    done: rows.into(),
                    total: total.into(),
                });
            }
        };
        for row in self.pages.iter().flat_map(Page::iter) {
            let row = row?;
            let written = match joined.remove(&row.customer) {
                Some(None) => continue,
                Some(Some(now)) => Row::from(now).write(account, &mut write),
                None => row.write(account, &mut write),
            };
            if let Err(error) = written {
                return Ok(Err(error));
            }
            rows += 1;
            tell(rows);
        }
        for now in joined.into_values().flatten() {
            if let Err(error) = Row::from(now).write(account, &mut write) {
                return Ok(Err(error));
            }
            rows += 1;
        }
        Ok(Ok(rows))
    }
}

fn exported(done: Result<(u32, usize, usize, Vec<u8>), WriteError>) -> (Reply, Option<Vec<u8>>) {
    let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
    match done {
        Ok((rows, sheets, cut, bytes)) => {
            let reply = Reply::Exported {
                rows,
                sheets: count(sheets),
                cut: count(cut),
            };
            (reply, Some(bytes))
        }
        Err(_) => (Reply::NotExported, None),
    }
}

#[cfg(test)]
mod tests;
