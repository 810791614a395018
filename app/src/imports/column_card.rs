//! One column of the file: its title and samples, what it belongs to and why, and how good its cells are.

use super::{
    column_choice::{AttributeNameField, BelongsMenu, FormatMenu, RuleMenu},
    desk::Desk,
    totals::StackedBar,
    wording,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Badge, Button},
};
use leptos::prelude::*;
use sheets::{
    mapping::{Belongs, Column, MappingProblem},
    protocol::Ask,
};

/// The column of that index as it is now; nothing while another file is being opened.
pub(super) fn column(desk: Desk, index: usize) -> Memo<Option<Column>> {
    Memo::new(move |_| {
        desk.mapping()
            .with(|mapping| mapping.columns.get(index).cloned())
    })
}

#[component]
pub(super) fn ColumnCard(desk: Desk, index: usize) -> impl IntoView {
    let i18n = use_i18n();
    let column = column(desk, index);
    let used = Memo::new(move |_| {
        column.with(|column| {
            column
                .as_ref()
                .is_some_and(|column| column.belongs != Belongs::Ignore)
        })
    });
    let number = u32::try_from(index).unwrap_or(u32::MAX);
    let title = move || column.with(|column| column.as_ref().map(|column| column.header.clone()));
    let samples = move || {
        let samples = column
            .with(|column| column.as_ref().map(|column| column.samples.clone()))
            .unwrap_or_default();
        if samples.is_empty() {
            return view! { <p class="muted text-sm">{t!(i18n, imports.no_samples)}</p> }
                .into_any();
        }
        let badge = |sample: String| view! { <li class="max-w-full truncate rounded bg-base-200 px-2 py-0.5">{sample}</li> };
        view! {
            <ul class="flex flex-wrap gap-1 text-sm" aria-label=move || t_string!(i18n, imports.samples)>
                {samples.into_iter().map(badge).collect_view()}
            </ul>
        }
        .into_any()
    };
    view! {
        <li class="card-section column-card" class:column-unused=move || !used.get() data-column=index>
            <div class="flex min-w-0 flex-col gap-2">
                <h3 class="flex items-baseline gap-2 font-semibold">
                    <Badge>{wording::letter(number)}</Badge>
                    <span class="min-w-0 break-words">{title}</span>
                </h3>
                {samples}
            </div>
            <div class="flex min-w-0 flex-col gap-2">
                <BelongsMenu desk=desk index=index column=column />
                <AttributeNameField desk=desk index=index column=column />
                <FormatMenu desk=desk index=index column=column />
                <Problem desk=desk index=number />
                <Reasons desk=desk column=column />
            </div>
            <div class="flex min-w-0 flex-col gap-2">
                <RuleMenu desk=desk index=index column=column />
                <Quality desk=desk index=number used=used />
            </div>
        </li>
    }
}

#[component]
fn Reasons(desk: Desk, column: Memo<Option<Column>>) -> impl IntoView {
    let i18n = use_i18n();
    let said = Memo::new(move |_| {
        let locale = i18n.get_locale();
        let header = |index: u32| {
            desk.mapping().with(|mapping| {
                mapping
                    .columns
                    .get(index as usize)
                    .map(|column| column.header.clone())
            })
        };
        column.with(|column| {
            let Some(column) = column else {
                return Vec::new();
            };
            let mut said = Vec::new();
            // The reasons are about the suggestion, not about what a person chose instead.
            if column.belongs == column.suggested {
                let reason = |reason| {
                    wording::reason(locale, reason, |index| header(index).unwrap_or_default())
                };
                said.extend(column.reasons.iter().map(reason));
            }
            if column.format.is_some() || column.belongs != Belongs::Ignore {
                said.extend(
                    column
                        .evidence
                        .iter()
                        .map(|evidence| wording::evidence(locale, evidence)),
                );
            }
            said
        })
    });
    move || {
        let said = said.get();
        (!said.is_empty()).then(|| view! { <p class="muted text-sm">{said.join(" · ")}</p> })
    }
}

#[component]
fn Problem(desk: Desk, index: u32) -> impl IntoView {
    let i18n = use_i18n();
    let problem = Memo::new(move |_| {
        let locale = i18n.get_locale();
        desk.mapping().with(|mapping| {
            desk.attributes().with(|attributes| {
                let said = |problem: &MappingProblem| {
                    let text = wording::column_problem(
                        locale,
                        problem,
                        index,
                        &mapping.columns,
                        attributes,
                    )?;
                    Some((text, problem.clone()))
                };
                mapping.problems.iter().find_map(said)
            })
        })
    });
    move || {
        problem.get().map(|(text, problem)| {
            let use_existing = match problem {
                MappingProblem::AttributeExists { attribute, .. } => {
                    let ask = Ask::SetColumn { column: index, belongs: Belongs::Attribute(attribute) };
                    let take = move |_| desk.change(ask.clone());
                    Some(view! { <Button small=true on:click=take>{t!(i18n, imports.use_existing)}</Button> })
                }
                _ => None,
            };
            view! {
                <div class="text-error flex flex-wrap items-center gap-2 text-sm" role="alert">
                    <span>{text}</span>
                    {use_existing}
                </div>
            }
        })
    }
}

/// Filled, blank and problematic cells of a column, as a bar and in words.
#[component]
fn Quality(desk: Desk, index: u32, #[prop(into)] used: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let quality = Memo::new(move |_| {
        desk.summary().with(|summary| {
            summary
                .columns
                .iter()
                .find(|column| column.column == index)
                .cloned()
        })
    });
    move || {
        let (quality, used) = (quality.get(), used.get());
        quality.filter(|_| used).map(|quality| {
            let locale = i18n.get_locale();
            let mut said = vec![
                count!(locale, u64::from(quality.filled), imports.filled_one | filled_many),
                count!(locale, u64::from(quality.blank), imports.blank_one | blank_many),
            ];
            if quality.problems > 0 {
                said.push(count!(locale, u64::from(quality.problems), imports.problems_one | problems_many));
            }
            let parts = vec![
                ("fill-success", quality.filled),
                ("fill-error", quality.problems),
                ("fill-base-300", quality.blank),
            ];
            let clear = (quality.problems > 0).then(|| {
                let clear = move |_| desk.edit(Ask::ClearProblems { column: index }, |_| ());
                view! { <Button small=true on:click=clear>{t!(i18n, imports.clear_problems)}</Button> }
            });
            view! {
                <StackedBar parts=parts />
                <p class="text-sm tabular-nums" class:text-error=quality.problems != 0>
                    {said.join(" · ")}
                </p>
                {clear}
            }
        })
    }
}
