//! The field for a text with variables.

use super::{Segments, Variables, VariablesMenu, wording};
use crate::{
    i18n::{t, use_i18n},
    ui::{Button, TextArea},
};
use domain::{
    slot::Slot,
    template::{Template, TemplateError},
};
use leptos::{html, prelude::*};

/// `value` is what the person types, with the names of variables: [`Template::parse`] reads it.
#[component]
pub fn TemplateField(
    #[prop(into)] id: String,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(into)] variables: Signal<Variables>,
    #[prop(into)] hint: Signal<String>,
    /// What else is wrong with it; goes before what the text itself shows.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    #[prop(default = 4)] rows: u32,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Textarea>::new();
    let read = Memo::new(move |_| {
        value.with(|text| variables.with(|variables| Template::parse(text, variables.names())))
    });
    // A variable that is being typed is not closed yet, which is no error before the person is done.
    let left = RwSignal::new(false);
    let wrong = Memo::new(move |_| read.get().err().filter(|_| left.get()));
    let said = Signal::derive(move || {
        let locale = i18n.get_locale();
        error.get().or_else(|| {
            let wrong = wrong.get()?;
            Some(value.with(|text| wording::error(locale, text, wrong)))
        })
    });
    // What was measurable last stays while a variable is being typed.
    let measured = Memo::new(move |before: Option<&Template>| {
        read.get()
            .unwrap_or_else(|_| before.cloned().unwrap_or_default())
    });
    // Before the person has been in the field, its selection is nobody's.
    let entered = StoredValue::new(false);
    let insert = move |slot: Slot| {
        let Some(area) = node.get_untracked() else {
            return;
        };
        let text = variables.with_untracked(|variables| variables.typed(slot));
        let end = units(&area.value());
        let selected = |at: Option<u32>| at.filter(|_| entered.get_value()).unwrap_or(end);
        let from = selected(area.selection_start().ok().flatten());
        let to = selected(area.selection_end().ok().flatten());
        if area
            .set_range_text_with_start_and_end(&text, from, to)
            .is_ok()
        {
            value.set(area.value());
            let behind = from + units(&text);
            drop(area.focus());
            drop(area.set_selection_range(behind, behind));
        }
    };
    view! {
        <div class="flex flex-col gap-1">
            <div on:focusin=move |_| entered.set_value(true) on:focusout=move |_| left.set(true)>
                <TextArea id=id.clone() label=label value=value hint=hint error=said rows=rows node=node />
            </div>
            {move || {
                wrong
                    .get()
                    .filter(|_| error.with(Option::is_none))
                    .map(|wrong| {
                        view! {
                            <div>
                                <Button small=true on:click=move |_| show_error(node, value, wrong)>{t!(i18n, messaging.template_show)}</Button>
                            </div>
                        }
                    })
            }}
            <div class="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
                <div>
                    <Segments template=measured />
                </div>
                <VariablesMenu
                    id=format!("{id}-variables")
                    variables
                    on_pick=Callback::new(insert)
                />
            </div>
        </div>
    }
    .into_any()
}

/// Selects the place in the field.
pub(crate) fn show_error(
    node: NodeRef<html::Textarea>,
    value: RwSignal<String>,
    TemplateError { at, .. }: TemplateError,
) {
    if let Some(area) = node.get_untracked() {
        let text = value.get_untracked();
        drop(area.focus());
        drop(area.set_selection_range(
            wording::utf16_offset(&text, at),
            wording::utf16_offset(&text, at + 1),
        ));
    }
}

/// The length of a text as the browser counts.
fn units(text: &str) -> u32 {
    wording::utf16_offset(text, usize::MAX)
}
