//! The input that suits a slot: one for each kind of value, used by pens, forms and filters alike.

use super::{view_model::draft::Draft, wording};
use crate::{
    i18n::{t_string, use_i18n},
    ui::Icon,
    words,
};
use domain::slot::SlotKind;
use icondata_lu::LuX;
use leptos::{ev, prelude::*};
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
            prop:value=line
            on:input=move |event| on_change.run(Draft::Line(event_target_value(&event)))
        ></textarea>
    }
}

/// The browser owns a half-typed date: writing its value back would wipe it, so the value is only set at the start.
#[component]
fn DateInput(field: Named, line: Signal<String>, on_change: Callback<Draft>) -> impl IntoView {
    let label = field.label();
    let take = move |input: HtmlInputElement| {
        // A half-typed date reads as blank, and a blank would erase the date that is there.
        let half_typed = input.validity().bad_input();
        on_change.run(Draft::Line(if half_typed {
            "…".to_owned()
        } else {
            input.value()
        }));
    };
    view! {
        <input
            id=field.id.clone()
            class="input w-full"
            type="date"
            min="1800-01-01"
            max="9999-12-31"
            aria-label=move || label.map(|label| label.get())
            aria-invalid=field.invalid()
            aria-describedby=field.trouble
            value=line.get_untracked()
            on:input=move |event| take(event_target(&event))
            on:blur=move |event| take(event_target(&event))
        />
    }
}

#[component]
fn CodeInput(
    field: Named,
    kind: SlotKind,
    line: Signal<String>,
    on_change: Callback<Draft>,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = field.label();
    let options = move || {
        let mut options = match kind {
            SlotKind::Country => words::countries(i18n.get_locale()),
            _ => wording::languages(i18n.get_locale()).to_vec(),
        }
        .into_iter()
        .map(|(code, name)| (code.to_owned(), name.to_owned()))
        .collect::<Vec<_>>();
        let given = line.get_untracked();
        if !given.is_empty() && !options.iter().any(|(code, _)| *code == given) {
            options.insert(0, (given.clone(), given));
        }
        options
    };
    view! {
        <select
            id=field.id.clone()
            class="select w-full"
            aria-label=move || label.map(|label| label.get())
            aria-invalid=field.invalid()
            aria-describedby=field.trouble
            on:change=move |event| on_change.run(Draft::Line(event_target_value(&event)))
        >
            <option value="" selected=move || line.with(String::is_empty)>
                {move || t_string!(i18n, customers.nothing_chosen)}
            </option>
            {move || {
                options()
                    .into_iter()
                    .map(|(code, name)| {
                        let value = code.clone();
                        let chosen = move || line.with(|line| *line == code);
                        view! { <option value=value selected=chosen>{name}</option> }
                    })
                    .collect_view()
            }}
        </select>
    }
}

#[component]
fn ChipsInput(
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
