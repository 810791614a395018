//! One attribute: its place, name, type, use, and what can be done with it.

use super::{name_editor::NameEditor, state::AttributeList};
use crate::{
    customers::{view_model::attribute_list::moved, wording},
    i18n::{t, t_string, use_i18n},
    ui::{Badge, Button, ButtonKind, IconButton, say},
    words,
};
use domain::{ids::AttributeId, mutation::Intent};
use icondata_lu as lu;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;

fn place_id(id: AttributeId) -> String {
    format!("attribute-{id}")
}

fn focus_in_row(id: AttributeId, selector: &str) {
    let found = document()
        .get_element_by_id(&place_id(id))
        .and_then(|row| row.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        drop(element.focus());
    }
}

/// Shows where an attribute stands.
pub(super) fn focus(id: AttributeId) {
    focus_in_row(id, "button:not(:disabled)");
}

#[component]
pub(super) fn AttributeRow(
    list: AttributeList,
    id: AttributeId,
    may_manage: bool,
    on_merge: Callback<AttributeId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let used = list.get(id);
    let name = Memo::new(move |_| {
        used.with(|used| {
            used.as_ref()
                .map(|used| used.attribute.name.to_string())
                .unwrap_or_default()
        })
    });
    let kind = move || {
        used.with(|used| {
            used.as_ref()
                .map(|used| wording::kind(i18n.get_locale(), used.attribute.kind))
        })
    };
    let retired = Memo::new(move |_| {
        used.with(|used| used.as_ref().is_some_and(|used| used.attribute.retired))
    });
    let retire = move |retired: bool| {
        spawn_local(async move {
            if list
                .send(Intent::RetireAttribute {
                    attribute: id,
                    retired,
                })
                .await
            {
                let name = name.try_get_untracked().unwrap_or_default();
                list.say(|i18n| {
                    if retired {
                        t_string!(i18n, customers.attributes_was_retired, name = name)
                    } else {
                        t_string!(i18n, customers.attributes_was_restored, name = name)
                    }
                });
            }
        });
    };
    let actions = move || {
        if retired.get() {
            view! {
                <Button
                    small=true
                    attr:aria-label=move || t_string!(i18n, customers.attributes_restore_of, name = name.get())
                    on:click=move |_| retire(false)
                >
                    {t!(i18n, customers.attributes_restore)}
                </Button>
            }
            .into_any()
        } else {
            view! {
                <Button
                    small=true
                    kind=ButtonKind::Quiet
                    icon=lu::LuMerge
                    attr:aria-label=move || t_string!(i18n, customers.attributes_merge_of, name = name.get())
                    on:click=move |_| on_merge.run(id)
                >
                    {t!(i18n, customers.attributes_merge)}
                </Button>
                <Button
                    small=true
                    kind=ButtonKind::Quiet
                    icon=lu::LuArchive
                    attr:aria-label=move || t_string!(i18n, customers.attributes_retire_of, name = name.get())
                    on:click=move |_| retire(true)
                >
                    {t!(i18n, customers.attributes_retire)}
                </Button>
            }
            .into_any()
        }
    };
    view! {
        <li id=place_id(id) class="attribute-row">
            {move || (may_manage && !retired.get()).then(|| view! { <Mover list id name /> })}
            <div class="min-w-0">
                <NameEditor list id name may_edit=Signal::derive(move || may_manage && !retired.get()) />
                <Badge>{kind}</Badge>
            </div>
            <Filled list id />
            {may_manage.then(|| view! { <div class="attribute-actions">{actions}</div> })}
        </li>
    }
}

/// Up and down, one place at a time; the focus stays on the button that was pressed.
#[component]
fn Mover(list: AttributeList, id: AttributeId, name: Memo<String>) -> impl IntoView {
    let i18n = use_i18n();
    let order = move |by| moved(&list.attributes(), id, by);
    let go = move |by: isize, button: &'static str| {
        if let Some(order) = untrack(|| order(by)) {
            list.show_order(&order);
            request_animation_frame(move || {
                focus(id);
                focus_in_row(id, button);
            });
            spawn_local(async move {
                list.send(Intent::ReorderAttributes { order }).await;
            });
        }
    };
    view! {
        <div class="flex md:flex-col">
            <IconButton
                icon=lu::LuChevronUp
                label=say(move || t_string!(i18n, customers.attributes_up, name = name.get()))
                disabled=Signal::derive(move || order(-1).is_none())
                attr:data-move="up"
                on:click=move |_| go(-1, "[data-move=up]:not(:disabled)")
            />
            <IconButton
                icon=lu::LuChevronDown
                label=say(move || t_string!(i18n, customers.attributes_down, name = name.get()))
                disabled=Signal::derive(move || order(1).is_none())
                attr:data-move="down"
                on:click=move |_| go(1, "[data-move=down]:not(:disabled)")
            />
        </div>
    }
}

/// How many customers have a value, as a bar and in numbers.
#[component]
fn Filled(list: AttributeList, id: AttributeId) -> impl IntoView {
    let i18n = use_i18n();
    let used = list.get(id);
    let filled = move || used.with(|used| used.as_ref().map_or(0, |used| used.filled));
    let numbers = move || {
        let locale = i18n.get_locale();
        (
            words::number(locale, filled()),
            words::number(locale, list.total),
        )
    };
    let text = move || {
        let (count, total) = numbers();
        t_string!(
            i18n,
            customers.attributes_filled_of,
            count = count,
            total = total
        )
    };
    let label = move || {
        let (count, total) = numbers();
        t_string!(
            i18n,
            customers.attributes_filled_label,
            count = count,
            total = total
        )
    };
    view! {
        <div class="flex min-w-0 flex-col gap-1">
            <span class="muted text-sm tabular-nums">{text}</span>
            <progress
                class="progress progress-primary w-full"
                aria-label=label
                value=move || filled().to_string()
                max=list.total.max(1).to_string()
            ></progress>
        </div>
    }
}
