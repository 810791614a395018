//! One entry of a thread: a message of the customer, one of the shop, or a note.

use super::{Thread, messages::Shown, outbound::Outbound};
use crate::{
    conversations::{day::Hour, wording},
    i18n::{t, t_string, use_i18n},
    ui::Icon,
};
use chrono::{DateTime, Utc};
use domain::{
    conversation::{Entry, EntryKind, Media},
    ids::MessageId,
    keyword::Meaning,
};
use icondata_lu::{LuHourglass, LuPaperclip, LuStickyNote};
use leptos::prelude::*;

#[component]
pub(super) fn Bubble(
    thread: Thread,
    shown: Shown,
    /// Of a message that may arrive twice, it is asked first.
    asking: RwSignal<Option<MessageId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    match shown {
        Shown::UnderWay(sent) if sent.is_note => {
            view! { <Note text=sent.text by=None at=sent.at/> }.into_any()
        }
        Shown::UnderWay(sent) => view! {
            <div class="bubble bubble-ours">
                <p class="bubble-text">{sent.text}</p>
            </div>
            <p class="bubble-about">
                <Icon icon=LuHourglass/>
                {t!(i18n, conversations.sending)}
            </p>
        }
        .into_any(),
        Shown::Known(Entry { id, at, kind }) => match kind {
            EntryKind::Inbound {
                text,
                media,
                meaning,
            } => view! { <Inbound text media meaning at/> }.into_any(),
            EntryKind::Note { text, by } => view! { <Note text by=Some(by) at/> }.into_any(),
            outbound @ EntryKind::Outbound { .. } => {
                view! { <Outbound thread id at message=outbound asking/> }.into_any()
            }
        },
    }
}

#[component]
fn Inbound(text: String, media: Vec<Media>, meaning: Meaning, at: DateTime<Utc>) -> impl IntoView {
    let i18n = use_i18n();
    let files = (!media.is_empty()).then(|| {
        let items = media
            .into_iter()
            .map(|file| {
                view! {
                    <li class="flex items-center gap-1">
                        <Icon icon=LuPaperclip/>
                        {move || wording::media(i18n.get_locale(), &file)}
                    </li>
                }
            })
            .collect_view();
        view! {
            <ul class="mt-1 text-sm">{items}</ul>
            <p class="muted text-xs">{t!(i18n, conversations.media_elsewhere)}</p>
        }
    });
    let understood = move || wording::meaning(i18n.get_locale(), meaning);
    view! {
        <div class="bubble bubble-theirs">
            <p class="bubble-text">
                <span class="sr-only">{t!(i18n, conversations.they_wrote)} " "</span>
                {text}
            </p>
            {files}
        </div>
        <p class="bubble-about bubble-about-theirs">
            <Hour at/>
            {move || understood().map(|understood| view! { <span class="font-medium">{understood}</span> })}
        </p>
    }
}

#[component]
fn Note(
    text: String,
    /// Not known yet of one that is on its way.
    by: Option<String>,
    at: DateTime<Utc>,
) -> impl IntoView {
    let i18n = use_i18n();
    let about = match by {
        Some(by) => {
            let by = if by.is_empty() {
                t_string!(i18n, conversations.by_somebody).to_owned()
            } else {
                by
            };
            view! { {by} " · " <Hour at/> }.into_any()
        }
        None => view! { {t!(i18n, conversations.saving)} }.into_any(),
    };
    view! {
        <div class="bubble bubble-note">
            <p class="flex items-center gap-1 text-xs font-medium">
                <Icon icon=LuStickyNote/>
                {t!(i18n, conversations.note_for_staff)}
            </p>
            <p class="bubble-text">{text}</p>
            <p class="muted text-xs">{about}</p>
        </div>
    }
}
