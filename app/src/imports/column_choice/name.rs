//! **Attribute name**.

use super::{Current, belongs_to, header, number};
use crate::{
    i18n::{t_string, use_i18n},
    imports::desk::Desk,
};
use domain::attribute::AttributeName;
use leptos::{html, prelude::*};
use sheets::{mapping::Belongs, protocol::Ask};
use std::time::Duration;

/// Sent when the typing pauses, so that a name in use is said at once.
const TYPING_PAUSE: Duration = Duration::from_millis(250);

/// Only for a new attribute.
#[component]
pub(in super::super) fn AttributeNameField(
    desk: Desk,
    index: usize,
    column: Current,
) -> impl IntoView {
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
