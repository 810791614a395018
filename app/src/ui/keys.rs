//! Single-key shortcuts.

use leptos::{ev, prelude::*};
use std::rc::Rc;
use wasm_bindgen::JsCast;

/// Runs `action` when the key is pressed while the component is on the page. Not while the person types, not together
/// with Ctrl, Alt or the command key, and not under an open dialog.
pub fn on_key(key: &'static str, action: impl Fn() + 'static) {
    let action = Rc::new(action);
    Effect::new(move || {
        let action = Rc::clone(&action);
        let listener = window_event_listener(ev::keydown, move |event| {
            let alone = !event.ctrl_key() && !event.alt_key() && !event.meta_key();
            if event.key() == key
                && alone
                && !event.default_prevented()
                && !is_typing(&event)
                && !dialog_is_open()
            {
                event.prevent_default();
                action();
            }
        });
        on_cleanup(move || listener.remove());
    });
}

fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| {
        target
            .closest("input:not([type=checkbox]), textarea, select, [contenteditable]")
            .ok()
            .flatten()
            .is_some()
    })
}

fn dialog_is_open() -> bool {
    document()
        .query_selector("dialog[open]")
        .ok()
        .flatten()
        .is_some()
}
