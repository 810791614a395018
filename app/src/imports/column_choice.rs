//! The menus of a column: **Belongs to**, **Attribute name**, **Format**, and what happens to values that are there.

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
use domain::{
    attribute::{Attribute, AttributeName},
    slot::{Field, SlotKind},
};
use leptos::{html, prelude::*};
use leptos_i18n::td_string;
use sheets::{
    mapping::{Belongs, CellFormat, Column, DateOrder, DecimalMark, NameOrder, Separator},
    protocol::Ask,
};
use std::time::Duration;

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

fn groups(locale: Locale, attributes: &[Attribute], current: Choice) -> Vec<Group> {
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
    let mut groups = Group::plain(vec![choice(
        Choice::Ignore,
        td_string!(locale, imports.ignore),
    )]);
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
        desk.attributes()
            .with(|attributes| groups(i18n.get_locale(), attributes, current.get()))
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

/// Sent when the typing pauses, so that a name in use is said at once.
const TYPING_PAUSE: Duration = Duration::from_millis(250);

/// Only for a new attribute.
#[component]
pub(super) fn AttributeNameField(desk: Desk, index: usize, column: Current) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Input>::new();
    let kind = Memo::new(move |_| match belongs_to(column) {
        Belongs::New { kind, .. } => Some(kind),
        _ => None,
    });
    let name = Memo::new(move |_| match belongs_to(column) {
        Belongs::New { name, .. } => name,
        _ => String::new(),
    });
    // What is being typed is newer than what the worker answers.
    Effect::new(move || {
        let name = name.get();
        if let Some(input) = node.get()
            && document().active_element().as_ref() != Some(input.as_ref())
        {
            input.set_value(&name);
        }
    });
    let rename = move || {
        let (Some(Some(kind)), Some(input)) =
            (kind.try_get_untracked(), node.try_get_untracked().flatten())
        else {
            return;
        };
        let typed = input.value();
        if name.with_untracked(|name| *name != typed) {
            desk.change(Ask::SetColumn {
                column: number(index),
                belongs: Belongs::New { kind, name: typed },
            });
        }
    };
    let mut pause = debounce(TYPING_PAUSE, move |()| rename());
    let pause = StoredValue::new_local(move || pause(()));
    let id = format!("attribute-name-{index}");
    move || {
        kind.get().map(|_| {
            view! {
                <div class="flex flex-col gap-1">
                    <label for=id.clone() class="text-sm font-medium">
                        {move || t_string!(i18n, imports.attribute_name)}
                        <span class="sr-only">": " {header(column)}</span>
                    </label>
                    <input
                        node_ref=node
                        id=id.clone()
                        class="input w-full"
                        type="text"
                        autocomplete="off"
                        maxlength=AttributeName::MAX
                        value=name.get_untracked()
                        on:input=move |_| pause.update_value(|pause| pause())
                        on:change=move |_| rename()
                    />
                </div>
            }
        })
    }
}

const SEPARATORS: [Separator; 5] = [
    Separator::Comma,
    Separator::Semicolon,
    Separator::Bar,
    Separator::Slash,
    Separator::LineBreak,
];
const DECIMAL_MARKS: [DecimalMark; 2] = [DecimalMark::Point, DecimalMark::Comma];

fn formats(locale: Locale, kind: SlotKind, asked: bool) -> Vec<(Option<CellFormat>, String)> {
    let dates = || {
        // A column that cannot tell is never guessed: the menu starts without an answer.
        let ask = asked.then(|| (None, td_string!(locale, imports.choose).to_owned()));
        let orders = DateOrder::ALL.iter().map(|order| {
            (
                Some(CellFormat::Dates(*order)),
                wording::format_date(locale, *order).to_owned(),
            )
        });
        ask.into_iter().chain(orders).collect()
    };
    match kind {
        SlotKind::Date => dates(),
        SlotKind::Number => DECIMAL_MARKS
            .map(|mark| {
                (
                    Some(CellFormat::Numbers(mark)),
                    wording::decimal_mark(locale, mark).to_owned(),
                )
            })
            .to_vec(),
        SlotKind::Texts => SEPARATORS
            .map(|mark| {
                (
                    Some(CellFormat::Texts(mark)),
                    wording::separator(locale, mark).to_owned(),
                )
            })
            .to_vec(),
        _ => Vec::new(),
    }
}

fn format_key(format: Option<CellFormat>) -> String {
    format
        .map(|format| format!("{format:?}"))
        .unwrap_or_default()
}

/// Only for dates, numbers and collections.
#[component]
pub(super) fn FormatMenu(desk: Desk, index: usize, column: Current) -> impl IntoView {
    let i18n = use_i18n();
    let kind = Memo::new(move |_| {
        desk.attributes()
            .with(|attributes| belongs::kind(&belongs_to(column), attributes))
    });
    let format =
        Memo::new(move |_| column.with(|column| column.as_ref().and_then(|column| column.format)));
    let label = move || match kind.get() {
        Some(SlotKind::Number) => t_string!(i18n, imports.decimal_mark),
        Some(SlotKind::Texts) => t_string!(i18n, imports.separator),
        _ => t_string!(i18n, imports.format),
    };
    let choices = Memo::new(move |_| {
        kind.get()
            .map(|kind| formats(i18n.get_locale(), kind, format.get().is_none()))
            .unwrap_or_default()
    });
    let groups = Signal::derive(move || {
        Group::plain(
            choices
                .get()
                .into_iter()
                .map(|(format, label)| ui::Choice::new(format_key(format), label))
                .collect(),
        )
    });
    let pick = move |key: String| {
        let picked = choices
            .get_untracked()
            .into_iter()
            .find(|(format, _)| format_key(*format) == key);
        if let Some((Some(format), _)) = picked {
            desk.change(Ask::SetFormat {
                column: number(index),
                format,
            });
        }
    };
    let needed = Memo::new(move |_| !choices.with(Vec::is_empty));
    move || {
        needed.get().then(|| {
            view! {
                <Pick
                    id=format!("format-{index}")
                    label=say(label)
                    about=header(column)
                    current=Signal::derive(move || format_key(format.get()))
                    groups=groups
                    on_pick=pick
                    invalid=Signal::derive(move || kind.get() == Some(SlotKind::Date) && format.get().is_none())
                />
            }
        })
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
