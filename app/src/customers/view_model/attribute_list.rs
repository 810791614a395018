//! The attributes of an account: finding one by its name, putting them in order, and what may be merged.

use domain::{
    attribute::{Attribute, AttributeName},
    ids::AttributeId,
};

/// The attribute that already has this name, case and accents aside.
pub fn of_same_name<'a>(
    name: &AttributeName,
    attributes: &'a [Attribute],
) -> Option<&'a Attribute> {
    let key = name.key();
    attributes
        .iter()
        .find(|attribute| attribute.name.key() == key)
}

/// The order after the attribute moved by so many places among those in use; `None` when it stands there already.
pub fn moved(attributes: &[Attribute], id: AttributeId, by: isize) -> Option<Vec<AttributeId>> {
    let mut order: Vec<AttributeId> = attributes
        .iter()
        .filter(|a| !a.retired)
        .map(|a| a.id)
        .collect();
    let from = order.iter().position(|other| *other == id)?;
    let to = from.saturating_add_signed(by).min(order.len() - 1);
    let moved = order.remove(from);
    order.insert(to, moved);
    (from != to).then_some(order)
}

/// What the values of an attribute can be moved into: any other one in use of the same kind.
pub fn merge_targets<'a>(from: &Attribute, attributes: &'a [Attribute]) -> Vec<&'a Attribute> {
    attributes
        .iter()
        .filter(|into| into.id != from.id && into.kind == from.kind && !into.retired)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::attribute::AttributeKind;
    use uuid::Uuid;

    fn attribute(id: u128, name: &str, kind: AttributeKind, retired: bool) -> Attribute {
        Attribute {
            id: AttributeId::new(Uuid::from_u128(id)),
            name: AttributeName::parse(name).unwrap(),
            kind,
            retired,
        }
    }

    fn shop() -> Vec<Attribute> {
        vec![
            attribute(1, "Véhicule", AttributeKind::Text, false),
            attribute(2, "Plate", AttributeKind::Text, false),
            attribute(3, "Mileage", AttributeKind::Number, false),
            attribute(4, "Old plate", AttributeKind::Text, true),
        ]
    }

    fn id(id: u128) -> AttributeId {
        AttributeId::new(Uuid::from_u128(id))
    }

    #[test]
    fn a_name_is_found_whatever_its_case_and_accents() {
        let shop = shop();
        let found = of_same_name(&AttributeName::parse(" VEHICULE ").unwrap(), &shop);
        assert_eq!(found.map(|a| a.id), Some(id(1)));
        assert_eq!(
            of_same_name(&AttributeName::parse("Colour").unwrap(), &shop),
            None
        );
    }

    #[test]
    fn moving_keeps_every_attribute_in_use_once_and_stops_at_the_ends() {
        assert_eq!(moved(&shop(), id(3), -1), Some(vec![id(1), id(3), id(2)]));
        assert_eq!(moved(&shop(), id(1), 1), Some(vec![id(2), id(1), id(3)]));
        assert_eq!(moved(&shop(), id(1), -1), None);
        assert_eq!(moved(&shop(), id(3), 1), None);
        assert_eq!(moved(&shop(), id(4), -1), None);
    }

    #[test]
    fn only_attributes_in_use_of_the_same_kind_can_be_merged_into() {
        let shop = shop();
        assert_eq!(
            merge_targets(&shop[0], &shop)
                .iter()
                .map(|a| a.id)
                .collect::<Vec<_>>(),
            [id(2)]
        );
        assert!(merge_targets(&shop[2], &shop).is_empty());
        assert_eq!(merge_targets(&shop[3], &shop).len(), 2);
    }
}
