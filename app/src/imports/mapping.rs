//! **Belongs to**: what each column of the file is.

use super::{column_card::ColumnCard, desk::Desk, state::Event};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, ButtonKind, Notice, NoticeKind},
};
use leptos::prelude::*;
use sheets::mapping::{Belongs, MappingProblem};

/// Columns drawn at first and added with each press: a file may have 500.
const COLUMNS_AT_ONCE: usize = 40;

#[component]
pub(super) fn MappingStep(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let mapping = desk.mapping();
    let shown = RwSignal::new(COLUMNS_AT_ONCE);
    let columns = Memo::new(move |_| mapping.with(|mapping| mapping.columns.len()));
    let blocked = Memo::new(move |_| {
        mapping.with(|mapping| mapping.problems.iter().any(MappingProblem::blocks))
    });
    let used = Memo::new(move |_| {
        mapping.with(|mapping| {
            mapping
                .columns
                .iter()
                .filter(|column| column.belongs != Belongs::Ignore)
                .count()
        })
    });
    let drawn = Memo::new(move |_| columns.get().min(shown.get()));
    let more = move || {
        (drawn.get() < columns.get()).then(|| {
            view! {
                <div class="text-center">
                    <Button on:click=move |_| shown.update(|shown| *shown += COLUMNS_AT_ONCE)>
                        {t!(i18n, imports.more_columns)}
                    </Button>
                </div>
            }
        })
    };
    let counted = move || {
        let (locale, all) = (
            i18n.get_locale(),
            u64::try_from(columns.get()).unwrap_or(u64::MAX),
        );
        let used = crate::words::number(locale, u64::try_from(used.get()).unwrap_or(u64::MAX));
        let all = count!(locale, all, imports.columns_one | columns_many);
        t_string!(i18n, imports.columns_used, used = used, all = all)
    };
    view! {
        <div class="flex flex-col gap-4">
            <div>
                <h2 class="text-lg font-semibold">{t!(i18n, imports.columns_title)}</h2>
                <p class="muted">{counted}</p>
            </div>
            <Problems desk=desk />
            <ul class="flex flex-col gap-3">
                <For each=move || 0..drawn.get() key=|index| *index let:index>
                    <ColumnCard desk=desk index=index />
                </For>
            </ul>
            {more}
            <div class="action-bar">
                <Button kind=ButtonKind::Primary disabled=blocked on:click=move |_| desk.send()>
                    {t!(i18n, imports.review)}
                </Button>
                <Button disabled=blocked on:click=move |_| desk.go(Event::ToRows)>
                    {t!(i18n, imports.check_rows)}
                </Button>
                <Button on:click=move |_| desk.go(Event::Back)>{t!(i18n, common.back)}</Button>
                <RowsInShort desk=desk />
            </div>
        </div>
    }
}

/// What is wrong with the whole mapping, and not with one column.
#[component]
fn Problems(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let has = move |wanted: fn(&MappingProblem) -> bool| {
        Memo::new(move |_| {
            desk.mapping()
                .with(|mapping| mapping.problems.iter().any(wanted))
        })
    };
    let nothing = has(|problem| *problem == MappingProblem::NothingMapped);
    let no_key = has(|problem| *problem == MappingProblem::NoKey);
    let in_columns = has(|problem| problem.blocks() && *problem != MappingProblem::NothingMapped);
    view! {
        {move || nothing.get().then(|| view! { <Notice kind=NoticeKind::Error>{t!(i18n, imports.nothing_mapped)}</Notice> })}
        {move || in_columns.get().then(|| view! { <Notice kind=NoticeKind::Error>{t!(i18n, imports.fix_columns)}</Notice> })}
        {move || no_key.get().then(|| view! { <Notice kind=NoticeKind::Warning>{t!(i18n, imports.no_key)}</Notice> })}
    }
}

/// How many rows are ready, and how many have problems, beside the buttons.
#[component]
pub(super) fn RowsInShort(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let summary = desk.summary();
    let text = move || {
        let locale = i18n.get_locale();
        summary.with(|summary| {
            let mut said = vec![count!(
                locale,
                u64::from(summary.ready),
                imports.ready_one | ready_many
            )];
            if summary.failed > 0 {
                said.push(count!(
                    locale,
                    u64::from(summary.failed),
                    imports.failed_one | failed_many
                ));
            }
            if summary.skipped > 0 {
                said.push(count!(
                    locale,
                    u64::from(summary.skipped),
                    imports.skipped_one | skipped_many
                ));
            }
            said.join(" · ")
        })
    };
    view! {
        <p class="muted text-sm tabular-nums" aria-live="polite">
            {text}
        </p>
    }
}
