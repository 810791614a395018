//! A field of a profile with its pen: read, click, change, saved.

use super::{
    profile::Profile,
    trouble::{Choice, Trouble, TroubleText},
    value_input::ValueInput,
    value_text::ValueText,
    view_model::{
        answer::answer_for,
        draft::{Draft, change},
    },
    wording,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::Icon,
};
use domain::{
    mutation::Change,
    slot::{Field, Slot, SlotKind},
    value::Value,
};
use icondata_lu::{LuCheck, LuPencil, LuX};
use leptos::{ev, html, prelude::*, task::spawn_local};
use std::{collections::BTreeMap, time::Duration};
use wasm_bindgen::JsCast;

/// How long "Saved" stands beside a value.
const SAVED_SHOWN: Duration = Duration::from_secs(4);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Reading,
    Editing,
    Saving,
    Saved,
}

impl State {
    fn calm_down(&mut self) {
        if *self == Self::Saved {
            *self = Self::Reading;
        }
    }
}

/// What the editor was opened on.
#[derive(Clone)]
struct Opened {
    value: Option<Value>,
    draft: Draft,
}

/// The state of one pen, and what can be done with it.
#[derive(Clone, Copy)]
struct Pen {
    profile: Profile,
    slot: Slot,
    kind: SlotKind,
    state: RwSignal<State>,
    draft: RwSignal<Draft>,
    opened: StoredValue<Opened>,
    trouble: RwSignal<Option<Trouble>>,
    place: NodeRef<html::Div>,
}

impl Pen {
    fn new(profile: Profile, slot: Slot, kind: SlotKind) -> Self {
        Self {
            profile,
            slot,
            kind,
            state: RwSignal::new(State::Reading),
            draft: RwSignal::new(Draft::blank(kind)),
            opened: StoredValue::new(Opened {
                value: None,
                draft: Draft::blank(kind),
            }),
            trouble: RwSignal::new(None),
            place: NodeRef::new(),
        }
    }

    fn open(self, value: Option<Value>, draft: Draft) {
        self.draft.set(draft.clone());
        self.opened.set_value(Opened { value, draft });
        self.trouble.set(None);
        self.state.set(State::Editing);
        self.focus("input, textarea, select");
    }

    fn close(self, take_focus: bool) {
        self.trouble.set(None);
        self.state.set(State::Reading);
        if take_focus {
            self.focus("button");
        }
    }

    /// Once the view has followed the state.
    fn focus(self, selector: &'static str) {
        request_animation_frame(move || {
            let found = self
                .place
                .try_get_untracked()
                .flatten()
                .and_then(|place| place.query_selector(selector).ok().flatten());
            let Some(found) = found else { return };
            if let Some(input) = found.dyn_ref::<web_sys::HtmlInputElement>() {
                input.select();
            }
            if let Some(element) = found.dyn_ref::<web_sys::HtmlElement>() {
                drop(element.focus());
            }
        });
    }

    fn finish(self, punctuation: super::view_model::number::Punctuation, take_focus: bool) {
        if self.state.get_untracked() != State::Editing {
            return;
        }
        let Opened {
            value,
            draft: opened,
        } = self.opened.get_value();
        let asked = self.draft.with_untracked(|draft| {
            change(
                self.slot,
                self.kind,
                value.as_ref(),
                &opened,
                draft,
                punctuation,
            )
        });
        match asked {
            Ok(None) => self.close(take_focus),
            Ok(Some(change)) => {
                self.send(change);
                if take_focus {
                    self.focus("button");
                }
            }
            Err(invalid) => self.trouble.set(Some(Trouble::Invalid(invalid))),
        }
    }

    fn send(self, change: Change) {
        self.trouble.set(None);
        self.state.set(State::Saving);
        spawn_local(async move {
            let answer = self.profile.save(change).await;
            let trouble = match answer {
                Ok(outcome) => answer_for(&outcome, self.slot).into(),
                Err(error) => Some(Trouble::Failed(error)),
            };
            self.settle(trouble);
        });
    }

    /// What was typed stays in the editor until it is saved, or given up.
    fn settle(self, trouble: Option<Trouble>) {
        let state = match &trouble {
            None => State::Saved,
            Some(Trouble::Conflict(_)) => State::Reading,
            Some(_) => State::Editing,
        };
        if self.state.try_set(state).is_some() {
            return;
        }
        self.trouble.set(trouble);
        if state == State::Saved {
            set_timeout(
                move || {
                    self.state.try_update(State::calm_down);
                },
                SAVED_SHOWN,
            );
        }
        let nowhere = document()
            .active_element()
            .is_none_or(|element| element.tag_name() == "BODY");
        if nowhere && state == State::Editing {
            self.focus("input, textarea, select");
        }
    }

    fn choose(self, choice: Choice) {
        let Choice { conflict, mine } = choice;
        if mine {
            self.send(Change {
                slot: self.slot,
                from: conflict.theirs,
                to: conflict.mine,
            });
        } else {
            self.close(true);
        }
    }
}

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
    let pen = Pen::new(profile, of, kind);
    let value = profile.value(of);
    let id = format!("field-{of}");
    let trouble_id = format!("{id}-trouble");
    let phones =
        Signal::derive(move || profile.customer().with(|customer| customer.phones.clone()));
    let punctuation = move || wording::punctuation(i18n.get_locale_untracked());
    let open = move || {
        if profile.may_edit && matches!(pen.state.get_untracked(), State::Reading | State::Saved) {
            let value = value.get_untracked();
            let draft = phones
                .with_untracked(|phones| Draft::of(kind, value.as_ref(), phones, punctuation()));
            pen.open(value, draft);
        }
    };
    let editing = Memo::new(move |_| pen.state.get() == State::Editing);
    let label_id = format!("{id}-label");
    let reading = {
        let label_id = label_id.clone();
        move || {
            view! { <Reading pen value phones label on_open=open labelled_by=label_id.clone()/> }
                .into_any()
        }
    };
    let editor = {
        let (id, trouble_id) = (id.clone(), trouble_id.clone());
        move || view! { <Editor pen id=id.clone() label trouble_id=trouble_id.clone()/> }.into_any()
    };
    view! {
        <div node_ref=pen.place class="field-row" class:field-row-bare=bare>
            {(!bare).then(|| view! { <div id=label_id class="field-label">{move || label.get()}</div> })}
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
    labelled_by: String,
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
        <div class="field-value" class:field-value-editable=may_edit on:click=open_on_click aria-describedby=labelled_by>
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

#[component]
fn Editor(pen: Pen, id: String, label: Signal<String>, trouble_id: String) -> impl IntoView {
    let i18n = use_i18n();
    let punctuation = move || wording::punctuation(i18n.get_locale_untracked());
    let on_notes = pen.slot == Slot::Field(Field::Notes);
    let node = NodeRef::<html::Form>::new();
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
    let on_focusout = move |event: ev::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = to.is_some_and(|to| {
            node.get_untracked()
                .is_some_and(|form| form.contains(Some(&to)))
        });
        // Another window came to the front: the person has not left the field.
        let window_left = !document().has_focus().unwrap_or(true);
        if !inside && !window_left {
            pen.finish(punctuation(), false);
        }
    };
    let described_by = Signal::derive(move || {
        pen.trouble
            .with(Option::is_some)
            .then(|| trouble_id.clone())
    });
    view! {
        <form
            node_ref=node
            class="flex items-start gap-1"
            method="post"
            novalidate
            on:keydown=on_keydown
            on:focusout=on_focusout
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
