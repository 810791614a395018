//! Import: everything in one transaction.

use super::{
    attributes, plan,
    progress::Meter,
    stage::{mine, staged},
};
use crate::{Caller, Conflict, ServiceError, Services};
use domain::{
    ids::{AccountId, AttributeId, ImportId},
    import::{
        plan::{PlanTotals, RowOutcome},
        report::{ImportState, ImportSummary, ReportTotals, RowReason},
    },
    permission::Permission,
    version::CustomerVersion,
};
use store::{
    AccountTx, Constraint, StoreError,
    attribute::{Author, Kinds},
    import::{
        change::{self, ChangeSource},
        commit,
        record::{self, Attributes, Import},
        review::{self, PlannedRow, Wanted},
        row,
        staging::{self, RefusedRow, RowVersion, ValuesRow},
    },
};

/// The conflicts that are written down at a time.
const PAGE: u16 = 2_000;
/// The lines of the file that are written by one statement: between two, it shows how far it has come.
const LINES: u32 = 5_000;

impl Services {
    /// Writes the import: all of it or, whatever happens in the middle, nothing. It runs to its end even if nobody waits
    /// for the answer; asked again, it answers what it did.
    ///
    /// `seen` is the digest of the plan that a person looked at. If the plan is another one by now, nothing is written, and
    /// the answer is [`Conflict::PlanChanged`].
    pub async fn commit_import(
        &self,
        caller: &Caller,
        import: ImportId,
        seen: u64,
    ) -> Result<ImportSummary, ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        let (services, caller) = (self.clone(), caller.clone());
        let meter = self.meter(&caller, import);
        let committed = tokio::spawn(async move {
            let committed = services.commit_whole(&caller, import, seen, &meter).await;
            meter.clear().await;
            committed
        });
        committed
            .await
            .map_err(|_| ServiceError::Stopped)?
            .map_err(taken_meanwhile)
    }

    async fn commit_whole(
        &self,
        caller: &Caller,
        import: ImportId,
        seen: u64,
        meter: &Meter,
    ) -> Result<ImportSummary, ServiceError> {
        let mut tx = self.store.write_patiently(caller.account).await?;
        let import = mine(record::lock(&mut tx, import).await?, caller)?;
        match import.summary.state {
            ImportState::Committed | ImportState::Undone => return Ok(import.summary),
            ImportState::Cancelled | ImportState::Staging => staged(&import)?,
        }
        let author = Author {
            person: caller.person,
            at: self.clock.now(),
        };
        let id = import.summary.id;
        // This transaction's own rev is one above that of the records it finds.
        let rev = tx.rev().await?.saturating_sub(1);
        // Whatever a server that was killed left behind does not stop this one.
        meter.clear().await;
        let (import, plan) = plan::current(&mut tx, import, rev, meter).await?;
        if plan.digest != seen {
            let plan = PlanTotals {
                rev: tx.rev().await?,
                ..plan
            };
            record::set_plan(&mut tx, id, &plan).await?;
            tx.commit().await?;
            return Err(ServiceError::Conflict(Conflict::PlanChanged));
        }
        let restored = restore_attributes(&mut tx, caller, &import, author).await?;
        let made = make_attributes(&mut tx, &import, author).await?;
        commit::record_opt_outs(&mut tx, id, author).await?;
        let new = write(&mut tx, id, plan.new + plan.changed, author, meter).await?;
        fail_conflicts(&mut tx, &import).await?;
        staging::note_conflicts(&mut tx, id).await?;
        staging::drop_rows(&mut tx, id).await?;
        let totals = ReportTotals {
            rows: import.rows,
            new,
            changed: plan.changed,
            same: plan.same,
            skipped: plan.skipped,
            failed: plan.failed + plan.conflicts,
        };
        let attributes = Attributes { made, restored };
        record::set_committed(&mut tx, id, &totals, &attributes, author.at).await?;
        let committed = record::find(&mut tx, id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        tx.commit().await?;
        Ok(committed.summary)
    }
}

