//! The variables that a message may use, by their names in the language of who writes it.

use crate::{customers::wording, i18n::Locale};
use domain::{
    attribute::Attribute,
    slot::{Field, Slot},
    template::{Names, Template},
};

#[derive(Clone, Debug, Default)]
pub struct Variables {
    /// What the menu offers.
    offered: Vec<(String, Slot)>,
    names: Names,
}

impl Variables {
    /// Every field but the notes, which are the staff's own, and every attribute. The retired ones are not offered, but what
    /// was written with them can be read.
    pub fn of(locale: Locale, attributes: &[Attribute]) -> Self {
        let fields = Field::ALL
            .iter()
            .filter(|field| **field != Field::Notes)
            .map(|field| {
                (
                    wording::field(locale, *field).to_owned(),
                    Slot::Field(*field),
                )
            });
        let entry =
            |attribute: &Attribute| (attribute.name.to_string(), Slot::Attribute(attribute.id));
        let in_use = attributes
            .iter()
            .filter(|attribute| !attribute.retired)
            .map(entry);
        let retired = attributes
            .iter()
            .filter(|attribute| attribute.retired)
            .map(entry);
        let offered: Vec<_> = fields.chain(in_use).collect();
        let names = offered.iter().cloned().chain(retired).collect();
        Self { offered, names }
    }

    pub fn names(&self) -> &Names {
        &self.names
    }

    pub fn offered(&self) -> &[(String, Slot)] {
        &self.offered
    }

    /// A variable as it is typed: `{First name}`.
    pub fn typed(&self, slot: Slot) -> String {
        format!("{{{slot}}}")
            .parse::<Template>()
            .map(|template| template.print(&self.names))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        attribute::{AttributeKind, AttributeName},
        ids::AttributeId,
    };
    use uuid::Uuid;

    fn attribute(number: u128, name: &str, retired: bool) -> Attribute {
        Attribute {
            id: AttributeId::new(Uuid::from_u128(number)),
            name: AttributeName::parse(name).unwrap(),
            kind: AttributeKind::Text,
            retired,
        }
    }

    #[test]
    fn what_the_menu_types_is_read_as_what_it_offers() {
        let attributes = [
            attribute(1, "Vehicle", false),
            attribute(2, "Size {inches|cm}", false),
            // Like a field: the field was there first, so that the attribute is typed by its key.
            attribute(3, "First name", false),
        ];
        for locale in [Locale::en, Locale::fr] {
            let variables = Variables::of(locale, &attributes);
            for (name, slot) in variables.offered() {
                let typed = variables.typed(*slot);
                let read = Template::parse(&typed, variables.names());
                assert_eq!(
                    read.map(|template| template.slots()),
                    Ok(vec![*slot]),
                    "{name:?}: {typed:?}"
                );
            }
        }
    }

    #[test]
    fn retired_attributes_are_read_but_not_offered_and_notes_neither() {
        let retired = attribute(1, "Vehicle", true);
        let slot = Slot::Attribute(retired.id);
        let variables = Variables::of(Locale::en, &[retired]);
        assert!(variables.offered().iter().all(|(_, other)| *other != slot));
        assert!(Template::parse("{vehicle}", variables.names()).is_ok());
        assert!(Template::parse("{notes}", variables.names()).is_err());
    }
}
