//! An open pen: the input, the green check, and the way back.

use super::pen::Pen;
use crate::{
    customers::{value_input::ValueInput, wording},
    i18n::{t, t_string, use_i18n},
    ui::Icon,
};
use domain::slot::{Field, Slot};
use icondata_lu::{LuCheck, LuX};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

#[component]
pub(super) fn Editor(
    pen: Pen,
    id: String,
    label: Signal<String>,
    trouble_id: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let punctuation = move || wording::punctuation(i18n.get_locale_untracked());
    let on_notes = pen.slot == Slot::Field(Field::Notes);
    let on_keydown = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            pen.close(true);
        }
        "Enter" if !event.is_composing() => {
            let in_lines = event
                .target()
                .is_some_and(|target| target.has_type::<web_sys::HtmlTextAreaElement>());
            let in_button = event
                .target()
                .is_some_and(|target| target.has_type::<web_sys::HtmlButtonElement>());
            let new_line = in_lines
                && if on_notes {
                    !(event.ctrl_key() || event.meta_key())
                } else {
                    event.shift_key()
                };
            if !new_line && !in_button {
                event.prevent_default();
                pen.finish(punctuation(), true);
            }
        }
        _ => {}
    };
    let described_by = Signal::derive(move || {
        pen.trouble
            .with(Option::is_some)
            .then(|| trouble_id.clone())
    });
    view! {
        <form
            class="flex items-start gap-1"
            method="post"
            novalidate
            on:keydown=on_keydown
            on:submit=move |event| {
                event.prevent_default();
                pen.finish(punctuation(), true);
            }
        >
            <div class="min-w-0 flex-1">
                <ValueInput
                    id
                    kind=pen.kind
                    draft=pen.draft
                    on_change=Callback::new(move |draft| pen.draft.set(draft))
                    label
                    trouble=described_by
                />
                {on_notes.then(|| view! { <p class="muted mt-1 text-xs">{t!(i18n, customers.lines_hint)}</p> })}
            </div>
            <button
                type="submit"
                class="btn btn-success btn-square"
                aria-label=move || t_string!(i18n, customers.save_field, field = label.get())
                title=move || t_string!(i18n, customers.save_field, field = label.get())
                on:mousedown=|event| event.prevent_default()
            >
                <Icon icon=LuCheck/>
            </button>
            <button
                type="button"
                class="btn btn-ghost btn-square"
                aria-label=move || t_string!(i18n, customers.cancel_field, field = label.get())
                title=move || t_string!(i18n, customers.cancel_field, field = label.get())
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| pen.close(true)
            >
                <Icon icon=LuX/>
            </button>
        </form>
    }
}
