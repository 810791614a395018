//! The menus of a column: **Belongs to**, **Attribute name**, **Format**, and what happens to values that are there.

mod format;
mod name;

pub(super) use format::FormatMenu;
pub(super) use name::AttributeNameField;

use super::{
    belongs::{self, Choice},
    desk::Desk,
    pick::{Group, Pick},
    wording,
};
use crate::{
    customers::wording as customers,
    i18n::{Locale, t_string, use_i18n},
    ui::{self, say},
};
use domain::{attribute::Attribute, slot::Field};
use leptos::prelude::*;
use leptos_i18n::td_string;
use sheets::{
    mapping::{Belongs, Column, NameOrder},
    protocol::Ask,
};

type Current = Memo<Option<Column>>;

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn header(column: Current) -> Signal<String> {
    Signal::derive(move || {
        column
            .with(|column| column.as_ref().map(|column| column.header.clone()))
            .unwrap_or_default()
    })
}

fn belongs_to(column: Current) -> Belongs {
    column
        .with(|column| column.as_ref().map(|column| column.belongs.clone()))
        .unwrap_or_default()
}

fn groups(
    locale: Locale,
    attributes: &[Attribute],
    current: Choice,
    has_versions: bool,
) -> Vec<Group> {
    let choice = |choice: Choice, label: &str| ui::Choice::new(choice.key(), label);
    let names = [NameOrder::FirstLast, NameOrder::LastFirst].map(|order| {
        let label = wording::belongs(locale, &Belongs::FullName(order), attributes);
        choice(Choice::FullName(order), &label)
    });
    let fields = Field::ALL
        .iter()
        .map(|field| choice(Choice::Field(*field), customers::field(locale, *field)));
    // A retired attribute is offered only where it is chosen already.
    let live =
        |attribute: &&Attribute| !attribute.retired || current == Choice::Attribute(attribute.id);
    let existing = attributes
        .iter()
        .filter(live)
        .map(|attribute| choice(Choice::Attribute(attribute.id), attribute.name.as_str()));
    let new =
        belongs::NEW_KINDS.map(|kind| choice(Choice::New(kind), wording::new_kind(locale, kind)));
    let group = |heading: &str, choices: Vec<ui::Choice>| Group {
        heading: Some(heading.to_owned()),
        choices,
    };
    // Nothing else can belong to it, and it to nothing else.
    let version =
        has_versions.then(|| choice(Choice::Version, td_string!(locale, imports.version)));
    let ignore = choice(Choice::Ignore, td_string!(locale, imports.ignore));
    let mut groups = Group::plain(std::iter::once(ignore).chain(version).collect());
    groups.push(group(
        td_string!(locale, imports.group_fields),
        fields.chain(names).collect(),
    ));
    groups.push(group(
        td_string!(locale, imports.group_attributes),
        existing.collect(),
    ));
    groups.push(group(td_string!(locale, imports.group_new), new.to_vec()));
    let stop = vec![choice(
        Choice::Unsubscribe,
        td_string!(locale, imports.unsubscribed),
    )];
    groups.push(group(td_string!(locale, imports.group_consent), stop));
    groups.retain(|group| !group.choices.is_empty());
    groups
}

#[component]
pub(super) fn BelongsMenu(desk: Desk, index: usize, column: Current) -> impl IntoView {
    let i18n = use_i18n();
    let current = Memo::new(move |_| Choice::of(&belongs_to(column)));
    let has_versions = Memo::new(move |_| {
        let is_suggested = |column: &Column| column.suggested == Belongs::Version;
        current.get() == Choice::Version
            || column.with(|column| column.as_ref().is_some_and(is_suggested))
    });
    let pick = move |key: String| {
        let Some(choice) = Choice::from_key(&key) else {
            return;
        };
        let name = column
            .with_untracked(|column| column.as_ref().map(|column| column.attribute_name.clone()));
        let belongs = choice.belongs(&name.unwrap_or_default());
        desk.change(Ask::SetColumn {
            column: number(index),
            belongs,
        });
    };
    let groups = move || {
        desk.attributes().with(|attributes| {
            groups(
                i18n.get_locale(),
                attributes,
                current.get(),
                has_versions.get(),
            )
        })
    };
    view! {
        <Pick
            id=format!("belongs-{index}")
            label=say(move || t_string!(i18n, imports.belongs_to))
            about=header(column)
            current=Signal::derive(move || current.get().key())
            groups=Memo::new(move |_| groups())
            on_pick=pick
        />
    }
}

/// Only for columns that fill something.
#[component]
pub(super) fn RuleMenu(desk: Desk, index: usize, column: Current) -> impl IntoView {
    let i18n = use_i18n();
    let rules = Memo::new(move |_| {
        desk.attributes()
            .with(|attributes| belongs::rules(&belongs_to(column), attributes))
    });
    let current = move || {
        column
            .with(|column| column.as_ref().map(|column| belongs::rule_key(column.rule)))
            .unwrap_or_default()
            .to_owned()
    };
    let groups = Signal::derive(move || {
        let choice = |rule| {
            ui::Choice::new(
                belongs::rule_key(rule),
                wording::rule(i18n.get_locale(), rule),
            )
        };
        Group::plain(rules.get().into_iter().map(choice).collect())
    });
    let pick = move |key: String| {
        if let Some(rule) = belongs::rule_from_key(&key) {
            desk.change(Ask::SetRule {
                column: number(index),
                rule,
            });
        }
    };
    let needed = Memo::new(move |_| !rules.with(Vec::is_empty));
    move || {
        needed.get().then(|| {
            view! {
                <Pick
                    id=format!("rule-{index}")
                    label=say(move || t_string!(i18n, imports.rule))
                    about=header(column)
                    current=Signal::derive(current)
                    groups=groups
                    on_pick=pick
                />
            }
        })
    }
}
