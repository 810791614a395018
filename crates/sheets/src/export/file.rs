//! The file of an export, in either format.

use crate::{
    protocol::ExportPlan,
    write::{Cell, Csv, Head, WriteColumn, WriteError, Xlsx},
};
use domain::{export::ExportFormat, slot::SlotKind, version::VERSION_HEADER};

#[derive(Debug)]
pub(super) enum File {
    Csv(Csv),
    Xlsx(Box<Xlsx>),
}

/// A file that was made.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) chunks: Vec<Vec<u8>>,
    pub(super) sheets: u32,
    /// Cells that hold only the beginning of their text.
    pub(super) cut: u32,
}

impl File {
    pub(super) fn new(plan: &ExportPlan) -> Self {
        let head = Head {
            title: plan.title.clone(),
            author: plan.author.clone(),
            created: plan.created,
            columns: columns(plan),
        };
        match plan.format {
            ExportFormat::Csv => Self::Csv(Csv::new(&head)),
            ExportFormat::Xlsx => Self::Xlsx(Box::new(Xlsx::new(head))),
        }
    }

    #[inline]
    pub(super) fn row<'a>(
        &mut self,
        cells: impl Iterator<Item = Cell<'a>>,
    ) -> Result<(), WriteError> {
        match self {
            Self::Csv(csv) => {
                csv.row(cells);
                Ok(())
            }
            Self::Xlsx(xlsx) => xlsx.row(cells),
        }
    }

    pub(super) fn finish(self) -> Result<Made, WriteError> {
        let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
        match self {
            Self::Csv(csv) => Ok(Made {
                chunks: csv.finish(),
                sheets: 1,
                cut: 0,
            }),
            Self::Xlsx(xlsx) => xlsx.finish().map(|workbook| Made {
                chunks: vec![workbook.bytes],
                sheets: count(workbook.sheets),
                cut: count(workbook.too_long.len()),
            }),
        }
    }
}

fn columns(plan: &ExportPlan) -> Vec<WriteColumn> {
    let columns = plan.columns.iter().map(|column| WriteColumn {
        header: column.header.clone(),
        kind: column.kind,
        hidden: false,
    });
    // Nobody reads it, and nobody should write into it.
    let versions = plan.versions.map(|_| WriteColumn {
        header: VERSION_HEADER.to_owned(),
        kind: SlotKind::Text,
        hidden: true,
    });
    columns.chain(versions).collect()
}
