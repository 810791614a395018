//! Choosing between what the file says and what the app has, where both were changed since the file was exported.

use super::{
    differences::Differences,
    plan::summed,
    stage::{mine, staged},
};
use crate::{Caller, Conflict, ServiceError, Services};
use domain::{
    ids::ImportId,
    import::{
        plan::{Clashing, ManyClashing, PlanTotals},
        three_way::Clash,
    },
    permission::Permission,
};
use store::import::{
    change::{self, CustomerChange},
    record,
};

/// The rows that are chosen for at a time.
const PAGE: u16 = 2_000;

impl Services {
    /// Takes what the file says in clashing cells of the plan, or leaves what the app has, which is what happens to cells that
    /// nobody chose for. A choice lasts as long as both values do.
    ///
    /// If many are chosen for in a plan that is another one by now, none is, the new plan is kept to be looked at, and the
    /// answer is [`Conflict::PlanChanged`].
    pub async fn choose_clashing(
        &self,
        caller: &Caller,
        import: ImportId,
        which: Clashing,
        take: bool,
    ) -> Result<PlanTotals, ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        let mut tx = self.store.stage(caller.account).await?;
        let import = mine(record::lock(&mut tx, import).await?, caller)?;
        staged(&import)?;
        let (import, plan) = self.brought_up_to_date(caller, &mut tx, import).await?;
        let id = import.summary.id;
        let (mut after, limit) = match &which {
            Clashing::Cell { line, .. } => (line.saturating_sub(1), 1),
            Clashing::Many { seen, .. } if *seen != plan.digest => {
                tx.commit().await?;
                return Err(ServiceError::Conflict(Conflict::PlanChanged));
            }
            Clashing::Many { .. } => (0, PAGE),
        };
        loop {
            let page = change::clashing(&mut tx, id, after, limit).await?;
            let Some(last) = page.last() else { break };
            after = last.line;
            let (mut changes, mut clashes) = (Vec::new(), Vec::new());
            for row in page {
                let line = row.line;
                let mut differences = Differences {
                    changes: row.changes,
                    clashes: row.clashes,
                };
                if differences.choose(&import.columns, take, |clash| picks(&which, line, clash)) {
                    changes.push(CustomerChange {
                        line,
                        customer: row.customer,
                        changes: differences.changes,
                    });
                    clashes.push((line, differences.clashes));
                }
            }
            change::set_changed(&mut tx, id, &changes).await?;
            change::set_clashes(&mut tx, id, &clashes).await?;
            if matches!(which, Clashing::Cell { .. }) {
                break;
            }
        }
        let (_, totals) = summed(&mut tx, import, plan.rev).await?;
        tx.commit().await?;
        Ok(totals)
    }
}

fn picks(which: &Clashing, line: u32, clash: &Clash) -> bool {
    match which {
        Clashing::Cell {
            line: chosen,
            slot,
            from,
            to,
        } => line == *chosen && clash.slot == *slot && clash.from == *from && clash.to == *to,
        Clashing::Many { which, .. } => match which {
            ManyClashing::Column(slot) => clash.slot == *slot,
            ManyClashing::All => true,
        },
    }
}
