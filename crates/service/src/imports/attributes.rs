//! What the attributes of an import's columns are by now.

use domain::{
    attribute::{Attribute, AttributeKind},
    ids::AttributeId,
    import::{
        chunk::{ImportColumn, NewAttribute},
        refusal::ImportRefusal,
    },
    slot::{Slot, SlotKind},
};
use std::collections::BTreeMap;
use store::attribute::Kinds;

/// The columns of an import against the attributes that exist.
#[derive(Debug, PartialEq)]
pub(super) struct Resolved {
    pub columns: Vec<ImportColumn>,
    /// The attributes that are still to be made.
    pub new_attributes: Vec<NewAttribute>,
    /// Attributes that were to be made and exist by now, with the one to use in their place.
    pub renamed: Vec<(AttributeId, AttributeId)>,
}

/// An attribute to be made whose name exists by now is the one that exists, if both are of one kind.
pub(super) fn resolve(
    columns: &[ImportColumn],
    new_attributes: &[NewAttribute],
    existing: &[Attribute],
) -> Result<Resolved, ImportRefusal> {
    let mut resolved = Resolved {
        columns: columns.to_vec(),
        new_attributes: Vec::new(),
        renamed: Vec::new(),
    };
    for new in new_attributes {
        match existing
            .iter()
            .find(|attribute| attribute.name.key() == new.name.key())
        {
            None => resolved.new_attributes.push(new.clone()),
            Some(attribute) if attribute.kind != new.kind => {
                return Err(ImportRefusal::AttributeOfAnotherKind(
                    attribute.name.to_string(),
                ));
            }
            Some(attribute) => {
                let taken = Slot::Attribute(attribute.id);
                if attribute.id != new.id && columns.iter().any(|column| column.slot == taken) {
                    return Err(ImportRefusal::AttributeTwice(attribute.name.to_string()));
                }
                for column in &mut resolved.columns {
                    if column.slot == Slot::Attribute(new.id) {
                        column.slot = taken;
                    }
                }
                resolved.renamed.push((new.id, attribute.id));
            }
        }
    }
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
