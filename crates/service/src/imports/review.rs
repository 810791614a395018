//! Review: the rows of the plan, page by page.

use super::{
    attributes::{Ancestors, Known},
    differences::{Differences, Past},
    stage::{mine, staged},
};
use crate::{Caller, ServiceError, Services};
use domain::{
    account::Country,
    customer::Values,
    ids::{CustomerId, ImportId},
    import::{
        plan::{PlanCell, PlanClash, PlanRow, RowConflict, RowOutcome},
        refusal::ImportRefusal,
        three_way::Clash,
    },
    permission::Permission,
    phone::E164,
    query::{PAGE_MAX, Page},
    slot::{Field, Slot},
    value::Value,
};
use std::collections::BTreeMap;
use store::{
    AccountTx,
    history::{self, LastChange},
    import::{
        base::{self, Before},
        change::{self, CustomerChange},
        record::{self, Import},
        review::{self, PlannedRow, Wanted},
        row,
        staging::ValuesRow,
    },
};

impl Services {
    /// Rows of the last plan after a line, of one outcome or of any, at most [`PAGE_MAX`]. The cursor of the next page is
    /// its line.
    pub async fn plan_rows(
        &self,
        caller: &Caller,
        import: ImportId,
        outcome: Option<RowOutcome>,
        after_line: u32,
        limit: u16,
    ) -> Result<Page<PlanRow>, ServiceError> {
        let wanted = outcome.map_or(Wanted::All, Wanted::Outcome);
        self.planned(caller, import, wanted, after_line, limit)
            .await
    }

    /// Rows of the last plan with cells that were changed in the file and in the app, after a line, at most [`PAGE_MAX`].
    pub async fn clashing_rows(
        &self,
        caller: &Caller,
        import: ImportId,
        after_line: u32,
        limit: u16,
    ) -> Result<Page<PlanRow>, ServiceError> {
        self.planned(caller, import, Wanted::Clashing, after_line, limit)
            .await
    }

    async fn planned(
        &self,
        caller: &Caller,
        import: ImportId,
        wanted: Wanted,
        after_line: u32,
        limit: u16,
    ) -> Result<Page<PlanRow>, ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        let limit = limit.clamp(1, PAGE_MAX);
        let mut tx = self.store.read(caller.account).await?;
        let import = mine(record::find(&mut tx, import).await?, caller)?;
        staged(&import)?;
        if import.plan.is_none() {
            return Err(ImportRefusal::Incomplete.into());
        }
        let planned =
            review::rows(&mut tx, import.summary.id, wanted, after_line, limit + 1).await?;
        let Page {
            rows: planned,
            next,
        } = Page::cut(planned, limit, |row| row.line.to_string());
        let around = Around::read(&mut tx, &import, &planned).await?;
        Ok(Page {
            rows: planned
                .iter()
                .map(|row| around.show(&import, row))
                .collect(),
            next,
        })
    }
}

/// What a page of rows needs to be shown.
struct Around {
    staged: BTreeMap<u32, ValuesRow>,
    changes: BTreeMap<u32, CustomerChange>,
    customers: BTreeMap<CustomerId, Values>,
    before: BTreeMap<u32, Before>,
    ancestors: Ancestors,
    last_changes: BTreeMap<(CustomerId, Slot), LastChange>,
    country: Country,
}

impl Around {
    async fn read(
        tx: &mut AccountTx,
        import: &Import,
        planned: &[PlannedRow],
    ) -> Result<Self, ServiceError> {
        let id = import.summary.id;
        let mut kinds = store::attribute::kinds(tx).await?;
        kinds.extend(
            import
                .new_attributes
                .iter()
                .map(|attribute| (attribute.id, attribute.kind)),
        );
        let lines: Vec<u32> = planned.iter().map(|row| row.line).collect();
        let ids: Vec<CustomerId> = planned
            .iter()
            .flat_map(|row| [row.customer, row.phone_owner])
            .flatten()
            .collect();
        let staged = row::staged(tx, id, &lines, &kinds).await?;
        let changes = change::of_lines(tx, id, &lines).await?;
        Ok(Self {
            staged: staged.into_iter().map(|row| (row.line, row)).collect(),
            changes: changes
                .into_iter()
                .map(|change| (change.line, change))
                .collect(),
            customers: row::customers(tx, &ids, &kinds).await?,
            before: base::of_lines(tx, id, &lines).await?,
            ancestors: Known::read(tx).await?.ancestors(),
            last_changes: history::last_changes(tx, &clashing(planned)).await?,
            country: store::account::get(tx).await?.country,
        })
    }

