//! A menu that always shows what is, not what was last picked: a pick that is refused springs back.

use crate::ui::Choice;
use leptos::{html, prelude::*};

/// Entries under a common heading; without one they stand alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) heading: Option<String>,
    pub(super) choices: Vec<Choice>,
}

impl Group {
    pub(super) fn plain(choices: Vec<Choice>) -> Vec<Self> {
        vec![Self {
            heading: None,
            choices,
        }]
    }
}

#[component]
pub(super) fn Pick(
    #[prop(into)] id: String,
    #[prop(into)] label: Signal<String>,
    /// What the choice is about, for screen readers only: the same label stands many times on the page.
    #[prop(optional, into)]
    about: Option<Signal<String>>,
    #[prop(into)] current: Signal<String>,
    #[prop(into)] groups: Signal<Vec<Group>>,
    #[prop(into)] on_pick: Callback<String>,
    #[prop(optional, into)] invalid: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let node = NodeRef::<html::Select>::new();
    Effect::new(move || {
        let wanted = current.get();
        groups.track();
        if let Some(select) = node.get() {
            select.set_value(&wanted);
        }
    });
    let option = move |choice: Choice| {
        let selected = choice.value == current.get_untracked();
        view! {
            <option value=choice.value selected=selected>
                {choice.label}
            </option>
        }
    };
    let options = move || {
        groups
            .get()
            .into_iter()
            .map(|group| {
                let choices = group.choices.into_iter().map(option).collect_view();
                match group.heading {
                    Some(heading) => {
                        view! { <optgroup label=heading>{choices}</optgroup> }.into_any()
                    }
                    None => choices.into_any(),
                }
            })
            .collect_view()
    };
    view! {
        <div class="flex min-w-0 flex-col gap-1">
            <label for=id.clone() class="text-sm font-medium">
                {move || label.get()}
                {about.map(|about| view! { <span class="sr-only">": " {move || about.get()}</span> })}
            </label>
            <select
                node_ref=node
                id=id
                class="select w-full"
                class:select-error=move || invalid.get()
                aria-invalid=move || invalid.get().then_some("true")
                disabled=move || disabled.get()
                on:change=move |event| on_pick.run(event_target_value(&event))
            >
                {options}
            </select>
        </div>
    }
}
