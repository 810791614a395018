//! How the file was read, in words, with a way to overrule each finding.

mod controls;
mod sample;

use super::{desk::Desk, wording};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, ButtonKind, Icon, Notice, NoticeKind},
};
use controls::Controls;
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_i18n::td_string;
use sample::Sample;
use sheets::detected::Detected;

/// What happened to the file on the way to a table, one sentence each.
fn sentences(locale: crate::i18n::Locale, detected: &Detected) -> Vec<String> {
    let mut said = Vec::new();
    if !detected.title_lines.is_empty() {
        said.push(td_string!(
            locale,
            imports.found_titles,
            lines = wording::lines(&detected.title_lines)
        ));
    }
    if !detected.total_lines.is_empty() {
        said.push(td_string!(
            locale,
            imports.found_totals,
            lines = wording::lines(&detected.total_lines)
        ));
    }

    if detected.blank_rows > 0 {
        said.push(count!(
            locale,
            u64::from(detected.blank_rows),
            imports.blank_rows_one | blank_rows_many
        ));
    }
    let empty: Vec<_> = detected.empty_columns().map(wording::letter).collect();
    if !empty.is_empty() {
        said.push(td_string!(
            locale,
            imports.found_empty_columns,
            columns = empty.join(", ")
        ));
    }
    said.extend(
        detected
            .repairs
            .iter()
            .map(|repair| wording::repair(locale, repair)),
    );
    said
}

#[component]
pub(super) fn Found(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let file = desk.file();
    let heading = move || {
        let locale = i18n.get_locale();
        file.with(|file| {
            file.as_ref().map(|file| {
                let rows = count!(
                    locale,
                    u64::from(file.detected.data_rows),
                    imports.rows_one | rows_many
                );
                let columns = u64::try_from(file.detected.columns.len()).unwrap_or(u64::MAX);
                let columns = count!(locale, columns, imports.columns_one | columns_many);
                let size = wording::size(locale, file.bytes);
                let how = match (file.detected.text, &file.detected.sheet) {
                    (Some(text), _) => text.encoding.name().to_owned(),
                    (None, Some(sheet)) => {
                        td_string!(locale, imports.sheet_named, name = sheet.clone())
                    }
                    (None, None) => String::new(),
                };
                [rows, columns, size, how].join(" · ")
            })
        })
    };
    let repairs = move || {
        let locale = i18n.get_locale();
        let said = file
            .with(|file| file.as_ref().map(|file| sentences(locale, &file.detected)))
            .unwrap_or_default();
        (!said.is_empty()).then(|| {
            let items = said
                .into_iter()
                .map(|sentence| view! { <li>{sentence}</li> })
                .collect_view();
            view! {
                <div>
                    <h3 class="mb-1 font-medium">{t!(i18n, imports.found_repairs)}</h3>
                    <ul class="list-disc pl-5 text-sm">{items}</ul>
                </div>
            }
        })
    };
    let alone = move || {
        desk.alone()
            .then(|| view! { <Notice kind=NoticeKind::Warning>{t!(i18n, imports.alone)}</Notice> })
    };
    view! {
        <div class="flex flex-col gap-4">
            <div class="card p-4 flex flex-col gap-4">
                <div>
                    <h2 class="text-lg font-semibold break-all">{move || desk.name()}</h2>
                    <p class="muted" aria-live="polite">
                        {heading}
                    </p>
                </div>
                <Controls desk=desk />
                {repairs}
            </div>
            {alone}
            <Sample desk=desk />
            <div class="action-bar">
                <Button kind=ButtonKind::Primary busy=desk.busy() on:click=move |_| desk.create()>
                    {t!(i18n, imports.create)}
                </Button>
                <Button on:click=move |_| desk.start_over()>{t!(i18n, imports.another_file)}</Button>
                <p class="flex items-center gap-2 text-sm" title=move || t_string!(i18n, imports.nothing_leaves)>
                    <Icon icon=lu::LuShieldCheck />
                    {t!(i18n, imports.nothing_leaves)}
                </p>
            </div>
        </div>
    }
}
