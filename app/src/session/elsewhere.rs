//! Tabs of one browser share one session: what one of them does to it, the others notice.

use super::use_me;
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, ButtonKind, Dialog},
};
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "regulars-session";
const SIGNED_OUT: &str = "signed-out";

thread_local! {
    // The tab's own end of the channel, which does not hear what it says itself.
    static OWN: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// Tells the other tabs that this browser is now signed in as somebody else, in another account (its id), or not at all.
pub fn tell_other_tabs(account: Option<String>) {
    let message = JsValue::from_str(account.as_deref().unwrap_or(SIGNED_OUT));
    let own = OWN.with_borrow(Option::clone);
    if let Some(channel) = own.or_else(|| BroadcastChannel::new(CHANNEL).ok()) {
        drop(channel.post_message(&message));
    }
}

/// Offers to reload when another tab has changed the session; rendered once, by the frame of signed-in pages.
#[component]
pub fn Elsewhere() -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let open = RwSignal::new(false);
    let signed_out = RwSignal::new(false);
    Effect::new(move || {
        let Ok(channel) = BroadcastChannel::new(CHANNEL) else {
            return;
        };
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let message = event.data().as_string().unwrap_or_default();
            let same_account = me.with_untracked(|me| me.account.id.to_string() == message);
            signed_out.set(message == SIGNED_OUT);
            open.set(!same_account);
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        OWN.set(Some(channel.clone()));
        let held = StoredValue::new_local((channel, listener));
        on_cleanup(move || {
            OWN.set(None);
            held.with_value(|(channel, _)| channel.close());
            held.dispose();
        });
    });
    view! {
        <Dialog
            id="session-elsewhere"
            title=Signal::derive(move || t_string!(i18n, session.elsewhere_title).to_owned())
            open=open
            on_close=move |()| open.set(false)
        >
            <p>
                {move || {
                    if signed_out.get() {
                        t_string!(i18n, session.elsewhere_out)
                    } else {
                        t_string!(i18n, session.elsewhere_account)
                    }
                }}
            </p>
            <div class="modal-action">
                <Button on:click=move |_| open.set(false)>{t!(i18n, session.elsewhere_keep)}</Button>
                <Button kind=ButtonKind::Primary on:click=|_| drop(window().location().reload())>
                    {t!(i18n, common.reload)}
                </Button>
            </div>
        </Dialog>
    }
}
