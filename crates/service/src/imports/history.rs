//! What became of imports, and what is remembered of them.

use super::begin::header_keys;
use crate::{Caller, InvalidInput, ServiceError, Services};
use domain::{
    ids::ImportId,
    import::report::{FailedRow, ImportDetail, ImportState, ImportSummary},
    permission::Permission,
    query::Page,
};
use std::collections::BTreeSet;
use store::import::{
    record::{self, Import},
    review,
};

/// Imports of one page of the history.
const PAGE: u16 = 50;
/// Failed rows of one page.
const FAILED_PAGE: u16 = 1_000;
/// The imports whose mappings are remembered.
const REMEMBERED: u16 = 200;

impl Services {
    /// The imports that have ended, newest first.
    pub async fn imports(
        &self,
        caller: &Caller,
        after: Option<String>,
    ) -> Result<Page<ImportSummary>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let before = after
            .map(|cursor| cursor.parse::<ImportId>())
            .transpose()
            .map_err(|_| InvalidInput::Cursor)?;
        let mut tx = self.store.read(caller.account).await?;
        let imports = record::ended(&mut tx, before, PAGE + 1).await?;
        let rows = imports.into_iter().map(|import| import.summary).collect();
        Ok(Page::cut(rows, PAGE, |import: &ImportSummary| {
            import.id.to_string()
        }))
    }

    /// One import with its mapping; an open one is shown to nobody but the person who stages it.
    pub async fn import_detail(
        &self,
        caller: &Caller,
        import: ImportId,
    ) -> Result<Option<ImportDetail>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let import = record::find(&mut tx, import)
            .await?
            .filter(|import| shown_to(import, caller));
        Ok(import.map(|import| ImportDetail {
            summary: import.summary,
            headers: import.headers,
            columns: import.columns,
            new_attributes: import.new_attributes,
        }))
    }

    /// The head of one import; see [`Services::import_detail`].
    pub async fn import_summary(
        &self,
        caller: &Caller,
        import: ImportId,
    ) -> Result<Option<ImportSummary>, ServiceError> {
        Ok(self
            .import_detail(caller, import)
            .await?
            .map(|detail| detail.summary))
    }

    /// The column titles of the file and a page of its failed rows, in the order of the lines. The cursor of the next page
    /// is its last line.
    pub async fn failed_rows(
        &self,
        caller: &Caller,
        import: ImportId,
        after_line: u32,
    ) -> Result<(Vec<String>, Page<FailedRow>), ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let import = record::find(&mut tx, import)
            .await?
            .filter(|import| shown_to(import, caller))
            .ok_or(ServiceError::NotFound)?;
        let (rows, more) =
            review::failed(&mut tx, import.summary.id, after_line, FAILED_PAGE).await?;
        let next = rows.last().filter(|_| more).map(|row| row.line.to_string());
        Ok((import.headers, Page { rows, next }))
    }

    /// The mapping of the last import of a file with these headers, in any order; else of the one whose headers overlap
    /// best, if at least four of five do.
    pub async fn remembered_mapping(
        &self,
        caller: &Caller,
        headers: &[String],
    ) -> Result<Option<String>, ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let wanted: BTreeSet<String> = header_keys(headers).into_iter().collect();
        let mut best: Option<(usize, usize, ImportId)> = None;
        for (import, keys) in record::header_keys(&mut tx, REMEMBERED).await? {
            let keys: BTreeSet<String> = keys.into_iter().collect();
            let shared = keys.intersection(&wanted).count();
            let all = keys.union(&wanted).count();
            // Compared as fractions; of equal ones the newest stays.
            let better = best.is_none_or(|(s, a, _)| shared * a > s * all);
            if shared * 5 >= all * 4 && shared > 0 && better {
                best = Some((shared, all, import));
            }
        }
        let Some((_, _, import)) = best else {
            return Ok(None);
        };
        Ok(record::find(&mut tx, import)
            .await?
            .map(|import| import.mapping))
    }
}

fn shown_to(import: &Import, caller: &Caller) -> bool {
    import.summary.state != ImportState::Staging || import.person == caller.person
}
