//! Chunks on their way in.

use super::{
    attributes::{self, Known},
    decode::{self, Reading},
};
use crate::{Caller, Conflict, ServiceError, Services};
use domain::{
    ids::{CustomerId, ImportId},
    import::{
        chunk::CHUNK_SENT_MAX,
        refusal::ImportRefusal,
        report::{ImportState, Staging},
    },
    permission::Permission,
    slot::SlotKind,
};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fmt::Write};
use store::{
    AccountTx,
    import::{
        record::{self, Import},
        staging::{self, Arrived, RowVersion, ValuesRow},
    },
};

/// The most imports that a person has open at a time.
pub(super) const OPEN_MAX: u16 = 20;

impl Services {
    /// Takes a chunk: `body` is the deflated postcard of a [`domain::import::chunk::Chunk`], `sha256_hex` the checksum
    /// of `body`. The same chunk again changes nothing.
    pub async fn put_chunk(
        &self,
        caller: &Caller,
        import: ImportId,
        number: u32,
        sha256_hex: &str,
        body: &[u8],
    ) -> Result<(), ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        if body.len() > CHUNK_SENT_MAX {
            return Err(ImportRefusal::ChunkTooLarge.into());
        }
        let sha256 = Sha256::digest(body).to_vec();
        if !hex(&sha256).eq_ignore_ascii_case(sha256_hex) {
            return Err(ImportRefusal::DamagedChunk.into());
        }
        let mut tx = self.store.stage(caller.account).await?;
        let import = mine(record::share(&mut tx, import).await?, caller)?;
        staged(&import)?;
        let id = import.summary.id;
        if number >= import.chunks {
            return Err(ImportRefusal::Inconsistent.into());
        }
        if let Some(stored) = staging::chunk_sha256(&mut tx, id, number).await? {
            return same(&stored, &sha256);
        }
        let rows = read_chunk(&mut tx, &import, number, body).await?;
        let arrived = Arrived {
            number,
            sha256,
            rows: u32::try_from(rows.count()).unwrap_or(u32::MAX),
            first_line: rows.first_line,
            last_line: rows.last_line,
        };
        if let Some(stored) = staging::insert_chunk(&mut tx, id, &arrived).await? {
            return same(&stored, &arrived.sha256);
        }
        if staging::announced(&mut tx, id).await? > i64::from(import.rows) {
            return Err(ImportRefusal::Inconsistent.into());
        }
        let rev = tx.rev().await?;
        let filled: Vec<ValuesRow> = rows
            .filled
            .into_iter()
            .map(|row| ValuesRow {
                line: row.line,
                customer: CustomerId::new(self.new_id()),
                unsubscribe: row.unsubscribe,
                version: match row.version {
                    None => RowVersion::None,
                    Some(version) if !version.is_of(caller.account) => RowVersion::Foreign,
                    Some(version) if version.rev > rev => RowVersion::Ahead,
                    Some(version) => RowVersion::Of(version.customer, version.rev),
                },
                values: row.values,
            })
            .collect();
        staging::insert_values(&mut tx, id, &filled).await?;
        staging::insert_skipped(&mut tx, id, &rows.skipped).await?;
        staging::insert_failed(&mut tx, id, &rows.failed).await?;
        Ok(tx.commit().await?)
    }

    /// What has arrived of an import and what the server still waits for; its plan once everything is there.
    pub async fn staging(
        &self,
        caller: &Caller,
        import: ImportId,
    ) -> Result<Staging, ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let import = mine(record::find(&mut tx, import).await?, caller)?;
        staged(&import)?;
        let mut staging = of(&mut tx, import).await?;
        drop(tx);
        if staging.missing.is_empty() {
            staging.totals = Some(self.plan_totals(caller, staging.summary.id).await?);
        }
        Ok(staging)
    }

    /// The imports that the caller has begun and not ended, newest first. Their plans may be out of date.
    pub async fn open_imports(&self, caller: &Caller) -> Result<Vec<Staging>, ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let mut open = Vec::new();
        for import in record::open(&mut tx, caller.person, OPEN_MAX).await? {
            open.push(of(&mut tx, import).await?);
        }
        Ok(open)
    }

    /// Ends an import and drops everything that was staged for it. One that has been cancelled already stays so.
    pub async fn cancel_import(
        &self,
        caller: &Caller,
        import: ImportId,
    ) -> Result<(), ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        let mut tx = self.store.stage(caller.account).await?;
        let import = mine(record::lock(&mut tx, import).await?, caller)?;
        if import.summary.state == ImportState::Cancelled {
            return Ok(());
        }
        staged(&import)?;
        drop_staging(&mut tx, import.summary.id, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }
}

