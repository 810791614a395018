//! In place of the composer: why nothing can be written, since when, and what alone changes it.

use crate::{
    conversations::thread::Thread,
    i18n::{t, use_i18n},
    session::When,
    ui::Icon,
};
use icondata_lu::LuBellOff;
use leptos::prelude::*;

#[component]
pub(super) fn Stopped(thread: Thread) -> impl IntoView {
    let i18n = use_i18n();
    let since = Memo::new(move |_| thread.conversation.with(|thread| thread.unsubscribed_at));
    view! {
        <div class="flex gap-3 py-3">
            <span class="text-error"><Icon icon=LuBellOff size="1.25rem"/></span>
            <div>
                <p class="font-medium">
                    {move || match since.get() {
                        Some(at) => {
                            view! { {t!(i18n, consent.unsubscribed_since)} " " <When at/> }.into_any()
                        }
                        None => view! { {t!(i18n, consent.status_unsubscribed)} }.into_any(),
                    }}
                </p>
                <p class="muted text-sm">{t!(i18n, conversations.stopped_text)}</p>
            </div>
        </div>
    }
}
