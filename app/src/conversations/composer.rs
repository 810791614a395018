//! Where a thread is answered, and notes are written into it.

mod about;
mod field;
mod insert;
mod length;
mod message;
mod note;
mod preview;
mod replies;
mod stopped;
mod writing;

use super::thread::Thread;
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Tab, Tabs, say},
};
use domain::permission::Permission;
use leptos::prelude::*;
use message::MessageComposer;
use note::NoteComposer;
use stopped::Stopped;

const MESSAGE: &str = "message";
const NOTE: &str = "note";

#[component]
pub(super) fn Composer(thread: Thread) -> impl IntoView {
    let i18n = use_i18n();
    if !thread.may(Permission::SendMessages) {
        return view! { <p class="composer muted">{t!(i18n, conversations.may_not_send)}</p> }
            .into_any();
    }
    let is_note = thread.draft.is_note;
    let stopped = thread.is_stopped();
    let tabs = Memo::new(move |_| {
        vec![
            Tab {
                key: MESSAGE,
                label: t_string!(i18n, conversations.message).to_owned(),
            },
            Tab {
                key: NOTE,
                label: t_string!(i18n, conversations.note).to_owned(),
            },
        ]
    });
    let selected = Signal::derive(move || if is_note.get() { NOTE } else { MESSAGE });
    view! {
        <section class="composer" class:composer-note=is_note aria-label=move || t_string!(i18n, conversations.write)>
            <Tabs
                id="composer"
                label=say(move || t_string!(i18n, conversations.write))
                tabs
                selected
                on_select=Callback::new(move |key| is_note.set(key == NOTE))
            />
            <div role="tabpanel" id="composer-panel" aria-labelledby=move || format!("composer-{}", selected.get())>
                {move || {
                    if is_note.get() {
                        view! { <NoteComposer thread/> }.into_any()
                    } else if stopped.get() {
                        view! { <Stopped thread/> }.into_any()
                    } else {
                        view! { <MessageComposer thread/> }.into_any()
                    }
                }}
            </div>
        </section>
    }
    .into_any()
}
