//! Cells that say the same and are not understood: one correction mends them all.

use super::super::{desk::Desk, wording};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, use_toasts},
    words,
};
use leptos::{html, prelude::*};
use sheets::{preview::ProblemGroup, protocol::Ask};

/// Groups drawn; the others come up as these are mended.
const SHOWN: usize = 8;

#[component]
pub(super) fn ProblemGroups(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let groups = Memo::new(move |_| {
        desk.summary().with(|summary| {
            summary
                .problems
                .iter()
                .take(SHOWN)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let any = Memo::new(move |_| !groups.with(Vec::is_empty));
    view! {
        <Show when=move || any.get()>
            <section class="card p-4" aria-labelledby="groups-title">
                <h3 id="groups-title" class="mb-2 font-medium">
                    {t!(i18n, imports.groups_title)}
                </h3>
                <ul class="flex flex-col divide-y divide-base-300">
                    <For
                        each=move || groups.get()
                        key=|group| (group.column, group.text.clone(), group.cells)
                        let:group
                    >
                        <Group desk=desk group=group />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Group(desk: Desk, group: ProblemGroup) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let input = NodeRef::<html::Input>::new();
    let id = format!("group-{}-{}", group.column, group.first_line);
    let column = group.column as usize;
    let header = desk.mapping().with_untracked(|mapping| {
        mapping
            .columns
            .get(column)
            .map(|column| column.header.clone())
    });
    let header = StoredValue::new(header.unwrap_or_default());
    let text = words::beginning(&group.text);
    let shown = format!("“{text}”");
    let text = StoredValue::new(text);
    let group = StoredValue::new(group);
    let write = move |to_text: String| {
        let ask = group.with_value(|group| Ask::FixEverywhere {
            column: group.column,
            from_text: group.text.clone(),
            to_text,
        });
        desk.edit(ask, move |changed| {
            toasts.done(count!(
                i18n.get_locale_untracked(),
                u64::from(changed),
                imports.cells_changed_one | cells_changed_many
            ));
        });
    };
    let typed = move || {
        if let Some(input) = input.get_untracked() {
            write(input.value());
        }
    };
    let what = move || {
        let locale = i18n.get_locale();
        group.with_value(|group| {
            let cells = count!(
                locale,
                u64::from(group.cells),
                imports.cells_one | cells_many
            );
            let reason = wording::cell_reason(locale, &group.reason);
            t_string!(
                i18n,
                imports.group_line,
                column = header.get_value(),
                cells = cells,
                line = group.first_line,
                reason = reason
            )
        })
    };
    let label = move || t_string!(i18n, imports.group_fix, text = text.get_value());
    view! {
        <li class="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
            <div class="min-w-0 grow basis-64">
                <p class="font-medium wrap-anywhere">{shown}</p>
                <p class="muted text-sm">{what}</p>
            </div>
            <form
                class="flex flex-wrap items-center gap-2"
                on:submit=move |event| {
                    event.prevent_default();
                    typed();
                }
            >
                <label for=id.clone() class="sr-only">
                    {label}
                </label>
                <input
                    node_ref=input
                    id=id.clone()
                    class="input input-sm w-44"
                    type="text"
                    autocomplete="off"
                    value=group.with_value(|group| group.text.clone())
                />
                <Button small=true submit=true>
                    {t!(i18n, imports.fix_everywhere)}
                </Button>
                <Button small=true on:click=move |_| write(String::new())>
                    {t!(i18n, imports.leave_blank)}
                </Button>
            </form>
        </li>
    }
}
