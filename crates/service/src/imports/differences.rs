//! What a row makes different of a profile.

use super::attributes::Ancestors;
use domain::{
    customer::Values,
    ids::CustomerId,
    import::{
        chunk::ImportColumn,
        three_way::{self, Clash, ThreeWay},
    },
    mutation::Change,
    slot::Slot,
    value::Value,
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
        before: Option<Past<'_>>,
    ) -> Self {
        let mut differences = Self::default();
        for ImportColumn { slot, rule, .. } in columns {
            let (from, incoming) = (current.get(*slot), incoming.get(*slot));
            let base = before.map(|before| before.base(*slot, from, incoming));
            let merged = match base {
                None => match rule.merge(from, incoming) {
                    merged if merged.as_ref() == from => ThreeWay::Same,
                    merged => ThreeWay::Changed(merged),
                },
                Some(base) => rule.merge_three_way(base, from, incoming),
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
                    base: base.flatten().cloned(),
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

/// What a customer was when a row was exported.
#[derive(Clone, Copy, Debug)]
pub(super) struct Past<'a> {
    /// What the customer does not have any more.
    changed: Option<&'a Before>,
    ancestors: &'a Ancestors,
}

impl<'a> Past<'a> {
    /// What a row says of the past of the customer it is about: nothing, unless it is the row that was exported of that
    /// customer.
    pub(super) fn of(
        row: &ValuesRow,
        customer: CustomerId,
        changed: Option<&'a Before>,
        ancestors: &'a Ancestors,
    ) -> Option<Self> {
        match row.version {
            RowVersion::Of(of, _) if of == customer => Some(Self { changed, ancestors }),
            _ => None,
        }
    }

    /// The value that a cell had. A column of an attribute with others merged into it may have been one of those: it was
    /// what the cell still is, or else what a merge made give way, so that a person sees both.
    fn base(
        self,
        slot: Slot,
        current: Option<&'a Value>,
        incoming: Option<&Value>,
    ) -> Option<&'a Value> {
        let of = |slot: &Slot| self.changed.and_then(|changed| changed.get(slot));
        let ancestors = self.ancestors.get(&slot).into_iter().flatten();
        let mut bases: Vec<Option<&Value>> = ancestors.filter_map(of).map(Option::as_ref).collect();
        bases.push(of(&slot).map_or(current, Option::as_ref));
        let untouched = bases
            .iter()
            .find(|base| three_way::is_untouched(**base, incoming));
        untouched.or(bases.first()).copied().flatten()
    }
}
