//! From the bytes of a chunk to rows that can be staged. Everything in them is suspect.

use domain::{
    contact::{self, ReadPhone},
    customer::Values,
    import::{
        chunk::{
            CELL_CHARS_MAX, CHUNK_BYTES_MAX, CHUNK_ROWS, Chunk, ImportColumn, RowContent,
            SkipReason, StagedRow,
        },
        refusal::ImportRefusal,
        report::RowReason,
    },
    slot::SlotKind,
    value::Value,
    version::CustomerVersion,
};
use flate2::read::DeflateDecoder;
use std::io::Read;
use store::import::staging::{RefusedRow, SkippedRow};

/// The most columns of a file.
pub(super) const COLUMNS_MAX: usize = 500;
/// The most characters of a column's title.
pub(super) const HEADER_MAX: usize = 255;
/// The problems of a row that are kept: nobody reads more.
const REASONS_MAX: usize = 50;
/// The highest line number: what the database counts lines with.
const LINE_MAX: u32 = i32::MAX.unsigned_abs();

/// A row that makes or matches a customer, before it has an id.
#[derive(Debug, PartialEq)]
pub(super) struct Filled {
    pub line: u32,
    pub unsubscribe: bool,
    pub version: Option<CustomerVersion>,
    pub values: Values,
}

/// The rows of a chunk, checked and sorted by what becomes of them.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub filled: Vec<Filled>,
    pub skipped: Vec<SkippedRow>,
    pub failed: Vec<RefusedRow>,
    pub first_line: u32,
    pub last_line: u32,
}

impl Rows {
    pub(super) fn count(&self) -> usize {
        self.filled.len() + self.skipped.len() + self.failed.len()
    }
}

/// What the rows are read with.
pub(super) struct Reading<'a, P> {
    pub columns: &'a [ImportColumn],
    /// The kinds of the columns, in their order.
    pub kinds: &'a [SlotKind],
    pub phones: &'a P,
}

/// Inflates and reads a chunk: never more than [`CHUNK_BYTES_MAX`] of it, however well it is compressed.
pub(super) fn inflate(body: &[u8]) -> Result<Chunk, ImportRefusal> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(CHUNK_BYTES_MAX).unwrap_or(u64::MAX);
    DeflateDecoder::new(body)
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| ImportRefusal::UnreadableChunk)?;
    if bytes.len() > CHUNK_BYTES_MAX {
        return Err(ImportRefusal::ChunkTooLarge);
    }
    match postcard::take_from_bytes(&bytes) {
        Ok((chunk, [])) => Ok(chunk),
        _ => Err(ImportRefusal::UnreadableChunk),
    }
}

/// Checks every row of a chunk by the rules that every value obeys.
pub(super) fn check<P: ReadPhone>(
    chunk: Chunk,
    reading: &Reading<'_, P>,
) -> Result<Rows, ImportRefusal> {
    if chunk.rows.is_empty() || chunk.rows.len() > CHUNK_ROWS {
        return Err(ImportRefusal::UnreadableChunk);
    }
    let mut rows = Rows {
        first_line: chunk.rows[0].line,
        ..Rows::default()
    };
    for StagedRow { line, content } in chunk.rows {
        if line <= rows.last_line || line > LINE_MAX {
            return Err(ImportRefusal::LinesOutOfOrder);
        }
        rows.last_line = line;
        match content {
            RowContent::Values {
                values,
                unsubscribe,
                version,
            } => {
                let values = checked(values, reading).ok_or(ImportRefusal::InvalidRow { line })?;
                if values.is_empty() {
                    rows.skipped.push(SkippedRow {
                        line,
                        reason: SkipReason::NothingMapped,
                    });
                } else {
                    rows.filled.push(Filled {
                        line,
                        unsubscribe,
                        version,
                        values,
                    });
                }
            }
            RowContent::Skipped(SkipReason::FoldedInto(into)) if into == 0 || into > LINE_MAX => {
                return Err(ImportRefusal::InvalidRow { line });
            }
            RowContent::Skipped(reason) => rows.skipped.push(SkippedRow { line, reason }),
            RowContent::Failed { cells, problems } => {
                if cells.len() > COLUMNS_MAX || problems.len() > COLUMNS_MAX {
                    return Err(ImportRefusal::InvalidRow { line });
                }
                let reasons = problems
                    .iter()
                    .take(REASONS_MAX)
                    .map(|problem| RowReason::Cell(problem.clone()))
                    .collect();
                let cells = cells
                    .iter()
                    .map(|cell| short(cell, CELL_CHARS_MAX))
                    .collect();
                rows.failed.push(RefusedRow {
                    line,
                    cells,
                    reasons,
                });
            }
        }
    }
    Ok(rows)
}

fn checked<P: ReadPhone>(values: Vec<Option<Value>>, reading: &Reading<'_, P>) -> Option<Values> {
    if values.len() != reading.columns.len() {
        return None;
    }
    let mut checked = Values::default();
    for ((value, column), kind) in values.into_iter().zip(reading.columns).zip(reading.kinds) {
        if let Some(value) = value {
            checked.set(
                column.slot,
                contact::check(*kind, value, reading.phones).ok()?,
            );
        }
    }
    Some(checked)
}

/// As much of a text as is kept of it.
pub(super) fn short(text: &str, max: usize) -> String {
    text.chars().filter(|c| *c != '\0').take(max).collect()
}

/// Postgres keeps no NUL in a text, and nobody sees one.
pub(super) fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}
