//! What an import would do, computed against the records as they are.

use super::{
    attributes::{self, Ancestors, Known},
    differences::{Differences, Past},
    progress::Meter,
    stage::{mine, staged},
};
use crate::{Caller, ServiceError, Services};
use domain::{
    ids::ImportId,
    import::{chunk::ImportColumn, plan::PlanTotals, refusal::ImportRefusal, three_way::Clash},
    permission::Permission,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use store::{
    AccountTx,
    attribute::Kinds,
    import::{
        base,
        change::{self, CustomerChange},
        plan::{self, Match},
        record::{self, Import},
        row,
        staging::{self, Arrived},
    },
};

/// The rows that are compared at a time.
const PAGE: u16 = 2_000;

impl Services {
    /// Counts the rows by what would become of them, anew if the records changed since the last time.
    pub async fn plan_totals(
        &self,
        caller: &Caller,
        import: ImportId,
    ) -> Result<PlanTotals, ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        let mut tx = self.store.stage(caller.account).await?;
        let import = mine(record::lock(&mut tx, import).await?, caller)?;
        staged(&import)?;
        let (_, totals) = self.brought_up_to_date(caller, &mut tx, import).await?;
        tx.commit().await?;
        Ok(totals)
    }

    /// Changes the merge rules of the columns, which must be the columns of the import in their order, and plans anew.
    pub async fn set_rules(
        &self,
        caller: &Caller,
        import: ImportId,
        columns: Vec<ImportColumn>,
    ) -> Result<PlanTotals, ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        let mut tx = self.store.stage(caller.account).await?;
        let mut import = mine(record::lock(&mut tx, import).await?, caller)?;
        staged(&import)?;
        let same = columns.len() == import.columns.len()
            && columns
                .iter()
                .zip(&import.columns)
                .all(|(new, old)| new.slot == old.slot && new.source == old.source);
        if !same {
            return Err(ImportRefusal::Inconsistent.into());
        }
        if columns != import.columns {
            record::set_columns(&mut tx, import.summary.id, &columns, &import.new_attributes)
                .await?;
            import.columns = columns;
            import.plan = None;
        }
        let (_, totals) = self.brought_up_to_date(caller, &mut tx, import).await?;
        tx.commit().await?;
        Ok(totals)
    }

    /// The plan of a locked import against the records of now, with its progress told meanwhile.
    pub(super) async fn brought_up_to_date(
        &self,
        caller: &Caller,
        tx: &mut AccountTx,
        import: Import,
    ) -> Result<(Import, PlanTotals), ServiceError> {
        // Asked for before anything is compared: what changes meanwhile makes the plan out of date, not wrong.
        let rev = tx.rev().await?;
        let meter = self.meter(caller, import.summary.id);
        let planned = current(tx, import, rev, &meter).await;
        meter.clear().await;
        planned
    }
}

/// The plan of a locked import against the records as of `rev`, made anew if it is of an earlier one.
pub(super) async fn current(
    tx: &mut AccountTx,
    import: Import,
    rev: u64,
    meter: &Meter,
) -> Result<(Import, PlanTotals), ServiceError> {
    match import.plan {
        Some(plan) if plan.rev == rev => Ok((import, plan)),
        _ => make(tx, import, rev, meter).await,
    }
}

async fn make(
    tx: &mut AccountTx,
    mut import: Import,
    rev: u64,
    meter: &Meter,
) -> Result<(Import, PlanTotals), ServiceError> {
    let id = import.summary.id;
    complete(&import, &staging::arrived(tx, id).await?)?;
    let known = Known::read(tx).await?;
    let resolved = attributes::resolve(&import.columns, &import.new_attributes, &known)?;
    for (from, to) in resolved.renamed.iter().filter(|(from, to)| from != to) {
        staging::rekey_attribute(tx, id, *from, *to).await?;
    }
    if !resolved.renamed.is_empty() {
        record::set_columns(tx, id, &resolved.columns, &resolved.new_attributes).await?;
        import.columns = resolved.columns;
        import.new_attributes = resolved.new_attributes;
    }
    // What a person chose in the plan before holds in this one, where it is still the same choice.
    let taken = change::taken(tx, id).await?;
    plan::match_rows(tx, id).await?;
    let kinds = attributes::kinds(&known.existing, &import.new_attributes);
    compare(tx, &import, &kinds, &known.ancestors(), &taken, meter).await?;
    summed(tx, import, rev).await
}

