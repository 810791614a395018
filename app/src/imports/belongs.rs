//! The choices of a **Belongs to** menu. Pure.

use domain::{
    attribute::{Attribute, AttributeKind},
    ids::AttributeId,
    import::merge::MergeRule,
    slot::{Field, SlotKind},
};
use sheets::mapping::{Belongs, NameOrder};

/// One entry of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    Ignore,
    Field(Field),
    FullName(NameOrder),
    Attribute(AttributeId),
    New(AttributeKind),
    Unsubscribe,
    Version,
}

/// The kinds of new attributes, in the order of the menu.
pub(crate) const NEW_KINDS: [AttributeKind; 4] = [
    AttributeKind::Text,
    AttributeKind::Number,
    AttributeKind::Date,
    AttributeKind::Texts,
];

impl Choice {
    /// The entry that stands for what a column belongs to.
    pub(crate) const fn of(belongs: &Belongs) -> Self {
        match belongs {
            // Columns of appointments have no meaning in an import of customers.
            Belongs::Ignore | Belongs::Appointment(_) | Belongs::NewOfAppointment { .. } => {
                Self::Ignore
            }
            Belongs::Field(field) => Self::Field(*field),
            Belongs::FullName(order) => Self::FullName(*order),
            Belongs::Attribute(id) => Self::Attribute(*id),
            Belongs::New { kind, .. } => Self::New(*kind),
            Belongs::Unsubscribe => Self::Unsubscribe,
            Belongs::Version => Self::Version,
        }
    }

    /// What the column belongs to when this entry is taken; a new attribute is first called `name`.
    pub(crate) fn belongs(self, name: &str) -> Belongs {
        match self {
            Self::Ignore => Belongs::Ignore,
            Self::Field(field) => Belongs::Field(field),
            Self::FullName(order) => Belongs::FullName(order),
            Self::Attribute(id) => Belongs::Attribute(id),
            Self::New(kind) => Belongs::New {
                kind,
                name: name.to_owned(),
            },
            Self::Unsubscribe => Belongs::Unsubscribe,
            Self::Version => Belongs::Version,
        }
    }

    /// The value of the entry in the page.
    pub(crate) fn key(self) -> String {
        match self {
            Self::Ignore => "ignore".to_owned(),
            Self::Field(field) => format!("field:{}", field.key()),
            Self::FullName(NameOrder::FirstLast) => "name:first_last".to_owned(),
            Self::FullName(NameOrder::LastFirst) => "name:last_first".to_owned(),
            Self::Attribute(id) => format!("attribute:{id}"),
            Self::New(kind) => format!("new:{}", kind.key()),
            Self::Unsubscribe => "unsubscribe".to_owned(),
            Self::Version => "version".to_owned(),
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        match key.split_once(':') {
            None if key == "ignore" => Some(Self::Ignore),
            None if key == "unsubscribe" => Some(Self::Unsubscribe),
            None if key == "version" => Some(Self::Version),
            Some(("field", field)) => field.parse().ok().map(Self::Field),
            Some(("name", "first_last")) => Some(Self::FullName(NameOrder::FirstLast)),
            Some(("name", "last_first")) => Some(Self::FullName(NameOrder::LastFirst)),
            Some(("attribute", id)) => id.parse().ok().map(Self::Attribute),
            Some(("new", kind)) => AttributeKind::from_key(kind).map(Self::New),
            _ => None,
        }
    }
}

/// What kind of value a column brings; `None` for one that brings none, or brings two.
pub(crate) fn kind(belongs: &Belongs, attributes: &[Attribute]) -> Option<SlotKind> {
    match belongs {
        Belongs::Field(field) => Some(field.kind()),
        Belongs::Attribute(id) => attributes
            .iter()
            .find(|attribute| attribute.id == *id)
            .map(|attribute| attribute.kind.into()),
        Belongs::New { kind, .. } => Some((*kind).into()),
        _ => None,
    }
}

/// The merge rules that make sense for a column, the default first. None for a column that fills nothing.
pub(crate) fn rules(belongs: &Belongs, attributes: &[Attribute]) -> Vec<MergeRule> {
    match belongs {
        Belongs::Field(_) | Belongs::FullName(_) | Belongs::Attribute(_) | Belongs::New { .. } => {
            rules_of(kind(belongs, attributes))
        }
        _ => Vec::new(),
    }
}

/// The merge rules that make sense for a kind of value, the default first.
pub(crate) fn rules_of(kind: Option<SlotKind>) -> Vec<MergeRule> {
    let mut rules = vec![
        MergeRule::FillBlanks,
        MergeRule::Replace,
        MergeRule::ReplaceAndErase,
        MergeRule::Never,
    ];
    if matches!(kind, Some(SlotKind::Texts | SlotKind::Phones)) {
        rules.insert(1, MergeRule::Add);
    }
    rules
}

pub(crate) const fn rule_key(rule: MergeRule) -> &'static str {
    match rule {
        MergeRule::FillBlanks => "fill_blanks",
        MergeRule::Replace => "replace",
        MergeRule::ReplaceAndErase => "replace_and_erase",
        MergeRule::Never => "never",
        MergeRule::Add => "add",
    }
}

pub(crate) fn rule_from_key(key: &str) -> Option<MergeRule> {
    rules_of(Some(SlotKind::Texts))
        .into_iter()
        .find(|rule| rule_key(*rule) == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_choice() -> Vec<Choice> {
        let id = "01980000-0000-7000-8000-000000000002".parse().unwrap();
        let fields = Field::ALL.iter().copied().map(Choice::Field);
        let names = [NameOrder::FirstLast, NameOrder::LastFirst].map(Choice::FullName);
        let rest = [
            Choice::Ignore,
            Choice::Unsubscribe,
            Choice::Version,
            Choice::Attribute(id),
        ];
        fields
            .chain(names)
            .chain(NEW_KINDS.map(Choice::New))
            .chain(rest)
            .collect()
    }

    #[test]
    fn every_entry_of_the_menu_is_found_again_by_its_value() {
        for choice in every_choice() {
            assert_eq!(Choice::from_key(&choice.key()), Some(choice));
        }
        assert_eq!(Choice::from_key("field:nothing"), None);
    }

    #[test]
    fn what_is_chosen_is_what_the_menu_shows() {
        for choice in every_choice() {
            assert_eq!(Choice::of(&choice.belongs("Loyalty level")), choice);
        }
    }

    #[test]
    fn every_kind_of_attribute_can_be_made_new() {
        assert!(
            AttributeKind::ALL
                .iter()
                .all(|kind| NEW_KINDS.contains(kind))
        );
    }

    #[test]
    fn only_collections_can_be_added_to() {
        let offers_add = |belongs: &Belongs| rules(belongs, &[]).contains(&MergeRule::Add);
        assert!(offers_add(&Belongs::New {
            kind: AttributeKind::Texts,
            name: String::new()
        }));
        assert!(offers_add(&Belongs::Field(Field::OtherPhones)));
        assert!(!offers_add(&Belongs::Field(Field::City)));
        assert!(rules(&Belongs::Ignore, &[]).is_empty());
    }

    #[test]
    fn every_rule_is_found_again_by_its_value() {
        for rule in rules_of(Some(SlotKind::Texts)) {
            assert_eq!(rule_from_key(rule_key(rule)), Some(rule));
        }
    }
}
