//! A field of a profile with its pen: read, click, change, saved.

mod editor;
mod pen;

use super::{
    profile::Profile, trouble::TroubleText, value_text::ValueText, view_model::draft::Draft,
    wording,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::Icon,
};
use domain::{
    slot::{Slot, SlotKind},
    value::Value,
};
use editor::Editor;
use icondata_lu::{LuCheck, LuPencil};
use leptos::{ev, prelude::*};
use pen::{Pen, State};
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;

/// The id of the button that opens the editor of a slot.
pub(super) fn pen_id(slot: Slot) -> String {
    format!("pen-{slot}")
}

#[component]
pub fn InlineField(
    profile: Profile,
    of: Slot,
    kind: SlotKind,
    #[prop(into)] label: Signal<String>,
    /// The label is there already, as a heading.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let pen = Pen::new(profile, of, kind, label);
    let value = profile.value(of);
    let id = format!("field-{of}");
    let trouble_id = format!("{id}-trouble");
    let phones =
        Signal::derive(move || profile.customer().with(|customer| customer.phones.clone()));
    let punctuation = move || wording::punctuation(i18n.get_locale_untracked());
    let open = move || {
        if profile.may_edit && pen.can_open() {
            let value = value.get_untracked();
            let draft = phones
                .with_untracked(|phones| Draft::of(kind, value.as_ref(), phones, punctuation()));
            pen.open(value, draft);
        }
    };
    let editing = Memo::new(move |_| pen.state.get() == State::Editing);
    let reading = move || view! { <Reading pen value phones label on_open=open/> }.into_any();
    let editor = {
        let (id, trouble_id) = (id.clone(), trouble_id.clone());
        move || view! { <Editor pen id=id.clone() label trouble_id=trouble_id.clone()/> }.into_any()
    };
    // What stands below the input belongs to it: the way to whoever has the number, the choice between two values.
    let on_focusout = move |event: ev::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        // The pen gives way to the editor that it opens: that is not leaving either.
        let by_pen = event
            .target()
            .and_then(|from| from.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|from| from.closest(".field-value").ok().flatten().is_some());
        // Another window came to the front: the person has not left the field.
        let window_left = !document().has_focus().unwrap_or(true);
        if !by_pen && !pen.holds(to.as_ref()) && !window_left {
            pen.finish(punctuation(), false);
        }
    };
    view! {
        <div node_ref=pen.place class="field-row" class:field-row-bare=bare on:focusout=on_focusout>
            {(!bare).then(|| view! { <div class="field-label">{move || label.get()}</div> })}
            <div class="min-w-0 flex-1">
                {move || if editing.get() { editor() } else { reading() }}
                <TroubleText
                    id=trouble_id
                    kind
                    trouble=pen.trouble
                    phones
                    on_choice=Callback::new(move |choice| pen.choose(choice))
                />
            </div>
        </div>
    }
}

#[component]
fn Reading(
    pen: Pen,
    value: Memo<Option<Value>>,
    phones: Signal<BTreeMap<String, String>>,
    label: Signal<String>,
    on_open: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let may_edit = pen.profile.may_edit;
    let open_on_click = move |_: ev::MouseEvent| {
        // Somebody who marks the text to copy it does not want to edit it.
        let marking = window()
            .get_selection()
            .ok()
            .flatten()
            .is_some_and(|selection| !selection.is_collapsed());
        if !marking {
            on_open();
        }
    };
    let pen_label = move || {
        let field = label.get();
        if value.with(Option::is_none) {
            t_string!(i18n, customers.add_field, field = field)
        } else {
            t_string!(i18n, customers.edit_field, field = field)
        }
    };
    view! {
        <div class="field-value" class:field-value-editable=may_edit on:click=open_on_click>
            <div class="min-w-0 flex-1">
                <ValueText kind=pen.kind value phones/>
            </div>
            <span class="text-xs" role="status">
                {move || match pen.state.get() {
                    State::Saving => Some(view! { <span class="muted">{t!(i18n, customers.saving)}</span> }.into_any()),
                    State::Saved => {
                        Some(
                            view! {
                                <span class="text-success inline-flex items-center gap-1">
                                    <Icon icon=LuCheck/>
                                    {t!(i18n, customers.saved)}
                                </span>
                            }
                                .into_any(),
                        )
                    }
                    State::Reading | State::Editing => None,
                }}
            </span>
            {may_edit
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="field-pen"
                            id=pen_id(pen.slot)
                            aria-label=pen_label
                            title=pen_label
                            on:click=move |event| {
                                event.stop_propagation();
                                on_open();
                            }
                        >
                            <Icon icon=LuPencil/>
                        </button>
                    }
                })}
        </div>
    }
}