/// The plan with its totals, as it is now.
pub(super) async fn summed(
    tx: &mut AccountTx,
    mut import: Import,
    rev: u64,
) -> Result<(Import, PlanTotals), ServiceError> {
    let id = import.summary.id;
    let totals = PlanTotals {
        digest: digest(tx, &import).await?,
        ..plan::totals(tx, id, rev).await?
    };
    record::set_plan(tx, id, &totals).await?;
    import.plan = Some(totals);
    Ok((import, totals))
}

/// Of the plan and of the columns with their rules.
async fn digest(tx: &mut AccountTx, import: &Import) -> Result<u64, ServiceError> {
    let rows = plan::digest(tx, import.summary.id).await?;
    let bytes = postcard::to_allocvec(&(&import.columns, &import.new_attributes, rows))
        .map_err(|_| ImportRefusal::Inconsistent)?;
    let head = Sha256::digest(bytes).first_chunk().copied();
    Ok(u64::from_be_bytes(head.unwrap_or_default()))
}

/// Every chunk is there, they carry as many rows as were announced, and no line comes twice.
fn complete(import: &Import, arrived: &[Arrived]) -> Result<(), ImportRefusal> {
    if u32::try_from(arrived.len()) != Ok(import.chunks) {
        return Err(ImportRefusal::Incomplete);
    }
    if arrived
        .windows(2)
        .any(|pair| pair[0].last_line >= pair[1].first_line)
    {
        return Err(ImportRefusal::LinesOutOfOrder);
    }
    if arrived.iter().map(|chunk| chunk.rows).sum::<u32>() != import.rows {
        return Err(ImportRefusal::Inconsistent);
    }
    Ok(())
}

/// Finds what each matched row changes, by the rule of each column.
async fn compare(
    tx: &mut AccountTx,
    import: &Import,
    kinds: &Kinds,
    ancestors: &Ancestors,
    taken: &BTreeMap<u32, Vec<Clash>>,
    meter: &Meter,
) -> Result<(), ServiceError> {
    let id = import.summary.id;
    let mut after = 0;
    loop {
        meter.reach(after.min(import.rows), import.rows).await?;
        let matches = plan::matches(tx, id, after, PAGE).await?;
        let Some(last) = matches.last() else {
            return Ok(());
        };
        after = last.line;
        let lines: Vec<u32> = matches.iter().map(|matched| matched.line).collect();
        let customers: Vec<_> = matches.iter().map(|matched| matched.customer).collect();
        let staged = row::staged(tx, id, &lines, kinds).await?;
        let current = row::customers(tx, &customers, kinds).await?;
        let before = base::of_lines(tx, id, &lines).await?;
        let (mut changed, mut clashing) = (Vec::new(), Vec::new());
        for (matched, row) in matches.iter().zip(&staged) {
            let Match { line, customer } = *matched;
            let Some(current) = current.get(&customer) else {
                continue;
            };
            let before = Past::of(row, customer, before.get(&line), ancestors);
            let mut found = Differences::of(&import.columns, current, &row.values, before);
            let taken = taken.get(&line).map(Vec::as_slice).unwrap_or_default();
            found.choose(&import.columns, true, |clash| {
                let is_same = |taken: &Clash| {
                    taken.slot == clash.slot && taken.from == clash.from && taken.to == clash.to
                };
                taken.iter().any(is_same)
            });
            if !found.changes.is_empty() {
                changed.push(CustomerChange {
                    line,
                    customer,
                    changes: found.changes,
                });
            }
            if !found.clashes.is_empty() {
                clashing.push((line, found.clashes));
            }
        }
        change::set_clashes(tx, id, &clashing).await?;
        change::set_changed(tx, id, &changed).await?;
    }
}
