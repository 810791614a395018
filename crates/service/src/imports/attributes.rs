//! What the attributes of an import's columns are by now.

use crate::Caller;
use domain::{
    attribute::{Attribute, AttributeKind},
    ids::AttributeId,
    import::{
        chunk::{ImportColumn, NewAttribute},
        refusal::ImportRefusal,
    },
    permission::Permission,
    slot::{Slot, SlotKind},
};
use std::collections::BTreeMap;
use store::{
    AccountTx, StoreError,
    attribute::{Kinds, Merged},
};

/// The columns of an import against the attributes that exist.
#[derive(Debug, PartialEq)]
pub(super) struct Resolved {
    pub columns: Vec<ImportColumn>,
    /// The attributes that are still to be made.
    pub new_attributes: Vec<NewAttribute>,
    /// Attributes that are another one by now, with the one to use in their place.
    pub renamed: Vec<(AttributeId, AttributeId)>,
}

/// Slots that were merged away, by the slot that each was merged into.
pub(super) type Ancestors = BTreeMap<Slot, Vec<Slot>>;

/// The attributes that an import finds.
pub(super) struct Known {
    pub existing: Vec<Attribute>,
    merged: BTreeMap<AttributeId, Merged>,
}

impl Known {
    pub(super) async fn read(tx: &mut AccountTx) -> Result<Self, StoreError> {
        Ok(Self {
            existing: store::attribute::list(tx).await?,
            merged: store::attribute::merged(tx).await?,
        })
    }

    fn get(&self, id: AttributeId) -> Option<&Attribute> {
        self.existing.iter().find(|attribute| attribute.id == id)
    }

    /// The one that has taken over the values of an attribute that was merged away.
    pub(super) fn heir(&self, id: AttributeId) -> Option<&Attribute> {
        self.merged
            .get(&id)
            .and_then(|merged| self.get(merged.into))
    }

    /// The slots whose values others have taken over, by the slots that have them.
    pub(super) fn ancestors(&self) -> Ancestors {
        let mut ancestors = Ancestors::new();
        for (from, merged) in &self.merged {
            let of = ancestors.entry(Slot::Attribute(merged.into)).or_default();
            of.push(Slot::Attribute(*from));
        }
        ancestors
    }

    /// The attribute that one to be made would be: by its name, or because it was made before and merged away since.
    fn same_as(&self, new: &NewAttribute) -> Option<&Attribute> {
        let key = new.name.key();
        let by_name = self
            .existing
            .iter()
            .find(|attribute| attribute.name.key() == key);
        by_name.or_else(|| {
            let merged = self.merged.get(&new.id)?;
            (merged.name.key() == key).then(|| self.heir(new.id))?
        })
    }

    /// Whether the id of an attribute to be made belongs to another one for good.
    pub(super) fn is_spent(&self, new: &NewAttribute) -> bool {
        self.merged.contains_key(&new.id) && self.same_as(new).is_none()
    }
}

/// An attribute to be made that exists by now is the one that exists, and one that was merged away is the one that took
/// it over, if both are of one kind.
pub(super) fn resolve(
    columns: &[ImportColumn],
    new_attributes: &[NewAttribute],
    known: &Known,
) -> Result<Resolved, ImportRefusal> {
    let mut resolved = Resolved {
        columns: columns.to_vec(),
        new_attributes: Vec::new(),
        renamed: Vec::new(),
    };
    for column in columns {
        let Slot::Attribute(id) = column.slot else {
            continue;
        };
        if new_attributes.iter().all(|new| new.id != id)
            && let Some(heir) = known.heir(id)
        {
            resolved.rename(id, heir)?;
        }
    }
    for new in new_attributes {
        match known.same_as(new) {
            None => resolved.new_attributes.push(new.clone()),
            Some(attribute) if attribute.kind != new.kind => {
                return Err(ImportRefusal::AttributeOfAnotherKind(
                    attribute.name.to_string(),
                ));
            }
            Some(attribute) => resolved.rename(new.id, attribute)?,
        }
    }
    let existing = &known.existing;
    let kinds = kinds(existing, &resolved.new_attributes);
    if resolved
        .columns
        .iter()
        .any(|column| slot_kind(column.slot, &kinds).is_none())
    {
        return Err(ImportRefusal::UnknownAttribute);
    }
    Ok(resolved)
}

impl Resolved {
    fn rename(&mut self, from: AttributeId, to: &Attribute) -> Result<(), ImportRefusal> {
        let taken = Slot::Attribute(to.id);
        if to.id != from && self.columns.iter().any(|column| column.slot == taken) {
            return Err(ImportRefusal::AttributeTwice(to.name.to_string()));
        }
        for column in &mut self.columns {
            if column.slot == Slot::Attribute(from) {
                column.slot = taken;
            }
        }
        self.renamed.push((from, to.id));
        Ok(())
    }
}

/// The retired attributes that the columns fill, which takes them back into use: who may not do that is refused.
pub(super) fn restored(
    caller: &Caller,
    columns: &[ImportColumn],
    existing: &[Attribute],
) -> Result<Vec<AttributeId>, ImportRefusal> {
    let retired: Vec<&Attribute> = existing
        .iter()
        .filter(|attribute| attribute.retired)
        .filter(|attribute| {
            columns
                .iter()
                .any(|column| column.slot == Slot::Attribute(attribute.id))
        })
        .collect();
    match retired.first() {
        Some(first) if !caller.role.may(Permission::ManageAttributes) => {
            Err(ImportRefusal::AttributeRetired(first.name.to_string()))
        }
        _ => Ok(retired.into_iter().map(|attribute| attribute.id).collect()),
    }
}

/// The kinds of the attributes that exist and of those to be made.
pub(super) fn kinds(existing: &[Attribute], new_attributes: &[NewAttribute]) -> Kinds {
    let new = new_attributes
        .iter()
        .map(|attribute| (attribute.id, attribute.kind));
    existing
        .iter()
        .map(|attribute| (attribute.id, attribute.kind))
        .chain(new)
        .collect()
}

/// What a slot accepts; `None` for an attribute that does not exist.
pub(super) fn slot_kind(
    slot: Slot,
    kinds: &BTreeMap<AttributeId, AttributeKind>,
) -> Option<SlotKind> {
    match slot {
        Slot::Field(field) => Some(field.kind()),
        Slot::Attribute(id) => kinds.get(&id).copied().map(SlotKind::from),
    }
}
