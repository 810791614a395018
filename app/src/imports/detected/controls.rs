//! The controls that overrule how a file was read.

use super::super::{
    desk::{Desk, OpenFile},
    pick::{Group, Pick},
    wording,
};
use crate::{
    i18n::{Locale, t, t_string, use_i18n},
    ui::{Choice, say},
};
use leptos::prelude::*;
use leptos_i18n::td_string;
use sheets::detected::{Delimiter, Encoding, EncodingEvidence, Overrides, SheetFound};

#[component]
pub(super) fn Controls(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let file = desk.file();
    let is_text = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .is_some_and(|file| file.detected.text.is_some())
        })
    });
    let kind = move || {
        if is_text.get() {
            view! { <TextControls desk=desk /> }.into_any()
        } else {
            view! { <SheetControl desk=desk /> }.into_any()
        }
    };
    let header = Signal::derive(move || of(file, |file| file.detected.header_line));
    let last = Signal::derive(move || of(file, |file| file.detected.last_data_line));
    view! {
        <div class="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
            {kind}
            <LineField
                id="header-line"
                label=say(move || t_string!(i18n, imports.header_line))
                least=0
                line=header
                desk=desk
                on_line=move |line| change(desk, |overrides| overrides.header_line = Some(line))
            />
            <LineField
                id="last-line"
                label=say(move || t_string!(i18n, imports.last_line))
                least=1
                line=last
                desk=desk
                on_line=move |line| change(desk, |overrides| overrides.last_line = Some(line))
            />
        </div>
        {move || {
            desk.busy().get().then(|| view! { <p role="status" class="muted text-sm">{t!(i18n, imports.rereading)}</p> })
        }}
    }
}

fn of<T: Default>(file: Signal<Option<OpenFile>>, what: impl Fn(&OpenFile) -> T) -> T {
    file.with(|file| file.as_ref().map(what))
        .unwrap_or_default()
}

fn change(desk: Desk, change: impl FnOnce(&mut Overrides)) {
    let mut overrides = desk.overrides().get_untracked();
    change(&mut overrides);
    desk.reread(overrides);
}

fn delimiter_key(delimiter: Delimiter) -> String {
    delimiter.byte().to_string()
}

fn encodings(locale: Locale) -> Vec<Group> {
    let choice =
        |encoding: &Encoding| Choice::new(encoding.name(), wording::encoding(locale, *encoding));
    Group::plain(Encoding::ALL.iter().map(choice).collect())
}

/// A file without a delimiter was found to have one column; that cannot be asked for.
fn delimiters(locale: Locale, one_column: bool) -> Vec<Group> {
    let choice = |delimiter: &Delimiter| {
        Choice::new(
            delimiter_key(*delimiter),
            wording::delimiter(locale, *delimiter),
        )
    };
    let none = one_column.then(|| Choice::new("", td_string!(locale, imports.delimiter_none)));
    Group::plain(
        none.into_iter()
            .chain(Delimiter::ALL.iter().map(choice))
            .collect(),
    )
}

fn because(locale: Locale, evidence: EncodingEvidence) -> &'static str {
    match evidence {
        EncodingEvidence::Chosen => td_string!(locale, imports.encoding_chosen),
        EncodingEvidence::Mark => td_string!(locale, imports.encoding_mark),
        EncodingEvidence::Valid => td_string!(locale, imports.encoding_valid),
        EncodingEvidence::NearlyValid => td_string!(locale, imports.encoding_nearly),
        EncodingEvidence::Likely => td_string!(locale, imports.encoding_likely),
    }
}

#[component]
fn TextControls(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let file = desk.file();
    let encoding = move || {
        of(file, |file| {
            file.detected
                .text
                .map(|text| text.encoding.name())
                .unwrap_or_default()
        })
    };
    let delimiter = move || {
        of(file, |file| {
            file.detected
                .text
                .and_then(|text| text.delimiter)
                .map(delimiter_key)
                .unwrap_or_default()
        })
    };
    let why = move || {
        let locale = i18n.get_locale();
        of(file, |file| {
            file.detected
                .text
                .map(|text| because(locale, text.evidence))
                .unwrap_or_default()
        })
    };
    let pick_encoding = move |name: String| {
        let encoding = Encoding::ALL
            .iter()
            .copied()
            .find(|encoding| encoding.name() == name);
        change(desk, |overrides| overrides.encoding = encoding);
    };
    let pick_delimiter = move |key: String| {
        let delimiter = Delimiter::ALL
            .iter()
            .copied()
            .find(|delimiter| delimiter_key(*delimiter) == key);
        change(desk, |overrides| overrides.delimiter = delimiter);
    };
    view! {
        <div>
            <Pick
                id="encoding"
                label=say(move || t_string!(i18n, imports.encoding))
                current=Signal::derive(move || encoding().to_owned())
                groups=Signal::derive(move || encodings(i18n.get_locale()))
                on_pick=pick_encoding
                disabled=desk.busy()
            />
            <p class="muted mt-1 text-sm">{why}</p>
        </div>
        <Pick
            id="delimiter"
            label=say(move || t_string!(i18n, imports.delimiter))
            current=Signal::derive(delimiter)
            groups=Signal::derive(move || delimiters(i18n.get_locale(), delimiter().is_empty()))
            on_pick=pick_delimiter
            disabled=desk.busy()
        />
    }
}

fn sheet_label(locale: Locale, sheet: &SheetFound) -> String {
    let hidden = if sheet.hidden {
        td_string!(locale, imports.sheet_hidden)
    } else {
        ""
    };
    format!("{} {hidden}", sheet.name).trim_end().to_owned()
}

#[component]
fn SheetControl(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let file = desk.file();
    let sheets = move || {
        let locale = i18n.get_locale();
        let choice =
            |sheet: &SheetFound| Choice::new(sheet.name.clone(), sheet_label(locale, sheet));
        Group::plain(of(file, |file| {
            file.detected.sheets.iter().map(choice).collect()
        }))
    };
    let current = move || of(file, |file| file.detected.sheet.clone().unwrap_or_default());
    // Lines of one sheet mean nothing in another.
    let pick = move |name: String| {
        desk.reread(Overrides {
            sheet: Some(name),
            ..Overrides::default()
        });
    };
    view! {
        <Pick
            id="sheet"
            label=say(move || t_string!(i18n, imports.sheet))
            current=Signal::derive(current)
            groups=Signal::derive(sheets)
            on_pick=pick
            disabled=desk.busy()
        />
    }
}

/// A line of the file, counted from 1; 0 for none, where that makes sense.
#[component]
fn LineField(
    id: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] line: Signal<u32>,
    least: u32,
    desk: Desk,
    #[prop(into)] on_line: Callback<u32>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Input>::new();
    Effect::new(move || {
        let shown = line.get().to_string();
        if let Some(input) = node.get() {
            input.set_value(&shown);
        }
    });
    let changed = move |event| match event_target_value(&event).trim().parse::<u32>() {
        Ok(chosen) if chosen >= least => on_line.run(chosen),
        // Nothing sensible was typed: what is stays, and is shown again.
        _ => {
            if let Some(input) = node.get_untracked() {
                input.set_value(&line.get_untracked().to_string());
            }
        }
    };
    view! {
        <div class="flex flex-col gap-1">
            <label for=id class="text-sm font-medium">
                {move || label.get()}
            </label>
            <input
                node_ref=node
                id=id
                class="input w-full"
                type="number"
                min=least
                inputmode="numeric"
                disabled=move || desk.busy().get()
                on:change=changed
            />
        </div>
    }
}
