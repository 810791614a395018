//! What a row makes different of a profile.

use domain::{
    customer::Values,
    ids::CustomerId,
    import::{
        chunk::ImportColumn,
        three_way::{Clash, ThreeWay},
    },
    mutation::Change,
    slot::Slot,
};
use store::import::{
    base::Before,
    staging::{RowVersion, ValuesRow},
};

#[derive(Debug, Default, PartialEq)]
pub(super) struct Differences {
    pub changes: Vec<Change>,
    /// Cells that were changed in the file and in the app since the file was exported. Those that are taken are among the
    /// changes too.
    pub clashes: Vec<Clash>,
}

impl Differences {
    /// By the merge rules. `before`, where the row was exported, is what the customer had then and does not have any more.
    pub(super) fn of(
        columns: &[ImportColumn],
        current: &Values,
        incoming: &Values,
        before: Option<&Before>,
    ) -> Self {
        let mut differences = Self::default();
        for ImportColumn { slot, rule, .. } in columns {
            let (from, incoming) = (current.get(*slot), incoming.get(*slot));
            let merged = match before {
                None => match rule.merge(from, incoming) {
                    merged if merged.as_ref() == from => ThreeWay::Same,
                    merged => ThreeWay::Changed(merged),
                },
                Some(before) => {
                    let base = before.get(slot).map_or(from, Option::as_ref);
                    rule.merge_three_way(base, from, incoming)
                }
            };
            let from = from.cloned();
            match merged {
                ThreeWay::Same => {}
                ThreeWay::Changed(to) => differences.changes.push(Change {
                    slot: *slot,
                    from,
                    to,
                }),
                ThreeWay::Clash(to) => differences.clashes.push(Clash {
                    slot: *slot,
                    base: before.and_then(|before| before.get(slot).cloned().flatten()),
                    from,
                    to,
                    taken: false,
                }),
            }
        }
        differences
    }

    /// Takes or leaves what the file says in the cells that `which` picks; whether that changes anything.
    pub(super) fn choose(
        &mut self,
        columns: &[ImportColumn],
        take: bool,
        which: impl Fn(&Clash) -> bool,
    ) -> bool {
        let mut chosen = false;
        for clash in &mut self.clashes {
            if clash.taken == take || !which(clash) {
                continue;
            }
            (clash.taken, chosen) = (take, true);
            if take {
                self.changes.push(Change {
                    slot: clash.slot,
                    from: clash.from.clone(),
                    to: clash.to.clone(),
                });
            } else {
                self.changes.retain(|change| change.slot != clash.slot);
            }
        }
        // In the order in which they come when they are found anew: what was chosen again is the same plan.
        let place = |slot: Slot| columns.iter().position(|column| column.slot == slot);
        self.changes.sort_by_key(|change| place(change.slot));
        chosen
    }
}

/// What a row says of the past of the customer it is about: nothing, unless it is the row that was exported of that customer.
pub(super) fn exported<'a>(
    row: &ValuesRow,
    customer: CustomerId,
    before: Option<&'a Before>,
    unchanged: &'a Before,
) -> Option<&'a Before> {
    match row.version {
        RowVersion::Of(of, _) if of == customer => Some(before.unwrap_or(unchanged)),
        _ => None,
    }
}
