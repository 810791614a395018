//! **Format** of dates, and how numbers and collections are written.

use super::{Current, belongs_to, header, number};
use crate::{
    i18n::{Locale, t_string, use_i18n},
    imports::{
        belongs,
        desk::Desk,
        pick::{Group, Pick},
        wording,
    },
    ui::{self, say},
};
use domain::slot::SlotKind;
use leptos::prelude::*;
use leptos_i18n::td_string;
use sheets::{
    mapping::{CellFormat, DateOrder, DecimalMark, Separator},
    protocol::Ask,
};

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
pub(in super::super) fn FormatMenu(desk: Desk, index: usize, column: Current) -> impl IntoView {
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