/// Writes the rows in the order of their lines, a part at a time. How many customers are new.
async fn write(
    tx: &mut AccountTx,
    import: ImportId,
    total: u32,
    author: Author,
    meter: &Meter,
) -> Result<u32, ServiceError> {
    let last = staging::last_line(tx, import).await?;
    let (mut new, mut done) = (0, 0);
    for first in (0..=last).step_by(LINES as usize) {
        meter.reach(done, total).await?;
        let lines = first..=first.saturating_add(LINES - 1);
        let inserted = commit::insert_customers(tx, import, &lines, author).await?;
        let changed = change::apply(tx, import, &lines, ChangeSource::Import, author).await?;
        new += inserted;
        done += inserted + changed;
    }
    // From here on it is too late to stop.
    meter.reach(done, total).await?;
    Ok(new)
}

/// An id, a phone or a reference that the plan thought free: nothing was written, and the next plan sees who has it.
pub(super) fn taken_meanwhile(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Store(StoreError::Constraint(
            Constraint::AttributeId
            | Constraint::AttributeName
            | Constraint::CustomerCellPhone
            | Constraint::CustomerReference,
        )) => ServiceError::Conflict(Conflict::Changed),
        other => other,
    }
}

/// Takes retired attributes back into use that the import fills.
async fn restore_attributes(
    tx: &mut AccountTx,
    caller: &Caller,
    import: &Import,
    author: Author,
) -> Result<Vec<AttributeId>, ServiceError> {
    let existing = store::attribute::list(tx).await?;
    let restored = attributes::restored(caller, &import.columns, &existing)?;
    for attribute in &restored {
        store::attribute::set_retired(tx, *attribute, false, author).await?;
    }
    Ok(restored)
}

async fn make_attributes(
    tx: &mut AccountTx,
    import: &Import,
    author: Author,
) -> Result<Vec<AttributeId>, ServiceError> {
    for new in &import.new_attributes {
        store::attribute::insert(tx, new.id, &new.name, new.kind, author).await?;
    }
    Ok(import.new_attributes.iter().map(|new| new.id).collect())
}

/// Rows that cannot be written become failed rows, with the cells that they came from.
async fn fail_conflicts(tx: &mut AccountTx, import: &Import) -> Result<(), ServiceError> {
    let kinds: Kinds = store::attribute::kinds(tx).await?;
    let mut after = 0;
    loop {
        let id = import.summary.id;
        let conflicts =
            review::rows(tx, id, Wanted::Outcome(RowOutcome::Conflict), after, PAGE).await?;
        let Some(last) = conflicts.last() else {
            return Ok(());
        };
        after = last.line;
        let lines: Vec<u32> = conflicts.iter().map(|row| row.line).collect();
        let staged = row::staged(tx, id, &lines, &kinds).await?;
        let failed: Vec<RefusedRow> = conflicts
            .iter()
            .zip(&staged)
            .map(|(conflict, row)| RefusedRow {
                line: row.line,
                cells: cells(import, row, tx.account()),
                reasons: vec![reason(conflict)],
            })
            .collect();
        staging::insert_failed(tx, id, &failed).await?;
    }
}

/// The values of a row in the columns of the file that they came from; columns that were ignored stay blank.
fn cells(import: &Import, row: &ValuesRow, account: AccountId) -> Vec<String> {
    let mut cells = vec![String::new(); import.headers.len()];
    for column in &import.columns {
        let value = row.values.get(column.slot).map(ToString::to_string);
        let cell = usize::try_from(column.source)
            .ok()
            .and_then(|source| cells.get_mut(source));
        if let (Some(value), Some(cell)) = (value, cell) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&value);
        }
    }
    let versions = import
        .version_column
        .and_then(|column| cells.get_mut(usize::try_from(column).ok()?));
    if let (Some(cell), RowVersion::Of(customer, rev)) = (versions, row.version) {
        *cell = CustomerVersion::new(account, customer, rev).to_string();
    }
    cells
}

fn reason(conflict: &PlannedRow) -> RowReason {
    match conflict.same_as_line {
        Some(line) => RowReason::SameAsLine(line),
        None if conflict.by_reference => RowReason::ReferenceTaken,
        None => RowReason::PhoneTaken,
    }
}
