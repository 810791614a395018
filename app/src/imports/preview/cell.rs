//! One cell: what the file says, what is understood, and the editor that mends it.

use super::super::{desk::Desk, wording};
use crate::{
    i18n::{Locale, t_string, use_i18n},
    ui::Icon,
    words,
};
use icondata_lu as lu;
use leptos::{ev, html, prelude::*};
use leptos_i18n::td_string;
use sheets::{preview::PreviewCell, protocol::Ask};

/// What the cell says now: the correction if there is one.
pub(super) fn says(cell: &PreviewCell) -> &str {
    cell.fixed.as_deref().unwrap_or(&cell.raw)
}

/// What is shown: the values as understood, of which there are none where the cell was taken as blank, or what the cell says
/// where it is not understood.
pub(super) fn shown(cell: &PreviewCell) -> String {
    let understood = !cell.values.is_empty() || !cell.repairs.is_empty();
    if understood && cell.problem.is_none() {
        cell.values.join(" | ")
    } else {
        says(cell).to_owned()
    }
}

/// What is to be known of the cell: its problem, else what was done to understand it.
pub(super) fn note(locale: Locale, cell: &PreviewCell) -> Option<String> {
    if let Some(problem) = &cell.problem {
        return Some(wording::cell_reason(locale, problem));
    }
    let mut said = Vec::new();
    if cell.fixed.is_some() {
        said.push(td_string!(
            locale,
            imports.cell_fixed,
            raw = words::beginning(&cell.raw)
        ));
    }
    said.extend(
        cell.repairs
            .iter()
            .map(|repair| wording::cell_repair(locale, repair).to_owned()),
    );
    (!said.is_empty()).then(|| said.join(" "))
}

/// Writes a correction; taking back what the file says removes it.
pub(super) fn fix(desk: Desk, line: u32, column: u32, cell: &PreviewCell, text: String) {
    if text == says(cell) {
        return;
    }
    let ask = if text == cell.raw {
        Ask::Unfix { line, column }
    } else {
        Ask::Fix { line, column, text }
    };
    desk.edit(ask, |_| ());
}

/// A cell of the table: Enter or a click opens it, Enter or a click elsewhere saves, Esc gives the old text back.
#[component]
pub(super) fn Cell(
    desk: Desk,
    line: u32,
    column: u32,
    header: String,
    cell: Memo<Option<PreviewCell>>,
) -> impl IntoView {
    let editing = RwSignal::new(false);
    let edited = StoredValue::new(false);
    let header = StoredValue::new(header);
    move || {
        if editing.get() {
            edited.set_value(true);
            let cell = cell.get_untracked();
            cell.map(|cell| {
                view! { <CellEditor desk=desk line=line column=column cell=cell editing=editing header=header.get_value() /> }
            })
            .into_any()
        } else {
            view! { <CellButton line=line header=header.get_value() cell=cell editing=editing edited=edited.get_value() /> }.into_any()
        }
    }
}

#[component]
fn CellButton(
    line: u32,
    header: String,
    cell: Memo<Option<PreviewCell>>,
    editing: RwSignal<bool>,
    /// The editor was just closed: focus comes back to where it was.
    edited: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Button>::new();
    Effect::new(move || {
        if let (true, Some(button)) = (edited, node.get()) {
            drop(button.focus());
        }
    });
    let with =
        move |what: fn(&PreviewCell) -> bool| cell.with(|cell| cell.as_ref().is_some_and(what));
    let bad = move || with(|cell| cell.problem.is_some());
    let fixed = move || with(|cell| cell.problem.is_none() && cell.fixed.is_some());
    let repaired = move || {
        with(|cell| cell.problem.is_none() && cell.fixed.is_none() && !cell.repairs.is_empty())
    };
    let text = move || {
        cell.with(|cell| {
            cell.as_ref()
                .map(|cell| words::beginning(&shown(cell)))
                .unwrap_or_default()
        })
    };
    let note =
        move || cell.with(|cell| cell.as_ref().and_then(|cell| note(i18n.get_locale(), cell)));
    let name = move || {
        let said = [Some(text()), note()].into_iter().flatten();
        let said: Vec<String> = said.filter(|said| !said.is_empty()).collect();
        t_string!(
            i18n,
            imports.cell_name,
            column = header.clone(),
            line = line,
            text = said.join(", ")
        )
    };
    view! {
        <button
            node_ref=node
            type="button"
            class="grid-cell"
            class:grid-cell-bad=bad
            class:text-success=fixed
            title=note
            aria-label=name
            on:click=move |_| editing.set(true)
        >
            <span class="truncate">{text}</span>
            {move || bad().then(|| view! { <Icon icon=lu::LuCircleAlert /> })}
            {move || fixed().then(|| view! { <Icon icon=lu::LuPencil /> })}
            {move || repaired().then(|| view! { <span class="muted"><Icon icon=lu::LuWrench /></span> })}
        </button>
    }
}

#[component]
fn CellEditor(
    desk: Desk,
    line: u32,
    column: u32,
    cell: PreviewCell,
    editing: RwSignal<bool>,
    header: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(input) = node.get() {
            drop(input.focus());
            input.select();
        }
    });
    let text = says(&cell).to_owned();
    let cell = StoredValue::new(cell);
    let save = move || {
        // Taking the input away after Esc or Enter makes the browser leave it: that comes here again, to nothing.
        if editing.try_get_untracked() == Some(true)
            && let Some(input) = node.try_get_untracked().flatten()
        {
            cell.with_value(|cell| fix(desk, line, column, cell, input.value()));
            editing.set(false);
        }
    };
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            // Focus goes to the cell within this very key, and would press it: the editor would open again.
            event.prevent_default();
            save();
        }
        "Escape" => {
            event.stop_propagation();
            editing.set(false);
        }
        _ => (),
    };
    view! {
        <input
            node_ref=node
            class="input input-sm grid-cell-input"
            type="text"
            autocomplete="off"
            value=text
            aria-label=move || t_string!(i18n, imports.cell_edit, column = header.clone(), line = line)
            on:keydown=key
            on:blur=move |_| save()
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sheets::preview::CellRepair;

    fn cell(raw: &str, values: &[&str], repairs: Vec<CellRepair>) -> PreviewCell {
        PreviewCell {
            raw: raw.to_owned(),
            fixed: None,
            values: values.iter().map(ToString::to_string).collect(),
            problem: None,
            repairs,
        }
    }

    #[test]
    fn what_will_be_blank_is_shown_blank_and_says_why() {
        let formula = cell("=1+0", &[], vec![CellRepair::FormulaWithoutValue]);
        assert_eq!(shown(&formula), "");
        assert!(note(Locale::en, &formula).is_some());
    }

    #[test]
    fn what_is_not_read_is_shown_as_it_is() {
        assert_eq!(shown(&cell("=1+0", &[], Vec::new())), "=1+0");
        let digits = cell("1001.0", &["1001"], vec![CellRepair::ZerosDropped]);
        assert_eq!(shown(&digits), "1001");
    }
}
