//! One row with values that were changed in the file and in the app: which of the two it is to be.

use crate::{
    customers::wording as customers,
    i18n::{t, t_string, use_i18n},
    routes,
    session::use_me,
    ui::Moment,
    words,
};
use domain::{
    attribute::Attribute,
    import::{
        plan::{Clashing, PlanClash, PlanRow},
        three_way::Clash,
    },
    value::Value,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Which cell, and whether the file's value is taken.
pub(super) type Chosen = (Clashing, bool);

#[component]
pub(super) fn ClashRow(
    row: PlanRow,
    attributes: StoredValue<Vec<Attribute>>,
    on_choose: Callback<Chosen>,
) -> impl IntoView {
    let i18n = use_i18n();
    let line = row.line;
    let name = StoredValue::new(row.name.clone());
    let phones = StoredValue::new(row.phones);
    let cells = row
        .clashes
        .into_iter()
        .map(|found| {
            view! { <ClashCell line=line name=name found=found attributes=attributes phones=phones on_choose=on_choose /> }
        })
        .collect_view();
    let title = match row.customer {
        Some(customer) => view! {
            <a class="link font-medium break-words" href=routes::customer(customer)>
                {row.name}
            </a>
        }
        .into_any(),
        None => view! { <span class="font-medium break-words">{row.name}</span> }.into_any(),
    };
    view! {
        <li class="flex flex-col gap-2 px-4 py-3">
            <p>
                {title} " "
                <span class="muted text-sm">{move || t_string!(i18n, imports.line_n, line = line)}</span>
            </p>
            {cells}
        </li>
    }
}

#[component]
fn ClashCell(
    line: u32,
    name: StoredValue<String>,
    found: PlanClash,
    attributes: StoredValue<Vec<Attribute>>,
    phones: StoredValue<BTreeMap<String, String>>,
    on_choose: Callback<Chosen>,
) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let PlanClash { clash, by, at } = found;
    let Clash {
        slot,
        base,
        from,
        to,
        taken,
    } = clash;
    let field = move || {
        attributes.with_value(|attributes| customers::slot(i18n.get_locale(), slot, attributes))
    };
    let legend = move || {
        t_string!(
            i18n,
            imports.clash_legend,
            field = field(),
            name = name.get_value()
        )
    };
    let shown = move |value: Option<Value>| {
        move || match &value {
            Some(value) => {
                let kind =
                    attributes.with_value(|attributes| customers::slot_kind(slot, attributes));
                phones.with_value(|phones| customers::value(i18n.get_locale(), kind, value, phones))
            }
            None => t_string!(i18n, imports.blank).to_owned(),
        }
    };
    let time_zone = Signal::derive(move || me.with(|me| me.account.time_zone.clone()));
    let language = Signal::derive(move || words::language_code(i18n.get_locale()).to_owned());
    let changed = at.map(|at| {
        let said = move || match &by {
            Some(by) => t_string!(i18n, imports.clash_by, name = by.clone()),
            None => t_string!(i18n, imports.clash_changed).to_owned(),
        };
        view! {
            <span class="muted">
                " (" {said} " " <Moment at=at time_zone=time_zone language=language /> ")"
            </span>
        }
    });
    let group = format!("clash-{line}-{slot}");
    let seen = StoredValue::new(Clashing::Cell {
        line,
        slot,
        from: from.clone(),
        to: to.clone(),
    });
    let choose = move |take: bool| on_choose.run((seen.get_value(), take));
    view! {
        <fieldset class="min-w-0 text-sm">
            <legend class="muted text-xs">{legend}</legend>
            <label class="flex min-h-8 cursor-pointer items-center gap-2">
                <input
                    type="radio"
                    class="radio radio-sm shrink-0"
                    name=group.clone()
                    checked=!taken
                    on:change=move |_| choose(false)
                />
                <span class="min-w-0 break-words">
                    {t!(i18n, imports.clash_ours)} " " <strong>{shown(from)}</strong> {changed}
                </span>
            </label>
            <label class="flex min-h-8 cursor-pointer items-center gap-2">
                <input
                    type="radio"
                    class="radio radio-sm shrink-0"
                    name=group
                    checked=taken
                    on:change=move |_| choose(true)
                />
                <span class="min-w-0 break-words">
                    {t!(i18n, imports.clash_theirs)} " " <strong>{shown(to)}</strong>
                </span>
            </label>
            <p class="muted break-words">{t!(i18n, imports.clash_base)} " " {shown(base)}</p>
        </fieldset>
    }
}
