//! Text inputs with label, hint and error.
//!
//! The element keeps its own text and the signal follows it, so that what was typed or filled in by the browser before
//! the page was ready is not lost.

use leptos::{html, prelude::*};

/// Label, hint and error around a control with the same `id`.
#[component]
pub(super) fn Labelled(
    id: String,
    label: Signal<String>,
    hint: Option<Signal<String>>,
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    view! {
        <div class="flex flex-col gap-1">
            <label for=id class="font-medium">
                {move || label.get()}
            </label>
            {children()}
            {hint.map(|hint| view! { <p id=hint_id class="muted text-sm">{move || hint.get()}</p> })}
            <p id=error_id class="text-error text-sm empty:hidden" aria-live="polite">
                {move || error.get()}
            </p>
        </div>
    }
}

/// The ids that `aria-describedby` of a control names.
pub(super) fn described_by(id: &str, hint: bool) -> String {
    if hint {
        format!("{id}-hint {id}-error")
    } else {
        format!("{id}-error")
    }
}

/// One line of text.
#[component]
pub fn TextField(
    /// Unique on the page; label and error refer to it.
    #[prop(into)]
    id: String,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Option<Signal<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// `email`, `password`, `tel`, `date`, …
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |earlier: Option<()>| {
        let text = value.get();
        let Some(input) = node.get() else { return };
        if earlier.is_none() && text.is_empty() && !input.value().is_empty() {
            value.set(input.value());
        } else if input.value() != text {
            input.set_value(&text);
        }
        if autofocus && earlier.is_none() {
            drop(input.focus());
        }
    });
    view! {
        <Labelled id=id.clone() label=label hint=hint error=error>
            <input
                node_ref=node
                id=id.clone()
                name=id.clone()
                class="input w-full"
                type=kind
                autocomplete=autocomplete
                inputmode=inputmode
                required=required
                disabled=move || disabled.get()
                value=value.get_untracked()
                aria-describedby=described_by(&id, hint.is_some())
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:input=move |event| value.set(event_target_value(&event))
                on:change=move |event| value.set(event_target_value(&event))
            />
        </Labelled>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] id: String,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Option<Signal<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = 4)] rows: u32,
    /// Where the caller needs the element: for its selection.
    #[prop(optional)]
    node: NodeRef<html::Textarea>,
) -> impl IntoView {
    Effect::new(move |earlier: Option<()>| {
        let text = value.get();
        let Some(area) = node.get() else { return };
        if earlier.is_none() && text.is_empty() && !area.value().is_empty() {
            value.set(area.value());
        } else if area.value() != text {
            area.set_value(&text);
        }
    });
    view! {
        <Labelled id=id.clone() label=label hint=hint error=error>
            <textarea
                node_ref=node
                id=id.clone()
                name=id.clone()
                class="textarea w-full"
                rows=rows
                aria-describedby=described_by(&id, hint.is_some())
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:input=move |event| value.set(event_target_value(&event))
            >
                {value.get_untracked()}
            </textarea>
        </Labelled>
    }
}
