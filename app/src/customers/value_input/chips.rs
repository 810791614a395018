//! A collection: every text a chip, and the next one being typed.

use super::Named;
use crate::{
    customers::view_model::draft::Draft,
    i18n::{t_string, use_i18n},
    ui::Icon,
};
use domain::slot::SlotKind;
use icondata_lu::LuX;
use leptos::{ev, prelude::*};

#[component]
pub(super) fn ChipsInput(
    field: Named,
    kind: SlotKind,
    draft: Signal<Draft>,
    on_change: Callback<Draft>,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = field.label();
    let chips = move || {
        draft.with(|draft| match draft {
            Draft::Chips { chips, .. } => chips.clone(),
            Draft::Line(_) => Vec::new(),
        })
    };
    let typing = move || {
        draft.with(|draft| match draft {
            Draft::Chips { typing, .. } => typing.clone(),
            Draft::Line(line) => line.clone(),
        })
    };
    let change = move |change: &dyn Fn(&mut Draft)| {
        let mut changed = draft.get_untracked();
        change(&mut changed);
        on_change.run(changed);
    };
    let on_input = move |event: ev::Event| {
        let text = event_target_value(&event);
        let ends_a_text = text.contains([',', ';', '\n']);
        change(&|draft| {
            if let Draft::Chips { typing, .. } = draft {
                typing.clone_from(&text);
            }
            if ends_a_text {
                draft.take_in();
            }
        });
    };
    let on_keydown = move |event: ev::KeyboardEvent| {
        let blank = typing().trim().is_empty();
        match event.key().as_str() {
            // With nothing typed, Enter is left to the form.
            "Enter" if !blank && !event.is_composing() => {
                event.prevent_default();
                event.stop_propagation();
                change(&Draft::take_in);
            }
            "Backspace" if typing().is_empty() && !chips().is_empty() => {
                event.prevent_default();
                change(&Draft::take_back);
            }
            _ => {}
        }
    };
    let remove = move |text: &str| {
        change(&|draft| {
            if let Draft::Chips { chips, .. } = draft {
                chips.retain(|chip| chip != text);
            }
        });
    };
    let (input_type, hint_id) = (
        if kind == SlotKind::Phones {
            "tel"
        } else {
            "text"
        },
        format!("{}-hint", field.id),
    );
    let described_by = {
        let (hint, trouble) = (hint_id.clone(), field.trouble);
        move || {
            trouble
                .get()
                .map_or_else(|| hint.clone(), |trouble| format!("{trouble} {hint}"))
        }
    };
    view! {
        <div class="input flex h-auto min-h-10 w-full flex-wrap items-center gap-1 py-1">
            <For each=chips key=Clone::clone let:chip>
                {
                    let (shown, text) = (chip.clone(), chip.clone());
                    view! {
                        <span class="badge badge-neutral badge-soft h-auto min-h-6 max-w-full gap-1 pr-0">
                            <span class="break-words">{shown}</span>
                            <button
                                type="button"
                                class="btn btn-ghost btn-xs btn-circle"
                                aria-label=move || t_string!(i18n, customers.remove_text, text = chip.clone())
                                on:mousedown=|event| event.prevent_default()
                                on:click=move |_| remove(&text)
                            >
                                <Icon icon=LuX/>
                            </button>
                        </span>
                    }
                }
            </For>
            <input
                id=field.id.clone()
                class="min-w-24 flex-1 bg-transparent outline-none"
                type=input_type
                autocomplete="off"
                aria-label=move || label.map(|label| label.get())
                aria-invalid=field.invalid()
                aria-describedby=described_by
                readonly=Named::waiting()
                prop:value=typing
                on:input=on_input
                on:keydown=on_keydown
            />
        </div>
        <p id=hint_id class="text-base-content/70 mt-1 text-xs">
            {move || match kind {
                SlotKind::Phones => t_string!(i18n, customers.phones_hint),
                _ => t_string!(i18n, customers.chips_hint),
            }}
        </p>
    }
}
