//! The input that suits a slot: one for each kind of value, used by pens, forms and filters alike.

mod chips;
mod code;

use super::view_model::draft::Draft;
use crate::ui::use_ready;
use chips::ChipsInput;
use code::CodeInput;
use domain::slot::SlotKind;
use leptos::{html, prelude::*};
use web_sys::HtmlInputElement;

/// `on_change` gets the draft as it is after every key. A visible label may point to `id`; without one, `label` names it.
#[component]
pub fn ValueInput(
    #[prop(into)] id: String,
    kind: SlotKind,
    #[prop(into)] draft: Signal<Draft>,
    on_change: Callback<Draft>,
    #[prop(optional, into)] label: Option<Signal<String>>,
    /// The id of the text that says what is wrong, while something is.
    #[prop(into)]
    trouble: Signal<Option<String>>,
) -> impl IntoView {
    let line = Signal::derive(move || {
        draft.with(|draft| match draft {
            Draft::Line(line) => line.clone(),
            Draft::Chips { typing, .. } => typing.clone(),
        })
    });
    let field = Named { id, label, trouble };
    match kind {
        SlotKind::Texts | SlotKind::Phones => {
            view! { <ChipsInput field kind draft on_change/> }.into_any()
        }
        SlotKind::LongText => view! { <LongInput field line on_change/> }.into_any(),
        SlotKind::Date => view! { <DateInput field line on_change/> }.into_any(),
        SlotKind::Country | SlotKind::Language => {
            view! { <CodeInput field kind line on_change/> }.into_any()
        }
        kind => view! { <LineInput field kind line on_change/> }.into_any(),
    }
}

/// What makes an input known to a screen reader.
#[derive(Clone)]
struct Named {
    id: String,
    label: Option<Signal<String>>,
    trouble: Signal<Option<String>>,
}

impl Named {
    fn label(&self) -> Option<Signal<String>> {
        self.label
    }

    /// Until the page is live, what is typed would be overwritten by what it starts with.
    fn waiting() -> Signal<bool> {
        let ready = use_ready();
        Signal::derive(move || !ready.get())
    }

    fn invalid(&self) -> Signal<Option<&'static str>> {
        let trouble = self.trouble;
        Signal::derive(move || trouble.with(|trouble| trouble.as_ref().map(|_| "true")))
    }
}

#[component]
fn LineInput(
    field: Named,
    kind: SlotKind,
    line: Signal<String>,
    on_change: Callback<Draft>,
) -> impl IntoView {
    let (input_type, input_mode) = match kind {
        SlotKind::Phone => ("tel", "tel"),
        SlotKind::Email => ("email", "email"),
        SlotKind::Number => ("text", "decimal"),
        _ => ("text", "text"),
    };
    let label = field.label();
    view! {
        <input
            id=field.id.clone()
            class="input w-full"
            type=input_type
            inputmode=input_mode
            autocomplete="off"
            aria-label=move || label.map(|label| label.get())
            aria-invalid=field.invalid()
            aria-describedby=field.trouble
            readonly=Named::waiting()
            prop:value=line
            on:input=move |event| on_change.run(Draft::Line(event_target_value(&event)))
        />
    }
}

#[component]
fn LongInput(field: Named, line: Signal<String>, on_change: Callback<Draft>) -> impl IntoView {
    let label = field.label();
    view! {
        <textarea
            id=field.id.clone()
            class="textarea field-sizing-content max-h-96 min-h-10 w-full"
            rows="1"
            aria-label=move || label.map(|label| label.get())
            aria-invalid=field.invalid()
            aria-describedby=field.trouble
            readonly=Named::waiting()
            prop:value=line
            on:input=move |event| on_change.run(Draft::Line(event_target_value(&event)))
        ></textarea>
    }
}

/// The browser owns a half-typed date: writing its own value back would wipe it, so only a value from elsewhere is set.
#[component]
fn DateInput(field: Named, line: Signal<String>, on_change: Callback<Draft>) -> impl IntoView {
    let label = field.label();
    let node = NodeRef::<html::Input>::new();
    let own = StoredValue::new(line.get_untracked());
    Effect::new(move || {
        let line = line.get();
        if let Some(input) = node.get()
            && own.get_value() != line
        {
            input.set_value(&line);
            own.set_value(line);
        }
    });
    let take = move |input: HtmlInputElement| {
        // A half-typed date reads as blank, and a blank would erase the date that is there.
        let half_typed = input.validity().bad_input();
        let line = if half_typed {
            "…".to_owned()
        } else {
            input.value()
        };
        own.try_set_value(line.clone());
        // A focused input that is taken away still reports that it was left.
        on_change.try_run(Draft::Line(line));
    };
    view! {
        <input
            node_ref=node
            id=field.id.clone()
            class="input w-full"
            type="date"
            min="1800-01-01"
            max="9999-12-31"
            aria-label=move || label.map(|label| label.get())
            aria-invalid=field.invalid()
            aria-describedby=field.trouble
            readonly=Named::waiting()
            value=line.get_untracked()
            on:input=move |event| take(event_target(&event))
            on:blur=move |event| take(event_target(&event))
        />
    }
}