/// Reads a chunk beside the other requests: five thousand rows take a processor for a while.
async fn read_chunk(
    tx: &mut AccountTx,
    import: &Import,
    number: u32,
    body: &[u8],
) -> Result<decode::Rows, ServiceError> {
    let known = Known::read(tx).await?;
    // The columns as they are now, for the kinds; the rows are stored as the import was begun, and renamed by its plan.
    let resolved = attributes::resolve(&import.columns, &import.new_attributes, &known)?;
    let kinds = attributes::kinds(&known.existing, &import.new_attributes);
    let kinds = resolved
        .columns
        .iter()
        .map(|column| attributes::slot_kind(column.slot, &kinds));
    let kinds: Option<Vec<SlotKind>> = kinds.collect();
    let kinds = kinds.ok_or(ImportRefusal::UnknownAttribute)?;
    let country = store::account::get(tx).await?.country;
    let (columns, body) = (import.columns.clone(), body.to_vec());
    let reading = tokio::task::spawn_blocking(move || {
        let chunk = decode::inflate(&body)?;
        if chunk.number != number {
            return Err(ImportRefusal::UnreadableChunk);
        }
        let reading = Reading {
            columns: &columns,
            kinds: &kinds,
            phones: &country,
        };
        decode::check(chunk, &reading)
    });
    Ok(reading.await.map_err(|_| ServiceError::Stopped)??)
}

/// Ends an import without a trace of its rows.
pub(super) async fn drop_staging(
    tx: &mut AccountTx,
    import: ImportId,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<(), ServiceError> {
    staging::drop_rows(tx, import).await?;
    staging::drop_failed(tx, import).await?;
    Ok(record::set_cancelled(tx, import, at).await?)
}

/// Staged rows are shown to nobody but the person who stages them.
pub(super) fn mine(import: Option<Import>, caller: &Caller) -> Result<Import, ServiceError> {
    import
        .filter(|import| import.person == caller.person)
        .ok_or(ServiceError::NotFound)
}

pub(super) fn staged(import: &Import) -> Result<(), ServiceError> {
    if import.summary.state == ImportState::Staging {
        Ok(())
    } else {
        Err(ServiceError::Conflict(Conflict::ImportNotOpen))
    }
}

fn same(stored: &[u8], sent: &[u8]) -> Result<(), ServiceError> {
    if stored == sent {
        Ok(())
    } else {
        Err(ImportRefusal::OtherChunk.into())
    }
}

async fn of(tx: &mut AccountTx, import: Import) -> Result<Staging, ServiceError> {
    let arrived: BTreeSet<u32> = staging::arrived(tx, import.summary.id)
        .await?
        .into_iter()
        .map(|chunk| chunk.number)
        .collect();
    let before = record::committed_for_file(tx, &import.file_sha256).await?;
    Ok(Staging {
        missing: (0..import.chunks)
            .filter(|number| !arrived.contains(number))
            .collect(),
        rows: import.rows,
        chunks: import.chunks,
        totals: import.plan,
        same_file_before: before.map(|import| import.summary),
        headers: import.headers,
        columns: import.columns,
        version_column: import.version_column,
        new_attributes: import.new_attributes,
        mapping: import.mapping,
        corrections: import.corrections,
        file_sha256: import.file_sha256,
        summary: import.summary,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