    fn show(&self, import: &Import, row: &PlannedRow) -> PlanRow {
        let staged = self.staged.get(&row.line);
        let incoming = staged.map(|row| &row.values);
        let current = row
            .customer
            .and_then(|customer| self.customers.get(&customer));
        let name = current.or(incoming).map(Values::name).unwrap_or_default();
        let blank = Values::default();
        let before = staged.zip(row.customer).and_then(|(staged, customer)| {
            Past::of(
                staged,
                customer,
                self.before.get(&row.line),
                &self.ancestors,
            )
        });
        let changes = match (row.outcome, incoming) {
            (RowOutcome::New, Some(incoming)) => written(incoming),
            (RowOutcome::Conflict, Some(incoming)) if current.is_none() => written(incoming),
            (RowOutcome::Conflict, Some(incoming)) => cells(
                Differences::of(&import.columns, current.unwrap_or(&blank), incoming, before)
                    .changes,
            ),
            (RowOutcome::Changed, _) => self
                .changes
                .get(&row.line)
                .map(|change| cells(change.changes.clone()))
                .unwrap_or_default(),
            _ => Vec::new(),
        };
        let owner = |customer: CustomerId| {
            let name = self.customers.get(&customer).map(Values::name);
            (customer, name.unwrap_or_default())
        };
        let conflict = match (row.same_as_line, row.phone_owner.map(owner)) {
            (Some(line), _) => Some(RowConflict::SameAsLine { line }),
            (None, Some((customer, name))) if row.by_reference => {
                Some(RowConflict::ReferenceTaken { customer, name })
            }
            (None, Some((customer, name))) => Some(RowConflict::PhoneTaken { customer, name }),
            (None, None) => None,
        };
        let clashes: Vec<PlanClash> = row
            .clashes
            .iter()
            .map(|clash| self.clash(row.customer, clash))
            .collect();
        let of_clashes = clashes.iter().flat_map(|PlanClash { clash, .. }| {
            [&clash.base, &clash.from, &clash.to].map(|value| (clash.slot, value))
        });
        let phones = changes
            .iter()
            .flat_map(|cell| [&cell.before, &cell.after].map(|value| (cell.slot, value)))
            .chain(of_clashes)
            .filter(|(slot, _)| {
                *slot == Slot::Field(Field::CellPhone) || *slot == Slot::Field(Field::OtherPhones)
            })
            .filter_map(|(_, value)| value.as_ref())
            .flat_map(|value| match value {
                Value::Texts(texts) => texts.clone(),
                single => vec![single.to_string()],
            })
            .filter_map(|text| {
                E164::new(&text)
                    .ok()
                    .map(|phone| (text, phone.display(self.country)))
            })
            .collect();
        PlanRow {
            line: row.line,
            outcome: row.outcome,
            customer: row.customer,
            name,
            cells: changes,
            conflict,
            clashes,
            version: row.version,
            skipped: row.skipped,
            failed: row.reasons.clone(),
            phones,
        }
    }

    fn clash(&self, customer: Option<CustomerId>, clash: &Clash) -> PlanClash {
        let last = customer.and_then(|customer| self.last_changes.get(&(customer, clash.slot)));
        PlanClash {
            clash: clash.clone(),
            by: last.and_then(|last| last.by.clone()),
            at: last.map(|last| last.at),
        }
    }
}

/// The values of customers that clash.
fn clashing(planned: &[PlannedRow]) -> Vec<(CustomerId, Slot)> {
    let of_row = |row: &PlannedRow| -> Vec<(CustomerId, Slot)> {
        let slots = row.clashes.iter().map(|clash| clash.slot);
        slots
            .filter_map(|slot| Some((row.customer?, slot)))
            .collect()
    };
    planned.iter().flat_map(of_row).collect()
}

fn written(values: &Values) -> Vec<PlanCell> {
    values
        .iter()
        .map(|(slot, value)| PlanCell {
            slot,
            before: None,
            after: Some(value.clone()),
        })
        .collect()
}

fn cells(changes: Vec<domain::mutation::Change>) -> Vec<PlanCell> {
    changes
        .into_iter()
        .map(|change| PlanCell {
            slot: change.slot,
            before: change.from,
            after: change.to,
        })
        .collect()
}
