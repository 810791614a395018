//! A message to the customer.

use super::{
    about::AboutMessage,
    field::ComposerField,
    insert::{insert, variable},
    replies::SavedReplies,
    writing::Writing,
};
use crate::{
    conversations::{desk::Draft, thread::Thread},
    i18n::{t, t_string, use_i18n},
    templates::VariablesMenu,
    ui::{Button, ButtonKind, say},
};
use domain::{conversation::SavedReply, slot::Slot};
use icondata_lu::{LuMessageSquareQuote, LuSend};
use leptos::{html, prelude::*};

#[component]
pub(super) fn MessageComposer(thread: Thread) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Textarea>::new();
    let writing = Writing::new(thread);
    let Writing {
        draft, variables, ..
    } = writing;
    let add = move |slot: Slot| {
        let instead = t_string!(i18n, conversations.fall_back);
        let text = variables.with_untracked(|known| variable(slot, instead, known.names()));
        insert(node, draft.message, &text, Some(instead));
    };
    let choosing = RwSignal::new(false);
    let pick = Callback::new(move |reply: SavedReply| {
        let text = variables.with_untracked(|known| reply.text.print(known.names()));
        insert(node, draft.message, &text, None);
    });
    view! {
        <ComposerField
            id="composer-message"
            label=say(move || t_string!(i18n, conversations.message_label))
            draft
            is_note=false
            node
            on_send=Callback::new(move |()| writing.send())
            on_left=Callback::new(move |()| writing.leave())
            is_wrong=Signal::derive(move || writing.wrong.with(Option::is_some))
            described_by="message-wrong message-length"
        />
        <FailedLine draft is_note=false/>
        <AboutMessage writing=StoredValue::new(writing) node/>
        <div class="composer-tools">
            <Button small=true kind=ButtonKind::Quiet icon=LuMessageSquareQuote on:click=move |_| choosing.set(true)>
                {t!(i18n, conversations.saved_replies)}
            </Button>
            <VariablesMenu id="insert-attribute" variables above=true on_pick=Callback::new(add)/>
            <Button
                kind=ButtonKind::Primary
                small=true
                icon=LuSend
                disabled=Signal::derive(move || writing.is_blank() || writing.is_too_long())
                on:click=move |_| writing.send()
            >
                {t!(i18n, conversations.send)}
            </Button>
        </div>
        <SavedReplies open=choosing variables on_pick=pick/>
    }
    .into_any()
}

/// What was not sent is in the field again; here is why.
#[component]
pub(super) fn FailedLine(draft: Draft, is_note: bool) -> impl IntoView {
    let i18n = use_i18n();
    let why = move || {
        draft.failed.with(|failed| {
            failed
                .as_ref()
                .filter(|failed| failed.is_note == is_note)
                .map(|failed| failed.why.words(i18n.get_locale()))
        })
    };
    view! {
        <p role="alert" class="text-error text-sm empty:hidden">
            {move || why().map(|why| t_string!(i18n, conversations.not_sent, why = why))}
        </p>
    }
}
