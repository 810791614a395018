//! A note: for the staff alone.

use super::{field::ComposerField, message::FailedLine};
use crate::{
    conversations::thread::Thread,
    i18n::{t, t_string, use_i18n},
    templates,
    ui::{Button, ButtonKind, say},
};
use domain::conversation::NOTE_MAX;
use icondata_lu::LuStickyNote;
use leptos::{html, prelude::*};

#[component]
pub(super) fn NoteComposer(thread: Thread) -> impl IntoView {
    let i18n = use_i18n();
    let draft = thread.draft;
    let exists = thread.exists();
    let node = NodeRef::<html::Textarea>::new();
    let is_blank = Memo::new(move |_| draft.note.with(|text| text.trim().is_empty()));
    let excess = Memo::new(move |_| {
        let length = draft.note.with(|text| text.trim().chars().count());
        length.saturating_sub(NOTE_MAX)
    });
    let too_long = move || {
        (excess.get() > 0).then(|| templates::too_long(i18n.get_locale(), excess.get(), NOTE_MAX))
    };
    let save = Callback::new(move |()| {
        if !is_blank.get_untracked() && excess.get_untracked() == 0 {
            thread.add_note(draft.note.get_untracked());
        }
    });
    move || {
        if !exists.get() {
            return view! { <p class="muted py-3">{t!(i18n, conversations.note_needs_thread)}</p> }
                .into_any();
        }
        view! {
            <ComposerField
                id="composer-note"
                label=say(move || t_string!(i18n, conversations.note_label))
                draft
                is_note=true
                node
                on_send=save
                is_wrong=Signal::derive(move || excess.get() > 0)
                described_by="note-about"
            />
            <FailedLine draft is_note=true/>
            <div class="composer-tools">
                <p id="note-about" class="grow text-sm">
                    {move || match too_long() {
                        Some(said) => view! { <span class="text-error">{said}</span> }.into_any(),
                        None => view! { <span class="muted">{t!(i18n, conversations.note_for_staff)}</span> }.into_any(),
                    }}
                </p>
                <Button
                    kind=ButtonKind::Primary
                    small=true
                    icon=LuStickyNote
                    disabled=Signal::derive(move || is_blank.get() || excess.get() > 0)
                    on:click=move |_| save.run(())
                >
                    {t!(i18n, conversations.add_note)}
                </Button>
            </div>
        }
        .into_any()
    }
}
