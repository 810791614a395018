//! Review: the rows of the plan, page by page.

use super::{
    plan::differences,
    stage::{mine, staged},
};
use crate::{Caller, ServiceError, Services};
use domain::{
    account::Country,
    customer::Values,
    ids::{CustomerId, ImportId},
    import::{
        plan::{PlanCell, PlanRow, RowConflict, RowOutcome},
        refusal::ImportRefusal,
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
    import::{
        change::{self, CustomerChange},
        record::{self, Import},
        review::{self, PlannedRow},
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
        caller.require(Permission::ImportCustomers)?;
        let limit = limit.clamp(1, PAGE_MAX);
        let mut tx = self.store.read(caller.account).await?;
        let import = mine(record::find(&mut tx, import).await?, caller)?;
        staged(&import)?;
        if import.plan.is_none() {
            return Err(ImportRefusal::Incomplete.into());
        }
        let planned =
            review::rows(&mut tx, import.summary.id, outcome, after_line, limit + 1).await?;
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
            country: store::account::get(tx).await?.country,
        })
    }

    fn show(&self, import: &Import, row: &PlannedRow) -> PlanRow {
        let incoming = self.staged.get(&row.line).map(|row| &row.values);
        let current = row
            .customer
            .and_then(|customer| self.customers.get(&customer));
        let name = current.or(incoming).map(Values::name).unwrap_or_default();
        let blank = Values::default();
        let changes = match (row.outcome, incoming) {
            (RowOutcome::New, Some(incoming)) => written(incoming),
            (RowOutcome::Conflict, Some(incoming)) if current.is_none() => written(incoming),
            (RowOutcome::Conflict, Some(incoming)) => cells(differences(
                &import.columns,
                current.unwrap_or(&blank),
                incoming,
            )),
            (RowOutcome::Changed, _) => self
                .changes
                .get(&row.line)
                .map(|change| cells(change.changes.clone()))
                .unwrap_or_default(),
            _ => Vec::new(),
        };
        let conflict = match (row.same_as_line, row.phone_owner) {
            (Some(line), _) => Some(RowConflict::SameAsLine { line }),
            (None, Some(customer)) => Some(RowConflict::PhoneTaken {
                customer,
                name: self
                    .customers
                    .get(&customer)
                    .map(Values::name)
                    .unwrap_or_default(),
            }),
            (None, None) => None,
        };
        let phones = changes
            .iter()
            .filter(|cell| {
                cell.slot == Slot::Field(Field::CellPhone)
                    || cell.slot == Slot::Field(Field::OtherPhones)
            })
            .flat_map(|cell| [&cell.before, &cell.after])
            .flatten()
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
            skipped: row.skipped,
            failed: row.reasons.clone(),
            phones,
        }
    }
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
