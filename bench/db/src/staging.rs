//! Files as the page sends them to Review.

use crate::shop::Shop;
use domain::{
    ids::ImportId,
    import::{
        chunk::{
            CHUNK_ROWS, Chunk, ImportColumn, ImportPlanRequest, NewAttribute, RowContent, StagedRow,
        },
        merge::MergeRule,
    },
    slot::Slot,
    value::Value,
    version::CustomerVersion,
};
use flate2::{Compression, write::DeflateEncoder};
use sha2::{Digest, Sha256};
use std::io::Write as _;

/// The rows of every file.
pub(crate) const ROWS: u32 = 100_000;

/// A row of a file, with a value for each column.
pub(crate) struct Row {
    pub(crate) values: Vec<Option<Value>>,
    /// Whose row it was when it was exported.
    pub(crate) version: Option<CustomerVersion>,
}

pub(crate) async fn stage(
    shop: &Shop,
    file_name: &str,
    columns: impl IntoIterator<Item = (Slot, MergeRule)>,
    new_attributes: &[NewAttribute],
    rows: impl Iterator<Item = Row>,
) -> anyhow::Result<ImportId> {
    let columns: Vec<ImportColumn> = (0..)
        .zip(columns)
        .map(|(source, (slot, rule))| ImportColumn { slot, rule, source })
        .collect();
    let mut rows = rows.peekable();
    let has_versions = rows.peek().is_some_and(|row| row.version.is_some());
    let chunk_rows = u32::try_from(CHUNK_ROWS)?;
    let request = ImportPlanRequest {
        file_name: file_name.to_owned(),
        file_bytes: 1,
        file_sha256: hex(file_name.as_bytes()),
        sheet: None,
        headers: columns
            .iter()
            .map(|column| column.slot.to_string())
            .chain(has_versions.then(|| "Version".to_owned()))
            .collect(),
        version_column: has_versions
            .then(|| u32::try_from(columns.len()))
            .transpose()?,
        columns,
        new_attributes: new_attributes.to_vec(),
        rows: ROWS,
        chunks: ROWS / chunk_rows,
        mapping: String::new(),
        corrections: String::new(),
    };
    let import = shop.services.begin_import(&shop.owner, request).await?;
    for number in 0..ROWS / chunk_rows {
        let first = number * chunk_rows + 2;
        let rows = (first..first + chunk_rows).zip(&mut rows);
        let rows = rows.map(|(line, row)| StagedRow {
            line,
            content: RowContent::Values {
                values: row.values,
                unsubscribe: false,
                version: row.version,
            },
        });
        let rows = rows.collect();
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(&postcard::to_stdvec(&Chunk { number, rows })?)?;
        let body = deflate.finish()?;
        shop.services
            .put_chunk(&shop.owner, import, number, &hex(&body), &body)
            .await?;
    }
    Ok(import)
}

/// SHA-256.
fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}
