//! A thread is read when it is in sight of somebody who looks at the page.

use super::Thread;
use crate::{conversations::view_model::entries::Entries, sync};
use domain::{ids::MessageId, mutation::Intent, permission::Permission};
use gloo::events::EventListener;
use leptos::{prelude::*, task::spawn_local};
use web_sys::VisibilityState;

fn somebody_looks() -> bool {
    let document = document();
    document.visibility_state() == VisibilityState::Visible && document.has_focus().unwrap_or(false)
}

/// Whether somebody looks at the page. On the server nobody does.
fn attention() -> ReadSignal<bool> {
    let (looks, set_looks) = signal(false);
    Effect::new(move || {
        let look = move |_: &web_sys::Event| {
            let now = somebody_looks();
            if looks
                .try_get_untracked()
                .is_some_and(|before| before != now)
            {
                set_looks.set(now);
            }
        };
        set_looks.set(somebody_looks());
        // They listen until the thread goes.
        StoredValue::new_local([
            EventListener::new(&window(), "focus", look),
            EventListener::new(&window(), "blur", look),
            EventListener::new(&document(), "visibilitychange", look),
        ]);
    });
    looks
}

pub(in crate::conversations) fn mark_read_while_seen(thread: Thread) {
    if !thread.may(Permission::SendMessages) {
        return;
    }
    let looks = attention();
    let told = StoredValue::new(None::<MessageId>);
    let unread = Memo::new(move |_| {
        let is_unread = thread.conversation.with(|thread| thread.unread > 0);
        thread.entries.with(Entries::last).filter(|_| is_unread)
    });
    Effect::new(move || {
        let Some(up_to) = unread.get().filter(|_| looks.get()) else {
            return;
        };
        if told.get_value() == Some(up_to) {
            return;
        }
        told.set_value(Some(up_to));
        let intent = Intent::MarkRead {
            conversation: thread.id(),
            up_to,
        };
        // Whoever cannot be told now is told with the next message.
        spawn_local(async move {
            if sync::push(thread.account, intent).await.is_err() {
                told.try_set_value(None);
            }
        });
    });
}
